#include "benefits/death_benefit.h"

#include <doctest/doctest.h>

#include "base/law_table.h"

using namespace klout7;
using namespace klout7::benefits;
using testing::day;
using testing::rows_of;

TEST_CASE("every death benefit is what tests/law/death_benefit.tsv says") {
    auto const rows = rows_of(KLOUT7_LAW_TABLES "/death_benefit.tsv", 7);
    CHECK(rows.size() > 15);
    for (auto const& row : rows) {
        CAPTURE(row[6]);
        auto const found =
            death_benefit(day(row[0]), Money::parse(row[1]).value(), Money::parse(row[2]).value());
        CHECK(found.period.first == day(row[0]).plus_days(1));
        CHECK(found.period.last.to_string() == row[3]);
        CHECK(std::to_string(found.days) == row[4]);
        CHECK(found.payable.to_string() == row[5]);
    }
}
