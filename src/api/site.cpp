#include "api/site.h"

#include <algorithm>

#include "base/log.h"
#include "cookies.h"

namespace klout7::api {
namespace {

using transport::Answer;
using transport::Method;
using transport::Request;
using transport::RequestHead;

constexpr Duration device_is_known_for = Duration::days(180);
constexpr std::string_view session_path = "/api/v1/session";
constexpr std::string_view password_path = "/api/v1/session/password";

std::vector<std::string_view> parts_of(std::string_view path) {
    std::vector<std::string_view> parts;
    path.remove_prefix(1);
    for (;;) {
        auto const end = path.find('/');
        parts.push_back(path.substr(0, end));
        if (end == std::string_view::npos) return parts;
        path.remove_prefix(end + 1);
    }
}

using Parameters = std::map<std::string, std::string, std::less<>>;

/// The parameters when the path is of this pattern.
std::optional<Parameters> match(std::vector<std::string_view> const& pattern,
                                std::vector<std::string> const& path) {
    if (pattern.size() != path.size()) return std::nullopt;
    Parameters parameters;
    for (std::size_t i = 0; i < path.size(); ++i) {
        if (pattern[i].starts_with('{')) {
            parameters.emplace(pattern[i].substr(1, pattern[i].size() - 2), path[i]);
        } else if (pattern[i] != path[i]) {
            return std::nullopt;
        }
    }
    return parameters;
}

bool is_path(RequestHead const& head, std::string_view path) {
    return match(parts_of(path), head.path).has_value();
}

bool changes_something(Method method) { return method != Method::get && method != Method::head; }

/// What every answer carries. Nothing of ours may be cached, framed or guessed to be something else.
void harden(Answer& answer, Environment environment) {
    for (auto const& [name, value] : std::initializer_list<std::pair<char const*, char const*>>{
             {"Cache-Control", "no-store"},
             {"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"},
             {"Cross-Origin-Opener-Policy", "same-origin"},
             {"Cross-Origin-Resource-Policy", "same-origin"},
             {"Referrer-Policy", "no-referrer"},
             {"Strict-Transport-Security", "max-age=31536000"},
             {"X-Content-Type-Options", "nosniff"},
             {"X-Frame-Options", "DENY"}}) {
        answer.headers.set(name, value);
    }
    if (environment != Environment::production)
        answer.headers.set("X-Klout7-Environment", std::string{name_of(environment)});
}

}  // namespace

template <class Zone>
struct Site<Zone>::State {
    access::Frame<Zone> frame;
    access::SignIn<Zone> sign_in;
    std::vector<Route<Zone>> routes;
    std::vector<std::vector<std::string_view>> patterns;
    std::vector<PublicText> texts;
    Environment environment;

    struct Found {
        Route<Zone> const* route = nullptr;
        Parameters parameters;
        std::string allowed;  ///< methods of this path, for 405
    };
    Found find(RequestHead const& head) const {
        Found found;
        for (std::size_t i = 0; i < routes.size(); ++i) {
            auto parameters = match(patterns[i], head.path);
            if (!parameters) continue;
            found.allowed +=
                (found.allowed.empty() ? "" : ", ") + std::string{transport::name_of(routes[i].method)};
            if (routes[i].method == head.method) {
                found.route = &routes[i];
                found.parameters = std::move(*parameters);
                return found;
            }
        }
        return found;
    }

    Answer serve(Request& request, Language language);
    Answer open_session(Request const& request, Language language) const;
    Answer show_session(access::Session const& session) const;
    Answer end_session(access::Session const& session, Language language) const;
    Answer change_password(Request const& request, access::Session const& session, Language language) const;
    Answer with_session(Request& request, access::Session const& session, Language language);
};

template <class Zone>
Site<Zone>::Site(access::Frame<Zone> const& frame, std::vector<Route<Zone>> routes,
                 std::vector<PublicText> texts, Environment environment)
    : state_(new State{
          frame, access::SignIn<Zone>{frame}, std::move(routes), {}, std::move(texts), environment}) {
    for (auto& route : audit_log_routes<Zone>()) state_->routes.push_back(std::move(route));
    for (auto const& route : state_->routes) state_->patterns.push_back(parts_of(route.path));
}

template <class Zone>
Site<Zone>::~Site() = default;

template <class Zone>
std::vector<Route<Zone>> const& Site<Zone>::routes() const {
    return state_->routes;
}

template <class Zone>
transport::BodyRule Site<Zone>::body_rule(RequestHead const& head) const {
    if (is_path(head, session_path) || is_path(head, password_path)) return json_body;
    auto const found = state_->find(head);
    return found.route != nullptr ? found.route->body : transport::BodyRule{};
}

template <class Zone>
Answer Site<Zone>::handle(Request& request) {
    auto answer = state_->serve(request, language_of(request.head.headers));
    harden(answer, state_->environment);
    return answer;
}

template <class Zone>
Answer Site<Zone>::answer_fault(transport::TransportFault fault, RequestHead const* head) const {
    auto const language = head != nullptr ? language_of(head->headers) : Language::dutch;
    auto const& problem = [&]() -> Problem const& {
        using enum transport::TransportFault;
        switch (fault) {
            case bad_request:
                return problems::malformed_request;
            case body_too_large:
                return problems::body_too_large;
            case headers_too_large:
                return problems::headers_too_large;
            case too_slow:
                return problems::too_slow;
            case overloaded:
                return problems::overloaded;
            case handler_failed:
                return problems::failed;
        }
        return problems::failed;
    }();
    if (fault == transport::TransportFault::handler_failed)
        write_log(LogLevel::error, "a request ended in an exception");
    auto made = answer(problem, language);
    harden(made, state_->environment);
    return made;
}

template <class Zone>
Answer Site<Zone>::State::serve(Request& request, Language language) {
    auto const& head = request.head;
    if (is_path(head, "/healthz"))
        return {.status = 200, .headers = {{"Content-Type", "text/plain"}}, .body = "ok\n"};
    for (auto const& text : texts) {
        if (head.method == Method::get && is_path(head, text.path))
            return {.headers = {{"Content-Type", std::string{text.content_type}}},
                    .body = std::string{text.text}};
    }
    if (changes_something(head.method) && !is_same_origin(head.headers))
        return answer(problems::not_same_origin, language);
    if (head.method == Method::post && is_path(head, session_path)) return open_session(request, language);

    auto const token = cookie_value(head.headers, session_cookie);
    auto const session = sign_in.find(token, head.source);
    if (!session) return answer(problems::unavailable, language);
    if (!*session) return answer(problems::not_signed_in, language);
    return with_session(request, **session, language);
}

template <class Zone>
Answer Site<Zone>::State::with_session(Request& request, access::Session const& session, Language language) {
    auto const& head = request.head;
    if (is_path(head, session_path)) {
        if (head.method == Method::get) return show_session(session);
        if (head.method == Method::del) return end_session(session, language);
        return answer(problems::method_not_allowed, language);
    }
    if (is_path(head, password_path)) {
        if (head.method == Method::put) return change_password(request, session, language);
        return answer(problems::method_not_allowed, language);
    }
    // A welcome password opens nothing but the change of itself.
    if (session.must_change_password) return answer(problems::change_password_first, language);

    auto found = find(head);
    if (found.route == nullptr) {
        if (found.allowed.empty()) return answer(problems::not_found, language);
        auto made = answer(problems::method_not_allowed, language);
        made.headers.set("Allow", found.allowed);
        return made;
    }
    if (found.route->body.largest_bytes > 0) {
        auto const type = head.headers.find("content-type").value_or(std::string_view{});
        if (type.substr(0, type.find(';')) != found.route->content_type)
            return answer(problems::wrong_content_type, language);
    }
    Call<Zone> call{request, frame, session.actor, language, std::move(found.parameters)};
    auto result = found.route->handle(call);
    return result ? std::move(*result) : answer(result.error(), language);
}

template <class Zone>
Answer Site<Zone>::State::open_session(Request const& request, Language language) const {
    auto const input = JsonInput::parse(request.body, {"user_name", "password", "code"});
    if (!input) return answer(input.error(), language);
    auto const name = input->text("user_name");
    auto const password = SecretBytes::from_text(input->text("password"));
    auto const code = input->text("code");
    auto const in = sign_in.sign_in({name, password.text(), code,
                                     cookie_value(request.head.headers, device_cookie), request.head.source});
    if (!in) {
        switch (in.error().error) {
            case access::SignInError::wrong:
                return answer(problems::sign_in_wrong, language);
            case access::SignInError::unavailable:
                return answer(problems::unavailable, language);
            case access::SignInError::wait:
                auto made = answer(problems::too_many_guesses, language);
                made.headers.set("Retry-After", std::to_string(in.error().seconds));
                return made;
        }
    }
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
Answer Site<Zone>::State::show_session(access::Session const& session) const {
    return json_answer(json::object{{"user", to_json(session.actor.user)},
                                    {"role", access::name_of(session.actor.role)},
                                    {"must_change_password", session.must_change_password},
                                    {"signed_in_at", to_json(session.actor.signed_in_at)},
                                    {"environment", name_of(environment)}});
}

template <class Zone>
Answer Site<Zone>::State::end_session(access::Session const& session, Language language) const {
    auto const ended = sign_in.end(session.actor);
    if (!ended) return answer(ended.error(), language);
    Answer made{.status = 204, .headers = {}, .body = std::string{}};
    made.headers.add("Set-Cookie", set_cookie(session_cookie, "", Duration{}));
    return made;
}

template <class Zone>
Answer Site<Zone>::State::change_password(Request const& request, access::Session const& session,
                                          Language language) const {
    auto const input = JsonInput::parse(request.body, {"old_password", "new_password"});
    if (!input) return answer(input.error(), language);
    auto const changed =
        sign_in.change_password(session.actor, SecretBytes::from_text(input->text("old_password")).text(),
                                SecretBytes::from_text(input->text("new_password")).text());
    if (!changed) return answer(changed.error(), language);
    return {.status = 204, .headers = {}, .body = std::string{}};
}

template class Site<OfficeZone>;
template class Site<MedicalZone>;

}  // namespace klout7::api
