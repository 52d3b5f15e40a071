#pragma once

#include <map>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "benefits/case_payment.h"
#include "payments/recorded_facts.h"

/// What came of a case in a pay run: what is to be paid, what was paid for nothing, and the weeks it rests
/// on. A payable is never changed; only where it stands on its way to the bank is.
namespace klout7::payments {

using PayableId = Id<struct PayableKind>;
using PayRunId = Id<struct PayRunKind>;

/// Where it stands, for lists of what is to be done. What decides whether it may be paid are the transfers.
enum class PayableState {
    open,     ///< for the next batch
    batched,  ///< in a batch
    held,     ///< the bank did not pay it: somebody decides
    nothing,  ///< there is nothing to pay: a claim alone
};
std::string_view name_of(PayableState state);

struct Payable {
    PayableId id;
    PayRunId run;
    CaseId case_id;
    PersonId person;
    std::int64_t number = 1;  ///< of this case, from 1
    benefits::CasePayment payment;
    PayableState state = PayableState::open;
};
/// One without what is sealed, which needs the key of the person. Rows carry a tag; one that was not written
/// by a program with this keyring ends the work (broken).
struct PayableRow {
    PayableId id;
    PayRunId run;
    CaseId case_id;
    PersonId person;
    std::int64_t number = 1;
    PayableState state = PayableState::open;
    Bytes content;
};
/// Nothing when it was altered.
std::optional<Payable> open_payable(PayableRow const& row, Key const& key);

/// `keys[i]` is the key of the person of `payables[i]`. A number that a case has already ends the work
/// (already_there): two runs at once pay no week twice.
void add_payables(store::Transaction& tx, Keyring const& keyring, std::span<Payable const> payables,
                  std::span<Key const* const> keys, Random& random);

/// The newest of many cases, those that have one.
std::map<CaseId, PayableRow> newest_payables(store::Transaction& tx, Keyring const& keyring,
                                             std::span<CaseId const> ids);
/// Newest first.
std::vector<PayableRow> payables_of(store::Transaction& tx, Keyring const& keyring, CaseId id);
std::optional<PayableRow> find_payable(store::Transaction& tx, Keyring const& keyring, PayableId id);
/// In the order of their ids, behind this one.
std::vector<PayableRow> payables_in(store::Transaction& tx, Keyring const& keyring, PayableState state,
                                    PayableId after, std::int64_t most);
std::int64_t count_payables(store::Transaction& tx, PayableState state);
/// False when it stood elsewhere.
bool move_payable(store::Transaction& tx, PayableId id, PayableState from, PayableState to);

}  // namespace klout7::payments
