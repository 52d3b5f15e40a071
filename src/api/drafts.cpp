#include "api/drafts.h"

#include <algorithm>

#include "access/drafts.h"

namespace klout7::api {
namespace {

using access::Action;
using access::DraftPlace;
using access::Drafts;
using access::Given;
using access::Resource;
using transport::Method;

/// What was typed, with room for the marks that JSON puts before some of it.
constexpr transport::BodyRule draft_body{4 * access::largest_draft_bytes, false};

template <class Zone>
DraftPlace place_of(Call<Zone> const& call) {
    DraftPlace place{call.parameters.at("form")};
    if (call.parameters.contains("case")) place.case_id = call.template id<CaseId>("case");
    return place;
}

template <class Zone>
Result save(Drafts<Zone> const& drafts, Call<Zone> const& call) {
    auto const content =
        call.template json<std::string>({"content"}, [](JsonInput const& input) -> Given<std::string> {
            if (input.has("content")) return input.text("content");
            return std::unexpected(
                access::Failure{access::FailureKind::invalid,
                                {{"content", "missing", "Wat bewaard moet worden ontbreekt.",
                                  "What is to be kept is missing."}}});
        });
    auto const saved_at = drafts.save(call.actor, place_of(call), content);
    if (!saved_at) return std::unexpected(saved_at.error());
    return json_answer(json::object{{"saved_at", to_json(*saved_at)}});
}

template <class Zone>
Result read(Drafts<Zone> const& drafts, Call<Zone> const& call) {
    auto const draft = drafts.read(call.actor, place_of(call));
    if (!draft) return std::unexpected(draft.error());
    return json_answer(
        json::object{{"content", draft->content.text()}, {"saved_at", to_json(draft->saved_at)}});
}

template <class Zone>
Result end(Drafts<Zone> const& drafts, Call<Zone> const& call) {
    auto const ended = drafts.end(call.actor, place_of(call));
    if (!ended) return std::unexpected(ended.error());
    return done_answer();
}

}  // namespace

template <class Zone>
std::vector<Route<Zone>> draft_routes(FindSubject const& find_subject) {
    auto const with = [&find_subject](auto act) {
        return [find_subject, act](Call<Zone>& call) {
            return act(Drafts<Zone>{call.frame, find_subject}, call);
        };
    };
    std::vector<Route<Zone>> routes;
    for (bool const is_about_case : {false, true}) {
        auto const is_of_these = [&](access::DraftForm const& form) {
            return form.side == Zone::side && form.is_about_case == is_about_case;
        };
        if (std::ranges::none_of(access::draft_forms, is_of_these)) continue;
        auto const* path = is_about_case ? "/api/v1/cases/{case}/drafts/{form}" : "/api/v1/drafts/{form}";
        routes.push_back({Method::put, path, Resource::draft, Action::write, with(save<Zone>), draft_body});
        routes.push_back({Method::get, path, Resource::draft, Action::read, with(read<Zone>)});
        routes.push_back({Method::del, path, Resource::draft, Action::end, with(end<Zone>)});
    }
    return routes;
}

template std::vector<Route<OfficeZone>> draft_routes(FindSubject const&);
template std::vector<Route<MedicalZone>> draft_routes(FindSubject const&);

}  // namespace klout7::api
