#include "benefits/sanctions.h"

#include <doctest/doctest.h>

#include "base/law_table.h"

using namespace klout7;
using namespace klout7::benefits;
using testing::day;
using testing::fraction;
using testing::rows_of;
using testing::split;

namespace {

bool are_same(Fraction a, Fraction b) { return a.numerator * b.denominator == b.numerator * a.denominator; }

}  // namespace

TEST_CASE("every sanction is what tests/law/sanctions.tsv says") {
    auto const rows = rows_of(KLOUT7_LAW_TABLES "/sanctions.tsv", 7);
    CHECK(rows.size() > 30);
    for (auto const& row : rows) {
        CAPTURE(row[6]);
        auto const category = static_cast<SanctionCategory>(std::stoi(row[0]));
        bool const is_repeated = row[1] == "yes";
        auto const first = day(row[2]);
        auto const found =
            row[3] == "-"
                ? std::expected<SanctionProposal, SanctionFault>{usual_sanction(category, is_repeated, first)}
                : sanction_of(category, is_repeated, first, fraction(row[3]));
        if (!found) {
            CHECK(row[4] == "share_out_of_bounds");
            continue;
        }
        REQUIRE(row[4] != "share_out_of_bounds");
        CHECK(are_same(found->share, fraction(row[4])));
        CHECK((found->last_day ? found->last_day->to_string() : "-") == row[5]);
        CHECK(found->explanation.size() == 1);
    }
}

TEST_CASE("of several breaches with one cause the highest counts") {
    CHECK(highest_of(SanctionCategory::first, SanctionCategory::third) == SanctionCategory::third);
    CHECK(highest_of(SanctionCategory::second, SanctionCategory::second) == SanctionCategory::second);
}
