#include "api/service_accounts.h"

namespace klout7::api {
namespace {

using access::Action;
using access::Resource;
using access::ServiceAccountLife;
using transport::Answer;
using transport::Method;
using OfficeCall = Call<OfficeZone>;

json::object to_json_object(access::ServiceAccountView const& view) {
    auto const& account = view.account;
    return {{"service_account", to_json(account.id)},
            {"employer", view.employer_code},
            {"subject", account.subject},
            {"networks", account.networks.text()},
            {"created_at", to_json(account.created_at)},
            {"closed_at", to_json(account.closed_at)}};
}

json::object to_json_object(access::ServiceProposalView const& view, UserId asking) {
    return {{"proposal", to_json(view.account)},
            {"employer", view.employer_code},
            {"subject", view.subject},
            {"networks", view.networks.text()},
            {"proposed_by", to_json(view.proposed_by)},
            {"proposed_at", to_json(view.proposed_at)},
            {"until", to_json(view.proposed_at + access::service_proposal_lasts)},
            {"is_own", view.proposed_by == asking}};
}

access::NewServiceProposal proposal_of(JsonInput const& input) {
    return {.employer = input.text("employer"),
            .certificate = input.text("certificate"),
            .subject = input.text("subject"),
            .networks = input.text("networks")};
}

Result done_or(std::expected<void, access::Failure> const& done) {
    if (!done) return std::unexpected(done.error());
    return done_answer();
}

Result list(ServiceAccountLife const& life, OfficeCall const& call) {
    auto const views = life.list(call.actor);
    if (!views) return std::unexpected(views.error());
    json::array shown;
    for (auto const& view : *views) shown.push_back(to_json_object(view));
    return json_answer(json::object{{"service_accounts", std::move(shown)}});
}

Result propose(ServiceAccountLife const& life, OfficeCall const& call) {
    auto const given = call.json<access::NewServiceProposal>(
        {"employer", "certificate", "subject", "networks"}, proposal_of);
    auto const proposed = life.propose(call.actor, given);
    if (!proposed) return std::unexpected(proposed.error());
    return json_answer(to_json_object(*proposed, call.actor.user), 201);
}

Result proposals(ServiceAccountLife const& life, OfficeCall const& call) {
    auto const views = life.proposals(call.actor);
    if (!views) return std::unexpected(views.error());
    json::array shown;
    for (auto const& view : *views) shown.push_back(to_json_object(view, call.actor.user));
    return json_answer(json::object{{"proposals", std::move(shown)}});
}

}  // namespace

std::vector<Route<OfficeZone>> service_account_routes(ServiceAccountLife::Outside outside) {
    auto const with = [outside = std::move(outside)](auto action) {
        return [outside, action](OfficeCall& call) {
            return action(ServiceAccountLife{call.frame, outside}, call);
        };
    };
    auto const close = with([](ServiceAccountLife const& life, OfficeCall const& call) {
        return done_or(life.close(call.actor, call.id<UserId>("service_account")));
    });
    auto const approve = with([](ServiceAccountLife const& life, OfficeCall const& call) {
        return done_or(life.approve(call.actor, call.id<UserId>("service_account_proposal")));
    });
    auto const end = with([](ServiceAccountLife const& life, OfficeCall const& call) {
        return done_or(life.end(call.actor, call.id<UserId>("service_account_proposal")));
    });
    constexpr auto account = Resource::service_account;
    constexpr auto proposal = Resource::service_account_proposal;
    return {
        {Method::get, "/api/v1/service-accounts", account, Action::list, with(list)},
        {Method::post, "/api/v1/service-accounts/{service_account}/closing", account, Action::end, close},
        {Method::get, "/api/v1/service-account-proposals", proposal, Action::list, with(proposals)},
        {Method::post, "/api/v1/service-account-proposals", proposal, Action::create, with(propose),
         json_body},
        {Method::post, "/api/v1/service-account-proposals/{service_account_proposal}/approval", proposal,
         Action::approve, approve},
        {Method::del, "/api/v1/service-account-proposals/{service_account_proposal}", proposal, Action::end,
         end},
    };
}

}  // namespace klout7::api
