#include "benefits/case_facts.h"

#include <doctest/doctest.h>

#include "base/law_table.h"

using namespace klout7;
using namespace klout7::benefits;
using testing::day;
using testing::money;
using testing::period;

namespace {

/// V4d: started in the month in which the illness began, for an agreed wage of 2,610 a month.
Job usual_job() {
    return {.first_day = day("2026-11-02"),
            .last_day = day("2026-11-02"),
            .returns = WageReturns::monthly,
            .wages = {},
            .agreed_wage = money("2610.00")};
}
CaseCourse const from_second{.first_sick_day = day("2026-11-02")};

std::string_view code_of(CaseFacts const& facts, CaseCourse const& course) {
    auto const found = entitlement_of(facts, course, law_parameters());
    return found ? "none" : found.error().code;
}

}  // namespace

TEST_CASE("facts that were recorded come back as they were") {
    CaseFacts facts{.job = usual_job()};
    CHECK(encode(decode_case_facts(encode(facts)).value()) == encode(facts));
    facts.job.wages = {{period("2026-10-01..2026-10-31"), money("2000.00"), money("1.00"), money("160.00"),
                        LessWage::strike}};
    facts.job.last_day = {};
    facts.earlier = {period("2026-09-01..2026-10-20")};
    facts.weekend_work = {day("2026-11-07")};
    facts.income = {{period("2026-11-09..2026-11-15"), money("-5.00"), IncomePer::four_weeks}};
    facts.sanctions = {{period("2026-12-01..2026-12-31"), {5, 100}, "UWV-1", day("2026-11-20")}};
    facts.has_declared_credit = true;
    facts.table = TaxTable::anonymous;
    auto const back = decode_case_facts(encode(facts));
    REQUIRE(back);
    CHECK(encode(*back) == encode(facts));
    CHECK(back->job.wages.at(0).less == LessWage::strike);
    CHECK(back->income.at(0).per == IncomePer::four_weeks);
    CHECK(back->sanctions.at(0).decision == "UWV-1");
    CHECK(back->table == TaxTable::anonymous);
}

TEST_CASE("bytes that are no facts are a fault, cut off at any place") {
    CaseFacts facts{.job = usual_job()};
    facts.income = {{period("2026-11-09..2026-11-15"), money("250.00"), IncomePer::week}};
    auto const whole = encode(facts);
    for (std::size_t size = 0; size < whole.size(); ++size)
        CHECK_FALSE(decode_case_facts(BytesView{whole}.first(size)));
    auto other = whole;
    other.at(1) = 2;  // another format
    CHECK(decode_case_facts(other).error() == CborError::unsupported);
}

TEST_CASE("the parts of one absence lie fewer than 28 days apart, and the dagloon is of the first") {
    CaseFacts facts{.job = usual_job()};
    facts.job.first_day = day("2026-09-01");
    facts.job.wages = {};
    facts.earlier = {period("2026-09-01..2026-10-05")};  // 27 days lie between
    auto const joined = entitlement_of(facts, from_second, law_parameters());
    REQUIRE(joined);
    CHECK(joined->first_sick_day == day("2026-09-01"));
    CHECK(joined->incapacity.size() == 2);
    facts.earlier = {period("2026-09-01..2026-10-04")};
    CHECK(code_of(facts, from_second) == "earlier_periods_unclear");
    facts.earlier = {period("2026-09-01..2026-11-02")};  // overlaps
    CHECK(code_of(facts, from_second) == "earlier_periods_unclear");
    facts.earlier = {period("2026-10-20..2026-10-10")};
    CHECK(code_of(facts, from_second) == "earlier_periods_unclear");
}

TEST_CASE("a right lasts 728 days of incapacity, those of earlier parts counted") {
    CaseFacts facts{.job = usual_job()};
    auto const alone = entitlement_of(facts, from_second, law_parameters());
    REQUIRE(alone);
    CHECK(alone->incapacity.back().days() == 728);
    CHECK(alone->incapacity.back().last == day("2028-10-29"));
    // T2: 28 days before a gap of 27.
    facts.job.first_day = day("2026-01-05");
    facts.earlier = {period("2026-01-05..2026-02-01")};
    auto const joined = entitlement_of(facts, {.first_sick_day = day("2026-03-01")}, law_parameters());
    REQUIRE(joined);
    CHECK(joined->incapacity.back().last == day("2028-01-29"));
    // Somebody who is fit before it ends is paid to the day before.
    auto const fit = entitlement_of({.job = usual_job()},
                                    {.first_sick_day = day("2026-11-02"), .first_fit_day = day("2026-12-01")},
                                    law_parameters());
    REQUIRE(fit);
    CHECK(fit->incapacity.back().last == day("2026-11-30"));
    CHECK(code_of({.job = usual_job()}, {.first_sick_day = day("2026-11-02"),
                                         .first_fit_day = day("2026-11-02")}) == "incapacity_unclear");
}

TEST_CASE("what is wrong with the job is told by its code") {
    CaseFacts facts{.job = usual_job()};
    facts.job.agreed_wage = {};
    CHECK(code_of(facts, from_second) == "no_agreed_wage");
    CHECK(code_of({.job = usual_job()}, from_second) == "none");
}
