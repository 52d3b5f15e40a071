#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "access/sign_in.h"
#include "api/call.h"
#include "api/problem.h"
#include "base/embedded_text.h"
#include "transport/http.h"

namespace klout7::api {

/// What a session must have before a route opens for it.
enum class Needs {
    nothing,       ///< opens with a welcome password
    own_password,  ///< opens before there is a second factor
    everything,
};

/// Who may ask a route. A machine shows a certificate in the place of a session.
enum class Askers { people, machines_too };

/// For a route that tells by the content what it is; what the sender says of it is not looked at.
inline constexpr std::string_view any_content_type = "*/*";

/// One thing a signed-in person can do over HTTP. `thing` and `action` say which cell of the authorisation
/// table decides; the action asks the gate itself, this is for the test that walks every route.
template <class Zone>
struct Route {
    transport::Method method;
    std::string_view path;  ///< "/api/v1/cases/{case}"
    access::Resource thing;
    access::Action action;
    std::function<Result(Call<Zone>&)> handle;
    transport::BodyRule body = {};  ///< none by default
    std::string_view content_type = "application/json";
    Needs needs = Needs::everything;
    Askers askers = Askers::people;
};

/// One thing that anybody may ask, without a session.
struct PublicRoute {
    transport::Method method;
    std::string_view path;
    std::function<transport::Answer(transport::Request const&, Language)> handle;
    transport::BodyRule body = {};
};

inline constexpr transport::BodyRule json_body{.largest_bytes = 64 * 1024};
/// With a password in it: hashing one takes long and much memory, on purpose.
inline constexpr transport::BodyRule password_body{
    .largest_bytes = 64 * 1024, .streamed = false, .is_heavy = true};

/// A text that the site serves to anybody: its description, the contact of its security people.
struct PublicText {
    std::string_view path;
    std::string_view content_type;
    std::optional<std::string> text;  ///< nothing: it is not there
};

/// What one program serves: the routes it is given and those that both sides have (signing in and out, the
/// own password, the audit log). For each request: same origin, session or certificate, route, action,
/// answer. Besides the pages, to anybody: they hold nothing of anybody. Many threads.
template <class Zone>
class Site final : public transport::Service {
public:
    Site(access::Frame<Zone> const& frame, std::vector<Route<Zone>> routes, std::vector<PublicText> texts,
         Environment environment, std::span<EmbeddedFile const> pages = {});
    ~Site() override;

    transport::BodyRule body_rule(transport::RequestHead const& head) const override;
    transport::Answer handle(transport::Request& request) override;
    transport::Answer answer_fault(transport::TransportFault fault,
                                   transport::RequestHead const* head) const override;
    /// Every route, those of both sides too. Nothing else is served: requests are looked up here.
    std::vector<Route<Zone>> const& routes() const;
    std::vector<PublicRoute> const& public_routes() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// The routes that both sides have and that need a session.
template <class Zone>
std::vector<Route<Zone>> audit_log_routes();

extern template class Site<OfficeZone>;
extern template class Site<MedicalZone>;

}  // namespace klout7::api
