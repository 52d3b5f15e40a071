#include "actions/payment_batches.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/log.h"
#include "by_program.h"
#include "payments/bank_answers.h"
#include "payments/pay_week.h"

namespace klout7::actions {
namespace {

using access::FailureKind;
using access::Resource;
using payments::BatchState;

constexpr int furthest_day = 60;  // days ahead

std::unexpected<Failure> failed(FailureKind kind) { return std::unexpected(Failure{kind}); }
std::unexpected<Failure> refused(access::FieldFault const& fault) {
    return std::unexpected(Failure{FailureKind::invalid, {fault}});
}

constexpr access::FieldFault no_bank_day{
    "execution_day", "no_bank_day",
    "Kies een dag na vandaag waarop banken werken, ten hoogste 60 dagen vooruit.",
    "Choose a day after today on which banks work, at most 60 days ahead."};
constexpr access::FieldFault no_debtor{
    "", "no_debtor",
    "Er is nog niet ingesteld van welke rekening wordt betaald (payments.debtor_iban in de instellingen).",
    "It is not set yet from which account is paid (payments.debtor_iban in the settings)."};
constexpr access::FieldFault busy{
    "", "busy", "Er loopt nog een uitkeringsrun of er wordt een batch gemaakt. Wacht tot die klaar is.",
    "A pay run or another batch is still being made. Wait until it is ready."};
constexpr access::FieldFault nothing_to_pay{"", "nothing_to_pay", "Er staat niets klaar om te betalen.",
                                            "There is nothing to pay."};

/// A batch, for who may do this with it. Errors: those of the gate; not_found.
std::expected<payments::Batch, Failure> batch_for(Unit& unit, access::Action action, payments::BatchId id) {
    auto const batch = payments::find_batch(unit.tx, unit.keyring(), id);
    access::ObjectFacts facts{.resource = Resource::payment_batch};
    if (batch) facts.user = batch->made_by;
    auto const access = unit.gate.ask(action, facts, id.uuid());
    if (!access) return std::unexpected(access.error());
    if (!batch) return failed(FailureKind::not_found);
    return *batch;
}

BatchView view_of(Unit& unit, payments::Batch const& batch) {
    return {batch, payments::files_of(unit.tx, unit.keyring(), batch.id),
            payments::releases_of(unit.tx, unit.keyring(), batch.id)};
}

}  // namespace

std::expected<payments::BatchId, Failure> make_batch(Office const& office, Actor const& actor,
                                                     Given<LocalDate> const& execution_day) {
    using Made = std::expected<payments::BatchId, Failure>;
    return access::change(office.frame, actor, [&](Unit& unit) -> Made {
        auto const access = unit.gate.ask(access::Action::create, {.resource = Resource::payment_batch});
        if (!access) return std::unexpected(access.error());
        if (!execution_day) return std::unexpected(execution_day.error());
        bool const is_usable = payments::is_bank_day(*execution_day) && *execution_day > unit.today() &&
                               *execution_day <= unit.today().plus_days(furthest_day);
        if (!is_usable) return refused(no_bank_day);
        if (!office.bank) return refused(no_debtor);
        if (payments::batch_in_preparation(unit.tx, unit.keyring()) ||
            payments::running_run(unit.tx, unit.keyring()))
            return refused(busy);
        if (payments::payables_in(unit.tx, unit.keyring(), payments::PayableState::open, {}, 1).empty())
            return refused(nothing_to_pay);
        auto const batch = payments::add_batch(unit.tx, unit.keyring(), *execution_day, actor.user, unit.now,
                                               unit.frame.random);
        unit.gate.about(batch.id.uuid());
        return batch.id;
    });
}

std::expected<BatchList, Failure> list_batches(Office const& office, Actor const& actor) {
    return access::look(office.frame, actor, [&](Unit& unit) -> std::expected<BatchList, Failure> {
        auto const access = unit.gate.ask(access::Action::list, {.resource = Resource::payment_batch});
        if (!access) return std::unexpected(access.error());
        BatchList list;
        for (auto const& batch : payments::newest_batches(unit.tx, unit.keyring(), batches_shown))
            list.batches.push_back(view_of(unit, batch));
        list.open = payments::count_payables(unit.tx, payments::PayableState::open);
        list.held = payments::count_payables(unit.tx, payments::PayableState::held);
        return list;
    });
}

std::expected<BatchView, Failure> read_batch(Office const& office, Actor const& actor, payments::BatchId id) {
    return access::look(office.frame, actor, [&](Unit& unit) -> std::expected<BatchView, Failure> {
        auto const batch = batch_for(unit, access::Action::read, id);
        if (!batch) return std::unexpected(batch.error());
        return view_of(unit, *batch);
    });
}

std::expected<void, Failure> release_batch(Office const& office, Actor const& actor, payments::BatchId id,
                                           Given<SeenFiles> const& seen) {
    return access::change(office.frame, actor, [&](Unit& unit) -> std::expected<void, Failure> {
        auto const batch = batch_for(unit, access::Action::approve, id);
        if (!batch) return std::unexpected(batch.error());
        if (!seen) return std::unexpected(seen.error());
        auto const view = view_of(unit, *batch);
        bool const is_done_by_user = std::ranges::any_of(
            view.releases, [&](payments::Release const& one) { return one.by == actor.user; });
        if (batch->state != BatchState::prepared || is_done_by_user || !office.bank)
            return failed(FailureKind::not_now);
        if (seen->version != batch->version) return failed(FailureKind::changed_meanwhile);
        std::vector<crypto::Sha256> digests;
        for (auto const& file : view.files) digests.push_back(file.digest);
        if (seen->digests != digests)
            return std::unexpected(Failure{
                FailureKind::invalid,
                {{"digests", "other_files", "Dit zijn niet de bestanden van deze batch. Ververs de pagina.",
                  "These are not the files of this batch. Refresh the page."}}});
        Bytes all;
        for (auto const& file : view.files) {
            auto const text =
                payments::file_text(unit.tx, unit.frame.keys, *batch, file.number, *office.bank);
            if (!text || crypto::sha256(bytes_of(*text)) != file.digest) {
                write_log(LogLevel::error, "a file of a batch is not what it was", field("batch", batch->id),
                          field("file", Count{file.number}));
                return failed(FailureKind::unavailable);
            }
            append(all, BytesView{file.digest});
        }
        if (!payments::add_release(unit.tx, unit.keyring(), *batch, actor.user, crypto::sha256(all), unit.now,
                                   unit.frame.random))
            return failed(FailureKind::changed_meanwhile);
        return {};
    });
}

std::expected<void, Failure> cancel_batch(Office const& office, Actor const& actor, payments::BatchId id,
                                          Given<std::int64_t> const& version) {
    return access::change(office.frame, actor, [&](Unit& unit) -> std::expected<void, Failure> {
        auto const batch = batch_for(unit, access::Action::end, id);
        if (!batch) return std::unexpected(batch.error());
        if (!version) return std::unexpected(version.error());
        if (batch->state != BatchState::preparing && batch->state != BatchState::prepared)
            return failed(FailureKind::not_now);
        if (*version != batch->version) return failed(FailureKind::changed_meanwhile);
        if (!payments::cancel(unit.tx, unit.keyring(), *batch, unit.now))
            return failed(FailureKind::changed_meanwhile);
        return {};
    });
}

std::expected<BankFileText, Failure> read_bank_file(Office const& office, Actor const& actor,
                                                    payments::BatchId id, std::int64_t number) {
    return access::look(office.frame, actor, [&](Unit& unit) -> std::expected<BankFileText, Failure> {
        auto const batch = batch_for(unit, access::Action::write, id);
        if (!batch) return std::unexpected(batch.error());
        if (batch->state != BatchState::released || !office.bank) return failed(FailureKind::not_now);
        auto const files = payments::files_of(unit.tx, unit.keyring(), id);
        auto const file = std::ranges::find(files, number, &payments::BatchFile::number);
        if (file == files.end()) return failed(FailureKind::not_found);
        auto text = payments::file_text(unit.tx, unit.frame.keys, *batch, number, *office.bank);
        if (!text || crypto::sha256(bytes_of(*text)) != file->digest) return failed(FailureKind::unavailable);
        return BankFileText{fmt::format("klout7-{:06}-{:02}.xml", batch->number, number), std::move(*text)};
    });
}

namespace {

std::expected<RunStep, Failure> put_in_next(Unit& unit, payments::Batch const& batch,
                                            payments::BankSide const& bank, std::int64_t payables_per_step) {
    auto const step = payments::next_transfers(unit.tx, unit.frame.keys, batch, payables_per_step, unit.now,
                                               unit.frame.random);
    // Whose name and number are read, each with its line.
    for (auto const& one : step.transfers) {
        auto const access =
            unit.gate.ask(access::Action::create, {.resource = Resource::payment_batch, .person = one.person},
                          batch.id.uuid());
        if (!access) return std::unexpected(access.error());
    }
    if (step.after != batch.after) {
        if (step.transfers.empty()) {
            auto const access =
                unit.gate.ask(access::Action::create, {.resource = Resource::payment_batch}, batch.id.uuid());
            if (!access) return std::unexpected(access.error());
        }
        if (!payments::keep_transfers(unit.tx, unit.keyring(), batch, step, unit.now, unit.frame.random))
            return failed(FailureKind::not_now);
        return RunStep::done;
    }
    auto const access =
        unit.gate.ask(access::Action::create, {.resource = Resource::payment_batch}, batch.id.uuid());
    if (!access) return std::unexpected(access.error());
    switch (payments::keep_next_file(unit.tx, unit.frame.keys, batch, bank, unit.now)) {
        case payments::FileStep::kept:
            return RunStep::done;
        case payments::FileStep::raced:
            return failed(FailureKind::not_now);
        case payments::FileStep::unusable:
            write_log(LogLevel::error, "a file of a batch cannot be made", field("batch", batch.id));
            return failed(FailureKind::unavailable);
    }
    return failed(FailureKind::unavailable);
}

}  // namespace

RunStep step_batch(Office const& office, std::int64_t payables_per_step) {
    auto const waiting = office.frame.database.transact([&](store::Transaction& tx) {
        return payments::batch_in_preparation(tx, office.frame.keys.keyring());
    });
    if (!waiting) return RunStep::failed;
    if (!*waiting || !office.bank) return RunStep::nothing;
    auto const maker = by_program((*waiting)->made_by, access::Role::payments, office.frame.clock.now());
    auto const done = access::change(office.frame, maker, [&](Unit& unit) -> std::expected<RunStep, Failure> {
        auto const batch = payments::find_batch(unit.tx, unit.keyring(), (*waiting)->id);
        if (!batch || batch->state != BatchState::preparing) {
            (void)unit.gate.ask(access::Action::read, {.resource = Resource::payment_batch},
                                (*waiting)->id.uuid());
            return failed(FailureKind::not_now);
        }
        return put_in_next(unit, *batch, *office.bank, payables_per_step);
    });
    return step_of(done);
}

std::expected<std::vector<HeldPayment>, Failure> list_held(Office const& office, Actor const& actor) {
    using Found = std::expected<std::vector<HeldPayment>, Failure>;
    return access::look(office.frame, actor, [&](Unit& unit) -> Found {
        auto const access = unit.gate.ask(access::Action::search, {.resource = Resource::payment});
        if (!access) return std::unexpected(access.error());
        std::vector<HeldPayment> held;
        auto const rows =
            payments::payables_in(unit.tx, unit.keyring(), payments::PayableState::held, {}, 100);
        std::vector<payments::PayableId> ids;
        for (auto const& row : rows) ids.push_back(row.id);
        for (auto const& way : payments::on_their_way(unit.tx, unit.keyring(), ids)) {
            auto const sent = payments::find_sent(unit.tx, unit.frame.keys, way.transfer);
            if (!sent) continue;
            held.push_back(
                {way.payable, sent->transfer.content.amount, sent->transfer.content.iban.masked(), way});
        }
        std::ranges::sort(held, {}, &HeldPayment::id);
        return held;
    });
}

std::expected<void, Failure> reopen_payment(Office const& office, Actor const& actor,
                                            payments::PayableId id) {
    return access::change(office.frame, actor, [&](Unit& unit) -> std::expected<void, Failure> {
        auto const row = payments::find_payable(unit.tx, unit.keyring(), id);
        access::ObjectFacts facts{.resource = Resource::payment};
        if (row) {
            facts.case_id = row->case_id;
            facts.person = row->person;
        }
        auto const access = unit.gate.ask(access::Action::change, facts, id.uuid());
        if (!access) return std::unexpected(access.error());
        if (!row) return failed(FailureKind::not_found);
        if (!payments::move_payable(unit.tx, id, payments::PayableState::held, payments::PayableState::open))
            return failed(FailureKind::not_now);
        return {};
    });
}

namespace {

struct BankEvent {
    payments::TransferId transfer;
    std::optional<payments::TransferEnd> end;  ///< nothing: accepted
    std::string reason;
    std::optional<Money> amount;  ///< what the bank says; nothing when it does not
};

std::vector<BankEvent> events_of(Unit& unit, payments::StatusReport const& report, payments::BankFile& file) {
    using payments::TransferStatus;
    std::vector<BankEvent> events;
    std::set<payments::TransferId> told;
    auto const end_of = [](TransferStatus status) {
        return status == TransferStatus::rejected ? std::optional{payments::TransferEnd::rejected}
                                                  : std::nullopt;
    };
    for (auto const& one : report.transfers) {
        auto const id = payments::transfer_of(one.end_to_end_id);
        if (!id) {
            ++file.not_ours;
            continue;
        }
        told.insert(*id);
        if (one.status != TransferStatus::waits) events.push_back({*id, end_of(one.status), one.reason, {}});
    }
    if (!report.whole || *report.whole == TransferStatus::waits) return events;
    auto const all = payments::transfers_of_message(unit.tx, unit.keyring(), report.original_message_id);
    if (all.empty()) ++file.not_ours;
    for (auto const& id : all)
        if (!told.contains(id)) events.push_back({id, end_of(*report.whole), report.reason, {}});
    return events;
}

std::vector<BankEvent> events_of(std::vector<payments::Statement> const& statements,
                                 payments::BankFile& file) {
    std::vector<BankEvent> events;
    for (auto const& statement : statements) {
        for (auto const& booking : statement.bookings) {
            auto const id = payments::transfer_of(booking.end_to_end_id);
            if (!id) {
                ++file.not_ours;
                continue;
            }
            bool const came_back = booking.is_return && booking.amount > Money{};
            events.push_back({*id, came_back ? std::optional{payments::TransferEnd::returned} : std::nullopt,
                              booking.reason, came_back ? booking.amount : -booking.amount});
        }
    }
    return events;
}

constexpr access::FieldFault not_a_bank_file{
    "", "not_a_bank_file",
    "Dit is geen bestand van de bank dat hier kan worden gelezen (pain.002 of camt.053), of er ontbreekt "
    "iets. "
    "Er is niets van verwerkt.",
    "This is no file of the bank that can be read here (pain.002 or camt.053), or something is missing. "
    "Nothing of it was processed."};

}  // namespace

std::expected<payments::BankFile, Failure> take_bank_answer(Office const& office, Actor const& actor,
                                                            Given<std::string_view> const& text) {
    using Taken = std::expected<payments::BankFile, Failure>;
    return access::change(office.frame, actor, [&](Unit& unit) -> Taken {
        auto const access = unit.gate.ask(access::Action::create, {.resource = Resource::bank_answer});
        if (!access) return std::unexpected(access.error());
        if (!text) return std::unexpected(text.error());
        payments::BankFile file{.id = payments::BankFileId::make(unit.now, unit.frame.random),
                                .digest = crypto::sha256(bytes_of(*text)),
                                .kind = "pain.002",
                                .read_by = actor.user,
                                .read_at = unit.now};
        if (payments::is_read_already(unit.tx, file.digest)) return failed(FailureKind::already_there);
        std::vector<BankEvent> events;
        if (auto const report = payments::read_pain_002(*text)) {
            events = events_of(unit, *report, file);
        } else if (auto const statements = payments::read_camt_053(*text)) {
            file.kind = "camt.053";
            events = events_of(*statements, file);
        } else {
            return std::unexpected(Failure{FailureKind::invalid, {not_a_bank_file}});
        }
        unit.gate.about(file.id.uuid());
        for (auto const& event : events) {
            auto const sent = payments::find_sent(unit.tx, unit.frame.keys, event.transfer);
            bool const is_ours = sent && (!event.amount || *event.amount == sent->transfer.content.amount);
            if (!is_ours) {
                ++file.not_ours;
                continue;
            }
            if (!event.end) {
                ++file.accepted;
                continue;
            }
            // What was told to have come back already comes back once.
            if (sent->is_ended) continue;
            auto const line = unit.gate.ask(
                access::Action::create, {.resource = Resource::bank_answer, .person = sent->transfer.person},
                file.id.uuid());
            if (!line) return std::unexpected(line.error());
            payments::end_transfer(unit.tx, unit.keyring(), *sent, *event.end, event.reason.substr(0, 10),
                                   file, unit.frame.random);
            ++(*event.end == payments::TransferEnd::rejected ? file.rejected : file.returned);
        }
        payments::add_bank_file(unit.tx, file);
        return file;
    });
}

std::expected<std::vector<payments::BankFile>, Failure> list_bank_answers(Office const& office,
                                                                          Actor const& actor) {
    using Found = std::expected<std::vector<payments::BankFile>, Failure>;
    return access::look(office.frame, actor, [&](Unit& unit) -> Found {
        auto const access = unit.gate.ask(access::Action::list, {.resource = Resource::bank_answer});
        if (!access) return std::unexpected(access.error());
        return payments::newest_bank_files(unit.tx, batches_shown);
    });
}

}  // namespace klout7::actions
