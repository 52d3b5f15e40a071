#include "wording.h"

#include <doctest/doctest.h>

using namespace klout7;
using namespace klout7::papers;

namespace {

constexpr Wording dutch{Language::dutch};
constexpr Wording english{Language::english};

LocalDate day(int year, unsigned month, unsigned of_month) {
    return LocalDate::from(year, month, of_month).value();
}

}  // namespace

TEST_CASE("amounts are written as the language does") {
    CHECK(dutch.amount(Money::cents(1'234'567'89)) == "1.234.567,89");
    CHECK(english.amount(Money::cents(1'234'567'89)) == "1,234,567.89");
    CHECK(dutch.amount(Money::cents(-5)) == "-0,05");
    CHECK(english.amount(Money::cents(-5)) == "-0.05");
    CHECK(dutch.euro(Money::cents(-102'26)) == "€\u00a0-102,26");
    CHECK(english.euro(Money::cents(-102'26)) == "-€102.26");
    CHECK(english.euro(Money{}) == "€0.00");
}

TEST_CASE("dates are written out") {
    CHECK(dutch.date(day(2026, 3, 1)) == "1 maart 2026");
    CHECK(english.date(day(2026, 3, 1)) == "1 March 2026");
    CHECK(dutch.weekday_and_date(day(2026, 11, 26)) == "donderdag 26 november 2026");
    CHECK(english.weekday_and_date(day(2026, 11, 29)) == "Sunday 29 November 2026");
    CHECK(dutch.period({day(2025, 10, 1), day(2026, 9, 30)}) ==
          "1 oktober 2025 tot en met 30 september 2026");
    CHECK(english.period({day(2026, 1, 1), day(2026, 1, 1)}) == "1 January 2026");
}

TEST_CASE("shares are written with as many decimals as they need, two at most") {
    CHECK(dutch.percent({70, 100}) == "70%");
    CHECK(dutch.percent({1, 1}) == "100%");
    CHECK(dutch.percent({375, 1000}) == "37,5%");
    CHECK(english.percent({375, 1000}) == "37.5%");
    CHECK(english.percent({1, 3}) == "33.33%");
    CHECK(dutch.percent({0, 100}) == "0%");
}

TEST_CASE("one day is a day, others are days") {
    CHECK(dutch.days(1) == "1 dag");
    CHECK(dutch.days(0) == "0 dagen");
    CHECK(english.days(1) == "1 day");
    CHECK(english.days(2) == "2 days");
    CHECK(dutch.page_of(1, 2) == "pagina 1 van 2");
    CHECK(english.page_of(1, 2) == "page 1 of 2");
}
