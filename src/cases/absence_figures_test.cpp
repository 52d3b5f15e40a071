#include "cases/absence_figures.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <string>

#include "base/law_table.h"

using namespace klout7;
using namespace klout7::cases;
using testing::day;
using testing::rows_of;
using testing::split;

namespace {

/// "a:2026-06-01..-" and more, with spaces between them.
std::vector<Illness> illnesses_of(std::string const& text) {
    std::vector<Illness> illnesses;
    if (text == "-") return illnesses;
    for (auto const& one : split(text, ' ')) {
        REQUIRE_MESSAGE(one.size() >= 15, one);
        std::array<std::uint8_t, Uuid::size_bytes> person{};
        person.back() = static_cast<std::uint8_t>(one.front());
        auto const end = one.substr(14);
        illnesses.push_back({PersonId{Uuid{person}}, day(one.substr(2, 10)),
                             end == "-" ? std::nullopt : std::optional{day(end)}});
    }
    return illnesses;
}

std::string outcome_of(AbsenceFigure const& figure) {
    CHECK(figure.tenths_of_percent.has_value() != figure.withheld.has_value());
    return figure.withheld ? std::string{name_of(*figure.withheld)}
                           : std::to_string(*figure.tenths_of_percent);
}

}  // namespace

TEST_CASE("every percentage is what tests/law/absence_figures.tsv says, or not told") {
    auto const rows = rows_of(KLOUT7_LAW_TABLES "/absence_figures.tsv", 7);
    CHECK(rows.size() > 25);
    for (auto const& row : rows) {
        CAPTURE(row[6]);
        auto const month = day(row[0] + "-01");
        auto illnesses = illnesses_of(row[3]);
        auto const employees = row[2] == "-" ? std::nullopt : std::optional{std::int64_t{std::stoi(row[2])}};
        for (int turn = 0; turn < 2; ++turn) {
            auto const figure = absence_figure(month, employees, illnesses, day(row[1]));
            CHECK(figure.first_of_month == month);
            CHECK(figure.employees == employees);
            CHECK(outcome_of(figure) == row[4]);
            CHECK(std::to_string(people_ill(illnesses, day(row[1]))) == row[5]);
            std::ranges::reverse(illnesses);  // in whatever order they come
        }
    }
}

TEST_CASE("a month goes from its first to its last day, and months are counted back over a year") {
    CHECK(month_of(day("2026-02-28")) == Period{day("2026-02-01"), day("2026-02-28")});
    CHECK(month_of(day("2028-02-01")) == Period{day("2028-02-01"), day("2028-02-29")});
    CHECK(month_of(day("2026-12-31")) == Period{day("2026-12-01"), day("2026-12-31")});
    CHECK(months_before(day("2026-11-30"), 0) == day("2026-11-01"));
    CHECK(months_before(day("2026-03-31"), 1) == day("2026-02-01"));
    CHECK(months_before(day("2026-11-30"), 12) == day("2025-11-01"));
}
