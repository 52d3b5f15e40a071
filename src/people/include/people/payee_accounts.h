#pragma once

#include <expected>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "access/failure.h"
#include "base/iban.h"
#include "people/people.h"

/// To which bank account somebody is paid. One proposes, another decides; what was approved is used some days
/// later, so that whoever it is taken from has time to say no. Source: domain rules 4.2.
namespace klout7::people {

using PayeeAccountId = Id<struct PayeeAccountKind>;
using Keyring = crypto::Keyring<OfficeZone>;

enum class AccountState { proposed, approved, refused };
std::string_view name_of(AccountState state);

/// What a bank said of name and number together (verification of payee).
enum class PayeeCheck { not_asked, match, close_match, no_match };
std::string_view name_of(PayeeCheck check);
std::optional<PayeeCheck> parse_payee_check(std::string_view name);

struct PayeeAccount {
    PayeeAccountId id;
    PersonId person;
    std::int64_t number = 1;  ///< of this person, from 1; the newest that was approved counts
    Iban iban;                ///< sealed with the name, under the key of the person
    std::string holder;       ///< in whose name it is
    UserId proposed_by;
    Instant proposed_at;
    AccountState state = AccountState::proposed;
    std::optional<UserId> decided_by = {};
    std::optional<Instant> decided_at = {};
    std::optional<LocalDate> usable_from = {};
    PayeeCheck check = PayeeCheck::not_asked;
};

/// How long an approved account waits. Product decision: domain rules 4.2.
inline constexpr int cooling_days = 3;
inline constexpr std::size_t longest_holder = 70;  ///< characters; source: SEPA, the name of a payee
inline constexpr std::int64_t most_accounts = 50;  ///< of one person, all states

/// Errors of these: unavailable when a row is not what was written; one with another tag ends the work.

/// Newest first.
std::expected<std::vector<PayeeAccount>, access::Failure> payee_accounts_of(store::Transaction& tx,
                                                                            Keyring const& keyring,
                                                                            Key const& key, PersonId person);
/// An account without what is sealed, which needs the key of the person.
struct PayeeAccountRow {
    PayeeAccountId id;
    PersonId person;
    std::int64_t number = 1;
    UserId proposed_by;
    Instant proposed_at;
    AccountState state = AccountState::proposed;
    std::optional<UserId> decided_by;
    std::optional<Instant> decided_at;
    std::optional<LocalDate> usable_from;
    PayeeCheck check = PayeeCheck::not_asked;
    Bytes content;
};
std::optional<PayeeAccountRow> find_payee_account(store::Transaction& tx, Keyring const& keyring,
                                                  PayeeAccountId id);
/// Those that nobody decided yet, the oldest first, at most 100.
std::vector<PayeeAccountRow> proposed_payee_accounts(store::Transaction& tx, Keyring const& keyring);
/// The newest that was approved of each of these people, without an order.
std::vector<PayeeAccountRow> approved_payee_accounts(store::Transaction& tx, Keyring const& keyring,
                                                     std::span<PersonId const> people);
std::expected<PayeeAccount, access::Failure> open_payee_account(PayeeAccountRow const& row, Key const& key);

void add_payee_account(store::Transaction& tx, Keyring const& keyring, Key const& key,
                       PayeeAccount const& account, Random& random);
/// False when somebody else decided first.
bool decide_payee_account(store::Transaction& tx, Keyring const& keyring, PayeeAccountRow const& decided);

}  // namespace klout7::people
