#include "access/factors.h"

#include <algorithm>

#include "access/accounts.h"
#include "access/notices.h"
#include "access/one_time_code.h"
#include "base/big_endian.h"
#include "base/check.h"
#include "challenge.h"
#include "factor_row.h"
#include "passkeys/passkeys.h"
#include "recovery_codes.h"
#include "second_factor.h"
#include "short_text.h"

namespace klout7::access {
namespace {

constexpr Duration offer_lasts = Duration::minutes(15);

constexpr FieldFault no_name{"name", "missing", "Geef een naam waaraan u dit later herkent.",
                             "Give a name by which you will know this later."};
constexpr FieldFault name_not_text{"name", "not_text",
                                   "Hier staan tekens die geen leesbare tekst zijn. Typ de naam opnieuw.",
                                   "There are signs here that are no readable text. Type the name again."};
constexpr FieldFault name_too_long{"name", "too_long", "Kies een naam van ten hoogste 100 tekens.",
                                   "Choose a name of at most 100 characters."};
constexpr FieldFault offer_is_over{"offer", "over",
                                   "Dit aanbod is verlopen. Begin opnieuw en scan de nieuwe code.",
                                   "This offer is over. Begin again and scan the new code."};
constexpr FieldFault wrong_code{"code", "wrong", "Deze code klopt niet. Wacht op de volgende en typ die.",
                                "This code is not right. Wait for the next one and type that."};
constexpr FieldFault wrong_passkey{"passkey", "wrong", "Dit is niet gelukt. Probeer het opnieuw.",
                                   "This did not work. Try again."};

/// The name as it is kept, or what is wrong with it.
std::expected<std::string, FieldFault> checked_name(std::string_view given) {
    auto name = short_text(given, factor_name_longest);
    if (name) return std::move(*name);
    switch (name.error()) {
        case TextFault::missing:
            return std::unexpected(no_name);
        case TextFault::not_text:
            return std::unexpected(name_not_text);
        case TextFault::too_long:
            return std::unexpected(name_too_long);
    }
    std::unreachable();
}

/// The secret of an app that was offered to this session, sealed: when, then what.
template <class Zone>
Bytes seal_offer(crypto::Keyring<Zone> const& keyring, SessionId session, BytesView secret, Instant now,
                 Random& random) {
    Bytes plain;
    append_u64(plain, static_cast<std::uint64_t>(now.microseconds()));
    append(plain, secret);
    auto sealed = keyring.cells().seal({"user_factor", "offer", session.uuid()}, plain, random);
    wipe(plain);
    return sealed;
}

template <class Zone>
std::optional<SecretBytes> open_offer(crypto::Keyring<Zone> const& keyring, SessionId session,
                                      std::string_view offer, Instant now) {
    auto const sealed = from_base64url(offer);
    auto const plain = sealed ? keyring.cells().open({"user_factor", "offer", session.uuid()}, *sealed)
                              : std::unexpected(crypto::OpenError::altered);
    if (!plain || plain->size() != 8 + totp_secret_bytes) return std::nullopt;
    auto const microseconds = big_endian(plain->view().first(8));
    auto const age = now - Instant::from_microseconds(static_cast<std::int64_t>(microseconds));
    if (age < Duration{} || age > offer_lasts) return std::nullopt;
    return SecretBytes{plain->view().subspan(8)};
}

ObjectFacts own_factor_of(Actor const& actor) {
    return {.resource = Resource::own_factor, .user = actor.user};
}

std::unexpected<Failure> failure(FailureKind kind) { return std::unexpected(Failure{kind}); }
std::unexpected<Failure> invalid(std::vector<FieldFault> faults) {
    return std::unexpected(Failure{FailureKind::invalid, std::move(faults)});
}

/// Nobody else adds or removes a factor of this user until this is done: then the last one stays.
void one_at_a_time(store::Transaction& tx, UserId user) {
    tx.execute("UPDATE user_account SET created_at = created_at WHERE id = ?", user);
}

/// The user hears of it: it may not have been the user.
template <class Zone>
void tell(Unit<Zone>& unit, NoticeKind kind) {
    notify(unit.tx, unit.keyring(), unit.actor.user, kind, unit.actor.source, unit.now, unit.frame.random);
}

/// Adds a factor that was checked, behind the gate.
template <class Zone>
std::expected<FactorId, Failure> add(Unit<Zone>& unit, NewFactor const& factor) {
    one_at_a_time(unit.tx, factor.user);
    if (load_factors(unit.tx, unit.keyring(), factor.user).size() >= factors_at_most)
        return failure(FailureKind::not_now);
    tell(unit, NoticeKind::factor_added);
    return insert_factor(unit.tx, unit.keyring(), factor, unit.now, unit.frame.random);
}

}  // namespace

template <class Zone>
std::expected<OwnFactors, Failure> Factors<Zone>::list(Actor const& actor) const {
    return look(frame_, actor, [&](Unit<Zone>& unit) -> std::expected<OwnFactors, Failure> {
        auto const access = unit.gate.ask(Action::read, own_factor_of(actor), actor.user.uuid());
        if (!access) return std::unexpected(access.error());
        auto const found = SecondFactor<Zone>::load(unit.tx, unit.keyring(), actor.user);
        OwnFactors own{.factors = {}, .recovery_codes_left = found.recovery_codes_left()};
        for (auto const& row : found.rows()) {
            auto const name = open_name(unit.keyring(), row);
            own.factors.push_back({row.factor, row.kind, name ? std::string{name->text()} : std::string{},
                                   row.created_at, row.last_used_at});
        }
        return own;
    });
}

template <class Zone>
std::expected<AppOffer, Failure> Factors<Zone>::offer_app(Actor const& actor) const {
    return look(frame_, actor, [&](Unit<Zone>& unit) -> std::expected<AppOffer, Failure> {
        auto const access =
            unit.gate.ask(Action::change, own_factor_of(actor), actor.user.uuid(), "offer_app");
        if (!access) return std::unexpected(access.error());
        auto const account = find_account(unit.tx, unit.keyring(), actor.user);
        if (!account) return failure(FailureKind::not_found);
        auto secret = new_totp_secret(unit.frame.random);
        auto const offer =
            seal_offer(unit.keyring(), actor.session, secret.view(), unit.now, unit.frame.random);
        auto uri = otpauth_uri(account->user_name, secret.view());
        return AppOffer{to_base64url(offer), std::move(secret), std::move(uri)};
    });
}

template <class Zone>
std::expected<FactorId, Failure> Factors<Zone>::add_app(Actor const& actor,
                                                        Given<NewApp> const& given) const {
    return change(frame_, actor, [&](Unit<Zone>& unit) -> std::expected<FactorId, Failure> {
        auto const access = unit.gate.ask(Action::change, own_factor_of(actor), actor.user.uuid(), "add_app");
        if (!access) return std::unexpected(access.error());
        if (!given) return std::unexpected(given.error());
        auto const name = checked_name(given->name);
        auto const secret = open_offer(unit.keyring(), actor.session, given->offer, unit.now);
        auto const step = secret ? matching_step(secret->view(), given->code, unit.now, 0) : std::nullopt;
        std::vector<FieldFault> faults;
        if (!name) faults.push_back(name.error());
        if (!secret) faults.push_back(offer_is_over);
        if (secret && !step) faults.push_back(wrong_code);
        if (!faults.empty()) return invalid(std::move(faults));
        // The code that was shown counts no more.
        return add(unit, {.user = actor.user,
                          .kind = FactorKind::authenticator_app,
                          .name = *name,
                          .secret = secret->view(),
                          .handle_of = secret->view(),
                          .used_up_to = *step});
    });
}

template <class Zone>
std::expected<PasskeyOffer, Failure> Factors<Zone>::offer_passkey(Actor const& actor) const {
    return look(frame_, actor, [&](Unit<Zone>& unit) -> std::expected<PasskeyOffer, Failure> {
        auto const access =
            unit.gate.ask(Action::change, own_factor_of(actor), actor.user.uuid(), "offer_passkey");
        if (!access) return std::unexpected(access.error());
        auto account = find_account(unit.tx, unit.keyring(), actor.user);
        if (!account) return failure(FailureKind::not_found);
        PasskeyOffer offer{.challenge = new_challenge(unit.keyring(), Asked::new_passkey,
                                                      actor.session.uuid(), unit.now, unit.frame.random),
                           .user_handle = {actor.user.bytes().begin(), actor.user.bytes().end()},
                           .user_name = std::move(account->user_name),
                           .display_name = std::move(account->display_name),
                           .have = {}};
        for (auto const& row : load_factors(unit.tx, unit.keyring(), actor.user)) {
            if (row.kind != FactorKind::passkey) continue;
            auto const secret = open_secret(unit.keyring(), row);
            auto passkey = secret ? decode_passkey(secret->view()) : std::nullopt;
            if (passkey) offer.have.push_back(std::move(passkey->credential_id));
        }
        return offer;
    });
}

template <class Zone>
std::expected<FactorId, Failure> Factors<Zone>::add_passkey(Actor const& actor,
                                                            Given<NewPasskey> const& given) const {
    auto const check = [&](Instant now) -> std::expected<passkeys::Passkey, std::string_view> {
        if (!given) return std::unexpected(std::string_view{"unreadable"});
        if (!is_challenge(frame_.keys.keyring(), Asked::new_passkey, actor.session.uuid(), now,
                          given->challenge))
            return std::unexpected(std::string_view{"not_our_challenge"});
        auto made = passkeys::check_registration(frame_.relying_party, given->challenge,
                                                 {given->client_data, given->attestation});
        if (!made) return std::unexpected(passkeys::name_of(made.error()));
        return std::move(*made);
    };
    auto const passkey = check(frame_.clock.now());
    return change(frame_, actor, [&](Unit<Zone>& unit) -> std::expected<FactorId, Failure> {
        auto const access = unit.gate.ask(Action::change, own_factor_of(actor), actor.user.uuid(),
                                          passkey ? std::string_view{"add_passkey"} : passkey.error());
        if (!access) return std::unexpected(access.error());
        if (!given) return std::unexpected(given.error());
        auto const name = checked_name(given->name);
        std::vector<FieldFault> faults;
        if (!name) faults.push_back(name.error());
        if (!passkey) faults.push_back(wrong_passkey);
        if (!faults.empty()) return invalid(std::move(faults));
        if (!take_challenge(unit.tx, given->challenge, unit.now)) return invalid({wrong_passkey});
        return add(unit, {.user = actor.user,
                          .kind = FactorKind::passkey,
                          .name = *name,
                          .secret = encode(*passkey),
                          .handle_of = passkey->credential_id,
                          .used_up_to = passkey->counter});
    });
}

template <class Zone>
std::expected<void, Failure> Factors<Zone>::remove(Actor const& actor, FactorId factor) const {
    return change(frame_, actor, [&](Unit<Zone>& unit) -> std::expected<void, Failure> {
        auto const access = unit.gate.ask(Action::end, own_factor_of(actor), factor.uuid());
        if (!access) return std::unexpected(access.error());
        one_at_a_time(unit.tx, actor.user);
        auto rows = load_factors(unit.tx, unit.keyring(), actor.user);
        auto const found = std::ranges::find(rows, factor, &FactorRow::factor);
        if (found == rows.end()) return failure(FailureKind::not_found);
        // Without one nobody gets in any more.
        if (rows.size() == 1) return failure(FailureKind::not_now);
        end_factor(unit.tx, unit.keyring(), std::move(*found), unit.now);
        tell(unit, NoticeKind::factor_removed);
        return {};
    });
}

template <class Zone>
std::expected<std::vector<SecretBytes>, Failure> Factors<Zone>::renew_recovery_codes(
    Actor const& actor) const {
    return change(frame_, actor, [&](Unit<Zone>& unit) -> std::expected<std::vector<SecretBytes>, Failure> {
        auto const access =
            unit.gate.ask(Action::change, own_factor_of(actor), actor.user.uuid(), "recovery_codes");
        if (!access) return std::unexpected(access.error());
        auto made = RecoveryCodes::make(unit.frame.random);
        unit.tx.execute("UPDATE user_account SET recovery_codes = ? WHERE id = ?",
                        sealed(unit.keyring(), actor.user, made.kept, unit.frame.random), actor.user);
        tell(unit, NoticeKind::recovery_codes_renewed);
        return std::move(made.codes);
    });
}

template class Factors<OfficeZone>;
template class Factors<MedicalZone>;

}  // namespace klout7::access
