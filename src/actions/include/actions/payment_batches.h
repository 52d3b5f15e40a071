#pragma once

#include <string>
#include <vector>

#include "actions/office.h"
#include "actions/pay_runs.h"
#include "payments/batches.h"

/// From what is to be paid to what the bank is asked with: one makes a batch, two others release it.
namespace klout7::actions {

/// The program then takes its steps, as with a pay run. Errors: invalid for a day that is no bank day or is
/// not to come, while another batch is made or a run is not finished, when there is nothing to pay, or when
/// it is not known from which account (settings: payments).
std::expected<payments::BatchId, Failure> make_batch(Office const& office, Actor const& actor,
                                                     Given<LocalDate> const& execution_day);

struct BatchView {
    payments::Batch batch;
    std::vector<payments::BatchFile> files;
    std::vector<payments::Release> releases;
};
inline constexpr std::int64_t batches_shown = 30;
/// What stands to be paid, beside the newest batches.
struct BatchList {
    std::vector<BatchView> batches;  ///< newest first
    std::int64_t open = 0;           ///< payables for the next one, those that cannot be paid yet too
    std::int64_t held = 0;           ///< that the bank did not pay
};
std::expected<BatchList, Failure> list_batches(Office const& office, Actor const& actor);
std::expected<BatchView, Failure> read_batch(Office const& office, Actor const& actor, payments::BatchId id);

/// The digests of the files as they were on the screen, in order.
struct SeenFiles {
    std::vector<crypto::Sha256> digests;
    std::int64_t version = 0;  ///< of the batch
};
/// The files are made once more and must be what they were. Errors: invalid for other digests than those of
/// the batch; changed_meanwhile for another version; not_now when it is not prepared or this user released it
/// already; unavailable when a file is not what it was: then somebody altered what lies below, and nothing is
/// released.
std::expected<void, Failure> release_batch(Office const& office, Actor const& actor, payments::BatchId id,
                                           Given<SeenFiles> const& seen);
/// Its payables are open again. Errors: not_now when it is released or cancelled.
std::expected<void, Failure> cancel_batch(Office const& office, Actor const& actor, payments::BatchId id,
                                          Given<std::int64_t> const& version);

struct BankFileText {
    std::string name;  ///< "klout7-000012-01.xml"
    std::string text;
};
/// Errors: not_now before it is released.
std::expected<BankFileText, Failure> read_bank_file(Office const& office, Actor const& actor,
                                                    payments::BatchId id, std::int64_t number);

/// One step of the batch that is being made, if there is one.
RunStep step_batch(Office const& office, std::int64_t payables_per_step = 500);

/// What the bank did not pay, the oldest first.
struct HeldPayment {
    payments::PayableId id;
    Money net;
    std::string masked;  ///< the account that the bank was asked with
    payments::OnItsWay way;
};
std::expected<std::vector<HeldPayment>, Failure> list_held(Office const& office, Actor const& actor);
/// It goes into the next batch, to the account that counts then. Errors: not_now when it is not held.
std::expected<void, Failure> reopen_payment(Office const& office, Actor const& actor, payments::PayableId id);

/// What a bank sent back, pain.002 or camt.053. Each file counts once. Errors: invalid for what is neither;
/// already_there when it was read before.
std::expected<payments::BankFile, Failure> take_bank_answer(Office const& office, Actor const& actor,
                                                            Given<std::string_view> const& text);
std::expected<std::vector<payments::BankFile>, Failure> list_bank_answers(Office const& office,
                                                                          Actor const& actor);

}  // namespace klout7::actions
