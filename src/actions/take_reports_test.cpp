#include "actions/take_reports.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "testing/office.h"

using namespace klout7;
using namespace klout7::actions;
using namespace klout7::actions::testing;

namespace {

struct Taking : OfficeSide {
    std::vector<Taken> take(std::vector<cases::SickReportInput> const& inputs,
                            std::optional<EmployerId> only = {}) {
        std::vector<cases::SickReport> reports;
        for (auto const& input : inputs) {
            auto const report = cases::check(input, LocalDate::in_the_netherlands(clock.now()));
            REQUIRE(report);
            reports.push_back(*report);
        }
        std::vector<cases::SickReport const*> each;
        for (auto const& report : reports) each.push_back(&report);
        auto taken = database.transact(
            [&](store::Transaction& tx) { return take_reports(tx, keys, each, only, clock.now(), random); });
        REQUIRE(taken);
        return std::move(*taken);
    }
    static std::vector<TakeOutcome> outcomes(std::vector<Taken> const& taken) {
        std::vector<TakeOutcome> each;
        for (auto const& one : taken) each.push_back(one.outcome);
        return each;
    }
};
using enum TakeOutcome;
using Outcomes = std::vector<TakeOutcome>;

}  // namespace

TEST_CASE("nothing is taken of nothing") {
    Taking side;
    auto const before = side.state();
    CHECK(side.take({}).empty());
    CHECK(side.state() == before);
}

TEST_CASE("each report has its outcome at its place, whatever stands around it") {
    Taking side;
    auto const a = side.input();
    auto b = side.input("globex");
    auto const nowhere = side.input("initech");
    auto a_again = a;
    a_again.first_sick_day = "2026-09-01";
    auto const taken = side.take({nowhere, a, b, a, a_again, nowhere, b});
    CHECK(Taking::outcomes(taken) ==
          Outcomes{unknown_employer, added, added, already_there, added, unknown_employer, already_there});
    CHECK(taken[1].person == taken[4].person);
    CHECK(taken[1].case_id == taken[3].case_id);
    CHECK(taken[1].case_id != taken[4].case_id);
    CHECK(taken[1].employer == side.acme);
    CHECK(taken[2].employer == side.globex);
    CHECK(taken[2].case_id == taken[6].case_id);
}

TEST_CASE("with one employer only, those of others count as of an unknown one") {
    Taking side;
    auto const taken = side.take({side.input(), side.input("globex")}, side.globex);
    CHECK(Taking::outcomes(taken) == Outcomes{unknown_employer, added});
}

TEST_CASE("as many as come are taken, and the same again changes nothing") {
    Taking side;
    std::vector<cases::SickReportInput> inputs;
    for (int i = 0; i < 120; ++i) inputs.push_back(side.input(i % 3 == 0 ? "globex" : "acme"));
    auto const first = side.take(inputs);
    CHECK(std::ranges::count(Taking::outcomes(first), added) == 120);
    auto const before = side.state();
    side.clock.advance(Duration::hours(1));
    auto const second = side.take(inputs);
    CHECK(std::ranges::count(Taking::outcomes(second), already_there) == 120);
    for (std::size_t i = 0; i < inputs.size(); ++i) CHECK(first[i].case_id == second[i].case_id);
    CHECK(side.state() == before);
}

TEST_CASE("a report of a shredded person is told so, and those around it are taken") {
    Taking side;
    auto const known = side.report();
    side.shred(known.person);
    auto next = known.report;
    next.first_sick_day = "2026-09-01";
    auto const taken = side.take({side.input(), known.report, next, side.input()});
    CHECK(Taking::outcomes(taken) == Outcomes{added, shredded, shredded, added});
}
