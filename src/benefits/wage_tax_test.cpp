#include "benefits/wage_tax.h"

#include <doctest/doctest.h>

#include "base/law_table.h"

using namespace klout7;
using namespace klout7::benefits;
using testing::rows_of;

namespace {

TaxTable table_of(std::string_view name) {
    if (name == "white") return TaxTable::white;
    if (name == "green") return TaxTable::green;
    REQUIRE(name == "anonymous");
    return TaxTable::anonymous;
}
TaxYear const& year_2026() {
    auto const* year = law_tax_years().of(2026);
    REQUIRE(year != nullptr);
    return *year;
}

}  // namespace

TEST_CASE("every week is taxed as tests/law/wage_tax.tsv says") {
    auto const rows = rows_of(KLOUT7_LAW_TABLES "/wage_tax.tsv", 6);
    CHECK(rows.size() > 40);
    for (auto const& row : rows) {
        CAPTURE(row[5]);
        auto const gross = Money::parse(row[0]).value();
        auto const tax = wage_tax(gross, table_of(row[1]), row[2] == "yes", year_2026());
        CHECK(tax.withheld.to_string() == row[3]);
        CHECK(tax.labour_credit.to_string() == row[4]);
        CHECK(tax.withheld <= gross);
    }
}

TEST_CASE("more benefit is never less behind tax") {
    for (auto const table : {TaxTable::white, TaxTable::green, TaxTable::anonymous}) {
        Money before;
        for (int cents = 0; cents < 300'000; cents += 7) {
            auto const gross = Money::cents(cents);
            auto const net = gross - wage_tax(gross, table, true, year_2026()).withheld;
            CHECK(net >= before);
            before = net;
        }
    }
}

TEST_CASE("which table: white while the job runs, green behind it, anonymous without an identity") {
    CHECK(usual_table({.is_employed = true}) == TaxTable::white);
    CHECK(usual_table({.is_employed = false}) == TaxTable::green);
    CHECK(usual_table({.is_employed = true, .is_identified = false}) == TaxTable::anonymous);
}

TEST_CASE("ten weeks of V9 make the yearly statement of V14") {
    Money wage, withheld, labour;
    for (int week = 0; week < 10; ++week) {
        auto const gross = Money::cents(45360);
        auto const tax = wage_tax(gross, TaxTable::green, true, year_2026());
        wage += gross;
        withheld += tax.withheld;
        labour += tax.labour_credit;
    }
    CHECK(wage == Money::cents(453600));
    CHECK(withheld == Money::cents(102260));
    CHECK(labour == Money{});
    CHECK(wage - withheld == Money::cents(351340));
}

TEST_CASE("the contribution for health care is on top, up to the maximum wage of the year") {
    auto const& year = year_2026();
    CHECK(zvw_levy(Money::cents(45360), {}, year) == Money::cents(2767));  // V9c
    CHECK(zvw_levy(Money::euros(1000), Money::euros(78409), year) == Money::euros(61));
    CHECK(zvw_levy(Money::euros(1000), Money::cents(7840901), year) == Money::cents(6100));
    CHECK(zvw_levy(Money::euros(1000), Money::euros(78909), year) == Money::cents(3050));
    CHECK(zvw_levy(Money::euros(1000), Money::euros(79409), year) == Money{});
    CHECK(zvw_levy(Money::euros(1000), Money::euros(90000), year) == Money{});
}

TEST_CASE("a year without figures has none, and a table that is not one is refused at its line") {
    CHECK(law_tax_years().of(2025) == nullptr);
    CHECK(law_tax_years().of(2027) == nullptr);
    std::string const head = "name\tfrom\tabove\tvalue\tcertainty\tsource\n";
    CHECK(parse_tax_years(head + "bracket\t2026-01-01\t0\t35.75\tsourced\tone\n").error() ==
          3);  // it is not whole
    CHECK(parse_tax_years(head + "braket\t2026-01-01\t0\t35.75\tsourced\tone\n").error() == 2);
    CHECK(parse_tax_years(head + "bracket\t2026-07-01\t0\t35.75\tsourced\tone\n").error() == 2);
    CHECK(parse_tax_years(head + "bracket\t2026-01-01\t0\t35,75\tsourced\tone\n").error() == 2);
    CHECK(parse_tax_years(head + "bracket\t2026-01-01\t0\t35.75\tsourced\t\n").error() == 2);
    CHECK_FALSE(parse_tax_years(head).has_value());
}
