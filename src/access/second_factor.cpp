#include "second_factor.h"

#include <algorithm>

#include "access/one_time_code.h"
#include "base/log.h"

namespace klout7::access {
namespace {

using namespace std::string_view_literals;

bool is_one_time_code(std::string_view code) {
    return code.size() == totp_digits &&
           std::ranges::all_of(code, [](char c) { return c >= '0' && c <= '9'; });
}

template <class... Cases>
struct OneOf : Cases... {
    using Cases::operator()...;
};

}  // namespace

template <class Zone>
auto SecondFactor<Zone>::load(store::Transaction& tx, crypto::Keyring<Zone> const& keyring, UserId user)
    -> SecondFactor {
    SecondFactor found;
    found.user_ = user;
    found.rows_ = load_factors(tx, keyring, user);
    auto const row =
        tx.row<std::optional<Bytes>>("SELECT recovery_codes FROM user_account WHERE id = ?", user);
    if (!row || !std::get<0>(*row)) return found;
    found.recovery_cell_ = std::get<0>(*row);
    auto const plain =
        keyring.cells().open({"user_account", "recovery_codes", user.uuid()}, *found.recovery_cell_);
    if (plain) found.recovery_ = RecoveryCodes::decode(plain->view());
    if (!found.recovery_)
        write_log(LogLevel::error, "the recovery codes of an account were altered; they count no more",
                  field("user", user));
    return found;
}

template <class Zone>
auto SecondFactor<Zone>::check(Frame<Zone> const& frame, Proof const& proof, Asked asked, Uuid session) const
    -> std::expected<FittingProof, std::string_view> {
    if (proof.passkey) return check_passkey(frame, *proof.passkey, asked, session);
    return check_code(frame.keys.keyring(), proof.code, frame.clock.now());
}

template <class Zone>
auto SecondFactor<Zone>::check_code(crypto::Keyring<Zone> const& keyring, std::string_view code,
                                    Instant now) const -> std::expected<FittingProof, std::string_view> {
    if (!is_one_time_code(code)) {
        if (!recovery_ || !recovery_->has(code, now)) return std::unexpected("wrong_recovery_code"sv);
        return FittingProof{FittingProof::Recovery{*recovery_cell_, recovery_->without(code)}};
    }
    for (auto const& row : rows_) {
        if (row.kind != FactorKind::authenticator_app) continue;
        auto const secret = open_secret(keyring, row);
        auto const step = secret ? matching_step(secret->view(), code, now, row.used_up_to) : std::nullopt;
        if (step) return FittingProof{FittingProof::Code{row.factor, *step}};
    }
    return std::unexpected("wrong_code"sv);
}

template <class Zone>
auto SecondFactor<Zone>::check_passkey(Frame<Zone> const& frame, PasskeyAnswer const& answer, Asked asked,
                                       Uuid session) const -> std::expected<FittingProof, std::string_view> {
    auto const& keyring = frame.keys.keyring();
    if (!is_challenge(keyring, asked, session, frame.clock.now(), answer.challenge))
        return std::unexpected("not_our_challenge"sv);
    for (auto const& row : rows_) {
        if (row.kind != FactorKind::passkey) continue;
        auto const secret = open_secret(keyring, row);
        auto passkey = secret ? decode_passkey(secret->view()) : std::nullopt;
        if (!passkey || passkey->credential_id != answer.credential_id) continue;
        passkey->counter = static_cast<std::uint32_t>(row.used_up_to);
        auto const counter = passkeys::check_assertion(
            frame.relying_party, answer.challenge, *passkey, user_.bytes(),
            {answer.client_data, answer.authenticator_data, answer.signature, answer.user_handle});
        if (!counter) return std::unexpected(passkeys::name_of(counter.error()));
        return FittingProof{FittingProof::Passkey{row.factor, *counter, answer.challenge}};
    }
    return std::unexpected("unknown_passkey"sv);
}

template <class Zone>
Bytes sealed(crypto::Keyring<Zone> const& keyring, UserId user, RecoveryCodes const& codes, Random& random) {
    return keyring.cells().seal({"user_account", "recovery_codes", user.uuid()}, codes.encode(), random);
}

template <class Zone>
bool take(store::Transaction& tx, crypto::Keyring<Zone> const& keyring, UserId user,
          FittingProof const& proof, Instant now, Random& random) {
    return std::visit(
        OneOf{[&](FittingProof::Code const& code) {
                  return tx.execute(
                             "UPDATE user_factor SET used_up_to = ?, last_used_at = ? WHERE id = ? AND "
                             "used_up_to < ? AND ended_at IS NULL",
                             code.step, now, code.factor, code.step) == 1;
              },
              [&](FittingProof::Passkey const& passkey) {
                  // One that does not count stays at zero.
                  return take_challenge(tx, passkey.challenge, now) &&
                         tx.execute(
                             "UPDATE user_factor SET used_up_to = ?, last_used_at = ? WHERE id = ? AND "
                             "(used_up_to < ? OR (used_up_to = 0 AND ? = 0)) AND ended_at IS NULL",
                             passkey.counter, now, passkey.factor, passkey.counter, passkey.counter) == 1;
              },
              [&](FittingProof::Recovery const& recovery) {
                  return tx.execute(
                             "UPDATE user_account SET recovery_codes = ? WHERE id = ? AND recovery_codes = ?",
                             sealed(keyring, user, recovery.left, random), user, recovery.found) == 1;
              }},
        proof.what);
}

template class SecondFactor<OfficeZone>;
template class SecondFactor<MedicalZone>;
#define KLOUT7_FOR(Zone)                                                                               \
    template bool take(store::Transaction&, crypto::Keyring<Zone> const&, UserId, FittingProof const&, \
                       Instant, Random&);                                                              \
    template Bytes sealed(crypto::Keyring<Zone> const&, UserId, RecoveryCodes const&, Random&);
KLOUT7_FOR(OfficeZone)
KLOUT7_FOR(MedicalZone)
#undef KLOUT7_FOR

}  // namespace klout7::access
