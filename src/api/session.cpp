#include "session.h"

#include <utility>

#include "access/notices.h"
#include "access/own_sign_in.h"
#include "cookies.h"
#include "proof.h"

namespace klout7::api {
namespace {

using access::Action;
using access::Given;
using access::Notices;
using access::OwnSignIn;
using access::Resource;
using transport::Answer;
using transport::Method;

constexpr std::string_view session_path = "/api/v1/session";
constexpr Duration device_is_known_for = Duration::days(180);
/// Longer than it takes to look at a name that exists, and at one that does not: the two are not told apart.
constexpr Duration refused_no_sooner_than = Duration{600'000};

struct Credentials {
    std::string name;
    SecretBytes password;
    access::Proof proof;
};

Given<Credentials> credentials_of(transport::Request const& request) {
    if (!is_content_type(request.head, "application/json"))
        return std::unexpected(access::Failure{access::FailureKind::wrong_content});
    auto const input =
        JsonInput::parse(request.body, {"user_name", "password", "code", "challenge", "passkey",
                                        "client_data", "authenticator_data", "signature", "user_handle"});
    if (!input) return std::unexpected(input.error());
    return Credentials{input->text("user_name"), SecretBytes::from_text(input->text("password")),
                       proof_of(*input)};
}

Answer refusal(access::SignInRefusal const& refusal, Given<Credentials> const& given, Language language) {
    switch (refusal.error) {
        case access::SignInError::wrong:
            return given ? answer(problems::sign_in_wrong, language) : answer(given.error(), language);
        case access::SignInError::store:
            return answer(access::Failure{access::failure_of(refusal.why)}, language);
        case access::SignInError::wait:
            break;
    }
    auto made = answer(problems::too_many_guesses, language);
    made.headers.set("Retry-After", std::to_string(refusal.seconds));
    return made;
}

/// Content that cannot be read counts as a wrong guess of nobody: counted and written down alike.
template <class Zone>
Answer open_session(access::SignIn<Zone> const& sign_in, Environment environment,
                    transport::Request const& request, Language language) {
    auto const given = credentials_of(request);
    Credentials const nobodys;
    auto const& who = given ? *given : nobodys;
    auto const in = sign_in.sign_in({who.name, who.password.text(), who.proof,
                                     cookie_value(request.head.headers, device_cookie), request.head.source});
    if (!in) {
        auto refused = refusal(in.error(), given, language);
        refused.no_sooner_than = refused_no_sooner_than;
        return refused;
    }
    auto made = json_answer(json::object{{"role", access::name_of(in->role)},
                                         {"must_change_password", in->must_change_password},
                                         {"must_add_factor", in->must_add_factor},
                                         {"environment", name_of(environment)}},
                            201);
    made.headers.add("Set-Cookie", set_cookie(session_cookie, in->token, std::nullopt));
    if (!in->device_token.empty())
        made.headers.add("Set-Cookie", set_cookie(device_cookie, in->device_token, device_is_known_for));
    return made;
}

/// What anybody may ask who signs in with a passkey.
template <class Zone>
Answer ask(access::SignIn<Zone> const& sign_in, passkeys::RelyingParty const& party) {
    return json_answer(to_json(sign_in.challenge(), party));
}

template <class Zone>
Result show_session(Environment environment, Call<Zone> const& call) {
    auto const state = OwnSignIn<Zone>{call.frame}.state(call.actor);
    if (!state) return std::unexpected(access::Failure{access::failure_of_reading(state.error())});
    return json_answer(json::object{
        {"user", to_json(call.actor.user)},
        {"display_name", state->display_name},
        {"role", access::name_of(call.actor.role)},
        {"must_change_password", call.must_change_password},
        {"must_add_factor", call.actor.must_add_factor},
        {"signed_in_at", to_json(call.actor.signed_in_at)},
        {"idle_seconds", state->idle.microseconds / Duration::seconds(1).microseconds},
        {"ends_at", to_json(state->ends_at)},
        {"fresh_until", to_json(call.actor.fresh_at + access::fresh_lasts)},
        {"passkey", to_json(OwnSignIn<Zone>{call.frame}.challenge(call.actor), call.frame.relying_party)},
        {"unseen_notices", state->unseen_notices},
        {"environment", name_of(environment)}});
}

Result done_or(std::expected<void, access::Failure> const& done) {
    if (!done) return std::unexpected(done.error());
    return done_answer();
}

/// The session goes on under another token.
Result renewed_or(std::expected<std::string, access::Failure> const& token) {
    if (!token) return std::unexpected(token.error());
    auto made = done_answer();
    made.headers.add("Set-Cookie", set_cookie(session_cookie, *token, std::nullopt));
    return made;
}

template <class Zone>
Result show_again(Call<Zone> const& call) {
    auto const given = call.template json<access::Proof>(
        {"code", "challenge", "passkey", "client_data", "authenticator_data", "signature", "user_handle"},
        proof_of);
    return renewed_or(OwnSignIn<Zone>{call.frame}.show_again(call.actor, given));
}

template <class Zone>
Result end_session(Call<Zone> const& call) {
    auto const ended = OwnSignIn<Zone>{call.frame}.end(call.actor);
    if (!ended) return std::unexpected(ended.error());
    auto made = done_answer();
    made.headers.add("Set-Cookie", set_cookie(session_cookie, "", Duration{}));
    return made;
}

template <class Zone>
Result list_sessions(Call<Zone> const& call) {
    auto const views = OwnSignIn<Zone>{call.frame}.sessions(call.actor);
    if (!views) return std::unexpected(views.error());
    json::array sessions;
    for (auto const& view : *views) {
        sessions.push_back(json::object{{"session", to_json(view.session)},
                                        {"source", view.source},
                                        {"created_at", to_json(view.created_at)},
                                        {"last_seen_at", to_json(view.last_seen_at)},
                                        {"is_open", view.is_open},
                                        {"is_this", view.session == call.actor.session}});
    }
    return json_answer(json::object{{"sessions", std::move(sessions)}});
}

template <class Zone>
Result end_other(Call<Zone> const& call) {
    return done_or(OwnSignIn<Zone>{call.frame}.end(call.actor, call.template id<SessionId>("session")));
}
template <class Zone>
Result end_others(Call<Zone> const& call) {
    return done_or(OwnSignIn<Zone>{call.frame}.end_others(call.actor));
}

std::string_view text_for(access::NoticeKind kind, Language language) {
    bool const dutch = language == Language::dutch;
    switch (kind) {
        case access::NoticeKind::new_device:
            return dutch ? "Er is aangemeld vanaf een apparaat dat nog niet bekend was."
                         : "Somebody signed in from a device that was not known.";
        case access::NoticeKind::password_changed:
            return dutch ? "Uw wachtwoord is gewijzigd." : "Your password was changed.";
        case access::NoticeKind::password_reset:
            return dutch ? "Een beheerder heeft u een nieuw welkomstwachtwoord gegeven."
                         : "An administrator gave you a new welcome password.";
        case access::NoticeKind::factor_added:
            return dutch ? "Er is een tweede factor toegevoegd." : "A second factor was added.";
        case access::NoticeKind::factor_removed:
            return dutch ? "Er is een tweede factor verwijderd." : "A second factor was removed.";
        case access::NoticeKind::recovery_codes_renewed:
            return dutch ? "Er zijn nieuwe herstelcodes gemaakt." : "New recovery codes were made.";
        case access::NoticeKind::factors_replaced:
            return dutch ? "Twee beheerders hebben uw tweede factoren vervangen."
                         : "Two administrators replaced your second factors.";
        case access::NoticeKind::administrator_changed:
            return dutch ? "De beheerder van de installatie heeft een account van een beheerder gemaakt, "
                           "gewijzigd of gesloten."
                         : "The operator of the installation made, changed or closed the account of an "
                           "administrator.";
        case access::NoticeKind::account_closed:
            return dutch ? "Een account is gesloten: dezelfde persoon heeft er al een aan de andere kant."
                         : "An account was closed: the same person has one on the other side already.";
        case access::NoticeKind::payee_account_changed:
            return dutch
                       ? "Uw uitkering wordt over enkele dagen op een andere rekening betaald. Klopt dat "
                         "niet? Neem direct contact op."
                       : "Your benefit will be paid to another account in some days. Is that wrong? Contact "
                         "us at once.";
    }
    std::unreachable();
}

template <class Zone>
Result list_notices(Call<Zone> const& call) {
    auto const views = Notices<Zone>{call.frame}.list(call.actor);
    if (!views) return std::unexpected(views.error());
    json::array notices;
    for (auto const& view : *views) {
        notices.push_back(json::object{{"notice", to_json(view.notice)},
                                       {"kind", access::name_of(view.kind)},
                                       {"text", text_for(view.kind, call.language)},
                                       {"source", view.source},
                                       {"at", to_json(view.at)},
                                       {"is_seen", view.is_seen}});
    }
    return json_answer(json::object{{"notices", std::move(notices)}});
}

template <class Zone>
Result see_notices(Call<Zone> const& call) {
    return done_or(Notices<Zone>{call.frame}.mark_seen(call.actor));
}

access::PasswordChange change_of(JsonInput const& input) {
    return {SecretBytes::from_text(input.text("old_password")),
            SecretBytes::from_text(input.text("new_password"))};
}

template <class Zone>
Result change_password(Call<Zone> const& call) {
    auto const given =
        call.template json<access::PasswordChange>({"old_password", "new_password"}, change_of);
    return renewed_or(OwnSignIn<Zone>{call.frame}.change_password(call.actor, given));
}

}  // namespace

template <class Zone>
PublicRoute sign_in_route(access::SignIn<Zone> const& sign_in, Environment environment) {
    return {Method::post, session_path,
            [&sign_in, environment](transport::Request const& request, Language language) {
                return open_session(sign_in, environment, request, language);
            },
            password_body};
}

template <class Zone>
PublicRoute challenge_route(access::SignIn<Zone> const& sign_in, passkeys::RelyingParty party) {
    return {Method::get, "/api/v1/session/challenge",
            [&sign_in, party = std::move(party)](transport::Request const&, Language) {
                return ask(sign_in, party);
            }};
}

template <class Zone>
std::vector<Route<Zone>> session_routes(Environment environment) {
    constexpr auto own = Resource::own_session;
    std::vector<Route<Zone>> routes{
        {Method::get, session_path, own, Action::read,
         [environment](Call<Zone>& call) { return show_session(environment, call); }},
        {Method::del, session_path, own, Action::end, end_session<Zone>},
        {Method::put, "/api/v1/session/password", own, Action::change, change_password<Zone>, password_body},
    };
    for (auto& route : routes) route.needs = Needs::nothing;
    routes.push_back(
        {Method::post, "/api/v1/session/proof", own, Action::change, show_again<Zone>, json_body});
    routes.push_back({Method::get, "/api/v1/sessions", own, Action::read, list_sessions<Zone>});
    routes.push_back({Method::del, "/api/v1/sessions", own, Action::end, end_others<Zone>});
    routes.push_back({Method::del, "/api/v1/sessions/{session}", own, Action::end, end_other<Zone>});
    routes.push_back({Method::get, "/api/v1/notices", own, Action::read, list_notices<Zone>});
    routes.push_back({Method::post, "/api/v1/notices/seen", own, Action::change, see_notices<Zone>});
    return routes;
}

template PublicRoute challenge_route(access::SignIn<OfficeZone> const&, passkeys::RelyingParty);
template PublicRoute challenge_route(access::SignIn<MedicalZone> const&, passkeys::RelyingParty);
template PublicRoute sign_in_route(access::SignIn<OfficeZone> const&, Environment);
template PublicRoute sign_in_route(access::SignIn<MedicalZone> const&, Environment);
template std::vector<Route<OfficeZone>> session_routes(Environment);
template std::vector<Route<MedicalZone>> session_routes(Environment);

}  // namespace klout7::api
