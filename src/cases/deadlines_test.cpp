#include "cases/deadlines.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "base/law_table.h"

using namespace klout7;
using namespace klout7::cases;
using testing::day;
using testing::rows_of;
using testing::split;

namespace {

std::vector<Period> periods(std::string const& text) {
    std::vector<Period> list;
    if (text == "-") return list;
    for (auto const& part : split(text, ' ')) list.push_back({day(part.substr(0, 10)), day(part.substr(12))});
    return list;
}

DeadlineFacts facts_of(std::string const& ground, std::string const& first, std::string const& more) {
    DeadlineFacts facts{.ground = parse_ground(ground).value(),
                        .first_sick_day = day(first),
                        .interruptions = {},
                        .employment_end = {},
                        .problem_analysis_made = {},
                        .first_fit_day = {},
                        .recovery_reported = {},
                        .reported_to_uwv = {},
                        .state_pension_day = {}};
    std::map<std::string, std::optional<LocalDate>*> const days{
        {"end", &facts.employment_end},       {"analysis", &facts.problem_analysis_made},
        {"fit", &facts.first_fit_day},        {"told", &facts.recovery_reported},
        {"reported", &facts.reported_to_uwv}, {"pension", &facts.state_pension_day}};
    for (auto const& fact : split(more == "-" ? "" : more, ' ')) {
        auto const name = fact.substr(0, fact.find('='));
        auto const value = fact.substr(fact.find('=') + 1);
        if (name == "interruptions") {
            facts.interruptions = periods(value);
        } else if (name == "extension") {
            facts.extension_days = std::stoi(value);
        } else {
            REQUIRE_MESSAGE(days.contains(name), fact);
            *days.at(name) = day(value);
        }
    }
    return facts;
}

std::string shown(std::optional<LocalDate> date) { return date ? date->to_string() : "-"; }

DeadlineFacts long_illness() { return facts_of("c", "2026-01-05", "end=2026-03-31"); }

}  // namespace

TEST_CASE("every deadline falls where tests/law/deadlines.tsv says") {
    auto const rows = rows_of(KLOUT7_LAW_TABLES "/deadlines.tsv", 9);
    CHECK(rows.size() > 40);
    std::set<std::string> kinds;
    for (auto const& row : rows) {
        auto const& name = row[3];
        auto const facts = facts_of(row[0], row[1], row[2]);
        CAPTURE(row[2]);
        CAPTURE(name);
        CAPTURE(row[8]);
        if (name.starts_with("week_")) {
            auto const weeks = std::stoi(name.substr(5));
            CHECK(day_of_incapacity(facts.first_sick_day, facts.interruptions, 7 * weeks).to_string() ==
                  row[5]);
            continue;
        }
        kinds.insert(name);
        auto const kind = parse_deadline_kind(name);
        REQUIRE(kind);
        auto const list = deadlines_of(facts);
        auto const found = std::ranges::find(list, *kind, &Deadline::kind);
        if (row[5] == "-") {
            CHECK(found == list.end());
            continue;
        }
        REQUIRE(found != list.end());
        CHECK(shown(found->from) == row[4]);
        CHECK(found->due.to_string() == row[5]);
        CHECK(name_of(found->certainty) == row[6]);
    }
    CHECK_MESSAGE(kinds.size() == static_cast<std::size_t>(DeadlineKind::wia_start) + 1,
                  "the table has a row for every kind");
}

TEST_CASE("spells are added up as tests/law/composed_absence.tsv says") {
    for (auto const& row : rows_of(KLOUT7_LAW_TABLES "/composed_absence.tsv", 6)) {
        CAPTURE(row[5]);
        auto const spells = periods(row[0]);
        auto const absence = latest_absence(spells, periods(row[1]));
        CHECK(absence.first_sick_day.to_string() == row[2]);
        CHECK(absence.last_sick_day == spells.back().last);
        int between = 0;
        for (auto const& interruption : absence.interruptions) between += interruption.days();
        CHECK(between == std::stoi(row[3]));
    }
}

TEST_CASE("the deadlines of a case stand in the order of their days") {
    auto const list = deadlines_of(long_illness());
    CHECK(std::ranges::is_sorted(list, {}, &Deadline::due));
    CHECK(list.front().kind == DeadlineKind::sick_report_by_client);
    CHECK(list.back().kind == DeadlineKind::wia_start);
    for (auto const& each : list) {
        CHECK_FALSE(each.source.empty());
        CHECK((!each.from || *each.from <= each.due));
    }
}

TEST_CASE("evaluations return every six weeks until the final one, or as often as was agreed") {
    auto const evaluations = [](DeadlineFacts const& facts) {
        std::vector<LocalDate> days;
        for (auto const& each : deadlines_of(facts))
            if (each.kind == DeadlineKind::evaluation) days.push_back(each.due);
        return days;
    };
    auto facts = long_illness();
    auto const six = evaluations(facts);
    CHECK(six.size() == 13);
    CHECK(six.front() == day("2026-01-05").plus_weeks(14));
    CHECK(six.back() == day("2026-01-05").plus_weeks(86));
    facts.evaluation_every_weeks = 26;
    CHECK(evaluations(facts) == std::vector{day("2026-01-05").plus_weeks(34),
                                            day("2026-01-05").plus_weeks(60),
                                            day("2026-01-05").plus_weeks(86)});
}

TEST_CASE("a client's report is late from the third day of illness on") {
    auto const first = day("2026-01-05");
    CHECK_FALSE(is_late_report(first, first));
    CHECK_FALSE(is_late_report(first, first.plus_days(1)));
    CHECK(is_late_report(first, first.plus_days(2)));
}

TEST_CASE("a reminder falls on the deadline, or on the working day before") {
    struct Row {
        char const* due;
        char const* reminder;
        char const* why;
    };
    constexpr Row rows[] = {
        {"2026-02-16", "2026-02-16", "a Monday"},
        {"2026-02-13", "2026-02-13", "a Friday"},
        {"2026-02-14", "2026-02-13", "a Saturday"},
        {"2028-01-02", "2027-12-31", "a Sunday behind New Year's Day on a Saturday"},
        {"2026-01-01", "2025-12-31", "New Year's Day"},
        {"2026-04-06", "2026-04-02", "Easter Monday 2026, back over Good Friday"},
        {"2026-04-07", "2026-04-07", "the Tuesday after Easter"},
        {"2027-03-29", "2027-03-25", "Easter Monday 2027"},
        {"2026-04-27", "2026-04-24", "the King's birthday on a Monday"},
        {"2026-05-05", "2026-05-04", "Liberation Day"},
        {"2026-05-14", "2026-05-13", "Ascension Day"},
        {"2026-05-25", "2026-05-22", "Whit Monday"},
        {"2026-12-26", "2026-12-24", "Christmas"},
    };
    for (auto const& row : rows) {
        CAPTURE(row.why);
        CHECK(reminder_day(day(row.due)).to_string() == row.reminder);
    }
}

TEST_CASE("every kind of deadline has a code of its own that reads back") {
    for (int i = 0; i <= static_cast<int>(DeadlineKind::wia_start); ++i) {
        auto const kind = static_cast<DeadlineKind>(i);
        CHECK(parse_deadline_kind(name_of(kind)) == kind);
    }
    CHECK_FALSE(parse_deadline_kind("long_absence_report"));
    CHECK_FALSE(parse_deadline_kind(""));
}
