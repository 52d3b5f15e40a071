#include "payments/ledger.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "base/named.h"
#include "store/row_tag.h"

namespace klout7::payments {
namespace {

using EntryId = Id<struct EntryIdKind>;
using PostingId = Id<struct PostingIdKind>;

struct EntryRow {
    EntryId id;
    PostingId posting;
    std::string account;
    std::int64_t cents = 0;
    std::string cause;
    Uuid object;
    Instant at;
};

crypto::Sha256 tag_of(Keyring const& keyring, EntryRow const& row) {
    return store::row_tag(keyring, "ledger_entry",
                          {row.id, row.posting, row.account, row.cents, row.cause, row.object, row.at});
}

}  // namespace

std::string_view name_of(Account account) {
    switch (account) {
        case Account::benefit:
            return "benefit";
        case Account::zvw_levy:
            return "zvw_levy";
        case Account::tax_due:
            return "tax_due";
        case Account::to_pay:
            return "to_pay";
        case Account::bank:
            return "bank";
        case Account::claims:
            return "claims";
    }
    std::unreachable();
}

std::string_view name_of(Cause cause) {
    switch (cause) {
        case Cause::reckoned:
            return "reckoned";
        case Cause::released:
            return "released";
        case Cause::rejected:
            return "rejected";
        case Cause::returned:
            return "returned";
    }
    std::unreachable();
}

void post(store::Transaction& tx, Keyring const& keyring, Cause cause, Uuid object,
          std::span<Entry const> entries, Instant now, Random& random) {
    auto const posting = PostingId::make(now, random);
    Money sum;
    for (auto const& entry : entries) {
        sum += entry.amount;
        if (entry.amount == Money{}) continue;
        EntryRow const row{EntryId::make(now, random),
                           posting,
                           std::string{name_of(entry.account)},
                           entry.amount.in_cents(),
                           std::string{name_of(cause)},
                           object,
                           now};
        tx.execute(
            "INSERT INTO ledger_entry (id, posting_id, account, cents, cause, object_id, posted_at, tag) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            row.id, row.posting, row.account, row.cents, row.cause, row.object, row.at, tag_of(keyring, row));
    }
    require(sum == Money{}, "a posting adds up to zero");
}

Money Balances::sum() const {
    Money sum;
    for (auto const& [account, amount] : of) sum += amount;
    return sum;
}

Balances balances_of(store::Transaction& tx, Keyring const& keyring) {
    Balances balances;
    std::map<PostingId, Money> postings;
    EntryId after;
    constexpr std::int64_t page = 1000;
    while (true) {
        auto const rows = tx.rows<EntryId, PostingId, std::string, std::int64_t, std::string, Uuid, Instant,
                                  crypto::Sha256>(
            "SELECT id, posting_id, account, cents, cause, object_id, posted_at, tag FROM ledger_entry "
            "WHERE id > ? ORDER BY id OFFSET 0 ROWS FETCH NEXT ? ROWS ONLY",
            after, page);
        for (auto const& [id, posting, account, cents, cause, object, at, tag] : rows) {
            store::require_row_tag(tag, tag_of(keyring, {id, posting, account, cents, cause, object, at}));
            auto const known = named(all_accounts, account);
            require(known.has_value(), "an account that carries our tag is one of ours");
            balances.of[*known] += Money::cents(cents);
            postings[posting] += Money::cents(cents);
            after = id;
        }
        if (std::ssize(rows) < page) break;
    }
    balances.unbalanced =
        std::ranges::count_if(postings, [](auto const& one) { return one.second != Money{}; });
    return balances;
}

}  // namespace klout7::payments
