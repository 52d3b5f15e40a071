#include "access/own_sign_in.h"
#include "challenge.h"
#include "guesses.h"
#include "second_factor.h"
#include "session_row.h"

namespace klout7::access {
namespace {

constexpr FieldFault wrong_proof{"code", "wrong",
                                 "Dit klopt niet. Gebruik een nieuwe code, of probeer het opnieuw.",
                                 "This is not right. Use a new code, or try again."};

}  // namespace

template <class Zone>
Bytes OwnSignIn<Zone>::challenge(Actor const& actor) const {
    return new_challenge(frame_.keys.keyring(), Asked::showing_again, actor.session.uuid(),
                         frame_.clock.now(), frame_.random);
}

template <class Zone>
std::expected<std::string, Failure> OwnSignIn<Zone>::show_again(Actor const& actor,
                                                                Given<Proof> const& given) const {
    auto const& keyring = frame_.keys.keyring();
    Fields name;
    name.add("show again").add(actor.user.bytes());
    std::vector<GuessCounter> const counters{
        {keyring.blind_index(crypto::IndexColumn::user_name, text_of(name.view())), one_user_one_source}};
    std::optional<SecondFactor<Zone>> second;
    auto const waits = frame_.database.transact([&](store::Transaction& tx) {
        second = SecondFactor<Zone>::load(tx, keyring, actor.user);
        // What cannot be read guesses nothing.
        return given ? wait_or_count(tx, counters, frame_.clock.now()) : Duration{};
    });
    if (!waits) return std::unexpected(Failure{failure_of_reading(waits.error())});
    using Checked = std::expected<FittingProof, std::string_view>;
    auto const check = [&]() -> Checked {
        if (*waits > Duration{}) return std::unexpected(std::string_view{"too_often"});
        if (!given) return std::unexpected(std::string_view{"unreadable"});
        return second->check(frame_, *given, Asked::showing_again, actor.session.uuid());
    };
    auto const proof = check();

    return change(frame_, actor, [&](Unit<Zone>& unit) -> std::expected<std::string, Failure> {
        auto const access =
            unit.gate.ask(Action::change, {.resource = Resource::own_session, .user = actor.user},
                          actor.session.uuid(), proof ? std::string_view{"show_again"} : proof.error());
        if (!access) return std::unexpected(access.error());
        if (*waits > Duration{}) return std::unexpected(Failure{FailureKind::too_often});
        if (!given) return std::unexpected(given.error());
        if (!proof || !take(unit.tx, keyring, actor.user, *proof, unit.now, unit.frame.random))
            return std::unexpected(Failure{FailureKind::invalid, {wrong_proof}});
        take_back(unit.tx, counters);
        return renew_session(unit, unit.now);
    });
}

#define KLOUT7_FOR(Zone)                                                                   \
    template Bytes OwnSignIn<Zone>::challenge(Actor const&) const;                         \
    template std::expected<std::string, Failure> OwnSignIn<Zone>::show_again(Actor const&, \
                                                                             Given<Proof> const&) const;
KLOUT7_FOR(OfficeZone)
KLOUT7_FOR(MedicalZone)
#undef KLOUT7_FOR

}  // namespace klout7::access
