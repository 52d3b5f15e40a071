#include "session.h"

#include "cookies.h"

namespace klout7::api {
namespace {

using access::Action;
using access::Given;
using access::Resource;
using transport::Answer;
using transport::Method;

constexpr std::string_view session_path = "/api/v1/session";
constexpr Duration device_is_known_for = Duration::days(180);

struct Credentials {
    std::string name;
    SecretBytes password;
    std::string code;
};

Given<Credentials> credentials_of(transport::Request const& request) {
    if (!is_content_type(request.head, "application/json"))
        return std::unexpected(access::Failure{access::FailureKind::wrong_content});
    auto const input = JsonInput::parse(request.body, {"user_name", "password", "code"});
    if (!input) return std::unexpected(input.error());
    return Credentials{input->text("user_name"), SecretBytes::from_text(input->text("password")),
                       input->text("code")};
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
    auto const in = sign_in.sign_in({who.name, who.password.text(), who.code,
                                     cookie_value(request.head.headers, device_cookie), request.head.source});
    if (!in) return refusal(in.error(), given, language);
    auto made = json_answer(json::object{{"role", access::name_of(in->role)},
                                         {"must_change_password", in->must_change_password},
                                         {"environment", name_of(environment)}},
                            201);
    made.headers.add("Set-Cookie", set_cookie(session_cookie, in->token, std::nullopt));
    if (!in->device_token.empty())
        made.headers.add("Set-Cookie", set_cookie(device_cookie, in->device_token, device_is_known_for));
    return made;
}

template <class Zone>
Result show_session(Environment environment, Call<Zone> const& call) {
    return json_answer(json::object{{"user", to_json(call.actor.user)},
                                    {"role", access::name_of(call.actor.role)},
                                    {"must_change_password", call.must_change_password},
                                    {"signed_in_at", to_json(call.actor.signed_in_at)},
                                    {"environment", name_of(environment)}});
}

template <class Zone>
Result end_session(access::SignIn<Zone> const& sign_in, Call<Zone> const& call) {
    auto const ended = sign_in.end(call.actor);
    if (!ended) return std::unexpected(ended.error());
    Answer made{.status = 204, .headers = {}, .body = std::string{}};
    made.headers.add("Set-Cookie", set_cookie(session_cookie, "", Duration{}));
    return made;
}

access::PasswordChange change_of(JsonInput const& input) {
    return {SecretBytes::from_text(input.text("old_password")),
            SecretBytes::from_text(input.text("new_password"))};
}

template <class Zone>
Result change_password(access::SignIn<Zone> const& sign_in, Call<Zone> const& call) {
    auto const given =
        call.template json<access::PasswordChange>({"old_password", "new_password"}, change_of);
    auto const changed = sign_in.change_password(call.actor, given);
    if (!changed) return std::unexpected(changed.error());
    return Answer{.status = 204, .headers = {}, .body = std::string{}};
}

}  // namespace

template <class Zone>
PublicRoute sign_in_route(access::SignIn<Zone> const& sign_in, Environment environment) {
    return {Method::post, session_path,
            [&sign_in, environment](transport::Request const& request, Language language) {
                return open_session(sign_in, environment, request, language);
            },
            json_body};
}

template <class Zone>
std::vector<Route<Zone>> session_routes(access::SignIn<Zone> const& sign_in, Environment environment) {
    std::vector<Route<Zone>> routes{
        {Method::get, session_path, Resource::own_session, Action::read,
         [environment](Call<Zone>& call) { return show_session(environment, call); }},
        {Method::del, session_path, Resource::own_session, Action::end,
         [&sign_in](Call<Zone>& call) { return end_session(sign_in, call); }},
        {Method::put, "/api/v1/session/password", Resource::own_session, Action::read,
         [&sign_in](Call<Zone>& call) { return change_password(sign_in, call); }, json_body},
    };
    for (auto& route : routes) route.with_welcome_password = true;
    return routes;
}

template PublicRoute sign_in_route(access::SignIn<OfficeZone> const&, Environment);
template PublicRoute sign_in_route(access::SignIn<MedicalZone> const&, Environment);
template std::vector<Route<OfficeZone>> session_routes(access::SignIn<OfficeZone> const&, Environment);
template std::vector<Route<MedicalZone>> session_routes(access::SignIn<MedicalZone> const&, Environment);

}  // namespace klout7::api
