#include "payments/pay_week.h"

#include <doctest/doctest.h>

using namespace klout7;
using namespace klout7::payments;

namespace {

LocalDate day(std::string_view iso) { return LocalDate::parse_iso(iso).value(); }

}  // namespace

TEST_CASE("Easter is where the calendars have it") {
    // Published dates, the earliest and the latest that there can be among them.
    for (auto const* sunday :
         {"1961-04-02", "2000-04-23", "2008-03-23", "2011-04-24", "2024-03-31", "2025-04-20", "2026-04-05",
          "2027-03-28", "2038-04-25", "2049-04-18", "2076-04-19", "2100-03-28"})
        CHECK(easter_sunday(int{day(sunday).ymd().year()}) == day(sunday));
    for (int year = 1900; year < 2200; ++year) {
        auto const easter = easter_sunday(year);
        CHECK(easter.weekday() == std::chrono::Sunday);
        CHECK((easter >= LocalDate::from(year, 3, 22).value() &&
               easter <= LocalDate::from(year, 4, 25).value()));
    }
}

TEST_CASE("banks settle from Monday to Friday, but on six days of the year") {
    for (auto const* closed : {"2026-01-01", "2026-04-03", "2026-04-06", "2026-05-01", "2026-12-25",
                               "2026-11-28", "2026-11-29", "2025-12-26"})
        CHECK_FALSE(is_bank_day(day(closed)));
    // Holidays of the Netherlands on which banks settle, and the days around those on which they do not.
    for (auto const* open : {"2026-04-27", "2026-05-05", "2026-05-14", "2026-05-25", "2026-04-02",
                             "2026-04-07", "2026-12-24", "2026-12-28", "2026-01-02"})
        CHECK(is_bank_day(day(open)));
    CHECK(bank_day_on_or_before(day("2026-04-06")) == day("2026-04-02"));
    CHECK(bank_day_on_or_before(day("2026-11-26")) == day("2026-11-26"));
}

TEST_CASE("a week is closed on Friday and paid on Thursday") {
    PayWeek const usual{{day("2026-11-16"), day("2026-11-22")},
                        day("2026-11-20"),
                        day("2026-11-23"),
                        day("2026-11-24"),
                        day("2026-11-25"),
                        day("2026-11-26")};
    for (auto const* any : {"2026-11-16", "2026-11-20", "2026-11-22"}) CHECK(pay_week_of(day(any)) == usual);
    CHECK(pay_week_of(day("2026-11-23")).week.first == day("2026-11-23"));
}

TEST_CASE("where Thursday is no bank day it is paid before, and all behind it moves with it") {
    // Christmas 2025 is a Thursday.
    CHECK(pay_week_of(day("2025-12-15")) == PayWeek{{day("2025-12-15"), day("2025-12-21")},
                                                    day("2025-12-19"),
                                                    day("2025-12-22"),
                                                    day("2025-12-23"),
                                                    day("2025-12-23"),
                                                    day("2025-12-24")});
    // New Year 2026 too.
    CHECK(pay_week_of(day("2025-12-22")).paid == day("2025-12-31"));
    CHECK(pay_week_of(day("2025-12-22")).approved == day("2025-12-30"));
    // The week of Good Friday is paid as usual; of Easter Monday too, though nobody approves on it.
    CHECK(pay_week_of(day("2026-03-23")).paid == day("2026-04-02"));
    CHECK(pay_week_of(day("2026-03-30")).paid == day("2026-04-09"));
}

TEST_CASE("no step comes behind the next one, in any week of a century") {
    for (auto monday = day("2024-01-01"); monday < day("2124-01-01"); monday = monday.plus_weeks(1)) {
        auto const week = pay_week_of(monday);
        CHECK(is_bank_day(week.paid));
        CHECK(week.facts_close < week.calculated);
        CHECK(
            (week.calculated <= week.visible && week.visible <= week.approved && week.approved < week.paid));
        CHECK(days_between(week.week.last, week.paid) <= 4);
    }
}

TEST_CASE("weeks have the numbers of ISO 8601, around the turn of a year too") {
    auto const week_of = [](std::string_view day) { return iso_week_of(LocalDate::parse_iso(day).value()); };
    CHECK(week_of("2026-11-26") == IsoWeek{2026, 48});
    CHECK(week_of("2026-12-28") == IsoWeek{2026, 53});
    CHECK(week_of("2027-01-03") == IsoWeek{2026, 53});  // the Sunday of that week
    CHECK(week_of("2027-01-04") == IsoWeek{2027, 1});
    CHECK(week_of("2024-12-30") == IsoWeek{2025, 1});  // a Monday
    CHECK(week_of("2021-01-01") == IsoWeek{2020, 53});
}
