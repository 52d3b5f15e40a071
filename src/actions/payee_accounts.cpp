#include "actions/payee_accounts.h"

#include <algorithm>

#include "access/notices.h"
#include "case_course.h"
#include "payments/credit_transfer.h"
#include "payments/recorded_facts.h"

namespace klout7::actions {
namespace {

using access::FailureKind;
using people::AccountState;
using people::PayeeAccount;

std::expected<ClearedCase, Failure> client_of(Unit& unit, access::Action action, CaseId id) {
    return cleared_case(unit, access::Resource::payee_account, action, id, id.uuid());
}

std::unexpected<Failure> wrong(std::string_view field, std::string_view code, std::string_view dutch,
                               std::string_view english) {
    return std::unexpected(Failure{FailureKind::invalid, {{field, code, dutch, english}}});
}

/// One that nobody decided yet, for who may do this with it.
std::expected<people::PayeeAccountRow, Failure> open_account_for(Unit& unit, access::Action action,
                                                                 people::PayeeAccountId id) {
    auto row = people::find_payee_account(unit.tx, unit.keyring(), id);
    access::ObjectFacts facts{.resource = access::Resource::payee_account};
    if (row) {
        facts.person = row->person;
        facts.user = row->proposed_by;
    }
    auto const access = unit.gate.ask(action, facts, id.uuid());
    if (!access) return std::unexpected(access.error());
    if (!row) return std::unexpected(Failure{FailureKind::not_found});
    if (row->state != AccountState::proposed) return std::unexpected(Failure{FailureKind::not_now});
    return std::move(*row);
}

std::expected<void, Failure> decide(Unit& unit, people::PayeeAccountRow row, AccountState state) {
    row.state = state;
    row.decided_by = unit.actor.user;
    row.decided_at = unit.now;
    if (!people::decide_payee_account(unit.tx, unit.keyring(), row))
        return std::unexpected(Failure{FailureKind::not_now});
    if (state == AccountState::approved)
        access::notify_client(unit.tx, unit.keyring(), row.person, access::NoticeKind::payee_account_changed,
                              unit.now, unit.frame.random);
    return {};
}

std::optional<CaseId> newest_case_of(store::Transaction& tx, PersonId person) {
    auto days = cases::reported_days(tx, std::array{person});
    if (days.empty()) return std::nullopt;
    return std::ranges::max_element(days, {}, &cases::ReportedDay::first_sick_day)->case_id;
}

}  // namespace

std::expected<people::PayeeAccountId, Failure> propose_payee_account(Office const& office, Actor const& actor,
                                                                     CaseId id,
                                                                     Given<NewPayeeAccount> const& given) {
    using Made = std::expected<people::PayeeAccountId, Failure>;
    return access::change(office.frame, actor, [&](Unit& unit) -> Made {
        auto const client = client_of(unit, access::Action::create, id);
        if (!client) return std::unexpected(client.error());
        if (!given) return std::unexpected(given.error());
        if (payments::sepa_text(given->holder, people::longest_holder).empty() ||
            given->holder.size() > 4 * people::longest_holder)
            return wrong("holder", "not_a_name",
                         "Vul in op wiens naam de rekening staat, ten hoogste 70 tekens.",
                         "Fill in in whose name the account is, at most 70 characters.");
        auto const known =
            people::payee_accounts_of(unit.tx, unit.keyring(), client->key, client->row.person);
        if (!known) return std::unexpected(known.error());
        // What was refused may be entered again.
        auto const newest = std::ranges::find_if(
            *known, [](PayeeAccount const& one) { return one.state != AccountState::refused; });
        if (newest != known->end() && newest->iban == given->iban && newest->holder == given->holder)
            return std::unexpected(Failure{FailureKind::already_there});
        if (std::ssize(*known) >= people::most_accounts)
            return std::unexpected(Failure{FailureKind::not_now});
        PayeeAccount const account{people::PayeeAccountId::make(unit.now, unit.frame.random),
                                   client->row.person,
                                   std::ssize(*known) + 1,
                                   given->iban,
                                   given->holder,
                                   actor.user,
                                   unit.now};
        people::add_payee_account(unit.tx, unit.keyring(), client->key, account, unit.frame.random);
        return account.id;
    });
}

std::expected<std::vector<PayeeAccount>, Failure> read_payee_accounts(Office const& office,
                                                                      Actor const& actor, CaseId id) {
    using Found = std::expected<std::vector<PayeeAccount>, Failure>;
    return access::look(office.frame, actor, [&](Unit& unit) -> Found {
        auto const client = client_of(unit, access::Action::read, id);
        if (!client) return std::unexpected(client.error());
        return people::payee_accounts_of(unit.tx, unit.keyring(), client->key, client->row.person);
    });
}

std::expected<std::vector<WaitingAccount>, Failure> list_payee_accounts(Office const& office,
                                                                        Actor const& actor) {
    using Found = std::expected<std::vector<WaitingAccount>, Failure>;
    return access::look(office.frame, actor, [&](Unit& unit) -> Found {
        auto const access =
            unit.gate.ask(access::Action::list, {.resource = access::Resource::payee_account});
        if (!access) return std::unexpected(access.error());
        std::vector<WaitingAccount> listed;
        for (auto const& row : people::proposed_payee_accounts(unit.tx, unit.keyring())) {
            auto const key = unit.frame.keys.load(unit.tx, row.person);
            if (!key) {
                if (key.error() == vault::VaultError::no_key) continue;  // the client is gone
                return std::unexpected(Failure{FailureKind::unavailable});
            }
            auto const account = people::open_payee_account(row, *key);
            if (!account) return std::unexpected(account.error());
            auto const case_id = newest_case_of(unit.tx, row.person);
            if (!case_id) continue;
            auto const approved =
                people::approved_payee_accounts(unit.tx, unit.keyring(), std::array{row.person});
            listed.push_back({row.id, *case_id, account->iban.masked(), account->holder, row.proposed_by,
                              row.proposed_at, approved.empty()});
        }
        return listed;
    });
}

std::expected<void, Failure> approve_payee_account(Office const& office, Actor const& actor,
                                                   people::PayeeAccountId id,
                                                   Given<people::PayeeCheck> const& check) {
    return access::change(office.frame, actor, [&](Unit& unit) -> std::expected<void, Failure> {
        auto row = open_account_for(unit, access::Action::approve, id);
        if (!row) return std::unexpected(row.error());
        if (!check) return std::unexpected(check.error());
        if (*check == people::PayeeCheck::no_match)
            return wrong("check", "no_match",
                         "De bank zegt dat naam en nummer niet bij elkaar horen. Keur deze rekening af.",
                         "The bank says that name and number do not belong together. Refuse this account.");
        row->check = *check;
        row->usable_from = unit.today().plus_days(people::cooling_days);
        return decide(unit, std::move(*row), AccountState::approved);
    });
}

std::expected<void, Failure> refuse_payee_account(Office const& office, Actor const& actor,
                                                  people::PayeeAccountId id) {
    return access::change(office.frame, actor, [&](Unit& unit) -> std::expected<void, Failure> {
        auto row = open_account_for(unit, access::Action::end, id);
        if (!row) return std::unexpected(row.error());
        return decide(unit, std::move(*row), AccountState::refused);
    });
}

}  // namespace klout7::actions
