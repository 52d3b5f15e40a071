#include "people/payee_accounts.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/cbor.h"
#include "base/named.h"
#include "store/first_of.h"
#include "store/in_list.h"
#include "store/row_tag.h"

namespace klout7::people {
namespace {

constexpr std::array all_states{AccountState::proposed, AccountState::approved, AccountState::refused};
constexpr std::array all_checks{PayeeCheck::not_asked, PayeeCheck::match, PayeeCheck::close_match,
                                PayeeCheck::no_match};

crypto::Sha256 tag_of(Keyring const& keyring, PayeeAccountRow const& row) {
    return store::row_tag(
        keyring, "payee_account",
        {row.id, row.person, row.number, row.proposed_by, row.proposed_at, name_of(row.state), row.decided_by,
         row.decided_at, row.usable_from, name_of(row.check)});
}

crypto::CellPlace content_cell(PayeeAccountId id) { return {"payee_account", "content", id.uuid()}; }

Bytes content_of(PayeeAccount const& account) {
    CborWriter w;
    w.array(2).text(account.iban.text()).text(account.holder);
    return w.finish();
}

constexpr store::SqlPart columns{
    "SELECT a.id, a.person_id, a.number, a.proposed_by, a.proposed_at, a.state, a.decided_by, a.decided_at, "
    "a.usable_from, a.payee_check, a.content, a.tag FROM payee_account a "};

std::vector<PayeeAccountRow> rows_of(store::Transaction& tx, Keyring const& keyring, store::Sql statement,
                                     std::vector<store::Value> const& values) {
    std::vector<PayeeAccountRow> rows;
    for (auto& [id, person, number, by, at, state, decided_by, decided_at, usable_from, check, content, tag] :
         tx.rows_with<PayeeAccountId, PersonId, std::int64_t, UserId, Instant, std::string,
                      std::optional<UserId>, std::optional<Instant>, std::optional<LocalDate>, std::string,
                      Bytes, crypto::Sha256>(statement, values)) {
        // One that is not known carries no tag of ours.
        PayeeAccountRow row{id,
                            person,
                            number,
                            by,
                            at,
                            named(all_states, state).value_or(AccountState::refused),
                            decided_by,
                            decided_at,
                            usable_from,
                            parse_payee_check(check).value_or(PayeeCheck::no_match),
                            std::move(content)};
        store::require_row_tag(tag, tag_of(keyring, row));
        rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace

std::string_view name_of(AccountState state) {
    switch (state) {
        case AccountState::proposed:
            return "proposed";
        case AccountState::approved:
            return "approved";
        case AccountState::refused:
            return "refused";
    }
    std::unreachable();
}

std::string_view name_of(PayeeCheck check) {
    switch (check) {
        case PayeeCheck::not_asked:
            return "not_asked";
        case PayeeCheck::match:
            return "match";
        case PayeeCheck::close_match:
            return "close_match";
        case PayeeCheck::no_match:
            return "no_match";
    }
    std::unreachable();
}

std::optional<PayeeCheck> parse_payee_check(std::string_view name) { return named(all_checks, name); }

std::expected<PayeeAccount, access::Failure> open_payee_account(PayeeAccountRow const& row, Key const& key) {
    auto const altered = std::unexpected(access::Failure{access::FailureKind::unavailable});
    auto const plain = key.cells().open(content_cell(row.id), row.content);
    if (!plain) return altered;
    auto const value = CborValue::parse(plain->view());
    auto const fields = value ? value->array() : std::unexpected(value.error());
    if (!fields || fields->size() != 2) return altered;
    auto const number = (*fields)[0].text();
    auto const holder = (*fields)[1].text();
    auto iban = number ? Iban::parse(*number) : std::unexpected(IbanError::not_an_iban);
    if (!iban || !holder) return altered;
    return PayeeAccount{row.id,          row.person,      row.number, std::move(*iban), std::string{*holder},
                        row.proposed_by, row.proposed_at, row.state,  row.decided_by,   row.decided_at,
                        row.usable_from, row.check};
}

std::expected<std::vector<PayeeAccount>, access::Failure> payee_accounts_of(store::Transaction& tx,
                                                                            Keyring const& keyring,
                                                                            Key const& key, PersonId person) {
    std::vector<PayeeAccount> accounts;
    for (auto const& row : rows_of(
             tx, keyring, store::sql<columns, "WHERE a.person_id = ? ORDER BY a.number DESC">, {person})) {
        auto account = open_payee_account(row, key);
        if (!account) return std::unexpected(account.error());
        accounts.push_back(std::move(*account));
    }
    return accounts;
}

std::optional<PayeeAccountRow> find_payee_account(store::Transaction& tx, Keyring const& keyring,
                                                  PayeeAccountId id) {
    auto rows = rows_of(tx, keyring, store::sql<columns, "WHERE a.id = ?">, {id});
    return store::first_of(std::move(rows));
}

std::vector<PayeeAccountRow> proposed_payee_accounts(store::Transaction& tx, Keyring const& keyring) {
    return rows_of(
        tx, keyring,
        store::sql<columns,
                   "WHERE a.state = 'proposed' ORDER BY a.proposed_at OFFSET 0 ROWS FETCH NEXT 100 "
                   "ROWS ONLY">,
        {});
}

std::vector<PayeeAccountRow> approved_payee_accounts(store::Transaction& tx, Keyring const& keyring,
                                                     std::span<PersonId const> people) {
    std::vector<PayeeAccountRow> found;
    store::in_lists(people, [&](std::vector<store::Value> const& fifty) {
        auto rows = rows_of(tx, keyring,
                            store::sql<columns, "WHERE a.person_id ", store::in_list,
                                       "AND a.number = (SELECT MAX(n.number) FROM payee_account n "
                                       "WHERE n.person_id = a.person_id AND n.state = 'approved')">,
                            fifty);
        std::ranges::move(rows, std::back_inserter(found));
    });
    return found;
}

void add_payee_account(store::Transaction& tx, Keyring const& keyring, Key const& key,
                       PayeeAccount const& account, Random& random) {
    PayeeAccountRow const row{account.id,
                              account.person,
                              account.number,
                              account.proposed_by,
                              account.proposed_at,
                              account.state,
                              account.decided_by,
                              account.decided_at,
                              account.usable_from,
                              account.check,
                              key.cells().seal(content_cell(account.id), content_of(account), random)};
    tx.execute(
        "INSERT INTO payee_account (id, person_id, number, content, state, proposed_by, proposed_at, "
        "decided_by, decided_at, usable_from, payee_check, tag) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        row.id, row.person, row.number, row.content, name_of(row.state), row.proposed_by, row.proposed_at,
        row.decided_by, row.decided_at, row.usable_from, name_of(row.check), tag_of(keyring, row));
}

bool decide_payee_account(store::Transaction& tx, Keyring const& keyring, PayeeAccountRow const& decided) {
    return tx.execute(
               "UPDATE payee_account SET state = ?, decided_by = ?, decided_at = ?, usable_from = ?, "
               "payee_check = ?, tag = ? WHERE id = ? AND state = 'proposed'",
               name_of(decided.state), decided.decided_by, decided.decided_at, decided.usable_from,
               name_of(decided.check), tag_of(keyring, decided), decided.id) == 1;
}

}  // namespace klout7::people
