#include "api/accounts.h"

namespace klout7::api {
namespace {

using access::AccountLife;
using access::Action;
using access::ProposalId;
using access::Resource;
using transport::Answer;
using transport::Method;

/// No content, and hashes a password.
constexpr transport::BodyRule only_heavy{.largest_bytes = 0, .streamed = false, .is_heavy = true};

json::value text_or_null(std::optional<SecretBytes> const& secret) {
    if (!secret) return nullptr;
    return json::value(secret->text());
}

json::object to_json_object(access::ManagedAccount const& one) {
    auto const& account = one.account;
    return {{"user", to_json(account.user)},           {"user_name", account.user_name},
            {"display_name", account.display_name},    {"e_mail", account.e_mail},
            {"role", access::name_of(account.role)},   {"employer", to_json(account.employer)},
            {"is_closed", account.is_closed},          {"last_signed_in_at", to_json(one.last_signed_in_at)},
            {"reviewed_at", to_json(one.reviewed_at)}, {"review_is_due", one.review_is_due}};
}

json::object to_json_object(access::ProposalView const& view, UserId asking) {
    return {{"proposal", to_json(view.proposal)},
            {"kind", access::name_of(view.kind)},
            {"user", to_json(view.user)},
            {"user_name", view.user_name},
            {"display_name", view.display_name},
            {"e_mail", view.e_mail},
            {"role", access::name_of(view.role)},
            {"employer", to_json(view.employer)},
            {"person", to_json(view.person)},
            {"responsible", to_json(view.responsible)},
            {"proposed_by", to_json(view.proposed_by)},
            {"proposed_at", to_json(view.proposed_at)},
            {"until", to_json(view.proposed_at + access::proposal_lasts)},
            {"is_own", view.proposed_by == asking}};
}

access::NewProposal proposal_of(JsonInput const& input) {
    return {.kind = input.text("kind"),
            .user = input.text("user"),
            .user_name = input.text("user_name"),
            .display_name = input.text("display_name"),
            .role = input.text("role"),
            .employer = input.text("employer"),
            .person = input.text("person"),
            .responsible = input.text("responsible"),
            .e_mail = input.text("e_mail")};
}

Result done_or(std::expected<void, access::Failure> const& done) {
    if (!done) return std::unexpected(done.error());
    return done_answer();
}

template <class Zone>
Result list(AccountLife<Zone> const& life, Call<Zone> const& call) {
    auto const page = life.list(call.actor, UserId::parse(call.after()));
    if (!page) return std::unexpected(page.error());
    json::array users;
    for (auto const& one : page->accounts) users.push_back(to_json_object(one));
    return json_answer(json::object{{"users", std::move(users)}, {"next", to_json(page->next)}});
}

template <class Zone>
Result propose(AccountLife<Zone> const& life, Call<Zone> const& call) {
    auto const given = call.template json<access::NewProposal>(
        {"kind", "user", "user_name", "display_name", "role", "employer", "person", "responsible", "e_mail"},
        proposal_of);
    auto const proposed = life.propose(call.actor, given);
    if (!proposed) return std::unexpected(proposed.error());
    return json_answer(json::object{{"proposal", to_json(proposed->proposal)},
                                    {"until", to_json(proposed->until)},
                                    {"welcome_password", text_or_null(proposed->welcome_password)},
                                    {"first_half", text_or_null(proposed->half_code)}},
                       201);
}

template <class Zone>
Result proposals(AccountLife<Zone> const& life, Call<Zone> const& call) {
    auto const views = life.proposals(call.actor);
    if (!views) return std::unexpected(views.error());
    json::array shown;
    for (auto const& view : *views) shown.push_back(to_json_object(view, call.actor.user));
    return json_answer(json::object{{"proposals", std::move(shown)}});
}

template <class Zone>
Result approve(AccountLife<Zone> const& life, Call<Zone> const& call) {
    auto const approved = life.approve(call.actor, call.template id<ProposalId>("proposal"));
    if (!approved) return std::unexpected(approved.error());
    return json_answer(
        json::object{{"user", to_json(approved->user)}, {"second_half", text_or_null(approved->half_code)}});
}

template <class Zone>
Result reset_password(AccountLife<Zone> const& life, Call<Zone> const& call) {
    auto const welcome = life.reset_password(call.actor, call.template id<UserId>("user"));
    if (!welcome) return std::unexpected(welcome.error());
    return json_answer(
        json::object{{"welcome_password", welcome->password.text()}, {"until", to_json(welcome->until)}});
}

}  // namespace

template <class Zone>
std::vector<Route<Zone>> account_routes(typename AccountLife<Zone>::FindEmployer find_employer) {
    auto const with = [find_employer = std::move(find_employer)](auto action) {
        return [find_employer, action](Call<Zone>& call) {
            return action(AccountLife<Zone>{call.frame, find_employer}, call);
        };
    };
    auto const user_of = [](Call<Zone> const& call) { return call.template id<UserId>("user"); };
    auto const end = with([](AccountLife<Zone> const& life, Call<Zone> const& call) {
        return done_or(life.end(call.actor, call.template id<ProposalId>("proposal")));
    });
    auto const close = with([user_of](AccountLife<Zone> const& life, Call<Zone> const& call) {
        return done_or(life.close(call.actor, user_of(call)));
    });
    auto const review = with([user_of](AccountLife<Zone> const& life, Call<Zone> const& call) {
        return done_or(life.review(call.actor, user_of(call)));
    });
    constexpr auto user = Resource::user;
    constexpr auto proposal = Resource::account_proposal;
    return {
        {Method::get, "/api/v1/users", user, Action::list, with(list<Zone>)},
        {Method::post, "/api/v1/users/{user}/welcome-password", user, Action::change,
         with(reset_password<Zone>), only_heavy},
        {Method::post, "/api/v1/users/{user}/closing", user, Action::change, close},
        {Method::post, "/api/v1/users/{user}/review", user, Action::change, review},
        {Method::get, "/api/v1/account-proposals", proposal, Action::list, with(proposals<Zone>)},
        {Method::post, "/api/v1/account-proposals", proposal, Action::create, with(propose<Zone>),
         password_body},
        {Method::post, "/api/v1/account-proposals/{proposal}/approval", proposal, Action::approve,
         with(approve<Zone>)},
        {Method::del, "/api/v1/account-proposals/{proposal}", proposal, Action::end, end},
    };
}

template std::vector<Route<OfficeZone>> account_routes(AccountLife<OfficeZone>::FindEmployer);
template std::vector<Route<MedicalZone>> account_routes(AccountLife<MedicalZone>::FindEmployer);

}  // namespace klout7::api
