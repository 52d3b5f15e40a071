#include "actions/benefit_facts.h"

#include <doctest/doctest.h>

#include "actions/report_recovery.h"
#include "testing/payments.h"

using namespace klout7;
using namespace klout7::actions;
using namespace klout7::actions::testing;

namespace {

LocalDate day(std::string_view iso) { return LocalDate::parse_iso(iso).value(); }
Money euros(std::int64_t count) { return Money::euros(count); }

struct WithFacts : WithPayments {
    Case known = ill_since("2026-11-02");
    Came record_as(Actor const& who, NewFacts const& given) {
        return came(record_benefit_facts(office, who, known.id, given));
    }
    /// The code for which these facts are refused.
    std::string_view refused(benefits::CaseFacts const& facts, std::optional<Money> total = {}) {
        auto const before = state();
        auto const done = record_benefit_facts(office, specialist, known.id, NewFacts{facts, total, 0});
        CHECK(state() == before);
        REQUIRE_FALSE(done);
        REQUIRE(done.error().kind == FailureKind::invalid);
        return done.error().fields.front().code;
    }
};

}  // namespace

TEST_CASE("a benefit specialist records facts, and nobody else does") {
    WithFacts side;
    std::int64_t number = 0;
    as_each(side, Resource::benefit_facts, Action::write, side.everybody(side.known.person),
            [&](Actor const& actor) {
                return side.record_as(actor, {WithFacts::usual_facts(), {}, number});
            });
    without_log<OfficeZone>(side, [&] {
        return side.record_as(side.specialist, {WithFacts::usual_facts(), {}, 1});
    });
    CHECK(came(record_benefit_facts(side.office, side.specialist, CaseId::make(side.clock.now(), side.random),
                                    NewFacts{WithFacts::usual_facts(), {}, 0})) == FailureKind::not_found);
}

TEST_CASE("facts, the benefit and what was paid are read by the client and the specialist") {
    WithFacts side;
    side.record(side.known.id, WithFacts::usual_facts());
    auto const all = side.everybody(side.known.person);
    as_each(side, Resource::benefit_facts, Action::read, all,
            [&](Actor const& actor) { return came(read_benefit_facts(side.office, actor, side.known.id)); });
    as_each(side, Resource::benefit, Action::read, all,
            [&](Actor const& actor) { return came(read_benefit(side.office, actor, side.known.id)); });
    as_each(side, Resource::payment, Action::list, all,
            [&](Actor const& actor) { return came(list_payments(side.office, actor, side.known.id)); });
}

TEST_CASE("a version takes the place of the one that was seen, and of no other") {
    WithFacts side;
    auto facts = WithFacts::usual_facts();
    CHECK(side.record(side.known.id, facts) == 1);
    CHECK(side.record_as(side.specialist, {facts, {}, 0}) == FailureKind::changed_meanwhile);
    facts.has_declared_credit = true;
    CHECK(side.record(side.known.id, facts, 1) == 2);
    auto const read = read_benefit_facts(side.office, side.specialist, side.known.id);
    REQUIRE((read && *read));
    CHECK((*read)->number == 2);
    CHECK((*read)->facts.has_declared_credit);
    CHECK((*read)->recorded_by == side.specialist.user);
}

TEST_CASE("facts of which no benefit can be reckoned are refused, and say why") {
    WithFacts side;
    auto const usual = WithFacts::usual_facts();
    auto facts = usual;
    facts.job.last_day = day("2026-10-01");
    CHECK(side.refused(facts) == "job_ends_first");
    facts = usual;
    facts.job.first_day = day("2026-11-03");
    facts.job.last_day = {};
    CHECK(side.refused(facts) == "sick_before_job");
    facts = usual;
    facts.job.agreed_wage = {};
    CHECK(side.refused(facts) == "no_agreed_wage");
    facts.job.agreed_wage = -euros(1);
    CHECK(side.refused(facts) == "negative_amount");
    facts = usual;
    facts.income = {{{day("2026-11-15"), day("2026-11-09")}, euros(1), benefits::IncomePer::week}};
    CHECK(side.refused(facts) == "income_period_backwards");
    facts = usual;
    facts.sanctions = {{{day("2026-11-09"), day("2026-12-09")}, {5, 100}, "", {}}};
    CHECK(side.refused(facts) == "sanction_without_decision");
    facts = usual;
    facts.earlier = {{day("2026-09-01"), day("2026-09-30")}};
    CHECK(side.refused(facts) == "earlier_periods_unclear");
    facts = usual;
    facts.income.assign(301, {{day("2026-11-09"), day("2026-11-15")}, euros(1), benefits::IncomePer::week});
    CHECK(side.refused(facts) == "too_many");
    CHECK(side.refused(usual, euros(1)) == "does_not_add_up");
    CHECK(side.record_as(side.specialist, {usual, Money{}, 0}) == std::nullopt);
}

TEST_CASE("as many facts as may be given fit into their row") {
    WithFacts side;
    auto facts = WithFacts::usual_facts();
    for (int i = 0; i < 300; ++i) {
        auto const monday = day("2026-11-09").plus_weeks(i);
        facts.income.push_back({{monday, monday.plus_days(6)}, euros(1'000'000), benefits::IncomePer::week});
    }
    for (int i = 0; i < 20; ++i)
        facts.sanctions.push_back({{day("2026-11-09").plus_days(i), day("2027-11-09")},
                                   {375, 1000},
                                   std::string(60, 'k'),
                                   day("2026-11-01")});
    CHECK(side.record(side.known.id, facts) == 1);
    auto const read = read_benefit_facts(side.office, side.specialist, side.known.id);
    REQUIRE((read && *read));
    CHECK(benefits::encode((*read)->facts) == benefits::encode(facts));
}

TEST_CASE("what a case is worth is told week by week, with its steps") {
    WithFacts side;
    auto const none = read_benefit(side.office, side.specialist, side.known.id);
    REQUIRE(none);
    CHECK(none->facts_number == 0);
    CHECK(none->weeks.empty());
    side.record(side.known.id, WithFacts::usual_facts());
    auto const benefit = read_benefit(side.office, side.client(side.known.person), side.known.id);
    REQUIRE((benefit && benefit->entitlement));
    CHECK(benefit->obstacle.empty());
    CHECK(benefit->entitlement->dagloon.capped == euros(120));
    CHECK_FALSE(benefit->entitlement->dagloon.explanation.empty());
    REQUIRE(benefit->weeks.size() == 3);
    CHECK(benefit->weeks[0].payable == euros(252));
    CHECK(benefit->weeks[1].payable == euros(420));
    CHECK_FALSE(benefit->weeks[1].explanation.empty());

    // To the last day only, once that is known.
    REQUIRE(report_recovery(side.office, side.client(side.known.person), side.known.id,
                            NewRecovery{day("2026-11-10"), side.row(side.known.id).version}));
    auto const ended = read_benefit(side.office, side.specialist, side.known.id);
    REQUIRE(ended);
    CHECK(ended->weeks.size() == 2);
    CHECK(ended->weeks[1].payable == euros(84));
}

TEST_CASE("facts whose row was altered in the database are read by nobody") {
    WithFacts side;
    side.record(side.known.id, WithFacts::usual_facts());
    auto const id = side.database.transact([&](store::Transaction& tx) {
        return std::get<0>(*tx.row<Id<struct FactsIdKind>>("SELECT id FROM benefit_facts"));
    });
    REQUIRE(id);
    Tampering<OfficeZone> table{side, "benefit_facts"};
    auto const read = [&] {
        auto const found = read_benefit_facts(side.office, side.specialist, side.known.id);
        return came(found);
    };
    for (auto const& change :
         {"number = 5", "recorded_at = recorded_at + 1", "content = CONCAT(content, 'x')",
          "content = LEFT(content, 30)", "content = ''", "recorded_by = id"}) {
        CAPTURE(change);
        table.set(*id, change);
        CHECK(read() == FailureKind::unavailable);
        table.put_back();
    }
    CHECK(read() == std::nullopt);
    side.shred(side.known.person);
    CHECK(read() == FailureKind::not_found);
}
