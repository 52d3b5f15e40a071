#include "api/site.h"

#include <algorithm>
#include <type_traits>

#include "access/service_accounts.h"
#include "audit_proofs.h"
#include "base/log.h"
#include "base/text.h"
#include "cookies.h"
#include "factors.h"
#include "mandates.h"
#include "pages.h"
#include "session.h"

namespace klout7::api {
namespace {

using transport::Answer;
using transport::Method;
using transport::Request;
using transport::RequestHead;

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

std::string joined(std::string const& a, std::string const& b) {
    return a.empty() || b.empty() ? a + b : a + ", " + b;
}

template <class AnyRoute>
struct Found {
    AnyRoute const* route = nullptr;
    Parameters parameters;
    std::string allowed;  ///< methods of this path, for 405
};
template <class AnyRoute>
Found<AnyRoute> find(std::vector<AnyRoute> const& routes, RequestHead const& head) {
    Found<AnyRoute> found;
    for (auto const& route : routes) {
        auto parameters = match(split(std::string_view{route.path}.substr(1), '/'), head.path);
        if (!parameters) continue;
        found.allowed = joined(found.allowed, std::string{transport::name_of(route.method)});
        if (route.method != head.method) continue;
        found.route = &route;
        found.parameters = std::move(*parameters);
        break;
    }
    return found;
}

PublicRoute text_route(PublicText const& text) {
    return {Method::get, text.path, [text](Request const&, Language language) {
                if (!text.text) return answer(problems::not_found, language);
                return Answer{.status = 200,
                              .headers = {{"Content-Type", std::string{text.content_type}}},
                              .body = *text.text};
            }};
}

/// A machine shows a certificate. What brings a cookie is a browser, whatever its owner has installed in it.
bool is_machine(RequestHead const& head) { return head.certificate && !head.headers.find("cookie"); }

/// Whether a browser may have been made to send this by another site: it says from which page it comes, and
/// only what changes something does harm. A machine says nothing of pages. Nobody signs in as a machine, so
/// what is for anybody asks everybody.
bool is_from_elsewhere(RequestHead const& head, bool is_for_anybody) {
    if (is_same_origin(head.headers)) return false;
    bool const says_nothing = !head.headers.find("origin") && !head.headers.find("sec-fetch-site");
    return is_for_anybody || !is_machine(head) || !says_nothing;
}

bool changes_something(Method method) { return method != Method::get && method != Method::head; }

/// The answer to a method that this path does not have. Source: RFC 9110, 15.5.6.
Answer only(std::string allowed, Language language) {
    auto made = answer(problems::method_not_allowed, language);
    made.headers.set("Allow", std::move(allowed));
    return made;
}

/// What every answer carries, unless it says otherwise itself. Nothing of ours may be cached, framed or
/// guessed to be something else.
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
        if (!answer.headers.find(name)) answer.headers.set(name, value);
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
    std::vector<PublicRoute> open_routes;
    Environment environment;
    Pages pages;

    State(access::Frame<Zone> const& f, std::vector<Route<Zone>> r, Environment e,
          std::span<EmbeddedFile const> files)
        : frame(f), sign_in(f), routes(std::move(r)), environment(e), pages(files) {}
    Answer serve(Request& request, Language language);
    Answer with_session(Request& request, access::Session const& session, Language language);
    Answer with_certificate(Request& request, Language language);
    Answer ask(Request& request, access::Session const& session, Found<Route<Zone>>& found,
               Language language);
};

template <class Zone>
Site<Zone>::Site(access::Frame<Zone> const& frame, std::vector<Route<Zone>> routes,
                 std::vector<PublicText> texts, Environment environment, std::span<EmbeddedFile const> pages)
    : state_(new State{frame, std::move(routes), environment, pages}) {
    auto& state = *state_;
    for (auto& route : audit_log_routes<Zone>()) state.routes.push_back(std::move(route));
    for (auto& route : audit_proof_routes<Zone>()) state.routes.push_back(std::move(route));
    for (auto& route : session_routes<Zone>(environment)) state.routes.push_back(std::move(route));
    for (auto& route : factor_routes<Zone>()) state.routes.push_back(std::move(route));
    for (auto& route : mandate_routes<Zone>()) state.routes.push_back(std::move(route));
    state.open_routes.push_back(sign_in_route(state.sign_in, environment));
    state.open_routes.push_back(challenge_route(state.sign_in, frame.relying_party));
    state.open_routes.push_back(text_route({"/healthz", "text/plain", "ok\n"}));
    for (auto const& text : texts) state.open_routes.push_back(text_route(text));
}

template <class Zone>
Site<Zone>::~Site() = default;

template <class Zone>
std::vector<Route<Zone>> const& Site<Zone>::routes() const {
    return state_->routes;
}

template <class Zone>
std::vector<PublicRoute> const& Site<Zone>::public_routes() const {
    return state_->open_routes;
}

template <class Zone>
transport::BodyRule Site<Zone>::body_rule(RequestHead const& head) const {
    if (auto const open = find(state_->open_routes, head); open.route != nullptr) return open.route->body;
    auto const found = find(state_->routes, head);
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
    if (auto page = pages.answer(head)) return std::move(*page);
    auto const open = find(open_routes, head);
    if (changes_something(head.method) && is_from_elsewhere(head, open.route != nullptr))
        return answer(problems::not_same_origin, language);
    if (open.route != nullptr) return open.route->handle(request, language);
    if (is_machine(head)) return with_certificate(request, language);
    auto const session = sign_in.find(cookie_value(head.headers, session_cookie), head.source);
    if (!session) return answer(access::Failure{access::failure_of_reading(session.error())}, language);
    if (!*session) return answer(problems::not_signed_in, language);
    return with_session(request, **session, language);
}

template <class Zone>
Answer Site<Zone>::State::with_session(Request& request, access::Session const& session, Language language) {
    auto const& head = request.head;
    auto found = find(routes, head);
    // A welcome password opens nothing but the change of itself; a code that stands in for a second factor
    // nothing but the making of one.
    auto const needs = found.route == nullptr ? Needs::everything : found.route->needs;
    if (session.must_change_password && needs != Needs::nothing)
        return answer(problems::change_password_first, language);
    if (session.actor.must_add_factor && needs == Needs::everything)
        return answer(problems::add_factor_first, language);
    if (found.route == nullptr) {
        auto const allowed = joined(found.allowed, find(open_routes, head).allowed);
        return allowed.empty() ? answer(problems::not_found, language) : only(allowed, language);
    }
    return ask(request, session, found, language);
}

/// Whatever is wrong with a certificate or asked with it gets one answer; which it was stands in the logs.
template <class Zone>
Answer Site<Zone>::State::with_certificate(Request& request, Language language) {
    auto const refused = answer(problems::not_signed_in, language);
    auto const not_stored = [&](store::StoreError error) {
        return answer(access::Failure{access::failure_of_reading(error)}, language);
    };
    if constexpr (std::is_same_v<Zone, OfficeZone>) {
        auto const& head = request.head;
        auto const& shown = *head.certificate;
        if (!shown)
            write_log(LogLevel::warning, "a client certificate was refused", field("reason", shown.error()));
        // Anybody can make such a one: it is worth no line in the log of who did what, as no certificate is.
        if (!shown && shown.error() == transport::CertificateFault::other_ca) return refused;
        auto const subject = shown ? std::expected<std::string_view, std::string_view>{shown->subject}
                                   : std::unexpected(transport::name_of(shown.error()));
        access::Machines const machines{frame};
        auto const machine = machines.enter(subject, head.source);
        if (!machine) return not_stored(machine.error());
        if (!*machine) return refused;
        auto found = find(routes, head);
        if (found.route != nullptr && found.route->askers == Askers::machines_too)
            return ask(request, {**machine, false}, found, language);
        if (auto const written = machines.turn_away(**machine); !written) return not_stored(written.error());
    }
    return refused;
}

template <class Zone>
Answer Site<Zone>::State::ask(Request& request, access::Session const& session, Found<Route<Zone>>& found,
                              Language language) {
    auto const& head = request.head;
    access::Given<Body> body{Body{request.body, request.stream}};
    auto const wanted = found.route->content_type;
    if (found.route->body.largest_bytes > 0 && wanted != any_content_type && !is_content_type(head, wanted))
        body = std::unexpected(access::Failure{access::FailureKind::wrong_content});
    Call<Zone> call{head,
                    body,
                    frame,
                    session.actor,
                    session.must_change_password,
                    language,
                    std::move(found.parameters)};
    auto result = found.route->handle(call);
    return result ? std::move(*result) : answer(result.error(), language);
}

template class Site<OfficeZone>;
template class Site<MedicalZone>;

}  // namespace klout7::api
