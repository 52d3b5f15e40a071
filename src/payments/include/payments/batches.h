#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "payments/credit_transfer.h"
#include "payments/ledger.h"
#include "payments/payables.h"
#include "people/payee_accounts.h"

/// A batch: the transfers that the bank is asked for on one day, in files whose digest two people saw before
/// they were released. What a transfer says is sealed when the batch is made, and never changes.
namespace klout7::payments {

using BatchId = Id<struct BatchKind>;
using TransferId = Id<struct TransferKind>;
using BankFileId = Id<struct BankFileKind>;

enum class BatchState {
    preparing,  ///< payables are still put in, or its files are being made
    prepared,   ///< its files are complete, and wait for two who release them
    released,   ///< the bank may have it
    cancelled,  ///< nothing of it is paid; its payables are open again
};
std::string_view name_of(BatchState state);

struct Batch {
    BatchId id;
    std::int64_t number = 1;
    LocalDate execution_day;
    UserId made_by;
    Instant made_at;
    BatchState state = BatchState::preparing;
    Instant changed_at;
    std::int64_t transfers = 0;
    Money sum = {};
    PayableId after = {};  ///< put in last, in the order of their ids
    std::int64_t version = 0;
};

/// One file of a batch: transfers 1 to 10,000, 10,001 to 20,000 and so on.
struct BatchFile {
    std::int64_t number = 1;
    std::int64_t transfers = 0;
    Money sum;
    crypto::Sha256 digest;  ///< SHA-256 of the file
};

struct Release {
    std::int64_t number = 1;  ///< 1 or 2
    UserId by;
    Instant at;
};
inline constexpr std::int64_t releases_needed = 2;

/// Errors of reading: a row with another tag ends the work.
std::optional<Batch> find_batch(store::Transaction& tx, Keyring const& keyring, BatchId id);
/// Newest first.
std::vector<Batch> newest_batches(store::Transaction& tx, Keyring const& keyring, std::int64_t most);
std::optional<Batch> batch_in_preparation(store::Transaction& tx, Keyring const& keyring);
std::vector<BatchFile> files_of(store::Transaction& tx, Keyring const& keyring, BatchId id);
std::vector<Release> releases_of(store::Transaction& tx, Keyring const& keyring, BatchId id);

/// Another one at the same moment ends the work (already_there).
Batch add_batch(store::Transaction& tx, Keyring const& keyring, LocalDate execution_day, UserId by,
                Instant now, Random& random);

/// What a transfer says, under the key of the person.
struct Transfer {
    TransferId id;
    BatchId batch;
    std::int64_t position = 1;  ///< in its batch, from 1
    PayableId payable;
    std::int64_t attempt = 1;  ///< of this payable, from 1
    PersonId person;
    CreditTransfer content;
};
/// "K7" and the id: of this transfer and never of another.
std::string end_to_end_id_of(TransferId id);
std::optional<TransferId> transfer_of(std::string_view end_to_end_id);

/// A neutral text, as it stands on bank statements: "Uitkering week 47 2026", or "weken 45-47 2026".
std::string remittance_of(benefits::CasePayment const& payment);

struct BatchStep {
    std::vector<Transfer> transfers;
    std::vector<Key> keys;  ///< of whom each is for
    PayableId after;        ///< as it was when there are no more open payables
};
/// The next open payables that can be paid, as transfers; nothing is written.
BatchStep next_transfers(store::Transaction& tx, vault::PersonKeys<OfficeZone> const& keys,
                         Batch const& batch, std::int64_t most, Instant now, Random& random);
/// False: somebody else took the step.
bool keep_transfers(store::Transaction& tx, Keyring const& keyring, Batch batch, BatchStep const& step,
                    Instant now, Random& random);

/// What a bank is asked with.
struct BankSide {
    Debtor debtor;
    Pain001 version = Pain001::version_09;
};
/// A file as it is, made of the transfers as they were sealed: the same each time. Nothing when one of them
/// was altered or its key is gone.
std::optional<std::string> file_text(store::Transaction& tx, vault::PersonKeys<OfficeZone> const& keys,
                                     Batch const& batch, std::int64_t number, BankSide const& bank);
std::int64_t files_needed(Batch const& batch);

/// The next file that has no digest yet; with the last one the batch is prepared, and one without transfers
/// is cancelled. False: somebody else took the step, or a file cannot be made (then it says why).
enum class FileStep { kept, raced, unusable };
FileStep keep_next_file(store::Transaction& tx, vault::PersonKeys<OfficeZone> const& keys, Batch batch,
                        BankSide const& bank, Instant now);

/// One of two. With the second the batch is released and posted. False: somebody else changed it.
bool add_release(store::Transaction& tx, Keyring const& keyring, Batch batch, UserId by,
                 crypto::Sha256 const& digest, Instant now, Random& random);
/// Its payables are open again. False: somebody else changed it.
bool cancel(store::Transaction& tx, Keyring const& keyring, Batch batch, Instant now);

/// What became of a transfer.
enum class TransferEnd { rejected, returned };
std::string_view name_of(TransferEnd end);

/// Where a payable stands on its way, by its newest transfer.
struct OnItsWay {
    PayableId payable;
    std::int64_t attempt = 1;
    TransferId transfer;
    BatchState state = BatchState::preparing;
    LocalDate execution_day;
    std::optional<TransferEnd> end;
    std::string reason;  ///< of the bank: "AC04"
    /// Whether it may be asked for again: its batch was cancelled, or the bank did not pay.
    bool is_ended() const { return state == BatchState::cancelled || end.has_value(); }
};
std::vector<OnItsWay> on_their_way(store::Transaction& tx, Keyring const& keyring,
                                   std::span<PayableId const> payables);

/// A file of the bank, read once.
struct BankFile {
    BankFileId id;
    crypto::Sha256 digest;
    std::string kind;  ///< "pain.002" or "camt.053"
    UserId read_by;
    Instant read_at;
    std::int64_t accepted = 0;
    std::int64_t rejected = 0;
    std::int64_t returned = 0;
    std::int64_t not_ours = 0;
};
bool is_read_already(store::Transaction& tx, crypto::Sha256 const& digest);
/// The same file twice ends the work (already_there).
void add_bank_file(store::Transaction& tx, BankFile const& file);
std::vector<BankFile> newest_bank_files(store::Transaction& tx, std::int64_t most);

struct SentTransfer {
    Transfer transfer;
    Batch batch;
    bool is_ended = false;
};
/// One that was released. Nothing when it is not ours, or was altered.
std::optional<SentTransfer> find_sent(store::Transaction& tx, vault::PersonKeys<OfficeZone> const& keys,
                                      TransferId id);
/// The bank did not pay it: its payable is held, and the money is owed again.
void end_transfer(store::Transaction& tx, Keyring const& keyring, SentTransfer const& sent, TransferEnd end,
                  std::string const& reason, BankFile const& file, Random& random);
/// Those of one file of ours, by the identifier of its message.
std::vector<TransferId> transfers_of_message(store::Transaction& tx, Keyring const& keyring,
                                             std::string_view message_id);

}  // namespace klout7::payments
