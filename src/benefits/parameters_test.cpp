#include "benefits/parameters.h"

#include <doctest/doctest.h>

#include <string>

#include "base/law_table.h"

using namespace klout7;
using namespace klout7::benefits;
using testing::day;

namespace {

std::string const maximum =
    "from\tamount\tcertainty\tsource\n2026-07-01\t309.91\tsourced\tone\n2026-01-01\t304.25\tsourced\ttwo\n";
std::string const indexation = "from\tfactor\tcertainty\tsource\n2026-07-01\t1.0186\tsourced\tone\n";
std::string const benefit =
    "name\tfrom\tvalue\tcertainty\tarticle\tsource\ndagloon_formula\t2022-01-01\t1\tsourced\t12e\tone\n"
    "benefit_percentage\t2022-01-01\t70\tsourced\t29\tone\nwaiting_days\t2022-01-01\t2\treading\t29\tone\n"
    "sanction_minimum\t2022-01-01\t25.00\tsourced\tMB\tone\n";

std::string with(std::string text, std::string_view from, std::string_view to) {
    auto const at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}
std::string what_is_wrong(std::string_view with_maximum, std::string_view with_indexation,
                          std::string_view with_benefit) {
    auto const parsed = parse_parameters({with_maximum, with_indexation, with_benefit});
    return parsed ? "nothing"
                  : parsed.error().file + " " + std::to_string(parsed.error().line) + ": " +
                        std::string{parsed.error().what};
}

}  // namespace

TEST_CASE("the tables of law/ can be read, and each row names its source") {
    auto const& law = law_parameters();
    CHECK(law.maximum_dagloon.rows().size() >= 10);
    for (auto const& row : law.maximum_dagloon.rows()) CHECK_FALSE(row.source.empty());
    CHECK(law.maximum_dagloon.at(day("2026-11-04"))->value == Money::cents(30991));
    CHECK(law.benefit_share.at(day("2026-11-04"))->value.numerator == 70);
    CHECK(law.waiting_days.at(day("2026-11-04"))->certainty == Certainty::reading);
}

TEST_CASE("a row holds from its first day; one of a half-year not a day longer") {
    auto const parsed = parse_parameters({maximum, indexation, benefit});
    REQUIRE(parsed);
    auto const& table = parsed->maximum_dagloon;
    CHECK(table.at(day("2025-12-31")) == nullptr);
    CHECK(table.at(day("2026-01-01"))->value == Money::cents(30425));
    CHECK(table.at(day("2026-06-30"))->value == Money::cents(30425));
    CHECK(table.at(day("2026-07-01"))->value == Money::cents(30991));
    CHECK(table.at(day("2026-12-31"))->value == Money::cents(30991));
    CHECK(table.at(day("2027-01-01")) == nullptr);
    CHECK(parsed->waiting_days.at(day("2021-12-31")) == nullptr);
    CHECK(parsed->waiting_days.at(day("2099-12-31"))->value == 2);
}

TEST_CASE("what is missing for a half-year is told in time") {
    CHECK(missing_for(law_parameters(), day("2026-07-01")).empty());
    CHECK(missing_for(law_parameters(), day("2027-01-01")) ==
          std::vector<std::string_view>{"maximum_dagloon", "indexation"});
}

TEST_CASE("a table that is not one is refused with its file and line") {
    CHECK(what_is_wrong(maximum, indexation, benefit) == "nothing");
    CHECK(what_is_wrong(with(maximum, "309.91", "309,9x"), indexation, benefit) ==
          "maximum_dagloon.tsv 2: no value");
    CHECK(what_is_wrong(with(maximum, "2026-01-01", "2026-02-30"), indexation, benefit) ==
          "maximum_dagloon.tsv 3: no date");
    CHECK(what_is_wrong(with(maximum, "\ttwo", ""), indexation, benefit) ==
          "maximum_dagloon.tsv 3: another number of columns");
    CHECK(what_is_wrong(with(maximum, "\ttwo", "\t"), indexation, benefit) ==
          "maximum_dagloon.tsv 3: no source");
    CHECK(what_is_wrong(with(maximum, "2026-01-01", "2026-07-01"), indexation, benefit) ==
          "maximum_dagloon.tsv 0: two rows of one day");
    CHECK(what_is_wrong("from\tamount\tcertainty\tsource\n", indexation, benefit) ==
          "maximum_dagloon.tsv 0: no rows");
    for (std::string_view const factor : {"0", "-1.02", "1.", ".02", "1.0000001", "1e3", "", "9999999999999"})
        CHECK(what_is_wrong(maximum, with(indexation, "1.0186", factor), benefit) ==
              "indexation.tsv 2: no value");
    CHECK(what_is_wrong(maximum, with(indexation, "sourced", "surely"), benefit) ==
          "indexation.tsv 2: no certainty");
    CHECK(what_is_wrong(maximum, indexation, with(benefit, "waiting_days", "waiting_dayz")) ==
          "benefit.tsv 4: an unknown name");
    CHECK(what_is_wrong(maximum, indexation,
                        with(benefit, "waiting_days\t2022-01-01\t2", "waiting_days\t2022-01-01\t-2")) ==
          "benefit.tsv 4: no value");
}
