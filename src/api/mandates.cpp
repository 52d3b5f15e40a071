#include "mandates.h"

#include "access/mandates.h"

namespace klout7::api {
namespace {

using access::Action;
using access::MandateId;
using access::Mandates;
using access::Resource;
using transport::Method;

json::array to_json_array(access::Tasks tasks) {
    json::array names;
    for (auto const task : access::all_tasks) {
        if (tasks.has(task)) names.push_back(json::value(access::name_of(task)));
    }
    return names;
}

json::object to_json_object(access::MandateView const& view, UserId asking) {
    auto const& what = view.what;
    return {{"mandate", to_json(view.mandate)},     {"given_by", to_json(what.given_by)},
            {"given_by_name", view.given_by_name},  {"given_to", to_json(what.given_to)},
            {"given_to_name", view.given_to_name},  {"tasks", to_json_array(what.tasks)},
            {"starts_on", to_json(what.starts_on)}, {"ends_on", to_json(what.ends_on)},
            {"is_own", what.given_by == asking}};
}

template <class Zone>
Result list(Call<Zone> const& call) {
    auto const own = Mandates<Zone>{call.frame}.list(call.actor);
    if (!own) return std::unexpected(own.error());
    json::array mandates;
    for (auto const& view : own->mandates) mandates.push_back(to_json_object(view, call.actor.user));
    json::array colleagues;
    for (auto const& one : own->can_be_given_to) {
        colleagues.push_back(json::object{
            {"user", to_json(one.user)}, {"name", one.name}, {"role", access::name_of(one.role)}});
    }
    return json_answer(
        json::object{{"mandates", std::move(mandates)}, {"can_be_given_to", std::move(colleagues)}});
}

template <class Zone>
Result give(Call<Zone> const& call) {
    auto const given = call.template json<access::NewMandate>(
        {"given_to", "tasks", "starts_on", "ends_on"}, [](JsonInput const& input) -> access::NewMandate {
            return {input.text("given_to"), input.text("tasks"), input.text("starts_on"),
                    input.text("ends_on")};
        });
    auto const mandate = Mandates<Zone>{call.frame}.give(call.actor, given);
    if (!mandate) return std::unexpected(mandate.error());
    return json_answer(json::object{{"mandate", to_json(*mandate)}}, 201);
}

template <class Zone>
Result end(Call<Zone> const& call) {
    auto const ended = Mandates<Zone>{call.frame}.end(call.actor, call.template id<MandateId>("mandate"));
    if (!ended) return std::unexpected(ended.error());
    return done_answer();
}

}  // namespace

template <class Zone>
std::vector<Route<Zone>> mandate_routes() {
    constexpr auto mandate = Resource::mandate;
    return {
        {Method::get, "/api/v1/mandates", mandate, Action::list, list<Zone>},
        {Method::post, "/api/v1/mandates", mandate, Action::create, give<Zone>, json_body},
        {Method::del, "/api/v1/mandates/{mandate}", mandate, Action::end, end<Zone>},
    };
}

template std::vector<Route<OfficeZone>> mandate_routes();
template std::vector<Route<MedicalZone>> mandate_routes();

}  // namespace klout7::api
