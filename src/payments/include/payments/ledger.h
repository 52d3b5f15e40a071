#pragma once

#include <map>
#include <span>
#include <string_view>
#include <vector>

#include "base/money.h"
#include "payments/recorded_facts.h"

/// Where the money is. Each posting adds up to zero; nothing is changed or taken out, what was wrong is
/// posted back. Above zero stands what is owned or was spent, below what is owed.
namespace klout7::payments {

enum class Account {
    benefit,   ///< spent: gross benefit
    zvw_levy,  ///< spent: the employer's levy
    tax_due,   ///< owed to the tax office: wage tax and the levy
    to_pay,    ///< owed to clients: net, from the run until the bank was asked
    bank,      ///< asked of the bank
    claims,    ///< owned: paid for nothing and to come back, gross
};
inline constexpr std::array all_accounts{Account::benefit, Account::zvw_levy, Account::tax_due,
                                         Account::to_pay,  Account::bank,     Account::claims};
std::string_view name_of(Account account);

enum class Cause {
    reckoned,  ///< a step of a pay run
    released,  ///< a batch
    rejected,  ///< a transfer that the bank did not make
    returned,  ///< one that came back
};
std::string_view name_of(Cause cause);

struct Entry {
    Account account;
    Money amount;
};
/// Entries of nothing are left out; those of a posting that does not add up to zero stop the program.
/// `object` is the run, batch or transfer.
void post(store::Transaction& tx, Keyring const& keyring, Cause cause, Uuid object,
          std::span<Entry const> entries, Instant now, Random& random);

struct Balances {
    std::map<Account, Money> of;
    /// Postings that do not add up to zero: somebody wrote into the table, and was stopped by no tag.
    std::int64_t unbalanced = 0;
    Money sum() const;
};
/// Every entry is read, and its tag checked.
Balances balances_of(store::Transaction& tx, Keyring const& keyring);

}  // namespace klout7::payments
