#include "base/local_date.h"

#include <doctest/doctest.h>

#include "base/clock.h"
#include "base/side.h"

namespace klout7 {
namespace {

LocalDate day(std::string_view text) { return LocalDate::parse_iso(text).value(); }

/// The Dutch date at a time of day in UTC.
std::string dutch(std::string_view utc_day, std::int64_t hour, std::int64_t minute, std::int64_t second) {
    auto const midnight = Instant{} + Duration::days(day(utc_day).days_since_1970());
    return LocalDate::in_the_netherlands(midnight + Duration::seconds(hour * 3600 + minute * 60 + second))
        .to_string();
}

}  // namespace

TEST_CASE("a date is read as YYYY-MM-DD and nothing else") {
    CHECK(day("2026-11-23").to_string() == "2026-11-23");
    for (auto const* text :
         {"", "2026-1-01", "20261123", "2026/11/23", "23-11-2026", "2026-11-23 ", " 2026-11-23", "2026-11-2x",
          "-026-11-23", "2026-00-10", "2026-13-01", "2026-04-31", "2026-01-00", "1899-12-31", "2200-01-01"}) {
        CAPTURE(text);
        CHECK_FALSE(LocalDate::parse_iso(text));
    }
    CHECK(LocalDate::parse_iso("1900-01-01"));
    CHECK(LocalDate::parse_iso("2199-12-31"));
}

TEST_CASE("29 February exists in leap years only") {
    CHECK(LocalDate::from(2024, 2, 29));
    CHECK(LocalDate::from(2000, 2, 29));
    CHECK_FALSE(LocalDate::from(2026, 2, 29));
    CHECK_FALSE(LocalDate::from(2100, 2, 29));
    CHECK_FALSE(LocalDate::from(1900, 2, 29));
    CHECK(day("2024-02-28").plus_days(1) == day("2024-02-29"));
    CHECK(day("2026-02-28").plus_days(1) == day("2026-03-01"));
}

TEST_CASE("days and weeks are counted over months and years") {
    CHECK(day("2025-12-31").plus_days(1) == day("2026-01-01"));
    CHECK(day("2026-01-01").plus_days(-1) == day("2025-12-31"));
    CHECK(day("2026-01-01").plus_weeks(6) == day("2026-02-12"));
    CHECK(days_between(day("2024-01-01"), day("2025-01-01")) == 366);
    CHECK(days_between(day("2026-01-02"), day("2026-01-01")) == -1);
    CHECK(day("2026-11-23").weekday() == std::chrono::Monday);
    CHECK(day("1970-01-01").days_since_1970() == 0);
    CHECK(LocalDate::from_days_since_1970(day("2026-11-23").days_since_1970()) == day("2026-11-23"));
    CHECK(day("2026-01-31") < day("2026-02-01"));
}

TEST_CASE("in winter the Dutch day starts at 23:00 UTC") {
    CHECK(dutch("2026-01-15", 22, 59, 59) == "2026-01-15");
    CHECK(dutch("2026-01-15", 23, 0, 0) == "2026-01-16");
}

TEST_CASE("in summer the Dutch day starts at 22:00 UTC") {
    CHECK(dutch("2026-07-15", 21, 59, 59) == "2026-07-15");
    CHECK(dutch("2026-07-15", 22, 0, 0) == "2026-07-16");
}

TEST_CASE("summer time runs from the last Sunday of March to the last Sunday of October") {
    // 2026: 29 March and 25 October.
    CHECK(dutch("2026-03-28", 22, 30, 0) == "2026-03-28");
    CHECK(dutch("2026-03-28", 23, 0, 0) == "2026-03-29");
    CHECK(dutch("2026-03-29", 21, 59, 59) == "2026-03-29");
    CHECK(dutch("2026-03-29", 22, 0, 0) == "2026-03-30");
    CHECK(dutch("2026-10-24", 22, 0, 0) == "2026-10-25");
    CHECK(dutch("2026-10-25", 22, 30, 0) == "2026-10-25");
    CHECK(dutch("2026-10-25", 23, 0, 0) == "2026-10-26");
    // 2024: 31 March, the last day of its month, and 27 October.
    CHECK(dutch("2024-03-30", 22, 30, 0) == "2024-03-30");
    CHECK(dutch("2024-03-31", 22, 0, 0) == "2024-04-01");
    CHECK(dutch("2024-10-27", 22, 30, 0) == "2024-10-27");
}

TEST_CASE("a period holds its first and its last day") {
    Period const period{day("2026-02-01"), day("2026-02-28")};
    CHECK(period.days() == 28);
    CHECK_FALSE(period.contains(day("2026-01-31")));
    CHECK(period.contains(day("2026-02-01")));
    CHECK(period.contains(day("2026-02-28")));
    CHECK_FALSE(period.contains(day("2026-03-01")));
}

TEST_CASE("a moment is written in UTC with microseconds, also before 1970") {
    CHECK(Instant::from_microseconds(1645557742000123).to_string() == "2022-02-22T19:22:22.000123Z");
    CHECK(Instant::from_microseconds(-1).to_string() == "1969-12-31T23:59:59.999999Z");
}

TEST_CASE("a fixed clock stands still until it is moved") {
    FixedClock clock{Instant::from_microseconds(5)};
    CHECK(clock.now() == Instant::from_microseconds(5));
    clock.advance(Duration::seconds(1));
    CHECK(clock.now() - Instant::from_microseconds(5) == Duration::seconds(1));
    clock.set(Instant{});
    CHECK(clock.now() == Instant{});
}

TEST_CASE("sides and environments are known by their names") {
    CHECK(other(Side::office) == Side::medical);
    CHECK(other(Side::medical) == Side::office);
    CHECK(name_of(Side::medical) == "medical");
    CHECK(parse_environment("production") == Environment::production);
    CHECK_FALSE(parse_environment("Production"));
}

}  // namespace klout7
