#include "benefits/overpayment.h"

#include <doctest/doctest.h>

#include "base/law_table.h"

using namespace klout7;
using namespace klout7::benefits;
using testing::day;
using testing::rows_of;

TEST_CASE("every claim can be let go as tests/law/waivers.tsv says, and for no other reason") {
    auto const rows = rows_of(KLOUT7_LAW_TABLES "/waivers.tsv", 10);
    CHECK(rows.size() > 20);
    auto const since = [](std::string const& text) {
        return text == "-" ? std::nullopt : std::optional{day(text)};
    };
    for (auto const& row : rows) {
        CAPTURE(row[9]);
        ClaimFacts const facts{.rest = Money::parse(row[0]).value(),
                               .is_by_unreported = row[1] == "yes",
                               .paid_since = since(row[2]),
                               .unpaid_since = since(row[3]),
                               .is_payment_expected = row[4] == "yes",
                               .low_income_since = since(row[5]),
                               .offered_at_once = Money::parse(row[6]).value()};
        std::string names;
        for (auto const ground : waiver_grounds(facts, day(row[7])))
            names += (names.empty() ? "" : " ") + std::string{name_of(ground)};
        CHECK((names.empty() ? "-" : names) == row[8]);
    }
}

TEST_CASE("a week leaves what is protected, and no more is taken than is owed") {
    auto const taken = [](int net, int left, int owed) {
        return taken_of_week(Money::euros(net), Money::euros(left), Money::euros(owed));
    };
    CHECK(taken(350, 300, 1000) == Money::euros(50));
    CHECK(taken(350, 300, 50) == Money::euros(50));
    CHECK(taken(350, 300, 49) == Money::euros(49));
    CHECK(taken(350, 349, 1000) == Money::euros(1));
    CHECK(taken(350, 350, 1000) == Money{});
    CHECK(taken(350, 400, 1000) == Money{});
    CHECK(taken(0, 0, 1000) == Money{});
    CHECK(taken(350, 300, 0) == Money{});
    CHECK(taken(350, 300, -10) == Money{});
}

TEST_CASE("within the calendar year a claim is net, behind it gross") {
    CHECK(basis_of_claim(day("2026-01-01"), day("2026-12-31")) == ClaimBasis::net);
    CHECK(basis_of_claim(day("2026-12-31"), day("2027-01-01")) == ClaimBasis::gross);
    CHECK(basis_of_claim(day("2025-12-31"), day("2026-12-31")) == ClaimBasis::gross);
}
