#include "benefits/case_payment.h"

#include <doctest/doctest.h>

#include <random>

#include "base/law_table.h"

using namespace klout7;
using namespace klout7::benefits;
using testing::day;
using testing::money;
using testing::period;

namespace {

/// V4d: a dagloon of 120.00, 84.00 a day.
CaseFacts usual_facts() {
    return {.job = {.first_day = day("2026-11-02"),
                    .last_day = day("2026-11-02"),
                    .returns = WageReturns::monthly,
                    .wages = {},
                    .agreed_wage = money("2610.00")}};
}
CaseCourse const ill{.first_sick_day = day("2026-11-02")};

CasePayment pay(CaseFacts const& facts, std::int64_t number, Settled const& settled, std::string const& week,
                CaseCourse const& course = ill) {
    auto const found =
        payment_of(facts, number, course, settled, {day(week), calendar_week(day(week)).first.plus_days(10)},
                   law_parameters(), law_tax_years());
    REQUIRE_MESSAGE(found, (found ? "" : found.error().code));
    return *found;
}

}  // namespace

TEST_CASE("the first payment is of all weeks until now, behind the waiting days") {
    auto const payment = pay(usual_facts(), 1, {}, "2026-11-15");
    REQUIRE(payment.lines.size() == 2);
    CHECK(payment.lines[0].monday == day("2026-11-02"));
    CHECK(payment.lines[0].due == money("252.00"));  // three days
    CHECK(payment.lines[1].due == money("420.00"));
    CHECK(payment.gross == money("672.00"));
    CHECK(payment.table == TaxTable::green);
    CHECK(payment.tax == payment.lines[0].tax_due + payment.lines[1].tax_due);
    CHECK(payment.tax > Money{});
    CHECK(payment.net() == payment.gross - payment.tax);
    CHECK(payment.claim_gross == Money{});
    // V9c: 6.10 %.
    CHECK(payment.zvw == money("40.99"));
    CHECK(payment.settled.until == day("2026-11-15"));
}

TEST_CASE("a week that was paid is not paid again, and the next one is") {
    auto const facts = usual_facts();
    auto const first = pay(facts, 1, {}, "2026-11-15");
    auto const again = pay(facts, 1, first.settled, "2026-11-15");
    CHECK(again.is_nothing());
    CHECK(again.net() == Money{});
    auto const second = pay(facts, 1, first.settled, "2026-11-22");
    REQUIRE(second.lines.size() == 1);
    CHECK(second.lines[0].monday == day("2026-11-16"));
    CHECK(second.gross == money("420.00"));
    // A run of an earlier week pays nothing and forgets nothing.
    auto const back = pay(facts, 1, second.settled, "2026-11-15");
    CHECK(back.is_nothing());
    CHECK(back.settled == second.settled);
}

TEST_CASE("income that is told late makes a claim, and what was paid stays as it was") {
    auto facts = usual_facts();
    auto const paid = pay(facts, 1, {}, "2026-11-15");
    facts.income = {{period("2026-11-09..2026-11-15"), money("250.00"), IncomePer::week}};
    auto const corrected = pay(facts, 2, paid.settled, "2026-11-22");
    REQUIRE(corrected.lines.size() == 2);
    CHECK(corrected.lines[0].monday == day("2026-11-09"));
    CHECK(corrected.lines[0].before == money("420.00"));
    CHECK(corrected.lines[0].due == money("245.00"));
    CHECK(corrected.claim_gross == money("175.00"));
    CHECK(corrected.claim_tax == corrected.lines[0].tax_before - corrected.lines[0].tax_due);
    // The new week is paid whole: nothing is set off without a decision.
    CHECK(corrected.gross == money("420.00"));
    CHECK(pay(facts, 2, corrected.settled, "2026-11-22").is_nothing());
}

TEST_CASE("a recovery that is told late makes a claim of the days behind it, also of whole weeks") {
    auto const facts = usual_facts();
    auto const paid = pay(facts, 1, {}, "2026-11-22");
    auto const corrected = pay(facts, 1, paid.settled, "2026-11-22",
                               {.first_sick_day = day("2026-11-02"), .first_fit_day = day("2026-11-10")});
    REQUIRE(corrected.lines.size() == 2);
    CHECK(corrected.lines[0].due == money("84.00"));
    CHECK(corrected.lines[1].due == Money{});
    CHECK(corrected.claim_gross == money("756.00"));
    CHECK(corrected.gross == Money{});
    // Taken back: it is due again.
    CHECK(pay(facts, 1, corrected.settled, "2026-11-22").gross == money("756.00"));
}

TEST_CASE("only looking at later weeks gives what looking at all of them gives") {
    std::mt19937 numbers{7};
    for (int career = 0; career < 300; ++career) {
        auto facts = usual_facts();
        for (int i = static_cast<int>(numbers() % 4); i > 0; --i) {
            auto const monday = day("2026-11-02").plus_weeks(static_cast<int>(numbers() % 12));
            facts.income.push_back({{monday, monday.plus_days(6)},
                                    Money::cents(static_cast<int>(numbers() % 90'000)),
                                    IncomePer::week});
        }
        Settled step_by_step;
        Money gross;
        auto week = day("2026-11-08");
        while (week < day("2026-12-31")) {
            auto const payment = pay(facts, 1, step_by_step, week.to_string());
            gross += payment.gross - payment.claim_gross;
            step_by_step = payment.settled;
            week = week.plus_weeks(1 + static_cast<int>(numbers() % 3));
        }
        auto const at_once = pay(facts, 1, {}, step_by_step.until->to_string());
        CHECK(at_once.settled.weeks == step_by_step.weeks);
        CHECK(at_once.gross == gross);
    }
}

TEST_CASE("a year whose figures are not known stops the case, and says so") {
    auto const found = payment_of(usual_facts(), 1, ill, {}, {day("2026-11-15"), day("1999-11-19")},
                                  law_parameters(), law_tax_years());
    REQUIRE_FALSE(found);
    CHECK(found.error().code == "tax_year_missing");
}

TEST_CASE("the Zvw levy of a year is of no more than the maximum wage") {
    Settled nearly;
    nearly.zvw_year = 2026;
    nearly.zvw_wage = money("79400.00");
    auto const payment = pay(usual_facts(), 1, nearly, "2026-11-15");
    CHECK(payment.zvw == money("0.55"));  // of 9.00
    nearly.zvw_year = 2025;               // of another year: counted anew
    CHECK(pay(usual_facts(), 1, nearly, "2026-11-15").zvw == money("40.99"));
}

TEST_CASE("a payment comes back from its bytes as it was, and bytes that were cut off do not") {
    auto facts = usual_facts();
    auto const paid = pay(facts, 1, {}, "2026-11-15");
    facts.income = {{period("2026-11-09..2026-11-15"), money("250.00"), IncomePer::week}};
    auto const payment = pay(facts, 2, paid.settled, "2026-11-22");
    auto const bytes = encode(payment);
    auto const back = decode_case_payment(bytes);
    REQUIRE(back);
    CHECK(*back == payment);
    for (std::size_t size = 0; size < bytes.size(); ++size)
        CHECK_FALSE(decode_case_payment(BytesView{bytes}.first(size)));
}
