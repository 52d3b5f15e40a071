#include "benefits/entitlement.h"

#include <doctest/doctest.h>

#include "base/law_table.h"

using namespace klout7;
using namespace klout7::benefits;
using testing::day;
using testing::fraction;
using testing::money;
using testing::period;
using testing::rows_of;
using testing::split;

namespace {

std::vector<std::string> several(std::string const& text) {
    return text == "-" ? std::vector<std::string>{} : split(text, ' ');
}

IncomePer per_of(std::string_view text) {
    if (text == "day") return IncomePer::day;
    if (text == "week") return IncomePer::week;
    if (text == "four_weeks") return IncomePer::four_weeks;
    if (text == "month") return IncomePer::month;
    REQUIRE(text == "year");
    return IncomePer::year;
}

EntitlementFacts facts_of(std::vector<std::string> const& row) {
    EntitlementFacts facts{
        .dagloon = {{}, money(row[0]), money(row[1]), {}}, .first_sick_day = {}, .incapacity = {}};
    for (auto const& part : several(row[2])) facts.incapacity.push_back(period(part));
    facts.first_sick_day = facts.incapacity.front().first;
    if (row[3] != "-") facts.employment_end = day(row[3]);
    for (auto const& one : several(row[4])) facts.weekend_work.push_back(day(one));
    for (auto const& one : several(row[5])) {
        auto const parts = split(one, ':');
        facts.income.push_back({period(parts.at(0)), money(parts.at(1)), per_of(parts.at(2))});
    }
    for (auto const& one : several(row[6])) {
        auto const parts = split(one, ':');
        auto const decision = parts.size() > 2 ? parts[2] : std::string{};
        facts.sanctions.push_back({period(parts.at(0)), fraction(parts.at(1)), decision, day("2026-11-01")});
    }
    if (row[7] != "-")
        facts.other_terms = Terms{fraction(split(row[7], ':').at(0)), std::stoi(split(row[7], ':').at(1))};
    return facts;
}

/// Ill from Monday 2 November 2026, V1.
EntitlementFacts usual(std::string const& incapacity) {
    return {.dagloon = {{}, Money::cents(12960), Money::cents(12960), {}},
            .first_sick_day = day("2026-11-02"),
            .incapacity = {period(incapacity)}};
}

}  // namespace

TEST_CASE("every week is worth what tests/law/benefit_weeks.tsv says") {
    auto const rows = rows_of(KLOUT7_LAW_TABLES "/benefit_weeks.tsv", 13);
    CHECK(rows.size() > 90);
    for (auto const& row : rows) {
        CAPTURE(row[12]);
        auto const facts = facts_of(row);
        auto const week = benefit_of_week(facts, day(row[8]), law_parameters());
        if (!week) {
            CHECK(row[9] == "-");
            CHECK(std::string{name_of(week.error())} == row[10]);
            continue;
        }
        CHECK(std::to_string(week->days.size()) == row[9]);
        CHECK(week->payable.to_string() == row[10]);
        CHECK(week->explanation.back().code == "week");
        // Whatever day of the week is asked with; and the week is the same among the others.
        auto const again = benefit_of_week(facts, week->week.last, law_parameters());
        REQUIRE(again);
        CHECK(again->payable == week->payable);
        auto const all = benefit_until(facts, week->week.last, law_parameters());
        REQUIRE(all);
        if (week->week.last >= facts.first_sick_day) CHECK(all->back().payable == week->payable);
    }
}

TEST_CASE("a week tells its days, what was deducted and why") {
    auto facts = usual("2026-11-02..2026-11-30");
    facts.income.push_back({period("2026-11-10..2026-11-10"), Money::euros(50), IncomePer::day});
    facts.sanctions.push_back({period("2026-11-11..2026-11-30"), {10, 100}, "UWV 2026-1", day("2026-11-05")});
    auto const week = benefit_of_week(facts, day("2026-11-09"), law_parameters());
    REQUIRE(week);
    CHECK(week->days[0] == DayBenefit{day("2026-11-09"), Money::cents(9072), Money::cents(9072), {}});
    CHECK(week->days[1] == DayBenefit{day("2026-11-10"), Money::cents(9072), Money::cents(5572), {}});
    CHECK(week->days[2] ==
          DayBenefit{day("2026-11-11"), Money::cents(9072), Money::cents(9072), Money::cents(907)});
    std::vector<std::string_view> codes;
    for (auto const& step : week->explanation) codes.push_back(step.code);
    CHECK(codes == std::vector<std::string_view>{"day", "day", "income", "day", "sanction", "day", "sanction",
                                                 "day", "sanction", "week"});
    CHECK(week->explanation[2] ==
          Step{"income", "ZW 31(2)", Certainty::sourced, {{"income", "50.00"}, {"benefit", "55.72"}}});
}

TEST_CASE("a sanction without the day of its decision is none") {
    auto facts = usual("2026-11-02..2026-11-30");
    facts.sanctions.push_back({period("2026-11-11..2026-11-30"), {10, 100}, "UWV 2026-1", {}});
    CHECK(benefit_of_week(facts, day("2026-11-09"), law_parameters()).error() ==
          BenefitFault::sanction_without_decision);
}

TEST_CASE("a late change gives the difference, of each week and no other") {
    auto const all = benefit_until(usual("2026-11-02..2026-11-30"), day("2026-11-22"), law_parameters());
    REQUIRE(all);
    std::vector<PaidWeek> paid;
    for (auto const& week : *all) paid.push_back({week.week.first, week.payable});
    CHECK(differences(*all, paid).empty());
    // V12: fit again three days before it was known.
    auto const due = benefit_until(usual("2026-11-02..2026-11-17"), day("2026-11-22"), law_parameters());
    REQUIRE(due);
    auto const found = differences(*due, paid);
    CHECK(found ==
          std::vector<WeekDifference>{{day("2026-11-16"), Money::cents(45360), Money::cents(18144)}});
    CHECK(found.front().difference() == Money::cents(-27216));
    // Once it was settled there is none any more, and what was settled twice comes back.
    paid.push_back({day("2026-11-16"), Money::cents(-27216)});
    CHECK(differences(*due, paid).empty());
    paid.push_back({day("2026-11-16"), Money::cents(-27216)});
    CHECK(differences(*due, paid).front().difference() == Money::cents(27216));
    // A week that was not due at all.
    CHECK(differences({}, {{day("2026-11-09"), Money::cents(100)}}).front().difference() ==
          Money::cents(-100));
}
