#include "actions/import_reports.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "testing/office.h"

using namespace klout7;
using namespace klout7::actions;
using namespace klout7::actions::testing;

namespace {

struct Importing : OfficeSide {
    /// A file of these reports: semicolons, English header, and behind it so many empty lines.
    static std::string file_of(std::vector<cases::SickReportInput> const& reports, std::size_t empty = 0) {
        std::string file;
        auto const columns = cases::template_header(cases::Language::english);
        for (auto const column : columns) file.append(column).append(";");
        file.back() = '\n';
        file.append(empty, '\n');
        for (auto const& report : reports) {
            for (std::size_t i = 0; i < cases::field_count; ++i) {
                auto const value = report[static_cast<cases::Field>(i)];
                file.append("\"").append(value).append("\";");
            }
            file.back() = '\n';
        }
        return file;
    }
    std::vector<cases::SickReportInput> some(int count, std::string const& of = "acme") {
        std::vector<cases::SickReportInput> reports;
        for (int i = 0; i < count; ++i) reports.push_back(input(of));
        return reports;
    }
    auto import(Actor const& who, std::string const& file, bool dry_run = false) {
        return import_own_reports(frame, who, OwnFile{file, dry_run}, cases::Language::english);
    }
    std::int64_t cases_count() {
        return std::get<0>(*database.transact(
            [](store::Transaction& tx) { return *tx.row<std::int64_t>("SELECT COUNT(*) FROM case_file"); }));
    }
};

void check_counts(ImportCounts const& counts, std::int64_t rows, std::int64_t added, std::int64_t there,
                  std::int64_t refused, std::int64_t skipped = 0) {
    CHECK(counts.rows == rows);
    CHECK(counts.added == added);
    CHECK(counts.already_there == there);
    CHECK(counts.refused == refused);
    CHECK(counts.skipped == skipped);
}

/// No row goes in before the encoding is known, and that is told by the first 64 KiB.
constexpr std::size_t empty_start = 65'536;

/// One run of the operator over a file, in batches of four rows; `stop_after` of them, when it is cut off.
struct Run {
    std::string rejects;
    ImportCounts counts;
    std::optional<store::StoreError> stopped_by;
    Run(Importing& side, std::string const& file, std::optional<std::size_t> stop_after = {},
        std::string kept = {}, bool may_write = true)
        : rejects(std::move(kept)) {
        ImportReports::Options options;
        options.rows_per_batch = 4;
        options.write_rejects = [&](std::string_view lines) {
            rejects.append(lines);
            return may_write;
        };
        auto import = ImportReports::begin(side.frame, {.actor = {}, .operator_name = "root"},
                                           crypto::sha256(bytes_of(file)), std::move(options));
        REQUIRE(import);
        rejects.resize(static_cast<std::size_t>((*import)->rejects_bytes()));
        for (std::string_view left = file; !left.empty();
             left.remove_prefix(std::min<std::size_t>(50, left.size()))) {
            auto const fed = (*import)->feed(left.substr(0, 50));
            if (!fed) {
                stopped_by = fed.error();
                return;
            }
            auto const rows = (*import)->counts().rows - (*import)->counts().skipped;
            if (stop_after && static_cast<std::size_t>(rows) / 4 >= *stop_after) return;
        }
        REQUIRE((*import)->finish());
        counts = (*import)->counts();
    }
};

}  // namespace

TEST_CASE("who may import a file, imports the own people; nobody else imports anything") {
    Importing side;
    auto const known = side.report();
    auto all = side.everybody(known.person);
    for (auto& one : all) {
        bool const is_of_employer =
            one.actor.role == Role::employer || one.actor.role == Role::employer_system;
        one.relation = is_of_employer && one.actor.employer ? Relation::own_employer : Relation::none;
    }
    // A dry run: one line, and nothing kept.
    auto const file = Importing::file_of(side.some(2));
    as_each(side, Resource::import_file, Action::create, all,
            [&](Actor const& actor) { return came(side.import(actor, file, true)); });
}

TEST_CASE(
    "good rows go in, each with its line; bad ones and those of others are told with their line and column") {
    Importing side;
    auto reports = side.some(3);
    reports[1].bsn = "123456789";
    reports.push_back(side.input("globex"));
    reports.push_back(side.input("initech"));
    reports.push_back(reports[0]);
    auto const result = side.import(side.at_acme, Importing::file_of(reports));
    REQUIRE(result);
    check_counts(result->counts, 6, 2, 1, 3);
    CHECK(result->rejects.find("3;bsn;not_a_bsn;") != std::string::npos);
    CHECK(result->rejects.find("5;employer;not_a_choice;") != std::string::npos);
    CHECK(result->rejects.find("6;employer;not_a_choice;") != std::string::npos);
    CHECK(result->rejects.find(reports[1].last_name) == std::string::npos);
    CHECK(side.cases_count() == 2);
    auto const lines = side.lines();
    REQUIRE(lines.size() == 3);  // the file, and two reports
    int reported = 0;
    for (auto const& line : lines) {
        CHECK(line.entry.event.user == side.at_acme.user);
        CHECK(line.entry.event.organisation == side.acme);
        reported += line.entry.event.object_class == "sick_report" && line.entry.event.person &&
                    line.entry.event.object;
    }
    CHECK(reported == 2);
}

TEST_CASE("the same file again changes nothing, and a dry run keeps nothing") {
    Importing side;
    auto const file = Importing::file_of(side.some(5));
    auto const empty = side.state();
    auto const dry = side.import(side.at_acme, file, true);
    REQUIRE(dry);
    check_counts(dry->counts, 5, 5, 0, 0);
    CHECK(side.state() == empty);
    REQUIRE(side.import(side.at_acme, file));
    auto const lines = side.line_count();
    auto const again = side.import(side.at_acme, file);
    check_counts(again->counts, 5, 0, 5, 0);
    CHECK(side.line_count() == lines + 1);
    CHECK(side.cases_count() == 5);
}

TEST_CASE("a file with a wrong header takes nothing and says which columns") {
    Importing side;
    auto const before = side.state();
    auto const result = side.import(side.at_acme, "bsn;cause\n999990019;flu\n");
    REQUIRE(result);
    REQUIRE_FALSE(result->header_problems.empty());
    CHECK(result->header_problems.front().fault == cases::HeaderFault::unknown_columns);
    CHECK(result->header_problems.front().columns == std::vector<std::string>{"cause"});
    CHECK(side.lines().front().entry.event.outcome == audit::Outcome::failed);
    REQUIRE_FALSE(side.import(side.at_acme, "")->header_problems.empty());
    CHECK(side.state() == before);
    // Who may not import learns nothing of the file.
    CHECK(came(side.import(side.manager, "bsn;cause\n")) == FailureKind::not_found);
}

TEST_CASE("without its lines nothing of a file goes in") {
    Importing side;
    auto const file = Importing::file_of(side.some(3));
    without_log(side, [&] { return came(side.import(side.at_acme, file)); });
    CHECK(side.cases_count() == 3);
}

TEST_CASE("a batch whose lines cannot be written is not kept, and the run goes on with it") {
    Importing side;
    auto const file = Importing::file_of(side.some(8), empty_start);
    Run const first{side, file, 1};
    CHECK(side.cases_count() == 4);
    auto const before = side.state();
    {
        NoLog const no_log{side};
        ImportReports::Options options;
        options.rows_per_batch = 4;
        auto import = ImportReports::begin(side.frame, {.actor = {}, .operator_name = "root"},
                                           crypto::sha256(bytes_of(file)), std::move(options));
        REQUIRE(import);
        CHECK((*import)->feed(file).error() == store::StoreError::refused);
    }
    CHECK(side.state() == before);
    Run const second{side, file};
    check_counts(second.counts, 8, 8, 0, 0, 4);
}

TEST_CASE("a run that is cut off after any batch goes on there, and the rejects are those of one run") {
    std::string whole;
    std::size_t stops = 0;
    for (; stops <= 4; ++stops) {
        CAPTURE(stops);
        Importing side;
        side.made_up = MadeUpPeople{5};
        auto reports = side.some(18);
        for (auto const bad : {0U, 5U, 6U, 15U}) reports[bad].bsn = "1";
        reports[9] = reports[1];
        auto const file = Importing::file_of(reports, empty_start);
        if (stops == 0) {
            Run const once{side, file};
            check_counts(once.counts, 18, 13, 1, 4);
            whole = once.rejects;
            CHECK(std::ranges::count(whole, '\n') == 1 + 4);  // one header, whichever batch came first
            continue;
        }
        Run const cut_off{side, file, stops};
        // What was written behind the last batch that was kept is thrown away.
        Run const rest{side, file, {}, cut_off.rejects + "half a li"};
        CHECK(rest.counts.skipped == static_cast<std::int64_t>(stops) * 4);
        CHECK(rest.counts.added == 13);
        CHECK(rest.counts.already_there == 1);
        CHECK(rest.counts.refused == 4);
        CHECK(rest.rejects == whole);
        CHECK(side.cases_count() == 13);
        CHECK(side.line_count() == 13);
    }
    // The first row stands behind the header and the empty lines.
    CHECK(whole.find(std::to_string(empty_start + 2) + ";bsn;not_a_bsn;") != std::string::npos);
}

TEST_CASE("rejects that cannot be kept stop the run, and nothing of that batch is kept") {
    Importing side;
    auto reports = side.some(4);
    reports[2].bsn = "1";
    auto const file = Importing::file_of(reports, empty_start);
    Run const stopped{side, file, {}, {}, false};
    CHECK(stopped.stopped_by == store::StoreError::full);
    CHECK(side.cases_count() == 0);
    CHECK(side.line_count() == 0);
    Run const again{side, file};
    check_counts(again.counts, 4, 3, 0, 1);
}

TEST_CASE("a report of a shredded person is refused, and those around it go in") {
    Importing side;
    auto const known = side.report();
    side.shred(known.person);
    auto reports = side.some(2);
    reports.insert(reports.begin() + 1, known.report);
    auto const result = side.import(side.at_acme, Importing::file_of(reports));
    REQUIRE(result);
    check_counts(result->counts, 3, 2, 0, 1);
    CHECK(result->rejects.find("3;bsn;not_a_choice;") != std::string::npos);
}

TEST_CASE(
    "an import that finds the disk full keeps what went in and says so, and answers for every row later") {
    Importing side;
    auto reports = side.some(1001);  // more than a batch
    reports[0].bsn = "1";
    auto const file = Importing::file_of(reports);
    int room_for = 0;
    side.frame.has_room = [&] { return room_for-- > 0; };
    CHECK(came(side.import(side.at_acme, file)) == FailureKind::full);
    room_for = 1;  // the gate's line
    CHECK(came(side.import(side.at_acme, file)) == FailureKind::full);
    CHECK(side.cases_count() == 0);
    room_for = 2;
    CHECK(came(side.import(side.at_acme, file)) == FailureKind::stopped_half_way);
    CHECK(side.cases_count() == 999);
    room_for = 2;
    CHECK(came(side.import(side.at_acme, file, true)) == FailureKind::full);  // a dry run keeps nothing

    room_for = 3;
    auto const result = side.import(side.at_acme, file);
    REQUIRE(result);
    check_counts(result->counts, 1001, 1, 999, 1);
    CHECK(result->rejects.find("2;bsn;not_a_bsn;") != std::string::npos);
}
