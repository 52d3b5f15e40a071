#include "actions/import_reports.h"

#include "base/check.h"
#include "crypto/hash.h"

namespace klout7::actions {
namespace {

Uuid run_id(crypto::Sha256 const& file_hash, ImportedBy const& by) {
    Fields name;
    name.add(file_hash);
    if (by.actor && by.actor->employer) name.add(by.actor->employer->bytes());
    auto const hash = crypto::sha256(name.view());
    return *Uuid::from_bytes(BytesView{hash}.first(Uuid::size_bytes));
}

cases::RowProblem not_a_choice(cases::Field field, cases::Language language) {
    return {std::string{cases::column_name(field, language)}, cases::Problem::not_a_choice};
}

std::vector<cases::HeaderProblem> header_problems_of(std::string_view text, LocalDate today) {
    cases::ReportFile file{today};
    file.feed(text);
    file.finish();
    return file.header_problems();
}

}  // namespace

struct ImportReports::State {
    enum class Batch { more_follows, last };
    access::Frame<OfficeZone> const& frame;
    ImportedBy by;
    Options options;
    Uuid run;
    cases::ReportFile file;
    std::vector<cases::ReportRow> batch;
    ImportCounts counts;
    std::int64_t rejects_bytes = 0;
    std::int64_t rows_to_skip = 0;

    State(access::Frame<OfficeZone> const& f, ImportedBy who, crypto::Sha256 const& hash, Options o)
        : frame(f),
          by(std::move(who)),
          options(std::move(o)),
          run(run_id(hash, by)),
          file(LocalDate::in_the_netherlands(f.clock.now())) {}

    std::optional<EmployerId> only() const { return by.actor ? by.actor->employer : std::nullopt; }

    /// Finds where an earlier run stopped; a run that was finished starts anew and will find everything
    /// there.
    std::expected<void, store::StoreError> begin() {
        auto const now = frame.clock.now();
        return frame.database.transact([&](store::Transaction& tx) {
            auto const earlier = tx.row<std::int64_t, std::int64_t, std::int64_t, std::int64_t, std::int64_t,
                                        std::optional<Instant>>(
                "SELECT rows_done, added, already_there, refused, rejects_bytes, finished_at FROM import_run "
                "WHERE id = ?",
                run);
            if (earlier && !std::get<5>(*earlier) && !options.starts_over) {
                auto const& [rows, added, there, refused, bytes, finished] = *earlier;
                rows_to_skip = rows;
                counts = {
                    .rows = 0, .added = added, .already_there = there, .refused = refused, .skipped = 0};
                rejects_bytes = bytes;
            } else if (earlier) {
                tx.execute(
                    "UPDATE import_run SET rows_done = 0, added = 0, already_there = 0, refused = 0, "
                    "rejects_bytes = 0, "
                    "started_at = ?, finished_at = NULL WHERE id = ?",
                    now, run);
            } else {
                tx.execute(
                    "INSERT INTO import_run (id, rows_done, added, already_there, refused, rejects_bytes, "
                    "started_at) "
                    "VALUES (?, 0, 0, 0, 0, 0, ?)",
                    run, now);
            }
            if (options.dry_run) tx.roll_back_at_end();
        });
    }

    std::expected<void, store::StoreError> take(std::vector<cases::ReportRow>&& rows) {
        for (auto& row : rows) {
            ++counts.rows;
            if (rows_to_skip > 0) {
                --rows_to_skip;
                ++counts.skipped;
                continue;
            }
            batch.push_back(std::move(row));
            if (batch.size() < options.rows_per_batch) continue;
            if (auto const done = write_batch(Batch::more_follows); !done) return done;
        }
        return {};
    }

    audit::Event line_for(Taken const& taken, Instant now) const {
        audit::Event line;
        line.at = now;
        line.action = "create";
        line.object_class = "sick_report";
        line.object = taken.case_id.uuid();
        line.person = taken.person;
        line.organisation = taken.employer;
        line.ground = "import";
        if (by.actor) {
            line.user = by.actor->user;
            line.role = access::name_of(by.actor->role);
            if (by.actor->session != SessionId{}) line.session = by.actor->session;
            line.detail = by.actor->source;
        } else {
            line.role = "operator";
            line.detail = by.operator_name;
        }
        return line;
    }

    std::expected<void, store::StoreError> write_batch(Batch which) {
        if (!frame.has_room()) return std::unexpected(store::StoreError::full);
        std::vector<cases::SickReport const*> good;
        for (auto const& row : batch)
            if (row.report) good.push_back(&*row.report);
        ImportCounts after;
        std::int64_t bytes_after = 0;
        auto const done =
            frame.database.transact([&](store::Transaction& tx) -> std::expected<void, store::StoreError> {
                auto const now = frame.clock.now();
                auto const taken = take_reports(tx, frame.keys, good, only(), now, frame.random);
                after = counts;
                std::vector<audit::Event> lines;
                std::size_t next = 0;
                cases::RejectsFile rejects{options.language};
                if (rejects_bytes > 0) rejects.take();  // the file has its header row already
                auto const refuse = [&](cases::ReportRow const& row, cases::Field field) {
                    auto const problem = not_a_choice(field, options.language);
                    rejects.add(row.line, {&problem, 1});
                    ++after.refused;
                };
                for (auto const& row : batch) {
                    if (!row.report) {
                        rejects.add(row.line, row.report.error());
                        ++after.refused;
                        continue;
                    }
                    auto const& one = taken[next++];
                    switch (one.outcome) {
                        case TakeOutcome::added:
                            ++after.added;
                            lines.push_back(line_for(one, now));
                            break;
                        case TakeOutcome::already_there:
                            ++after.already_there;
                            break;
                        case TakeOutcome::unknown_employer:
                            refuse(row, cases::Field::employer);
                            break;
                        case TakeOutcome::shredded:
                            refuse(row, cases::Field::bsn);
                            break;
                    }
                }
                auto const refused = after.refused > counts.refused ? rejects.take() : std::string{};
                bytes_after = rejects_bytes + static_cast<std::int64_t>(refused.size());
                if (!options.dry_run) {
                    tx.execute(
                        "UPDATE import_run SET rows_done = ?, added = ?, already_there = ?, refused = ?, "
                        "rejects_bytes = ?, finished_at = ? WHERE id = ?",
                        after.rows, after.added, after.already_there, after.refused, bytes_after,
                        which == Batch::last ? std::optional{now} : std::nullopt, run);
                    frame.recorder.record(tx, lines);
                } else {
                    tx.roll_back_at_end();
                }
                if (!refused.empty() && options.write_rejects && !options.write_rejects(refused))
                    return std::unexpected(store::StoreError::full);
                return {};
            });
        if (!done) return std::unexpected(done.error());
        if (!*done) return std::unexpected(done->error());
        counts = after;
        rejects_bytes = bytes_after;
        batch.clear();
        return {};
    }
};

ImportReports::ImportReports(std::unique_ptr<State> state) : state_(std::move(state)) {}
ImportReports::~ImportReports() = default;

std::expected<std::unique_ptr<ImportReports>, store::StoreError> ImportReports::begin(
    access::Frame<OfficeZone> const& frame, ImportedBy by, crypto::Sha256 const& file_hash, Options options) {
    auto state = std::make_unique<State>(frame, std::move(by), file_hash, std::move(options));
    if (auto const begun = state->begin(); !begun) return std::unexpected(begun.error());
    return std::unique_ptr<ImportReports>{new ImportReports{std::move(state)}};
}

std::int64_t ImportReports::rejects_bytes() const { return state_->rejects_bytes; }
ImportCounts const& ImportReports::counts() const { return state_->counts; }
std::vector<cases::HeaderProblem> const& ImportReports::header_problems() const {
    return state_->file.header_problems();
}
bool ImportReports::ends_in_mid_line() const { return state_->file.ends_in_mid_line(); }

std::expected<void, store::StoreError> ImportReports::feed(std::string_view piece) {
    return state_->take(state_->file.feed(piece));
}

std::expected<void, store::StoreError> ImportReports::finish() {
    if (auto const done = state_->take(state_->file.finish()); !done) return done;
    return state_->write_batch(State::Batch::last);
}

std::expected<ImportResult, access::Failure> import_own_reports(access::Frame<OfficeZone> const& frame,
                                                                access::Actor const& actor,
                                                                access::Given<OwnFile> const& file,
                                                                cases::Language language) {
    ImportResult result;
    auto const cleared = access::change(
        frame, actor, [&](access::Unit<OfficeZone>& unit) -> std::expected<void, access::Failure> {
            auto const access =
                unit.gate.ask(access::Action::create,
                              {.resource = access::Resource::import_file, .employer = actor.employer});
            if (!access) return std::unexpected(access.error());
            if (!file) return std::unexpected(file.error());
            result.header_problems = header_problems_of(file->text, unit.today());
            if (!result.header_problems.empty()) unit.gate.mark_failed();
            return {};
        });
    if (!cleared) return std::unexpected(cleared.error());
    if (!result.header_problems.empty()) return result;
    require(actor.employer.has_value(), "only an account of an employer is cleared to import its own file");

    ImportReports::Options options;
    options.language = language;
    options.dry_run = file->dry_run;
    // The answer names every refused row, also of a file that comes again after it was cut off.
    options.starts_over = true;
    options.write_rejects = [&](std::string_view lines) {
        result.rejects.append(lines);
        return true;
    };
    auto const failed = [](store::StoreError error) {
        return std::unexpected(access::Failure{access::failure_of(error)});
    };
    auto import = ImportReports::begin(frame, {.actor = actor, .operator_name = {}},
                                       crypto::sha256(bytes_of(file->text)), std::move(options));
    if (!import) return failed(import.error());
    auto done = (*import)->feed(file->text);
    if (done) done = (*import)->finish();
    if (!done) {
        auto const& kept = (*import)->counts();
        bool const some = kept.added + kept.already_there + kept.refused > 0;
        if (!some || file->dry_run) return failed(done.error());
        return std::unexpected(access::Failure{access::FailureKind::stopped_half_way});
    }
    result.counts = (*import)->counts();
    return result;
}

}  // namespace klout7::actions
