#include "payments/batches.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "base/cbor.h"
#include "base/check.h"
#include "base/named.h"
#include "payments/pay_week.h"
#include "store/first_of.h"
#include "store/in_list.h"
#include "store/row_tag.h"

namespace klout7::payments {
namespace {

constexpr std::array all_states{BatchState::preparing, BatchState::prepared, BatchState::released,
                                BatchState::cancelled};
constexpr std::array all_ends{TransferEnd::rejected, TransferEnd::returned};
constexpr auto transfers_per_file = static_cast<std::int64_t>(most_transfers);

// -- batches --------------------------------------------------------------------------------------

/// All of it but how far the preparation is: the state decides what may be paid again.
crypto::Sha256 tag_of(Keyring const& keyring, Batch const& batch) {
    return store::row_tag(keyring, "payment_batch",
                          {batch.id, batch.number, batch.execution_day, batch.made_by, batch.made_at,
                           name_of(batch.state), batch.changed_at, batch.transfers, batch.sum.in_cents()});
}

constexpr store::SqlPart batch_columns{
    "SELECT id, number, execution_day, made_by, made_at, state, changed_at, transfers, sum_cents, "
    "after_payable, version, tag FROM payment_batch "};

std::vector<Batch> batches_of(store::Transaction& tx, Keyring const& keyring, store::Sql statement,
                              std::vector<store::Value> const& values) {
    std::vector<Batch> batches;
    for (auto const& [id, number, day, by, at, state, changed_at, transfers, sum, after, version, tag] :
         tx.rows_with<BatchId, std::int64_t, LocalDate, UserId, Instant, std::string, Instant, std::int64_t,
                      std::int64_t, PayableId, std::int64_t, crypto::Sha256>(statement, values)) {
        Batch const batch{id,         number,    day,
                          by,         at,        named(all_states, state).value_or(BatchState::cancelled),
                          changed_at, transfers, Money::cents(sum),
                          after,      version};
        store::require_row_tag(tag, tag_of(keyring, batch));
        batches.push_back(batch);
    }
    return batches;
}

/// `batch` as it is to be; false when somebody else changed it since it was read.
bool update(store::Transaction& tx, Keyring const& keyring, Batch const& batch) {
    return tx.execute(
               "UPDATE payment_batch SET state = ?, changed_at = ?, transfers = ?, sum_cents = ?, "
               "after_payable = ?, tag = ?, version = version + 1 WHERE id = ? AND version = ?",
               name_of(batch.state), batch.changed_at, batch.transfers, batch.sum.in_cents(), batch.after,
               tag_of(keyring, batch), batch.id, batch.version) == 1;
}

// -- transfers ------------------------------------------------------------------------------------

crypto::CellPlace content_cell(TransferId id) { return {"payment_transfer", "content", id.uuid()}; }

/// With all that says which transfer it is, so that a row cannot be made into another one.
Bytes content_of(Transfer const& transfer) {
    CborWriter w;
    w.array(8);
    w.bytes(transfer.batch.bytes()).integer(transfer.position);
    w.bytes(transfer.payable.bytes()).integer(transfer.attempt);
    w.integer(transfer.content.amount.in_cents());
    w.text(transfer.content.payee).text(transfer.content.iban.text()).text(transfer.content.remittance);
    return w.finish();
}

struct TransferRow {
    TransferId id;
    BatchId batch;
    std::int64_t position = 0;
    PayableId payable;
    std::int64_t attempt = 0;
    PersonId person;
    Bytes content;
};

constexpr store::SqlPart transfer_columns{
    "SELECT t.id, t.batch_id, t.position, t.payable_id, t.attempt, t.person_id, t.content "
    "FROM payment_transfer t "};

std::vector<TransferRow> transfer_rows(store::Transaction& tx, store::Sql statement,
                                       std::vector<store::Value> const& values) {
    std::vector<TransferRow> rows;
    for (auto& [id, batch, position, payable, attempt, person, content] :
         tx.rows_with<TransferId, BatchId, std::int64_t, PayableId, std::int64_t, PersonId, Bytes>(statement,
                                                                                                   values))
        rows.push_back({id, batch, position, payable, attempt, person, std::move(content)});
    return rows;
}

/// Nothing when the row is not what was written.
std::optional<Transfer> open(TransferRow const& row, Key const& key) {
    auto const plain = key.cells().open(content_cell(row.id), row.content);
    if (!plain) return std::nullopt;
    auto const value = CborValue::parse(plain->view());
    auto const fields = value ? value->array() : std::unexpected(value.error());
    if (!fields || fields->size() != 8) return std::nullopt;
    auto const& at = *fields;
    auto const batch = at[0].bytes(), payable = at[2].bytes();
    auto const position = at[1].integer(), attempt = at[3].integer(), cents = at[4].integer();
    auto const payee = at[5].text(), number = at[6].text(), remittance = at[7].text();
    if (!batch || !payable || !position || !attempt || !cents || !payee || !number || !remittance)
        return std::nullopt;
    auto iban = Iban::parse(*number);
    bool const is_this_row = std::ranges::equal(*batch, row.batch.bytes()) &&
                             std::ranges::equal(*payable, row.payable.bytes()) && *position == row.position &&
                             *attempt == row.attempt;
    if (!iban || !is_this_row) return std::nullopt;
    return Transfer{row.id,
                    row.batch,
                    row.position,
                    row.payable,
                    row.attempt,
                    row.person,
                    {end_to_end_id_of(row.id), Money::cents(*cents), std::string{*payee}, std::move(*iban),
                     std::string{*remittance}}};
}

// -- releases, ends -------------------------------------------------------------------------------

crypto::Sha256 release_tag(Keyring const& keyring, BatchId batch, Release const& release,
                           crypto::Sha256 const& digest) {
    return store::row_tag(keyring, "payment_release",
                          {batch, release.number, release.by, release.at, digest});
}

crypto::Sha256 file_tag(Keyring const& keyring, BatchId batch, BatchFile const& file) {
    return store::row_tag(keyring, "payment_file",
                          {batch, file.number, file.transfers, file.sum.in_cents(), file.digest});
}

crypto::Sha256 end_tag(Keyring const& keyring, TransferId transfer, std::string_view kind,
                       std::string_view reason, Uuid const& file, Instant at) {
    return store::row_tag(keyring, "transfer_end", {transfer, kind, reason, file, at});
}

std::string message_id_of(Batch const& batch, std::int64_t file) {
    return fmt::format("K7-{:06}-{}-{:02}", batch.number, to_hex(batch.id.bytes().last(4)), file);
}

}  // namespace

std::string_view name_of(BatchState state) {
    switch (state) {
        case BatchState::preparing:
            return "preparing";
        case BatchState::prepared:
            return "prepared";
        case BatchState::released:
            return "released";
        case BatchState::cancelled:
            return "cancelled";
    }
    std::unreachable();
}

std::string_view name_of(TransferEnd end) {
    switch (end) {
        case TransferEnd::rejected:
            return "rejected";
        case TransferEnd::returned:
            return "returned";
    }
    std::unreachable();
}

std::optional<Batch> find_batch(store::Transaction& tx, Keyring const& keyring, BatchId id) {
    return store::first_of(batches_of(tx, keyring, store::sql<batch_columns, "WHERE id = ?">, {id}));
}

std::vector<Batch> newest_batches(store::Transaction& tx, Keyring const& keyring, std::int64_t most) {
    return batches_of(tx, keyring,
                      store::sql<batch_columns, "ORDER BY number DESC OFFSET 0 ROWS FETCH NEXT ? ROWS ONLY">,
                      {most});
}

std::optional<Batch> batch_in_preparation(store::Transaction& tx, Keyring const& keyring) {
    return store::first_of(
        batches_of(tx, keyring,
                   store::sql<batch_columns,
                              "WHERE state = 'preparing' ORDER BY number OFFSET 0 ROWS FETCH "
                              "NEXT 1 ROWS ONLY">,
                   {}));
}

std::vector<BatchFile> files_of(store::Transaction& tx, Keyring const& keyring, BatchId id) {
    std::vector<BatchFile> files;
    for (auto const& [number, transfers, sum, digest, tag] :
         tx.rows<std::int64_t, std::int64_t, std::int64_t, crypto::Sha256, crypto::Sha256>(
             "SELECT number, transfers, sum_cents, digest, tag FROM payment_file WHERE batch_id = ? "
             "ORDER BY number",
             id)) {
        BatchFile const file{number, transfers, Money::cents(sum), digest};
        store::require_row_tag(tag, file_tag(keyring, id, file));
        files.push_back(file);
    }
    return files;
}

std::vector<Release> releases_of(store::Transaction& tx, Keyring const& keyring, BatchId id) {
    std::vector<Release> releases;
    for (auto const& [number, by, at, digest, tag] :
         tx.rows<std::int64_t, UserId, Instant, crypto::Sha256, crypto::Sha256>(
             "SELECT number, released_by, released_at, digest, tag FROM payment_release WHERE batch_id = ? "
             "ORDER BY number",
             id)) {
        Release const release{number, by, at};
        store::require_row_tag(tag, release_tag(keyring, id, release, digest));
        releases.push_back(release);
    }
    return releases;
}

Batch add_batch(store::Transaction& tx, Keyring const& keyring, LocalDate execution_day, UserId by,
                Instant now, Random& random) {
    auto const last = tx.row<std::optional<std::int64_t>>("SELECT MAX(number) FROM payment_batch");
    Batch const batch{.id = BatchId::make(now, random),
                      .number = (last ? std::get<0>(*last).value_or(0) : 0) + 1,
                      .execution_day = execution_day,
                      .made_by = by,
                      .made_at = now,
                      .changed_at = now};
    tx.execute(
        "INSERT INTO payment_batch (id, number, execution_day, made_by, made_at, state, changed_at, "
        "transfers, sum_cents, tag, after_payable, version) VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0, ?, ?, 0)",
        batch.id, batch.number, batch.execution_day, batch.made_by, batch.made_at, name_of(batch.state),
        batch.changed_at, tag_of(keyring, batch), batch.after);
    return batch;
}

std::string end_to_end_id_of(TransferId id) { return "K7" + to_hex(id.bytes()); }

std::optional<TransferId> transfer_of(std::string_view end_to_end_id) {
    constexpr std::size_t digits = 2 * Uuid::size_bytes;
    if (!end_to_end_id.starts_with("K7") || end_to_end_id.size() != 2 + digits) return std::nullopt;
    std::string text{end_to_end_id.substr(2)};
    for (auto const at : {20, 16, 12, 8}) text.insert(static_cast<std::size_t>(at), 1, '-');
    return TransferId::parse(text);
}

std::string remittance_of(benefits::CasePayment const& payment) {
    std::optional<LocalDate> first, last;
    for (auto const& line : payment.lines) {
        if (line.due <= line.before) continue;
        if (!first) first = line.monday;
        last = line.monday;
    }
    require(first.has_value(), "what is paid is of a week");
    auto const from = iso_week_of(*first), to = iso_week_of(*last);
    if (first == last) return fmt::format("Uitkering week {} {}", from.week, from.year);
    if (from.year == to.year) return fmt::format("Uitkering weken {}-{} {}", from.week, to.week, from.year);
    return fmt::format("Uitkering weken {} {} - {} {}", from.week, from.year, to.week, to.year);
}

BatchStep next_transfers(store::Transaction& tx, vault::PersonKeys<OfficeZone> const& keys,
                         Batch const& batch, std::int64_t most, Instant now, Random& random) {
    auto const& keyring = keys.keyring();
    auto const payables = payables_in(tx, keyring, PayableState::open, batch.after, most);
    BatchStep step{.transfers = {}, .keys = {}, .after = batch.after};
    if (payables.empty()) return step;
    step.after = payables.back().id;
    std::vector<PayableId> ids;
    std::vector<PersonId> people;
    for (auto const& one : payables) {
        ids.push_back(one.id);
        people.push_back(one.person);
    }
    auto opened = keys.load_many(tx, people);
    std::map<PersonId, people::PayeeAccountRow> accounts;
    for (auto& account : people::approved_payee_accounts(tx, keyring, people))
        accounts.insert_or_assign(account.person, std::move(account));
    std::map<PayableId, OnItsWay> earlier;
    for (auto const& one : on_their_way(tx, keyring, ids)) earlier.emplace(one.payable, one);

    auto position = batch.transfers;
    for (std::size_t i = 0; i < payables.size(); ++i) {
        auto const& row = payables[i];
        auto const before = earlier.find(row.id);
        // A work list that says "open" of what is on its way to the bank was altered: it is not paid twice.
        if (before != earlier.end() && !before->second.is_ended()) continue;
        auto const account = accounts.find(row.person);
        if (!opened[i] || account == accounts.end() || !account->second.usable_from ||
            *account->second.usable_from > batch.execution_day)
            continue;
        auto const payable = open_payable(row, *opened[i]);
        auto const payee = people::open_payee_account(account->second, *opened[i]);
        if (!payable || !payee) continue;
        auto const id = TransferId::make(now, random);
        step.transfers.push_back({id,
                                  batch.id,
                                  ++position,
                                  row.id,
                                  before == earlier.end() ? 1 : before->second.attempt + 1,
                                  row.person,
                                  {end_to_end_id_of(id), payable->payment.net(), payee->holder, payee->iban,
                                   remittance_of(payable->payment)}});
        step.keys.push_back(std::move(*opened[i]));
    }
    return step;
}

bool keep_transfers(store::Transaction& tx, Keyring const& keyring, Batch batch, BatchStep const& step,
                    Instant now, Random& random) {
    auto const before = batch.after;
    for (auto const& one : step.transfers) batch.sum += one.content.amount;
    batch.transfers += std::ssize(step.transfers);
    batch.after = step.after;
    batch.changed_at = now;
    // First of all: of two at once the later one waits here, and ends.
    if (!update(tx, keyring, batch)) return false;
    if (step.transfers.empty()) return true;
    std::vector<Bytes> cells;
    cells.reserve(step.transfers.size());
    std::vector<std::vector<store::Value>> rows;
    for (std::size_t i = 0; i < step.transfers.size(); ++i) {
        auto const& one = step.transfers[i];
        cells.push_back(step.keys[i].cells().seal(content_cell(one.id), content_of(one), random));
        rows.push_back({one.id, one.batch, one.position, one.payable, one.attempt, one.person, cells.back()});
    }
    tx.insert_many(
        "INSERT INTO payment_transfer (id, batch_id, position, payable_id, attempt, person_id, content) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        rows);
    // A range of what is open, and not a list of a subquery: that would look at every payable there is.
    tx.execute(
        "UPDATE payable SET state = 'batched' WHERE state = 'open' AND id > ? AND id <= ? AND EXISTS "
        "(SELECT 1 FROM payment_transfer t WHERE t.payable_id = payable.id AND t.batch_id = ?)",
        before, step.after, batch.id);
    return true;
}

std::int64_t files_needed(Batch const& batch) {
    return (batch.transfers + transfers_per_file - 1) / transfers_per_file;
}

namespace {

std::optional<TransferOrder> order_of(store::Transaction& tx, vault::PersonKeys<OfficeZone> const& keys,
                                      Batch const& batch, std::int64_t number, BankSide const& bank) {
    TransferOrder order{.message_id = message_id_of(batch, number),
                        .made_at = batch.made_at,
                        .execution_day = batch.execution_day,
                        .debtor = bank.debtor,
                        .transfers = {}};
    constexpr std::int64_t page = 1000;
    auto const last = std::min(number * transfers_per_file, batch.transfers);
    for (auto from = (number - 1) * transfers_per_file + 1; from <= last; from += page) {
        auto const to = std::min(from + page - 1, last);
        auto const rows = transfer_rows(
            tx,
            store::sql<transfer_columns,
                       "WHERE t.batch_id = ? AND t.position BETWEEN ? AND ? ORDER BY t.position">,
            {batch.id, from, to});
        std::vector<PersonId> people;
        for (auto const& row : rows) people.push_back(row.person);
        auto const opened = keys.load_many(tx, people);
        auto expected = from;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            auto transfer = opened[i] ? open(rows[i], *opened[i]) : std::nullopt;
            if (!transfer || transfer->position != expected++) return std::nullopt;
            order.transfers.push_back(std::move(transfer->content));
        }
        if (expected != to + 1) return std::nullopt;
    }
    return order;
}

}  // namespace

std::optional<std::string> file_text(store::Transaction& tx, vault::PersonKeys<OfficeZone> const& keys,
                                     Batch const& batch, std::int64_t number, BankSide const& bank) {
    if (number < 1 || number > files_needed(batch)) return std::nullopt;
    auto const order = order_of(tx, keys, batch, number, bank);
    if (!order) return std::nullopt;
    auto text = to_pain_001(*order, bank.version);
    return text ? std::optional{std::move(*text)} : std::nullopt;
}

FileStep keep_next_file(store::Transaction& tx, vault::PersonKeys<OfficeZone> const& keys, Batch batch,
                        BankSide const& bank, Instant now) {
    auto const& keyring = keys.keyring();
    batch.changed_at = now;
    if (batch.transfers == 0) {
        batch.state = BatchState::cancelled;
        return update(tx, keyring, batch) ? FileStep::kept : FileStep::raced;
    }
    auto const number = std::ssize(files_of(tx, keyring, batch.id)) + 1;
    if (number <= files_needed(batch)) {
        auto const order = order_of(tx, keys, batch, number, bank);
        if (!order) return FileStep::unusable;
        auto const text = to_pain_001(*order, bank.version);
        if (!text) return FileStep::unusable;
        auto const totals = totals_of(*order);
        BatchFile const file{number, static_cast<std::int64_t>(totals.count), totals.sum,
                             crypto::sha256(bytes_of(*text))};
        tx.execute(
            "INSERT INTO payment_file (batch_id, number, transfers, sum_cents, digest, tag) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            batch.id, file.number, file.transfers, file.sum.in_cents(), file.digest,
            file_tag(keyring, batch.id, file));
    }
    if (number >= files_needed(batch)) batch.state = BatchState::prepared;
    return update(tx, keyring, batch) ? FileStep::kept : FileStep::raced;
}

bool add_release(store::Transaction& tx, Keyring const& keyring, Batch batch, UserId by,
                 crypto::Sha256 const& digest, Instant now, Random& random) {
    Release const release{std::ssize(releases_of(tx, keyring, batch.id)) + 1, by, now};
    require(release.number <= releases_needed, "a batch is released by two");
    batch.changed_at = now;
    if (release.number == releases_needed) batch.state = BatchState::released;
    if (!update(tx, keyring, batch)) return false;
    tx.execute(
        "INSERT INTO payment_release (batch_id, number, released_by, released_at, digest, tag) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        batch.id, release.number, release.by, release.at, digest,
        release_tag(keyring, batch.id, release, digest));
    if (batch.state == BatchState::released)
        post(tx, keyring, Cause::released, batch.id.uuid(),
             std::array{Entry{Account::to_pay, batch.sum}, Entry{Account::bank, -batch.sum}}, now, random);
    return true;
}

bool cancel(store::Transaction& tx, Keyring const& keyring, Batch batch, Instant now) {
    batch.state = BatchState::cancelled;
    batch.changed_at = now;
    if (!update(tx, keyring, batch)) return false;
    auto const those = tx.row<std::optional<PayableId>, std::optional<PayableId>>(
        "SELECT MIN(payable_id), MAX(payable_id) FROM payment_transfer WHERE batch_id = ?", batch.id);
    if (!those || !std::get<0>(*those)) return true;  // it had none
    tx.execute(
        "UPDATE payable SET state = 'open' WHERE state = 'batched' AND id >= ? AND id <= ? AND EXISTS "
        "(SELECT 1 FROM payment_transfer t WHERE t.payable_id = payable.id AND t.batch_id = ?)",
        std::get<0>(*those), std::get<1>(*those), batch.id);
    return true;
}

std::vector<OnItsWay> on_their_way(store::Transaction& tx, Keyring const& keyring,
                                   std::span<PayableId const> payables) {
    std::vector<OnItsWay> found;
    std::map<BatchId, Batch> batches;
    store::in_lists(payables, [&](std::vector<store::Value> const& fifty) {
        for (auto const& [id, batch_id, payable, attempt, kind, reason, file, at, tag] :
             tx.rows_with<TransferId, BatchId, PayableId, std::int64_t, std::optional<std::string>,
                          std::optional<std::string>, std::optional<Uuid>, std::optional<Instant>,
                          std::optional<crypto::Sha256>>(
                 store::sql<"SELECT t.id, t.batch_id, t.payable_id, t.attempt, e.kind, e.reason, "
                            "e.bank_file_id, e.ended_at, e.tag FROM payment_transfer t "
                            "LEFT JOIN transfer_end e ON e.transfer_id = t.id WHERE t.payable_id ",
                            store::in_list,
                            "AND t.attempt = (SELECT MAX(n.attempt) FROM payment_transfer n "
                            "WHERE n.payable_id = t.payable_id)">,
                 fifty)) {
            auto batch = batches.find(batch_id);
            if (batch == batches.end()) {
                Batch gone;
                gone.state = BatchState::released;  // a transfer without its batch may have been paid
                batch = batches.emplace(batch_id, find_batch(tx, keyring, batch_id).value_or(gone)).first;
            }
            OnItsWay one{payable, attempt, id, batch->second.state, batch->second.execution_day, {}, {}};
            if (kind && reason && file && at && tag) {
                store::require_row_tag(*tag, end_tag(keyring, id, *kind, *reason, *file, *at));
                one.end = named(all_ends, *kind);
                one.reason = *reason;
            }
            found.push_back(std::move(one));
        }
    });
    return found;
}

bool is_read_already(store::Transaction& tx, crypto::Sha256 const& digest) {
    return tx.row<Uuid>("SELECT id FROM bank_file WHERE digest = ?", digest).has_value();
}

void add_bank_file(store::Transaction& tx, BankFile const& file) {
    tx.execute(
        "INSERT INTO bank_file (id, digest, kind, read_by, read_at, accepted, rejected, returned, not_ours) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        file.id, file.digest, file.kind, file.read_by, file.read_at, file.accepted, file.rejected,
        file.returned, file.not_ours);
}

std::vector<BankFile> newest_bank_files(store::Transaction& tx, std::int64_t most) {
    std::vector<BankFile> files;
    for (auto const& [id, digest, kind, by, at, accepted, rejected, returned, not_ours] :
         tx.rows<BankFileId, crypto::Sha256, std::string, UserId, Instant, std::int64_t, std::int64_t,
                 std::int64_t, std::int64_t>(
             "SELECT id, digest, kind, read_by, read_at, accepted, rejected, returned, not_ours "
             "FROM bank_file ORDER BY read_at DESC, id DESC OFFSET 0 ROWS FETCH NEXT ? ROWS ONLY",
             most))
        files.push_back({id, digest, kind, by, at, accepted, rejected, returned, not_ours});
    return files;
}

std::optional<SentTransfer> find_sent(store::Transaction& tx, vault::PersonKeys<OfficeZone> const& keys,
                                      TransferId id) {
    auto const rows = transfer_rows(tx, store::sql<transfer_columns, "WHERE t.id = ?">, {id});
    if (rows.empty()) return std::nullopt;
    auto const& keyring = keys.keyring();
    auto const batch = find_batch(tx, keyring, rows.front().batch);
    auto const key = keys.load(tx, rows.front().person);
    if (!batch || batch->state != BatchState::released || !key) return std::nullopt;
    auto transfer = open(rows.front(), *key);
    if (!transfer) return std::nullopt;
    bool const is_ended =
        tx.row<TransferId>("SELECT transfer_id FROM transfer_end WHERE transfer_id = ?", id).has_value();
    return SentTransfer{std::move(*transfer), *batch, is_ended};
}

void end_transfer(store::Transaction& tx, Keyring const& keyring, SentTransfer const& sent, TransferEnd end,
                  std::string const& reason, BankFile const& file, Random& random) {
    auto const& transfer = sent.transfer;
    tx.execute(
        "INSERT INTO transfer_end (transfer_id, kind, reason, bank_file_id, ended_at, tag) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        transfer.id, name_of(end), reason, file.id, file.read_at,
        end_tag(keyring, transfer.id, name_of(end), reason, file.id.uuid(), file.read_at));
    move_payable(tx, transfer.payable, PayableState::batched, PayableState::held);
    auto const amount = transfer.content.amount;
    post(tx, keyring, end == TransferEnd::rejected ? Cause::rejected : Cause::returned, transfer.id.uuid(),
         std::array{Entry{Account::bank, amount}, Entry{Account::to_pay, -amount}}, file.read_at, random);
}

std::vector<TransferId> transfers_of_message(store::Transaction& tx, Keyring const& keyring,
                                             std::string_view message_id) {
    // "K7-000012-1a2b3c4d-01"
    std::int64_t number = 0, file = 0;
    if (message_id.size() < 21 || !message_id.starts_with("K7-")) return {};
    auto const end = message_id.data() + message_id.size();
    auto const [behind, fault] = std::from_chars(message_id.data() + 3, end, number);
    auto const last_dash = message_id.rfind('-');
    if (fault != std::errc{} || behind == end) return {};
    std::from_chars(message_id.data() + last_dash + 1, end, file);
    auto const batch =
        store::first_of(batches_of(tx, keyring, store::sql<batch_columns, "WHERE number = ?">, {number}));
    if (!batch || message_id_of(*batch, file) != message_id) return {};
    std::vector<TransferId> found;
    for (auto const& [id] : tx.rows<TransferId>(
             "SELECT id FROM payment_transfer WHERE batch_id = ? AND position BETWEEN ? AND ? "
             "ORDER BY position",
             batch->id, (file - 1) * transfers_per_file + 1, file * transfers_per_file))
        found.push_back(id);
    return found;
}

}  // namespace klout7::payments
