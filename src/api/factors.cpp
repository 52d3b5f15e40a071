#include "factors.h"

#include <boost/json/value_from.hpp>
#include <utility>

#include "access/factors.h"
#include "proof.h"
#include "qr_code.h"

namespace klout7::api {
namespace {

using access::Action;
using access::Factors;
using access::Resource;
using transport::Answer;
using transport::Method;

template <class T>
std::unexpected<access::Failure> failure_of(std::expected<T, access::Failure> const& done) {
    return std::unexpected(done.error());
}

json::object to_json_object(access::FactorView const& view) {
    return {{"factor", to_json(view.factor)},
            {"kind", access::name_of(view.kind)},
            {"name", view.name},
            {"created_at", to_json(view.created_at)},
            {"last_used_at", to_json(view.last_used_at)}};
}

Answer made(access::FactorId factor) { return json_answer(json::object{{"factor", to_json(factor)}}, 201); }

template <class Zone>
Result list_factors(Call<Zone> const& call) {
    auto const own = Factors<Zone>{call.frame}.list(call.actor);
    if (!own) return failure_of(own);
    json::array factors;
    for (auto const& view : own->factors) factors.push_back(to_json_object(view));
    return json_answer(
        json::object{{"factors", std::move(factors)}, {"recovery_codes_left", own->recovery_codes_left}});
}

template <class Zone>
Result offer_app(Call<Zone> const& call) {
    auto const offer = Factors<Zone>{call.frame}.offer_app(call.actor);
    if (!offer) return failure_of(offer);
    return json_answer(json::object{{"offer", offer->offer},
                                    {"secret", to_base32(offer->secret.view())},
                                    {"uri", offer->uri},
                                    {"qr_code", json::value_from(qr_code(offer->uri))}});
}

template <class Zone>
Result add_app(Call<Zone> const& call) {
    auto const given = call.template json<access::NewApp>(
        {"name", "offer", "code"}, [](JsonInput const& input) -> access::NewApp {
            return {input.text("name"), input.text("offer"), input.text("code")};
        });
    auto const factor = Factors<Zone>{call.frame}.add_app(call.actor, given);
    if (!factor) return failure_of(factor);
    return made(*factor);
}

template <class Zone>
Result offer_passkey(Call<Zone> const& call) {
    auto const offer = Factors<Zone>{call.frame}.offer_passkey(call.actor);
    if (!offer) return failure_of(offer);
    auto answer = to_json(offer->challenge, call.frame.relying_party);
    answer["user"] = json::object{{"handle", to_base64url(offer->user_handle)},
                                  {"name", offer->user_name},
                                  {"display_name", offer->display_name}};
    json::array kinds;
    for (auto const algorithm : passkeys::algorithms) kinds.push_back(std::to_underlying(algorithm));
    answer["algorithms"] = std::move(kinds);
    json::array have;
    for (auto const& id : offer->have) have.push_back(json::string{to_base64url(id)});
    answer["have"] = std::move(have);
    return json_answer(answer);
}

template <class Zone>
Result add_passkey(Call<Zone> const& call) {
    auto const given = call.template json<access::NewPasskey>(
        {"name", "challenge", "client_data", "attestation"},
        [](JsonInput const& input) -> access::NewPasskey {
            return {input.text("name"), bytes_in(input, "challenge"), bytes_in(input, "client_data"),
                    bytes_in(input, "attestation")};
        });
    auto const factor = Factors<Zone>{call.frame}.add_passkey(call.actor, given);
    if (!factor) return failure_of(factor);
    return made(*factor);
}

template <class Zone>
Result remove(Call<Zone> const& call) {
    auto const removed =
        Factors<Zone>{call.frame}.remove(call.actor, call.template id<access::FactorId>("factor"));
    if (!removed) return failure_of(removed);
    return done_answer();
}

template <class Zone>
Result renew_recovery_codes(Call<Zone> const& call) {
    auto const codes = Factors<Zone>{call.frame}.renew_recovery_codes(call.actor);
    if (!codes) return failure_of(codes);
    json::array told;
    for (auto const& code : *codes) told.push_back(json::string{code.text()});
    return json_answer(json::object{{"codes", std::move(told)}}, 201);
}

}  // namespace

template <class Zone>
std::vector<Route<Zone>> factor_routes() {
    using enum Action;
    constexpr auto factor = Resource::own_factor;
    std::vector<Route<Zone>> routes{
        {Method::get, "/api/v1/session/factors", factor, read, list_factors<Zone>},
        {Method::post, "/api/v1/session/factors/app-offers", factor, change, offer_app<Zone>},
        {Method::post, "/api/v1/session/factors/apps", factor, change, add_app<Zone>, json_body},
        {Method::post, "/api/v1/session/factors/passkey-offers", factor, change, offer_passkey<Zone>},
        {Method::post, "/api/v1/session/factors/passkeys", factor, change, add_passkey<Zone>, json_body},
        {Method::del, "/api/v1/session/factors/{factor}", factor, end, remove<Zone>},
        {Method::post, "/api/v1/session/recovery-codes", factor, change, renew_recovery_codes<Zone>},
    };
    for (auto& route : routes) route.needs = Needs::own_password;
    return routes;
}

template std::vector<Route<OfficeZone>> factor_routes();
template std::vector<Route<MedicalZone>> factor_routes();

}  // namespace klout7::api
