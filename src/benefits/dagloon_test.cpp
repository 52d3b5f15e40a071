#include "benefits/dagloon.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "base/law_table.h"

using namespace klout7;
using namespace klout7::benefits;
using testing::day;
using testing::money;
using testing::rows_of;
using testing::split;

namespace {

LessWage less_of(std::string_view text) {
    if (text == "leave") return LessWage::leave;
    if (text == "strike") return LessWage::strike;
    REQUIRE(text == "sickness");
    return LessWage::sickness;
}

/// "2025-10..2026-09:2610.00/0/208.80~leave".
void add_wages(std::string const& text, WageReturns returns, std::vector<WagePeriod>& wages) {
    auto const parts = split(text, ':');
    REQUIRE(parts.size() == 2);
    auto const dots = parts[0].find("..");
    auto const begin = [](std::string const& name) { return day(name.size() == 7 ? name + "-01" : name); };
    auto const first = begin(parts[0].substr(0, dots));
    auto const last = dots == std::string::npos ? first : begin(parts[0].substr(dots + 2));
    auto const tilde = parts[1].find('~');
    auto const amounts = split(parts[1].substr(0, tilde), '/');
    REQUIRE(amounts.size() == 3);
    // A period that is none of these returns stays one, to be refused.
    bool const is_one = wage_return_period(first, returns).first == first &&
                        (parts[0].size() == 7) == (returns == WageReturns::monthly);
    for (auto at = first; at <= last;) {
        auto const period =
            is_one || first != last ? wage_return_period(at, returns) : Period{first, first.plus_days(30)};
        wages.push_back({period, money(amounts[0]), money(amounts[1]), money(amounts[2]),
                         tilde == std::string::npos ? LessWage::no : less_of(parts[1].substr(tilde + 1))});
        at = period.last.plus_days(1);
    }
}

Job job_of(std::vector<std::string> const& row) {
    auto const dots = row[0].find("..");
    auto const end = row[0].substr(dots + 2);
    Job job{.first_day = day(row[0].substr(0, dots)),
            .last_day = end == "-" ? std::nullopt : std::optional{day(end)},
            .returns = row[1] == "month" ? WageReturns::monthly : WageReturns::four_weekly,
            .wages = {},
            .agreed_wage = row[3] == "-" ? std::nullopt : std::optional{money(row[3])}};
    if (row[2] != "-") {
        for (auto const& wages : split(row[2], ' ')) add_wages(wages, job.returns, job.wages);
    }
    return job;
}

/// 12 monthly wages in the reference period of 4 November 2026.
Job usual_job(Money wage) {
    Job job{.first_day = day("2020-01-01"),
            .last_day = {},
            .returns = WageReturns::monthly,
            .wages = {},
            .agreed_wage = {}};
    for (auto at = day("2025-10-01"); at < day("2026-10-01");) {
        auto const month = wage_return_period(at, WageReturns::monthly);
        job.wages.push_back({month, wage, {}, {}, LessWage::no});
        at = month.last.plus_days(1);
    }
    return job;
}

}  // namespace

TEST_CASE("every dagloon is what tests/law/dagloon.tsv says, in whatever order the wages come") {
    auto const rows = rows_of(KLOUT7_LAW_TABLES "/dagloon.tsv", 11);
    CHECK(rows.size() > 70);
    for (auto const& row : rows) {
        CAPTURE(row[10]);
        auto job = job_of(row);
        auto const sick = day(row[4]);
        bool const is_after = row[5] == "yes";
        for (int turn = 0; turn < 2; ++turn) {
            auto const found = dagloon_of(job, sick, is_after, law_parameters());
            if (!found) {
                CHECK(std::string{name_of(found.error())} == row[7]);
                CHECK(row[8] == "-");
            } else {
                CHECK(found->per_day.to_string() == row[7]);
                CHECK(found->capped.to_string() == row[8]);
                CHECK(found->explanation.front().code == "reference_period");
                CHECK(found->explanation.back().code == "maximum");
            }
            if (row[6] != "-") {
                auto const reference = reference_period(sick, job.returns, job.last_day, is_after);
                CHECK(reference.first.to_string() + ".." + reference.last.to_string() == row[6]);
            }
            std::ranges::reverse(job.wages);
        }
    }
}

TEST_CASE("a dagloon tells its steps with the articles and figures they rest on") {
    auto const found = dagloon_of(usual_job(Money::euros(2610)), day("2026-11-04"), false, law_parameters());
    REQUIRE(found);
    REQUIRE(found->explanation.size() == 4);
    CHECK(found->explanation[0] == Step{"reference_period",
                                        "Dagloonbesluit 12b",
                                        Certainty::sourced,
                                        {{"first", "2025-10-01"}, {"last", "2026-09-30"}}});
    CHECK(found->explanation[2] == Step{"dagloon",
                                        "Dagloonbesluit 12e(1)",
                                        Certainty::sourced,
                                        {{"total", "31320.00"}, {"days", "261"}, {"per_day", "120.00"}}});
    CHECK(found->explanation[3] ==
          Step{"maximum",
               "ZW 15, Wfsv 17",
               Certainty::sourced,
               {{"maximum", "309.91"}, {"from", "2026-07-01"}, {"per_day", "120.00"}}});
}

TEST_CASE("more wage is never a lower dagloon") {
    auto job = usual_job(Money::euros(2000));
    auto const before = dagloon_of(job, day("2026-11-04"), false, law_parameters());
    REQUIRE(before);
    for (auto& wage : job.wages) {
        wage.sv_wage += Money::cents(131);
        auto const after = dagloon_of(job, day("2026-11-04"), false, law_parameters());
        REQUIRE(after);
        CHECK(after->per_day >= before->per_day);
    }
}

TEST_CASE(
    "a dagloon moves with the minimum wage from the very day, and is never above the maximum of that day") {
    auto const& law = law_parameters();
    Dagloon const plain{{}, Money::cents(12960), Money::cents(12960), {}};
    using List = std::vector<IndexedDagloon>;
    CHECK(indexed(plain, day("2026-06-30"), day("2026-06-30"), law) ==
          List{{day("2026-06-30"), Money::cents(12960), Money::cents(12960)}});
    // V10.
    CHECK(indexed(plain, day("2026-06-30"), day("2026-07-01"), law) ==
          List{{day("2026-06-30"), Money::cents(12960), Money::cents(12960)},
               {day("2026-07-01"), Money::cents(13201), Money::cents(13201)}});
    // Who fell ill on the day itself has the new maximum, and no indexation.
    CHECK(indexed(plain, day("2026-07-01"), day("2026-12-31"), law)->size() == 1);
    // At the maximum it stays at the maximum, and the dagloon above it moves on by itself.
    Dagloon const high{{}, Money::cents(40000), Money::cents(30425), {}};
    CHECK(indexed(high, day("2026-03-02"), day("2026-07-01"), law)->back() ==
          IndexedDagloon{day("2026-07-01"), Money::cents(40744), Money::cents(30991)});
    // Twice, each time rounded.
    CHECK(indexed(plain, day("2025-12-31"), day("2026-07-01"), law)->back().per_day == Money::cents(13486));
    CHECK(indexed(plain, day("2026-07-01"), day("2027-01-01"), law) == std::nullopt);
}
