#include "access/account_life.h"

#include <map>

#include "access/drafts.h"
#include "account_changes.h"
#include "account_row.h"
#include "mandate_row.h"
#include "new_proposal.h"
#include "proposal_row.h"
#include "recovery_codes.h"
#include "review_row.h"
#include "session_row.h"

namespace klout7::access {
namespace {

std::unexpected<Failure> failure(FailureKind kind) { return std::unexpected(Failure{kind}); }

/// Only for who manages accounts at all: it takes long.
template <class Zone>
HashedWelcome new_welcome(Frame<Zone> const& frame, Actor const& actor) {
    if (!manages_accounts(Zone::side, actor.role)) return {};
    return make_welcome(frame.random);
}

bool needs_code(ProposalKind kind) {
    return kind == ProposalKind::invite || kind == ProposalKind::new_factors;
}

/// When each of these users signed in last.
std::map<UserId, Instant> load_last_sign_ins(store::Transaction& tx, UserId first, UserId last) {
    std::map<UserId, Instant> found;
    for (auto const& [user, at] : tx.rows<UserId, Instant>(
             "SELECT user_id, MAX(created_at) FROM user_session WHERE user_id >= ? AND user_id <= ? GROUP BY "
             "user_id",
             first, last))
        found.emplace(user, at);
    return found;
}

std::optional<Instant> at(std::map<UserId, Instant> const& when, UserId user) {
    auto const found = when.find(user);
    return found == when.end() ? std::nullopt : std::optional{found->second};
}

/// The account that an administrator does something with, when it is one of theirs. Asks the gate.
template <class Zone>
std::expected<AccountRow, Failure> managed_account(Unit<Zone>& unit, UserId user, std::string_view what) {
    auto const access =
        unit.gate.ask(Action::change, {.resource = Resource::user, .user = user}, user.uuid(), what);
    if (!access) return std::unexpected(access.error());
    auto account = load_account(unit.tx, unit.keyring(), user);
    if (!account) return failure(FailureKind::not_found);
    if (!may_manage(Zone::side, unit.actor.role, account->role)) return failure(FailureKind::not_allowed);
    if (account->closed_at) return failure(FailureKind::not_now);
    return std::move(*account);
}

template <class Zone>
AccountWork<Zone> work_of(Unit<Zone>& unit) {
    return {unit.frame, unit.tx, unit.now};
}

/// Administrators decide about everybody's accounts but their own: those of a fellow administrator with the
/// operator, who proposed it.
template <class Zone>
bool may_decide(Actor const& actor, ProposalRow const& proposal, Role role) {
    if (proposal.proposed_by != by_operator) return may_manage(Zone::side, actor.role, role);
    return manages_accounts(Zone::side, actor.role) && role == actor.role && proposal.user != actor.user;
}

template <class Zone>
void make_account(Unit<Zone>& unit, ProposalRow const& proposal, ProposalSecret const& secret) {
    auto const& account = proposal.account;
    auto const name = UserName::parse(account.user_name);
    if (!name) store::unexpected_cell();
    add_account(work_of(unit), proposal.user,
                {.user_name = *name,
                 .display_name = account.display_name,
                 .role = account.role,
                 .person = account.person,
                 .employer = account.employer,
                 .responsible = account.responsible,
                 .e_mail = account.e_mail},
                secret.password_hash);
}

/// Does what was approved to the account that there is. False when the account is no longer as it was when
/// this was proposed.
template <class Zone>
bool change_account(Unit<Zone>& unit, ProposalRow const& proposal) {
    auto account = load_account(unit.tx, unit.keyring(), proposal.user);
    bool const is_reopening = proposal.kind == ProposalKind::reopen;
    if (!account || account->closed_at.has_value() != is_reopening ||
        !may_decide<Zone>(unit.actor, proposal, account->role))
        return false;
    auto const& wanted = proposal.account;
    if (proposal.kind == ProposalKind::move) {
        if (wanted.role == Role::client) {
            // Who becomes a client works here no more.
            auto last = *account;
            last.closed_at = unit.now;
            tell_other_side(work_of(unit), last);
        }
        account->role = wanted.role;
        account->person = wanted.person;
        account->employer = wanted.employer;
        account->responsible = wanted.responsible;
    } else if (account->role != wanted.role) {
        return false;  // somebody moved it meanwhile: this was approved of another account
    }
    account->closed_at.reset();
    update_account(unit.tx, unit.keyring(), *account);
    // What was handed over by or to this one, or typed and not sent, was so in the role of before.
    if (proposal.kind == ProposalKind::move) {
        end_mandates_of(unit.tx, unit.keyring(), proposal.user, unit.now);
        end_drafts_of(unit.tx, proposal.user);
    }
    if (proposal.kind == ProposalKind::new_factors)
        end_all_factors(work_of(unit), proposal.user);
    else
        tell_other_side(work_of(unit), *account);
    end_sessions(unit.tx, proposal.user, unit.now);
    return true;
}

}  // namespace

template <class Zone>
std::expected<AccountPage, Failure> AccountLife<Zone>::list(Actor const& actor,
                                                            std::optional<UserId> after) const {
    return look(frame_, actor, [&](Unit<Zone>& unit) -> std::expected<AccountPage, Failure> {
        auto const access = unit.gate.ask(Action::list, {.resource = Resource::user});
        if (!access) return std::unexpected(access.error());
        auto rows =
            load_accounts_after(unit.tx, unit.keyring(), after.value_or(UserId{}), accounts_a_page + 1);
        AccountPage page;
        if (rows.size() > accounts_a_page) {
            rows.pop_back();
            page.next = rows.back().user;
        }
        if (rows.empty()) return page;
        auto const first = rows.front().user;
        auto const last = rows.back().user;
        auto const signed_in = load_last_sign_ins(unit.tx, first, last);
        auto const reviews = load_newest_reviews(unit.tx, unit.keyring(), first, last);
        for (auto const& row : rows) {
            auto const reviewed_at = at(reviews, row.user);
            bool const is_due = !row.closed_at && (!reviewed_at || unit.now - *reviewed_at > review_lasts);
            page.accounts.push_back(
                {view_of(unit.keyring(), row), at(signed_in, row.user), reviewed_at, is_due});
        }
        return page;
    });
}

template <class Zone>
std::expected<Proposed, Failure> AccountLife<Zone>::propose(Actor const& actor,
                                                            Given<NewProposal> const& given) const {
    bool const is_invitation = given && given->kind == name_of(ProposalKind::invite);
    auto const welcome = is_invitation ? new_welcome(frame_, actor) : HashedWelcome{};
    return change(frame_, actor, [&](Unit<Zone>& unit) -> std::expected<Proposed, Failure> {
        auto const access = unit.gate.ask(Action::create, {.resource = Resource::account_proposal}, {},
                                          given ? std::string_view{given->kind} : std::string_view{});
        if (!access) return std::unexpected(access.error());
        if (!given) return std::unexpected(given.error());
        auto const row = checked(unit, *given, find_employer_);
        if (!row) return std::unexpected(row.error());
        ProposalSecret const secret{is_invitation ? welcome.hash : std::string{},
                                    RecoveryCodes::new_half(unit.frame.random)};
        insert_proposal(unit.tx, unit.keyring(), *row, secret, unit.frame.random);
        unit.gate.about(row->proposal.uuid());
        Proposed proposed{.proposal = row->proposal, .until = unit.now + proposal_lasts};
        if (is_invitation) proposed.welcome_password = welcome.password.copy();
        if (needs_code(row->kind)) proposed.half_code = secret.half_code.copy();
        return proposed;
    });
}

template <class Zone>
std::expected<std::vector<ProposalView>, Failure> AccountLife<Zone>::proposals(Actor const& actor) const {
    return look(frame_, actor, [&](Unit<Zone>& unit) -> std::expected<std::vector<ProposalView>, Failure> {
        auto const access = unit.gate.ask(Action::list, {.resource = Resource::account_proposal});
        if (!access) return std::unexpected(access.error());
        std::vector<ProposalView> views;
        for (auto& row : load_open_proposals(unit.tx, unit.keyring(), unit.now - proposal_lasts)) {
            auto& account = row.account;
            views.push_back({row.proposal, row.kind, row.user, row.proposed_by, row.proposed_at,
                             std::move(account.user_name), std::move(account.display_name), account.role,
                             account.employer, account.person, account.responsible,
                             account.e_mail ? account.e_mail->text() : std::string{}});
        }
        return views;
    });
}

template <class Zone>
std::expected<Approved, Failure> AccountLife<Zone>::approve(Actor const& actor, ProposalId proposal) const {
    return change(frame_, actor, [&](Unit<Zone>& unit) -> std::expected<Approved, Failure> {
        auto const& keyring = unit.keyring();
        auto const row = load_proposal(unit.tx, keyring, proposal);
        // Who proposed it stands to it as to something own, and nobody approves that.
        auto const access = unit.gate.ask(Action::approve,
                                          {.resource = Resource::account_proposal,
                                           .user = row ? std::optional{row->proposed_by} : std::nullopt},
                                          proposal.uuid(), row ? name_of(row->kind) : std::string_view{});
        if (!access) return std::unexpected(access.error());
        if (!row) return failure(FailureKind::not_found);
        if (!row->is_open(unit.now)) return failure(FailureKind::not_now);
        if (!may_decide<Zone>(actor, *row, row->account.role)) return failure(FailureKind::not_allowed);
        auto const secret = load_secret(unit.tx, keyring, proposal);
        if (!decide(unit.tx, keyring, *row, actor.user, true, unit.now)) return failure(FailureKind::not_now);
        auto const& doctor = row->account.responsible;
        if (doctor && !may_be_responsible(unit, *doctor)) return failure(FailureKind::not_now);
        auto const& e_mail = row->account.e_mail;
        if (e_mail && holds_another_account(unit.tx, keyring, *e_mail, row->account.role, row->user))
            return failure(FailureKind::not_now);

        if (row->kind == ProposalKind::invite) {
            make_account(unit, *row, secret);
        } else if (!change_account(unit, *row)) {
            return failure(FailureKind::not_now);
        }
        insert_review(unit, row->user);
        Approved approved{.user = row->user};
        if (needs_code(row->kind))
            approved.half_code = keep_set_up_code(work_of(unit), row->user, secret.half_code.text());
        return approved;
    });
}

template <class Zone>
std::expected<void, Failure> AccountLife<Zone>::end(Actor const& actor, ProposalId proposal) const {
    return change(frame_, actor, [&](Unit<Zone>& unit) -> std::expected<void, Failure> {
        auto const row = load_proposal(unit.tx, unit.keyring(), proposal);
        auto const access = unit.gate.ask(Action::end,
                                          {.resource = Resource::account_proposal,
                                           .user = row ? std::optional{row->proposed_by} : std::nullopt},
                                          proposal.uuid(), row ? name_of(row->kind) : std::string_view{});
        if (!access) return std::unexpected(access.error());
        if (!row) return failure(FailureKind::not_found);
        if (!row->is_open(unit.now) || !decide(unit.tx, unit.keyring(), *row, actor.user, false, unit.now))
            return failure(FailureKind::not_now);
        return {};
    });
}

template <class Zone>
std::expected<void, Failure> AccountLife<Zone>::close(Actor const& actor, UserId user) const {
    return change(frame_, actor, [&](Unit<Zone>& unit) -> std::expected<void, Failure> {
        auto account = managed_account(unit, user, "close");
        if (!account) return std::unexpected(account.error());
        close_account(work_of(unit), *account);
        return {};
    });
}

template <class Zone>
std::expected<NewWelcome, Failure> AccountLife<Zone>::reset_password(Actor const& actor, UserId user) const {
    auto const welcome = new_welcome(frame_, actor);
    return change(frame_, actor, [&](Unit<Zone>& unit) -> std::expected<NewWelcome, Failure> {
        auto account = managed_account(unit, user, "welcome_password");
        if (!account) return std::unexpected(account.error());
        auto const until = keep_welcome(work_of(unit), *account, welcome.hash);
        return NewWelcome{welcome.password.copy(), until};
    });
}

template <class Zone>
std::expected<void, Failure> AccountLife<Zone>::review(Actor const& actor, UserId user) const {
    return change(frame_, actor, [&](Unit<Zone>& unit) -> std::expected<void, Failure> {
        auto const account = managed_account(unit, user, "review");
        if (!account) return std::unexpected(account.error());
        insert_review(unit, user);
        return {};
    });
}

template class AccountLife<OfficeZone>;
template class AccountLife<MedicalZone>;

}  // namespace klout7::access
