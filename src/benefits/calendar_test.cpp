#include "benefits/calendar.h"

#include <doctest/doctest.h>

#include "base/law_table.h"

using namespace klout7;
using namespace klout7::benefits;
using testing::day;

TEST_CASE("dagloon days are Monday to Friday, whatever holiday they are") {
    CHECK(dagloon_days({day("2025-10-01"), day("2026-09-30")}) == 261);
    CHECK(dagloon_days({day("2026-06-01"), day("2026-09-30")}) == 88);
    CHECK(dagloon_days({day("2026-10-05"), day("2026-11-03")}) == 22);
    CHECK(dagloon_days({day("2026-11-07"), day("2026-11-08")}) == 0);
    CHECK(dagloon_days({day("2026-11-06"), day("2026-11-06")}) == 1);
    CHECK(dagloon_days({day("2026-11-06"), day("2026-11-05")}) == 0);
    CHECK(dagloon_days({day("2026-12-25"), day("2026-12-25")}) == 1);
    // Day by day, over any length.
    int count = 0;
    for (auto last = day("2026-01-01"); last <= day("2026-03-31"); last = last.plus_days(1)) {
        count += is_dagloon_day(last) ? 1 : 0;
        CHECK(dagloon_days({day("2026-01-01"), last}) == count);
    }
}

TEST_CASE("a wage-return period is a month, or four weeks from the first Monday of the ISO year") {
    auto const period = [](std::string_view of, WageReturns returns) {
        return wage_return_period(day(of), returns);
    };
    CHECK(period("2024-02-29", WageReturns::monthly) == Period{day("2024-02-01"), day("2024-02-29")});
    CHECK(period("2026-12-31", WageReturns::monthly) == Period{day("2026-12-01"), day("2026-12-31")});
    CHECK(period("2025-12-29", WageReturns::four_weekly) == Period{day("2025-12-29"), day("2026-01-25")});
    CHECK(period("2025-12-28", WageReturns::four_weekly) == Period{day("2025-12-01"), day("2025-12-28")});
    CHECK(period("2026-01-26", WageReturns::four_weekly) == Period{day("2026-01-26"), day("2026-02-22")});
    // 2026 has 53 weeks: its last period has five.
    CHECK(period("2027-01-03", WageReturns::four_weekly) == Period{day("2026-11-30"), day("2027-01-03")});
    CHECK(period("2027-01-04", WageReturns::four_weekly) == Period{day("2027-01-04"), day("2027-01-31")});
}

TEST_CASE("wage-return periods follow on each other without a gap") {
    for (auto const returns : {WageReturns::monthly, WageReturns::four_weekly}) {
        auto before = wage_return_period(day("2019-12-01"), returns);
        for (auto at = before.last.plus_days(1); at < day("2035-01-01"); at = at.plus_days(1)) {
            auto const now = wage_return_period(at, returns);
            CHECK(now.contains(at));
            if (now == before) continue;
            REQUIRE(now.first == before.last.plus_days(1));
            before = now;
        }
    }
}

TEST_CASE("a year before is the same day of the month, and of 29 February 1 March") {
    CHECK(years_earlier(day("2026-10-01"), 1) == day("2025-10-01"));
    CHECK(years_earlier(day("2024-02-29"), 1) == day("2023-03-01"));
    CHECK(years_earlier(day("2024-02-29"), 4) == day("2020-02-29"));
}

TEST_CASE("a calendar week begins on Monday") {
    CHECK(calendar_week(day("2026-11-02")) == Period{day("2026-11-02"), day("2026-11-08")});
    CHECK(calendar_week(day("2026-11-08")) == Period{day("2026-11-02"), day("2026-11-08")});
}
