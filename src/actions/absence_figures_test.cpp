#include "actions/absence_figures.h"

#include <doctest/doctest.h>

#include "actions/report_recovery.h"
#include "testing/office.h"

using namespace klout7;
using namespace klout7::actions;
using namespace klout7::actions::testing;

namespace {

LocalDate day(std::string_view iso) { return LocalDate::parse_iso(iso).value(); }

struct WithFigures : OfficeSide {
    Came tell(Actor const& who, std::string_view month, std::int64_t employees) {
        return came(tell_headcount(office, who, NewHeadcount{day(month), employees}));
    }
    cases::AbsenceFigure figure(Actor const& who, std::string_view month) {
        auto const absence = read_absence(office, who);
        REQUIRE(absence);
        for (auto const& one : absence->months)
            if (one.first_of_month == day(month)) return one;
        FAIL("no such month");
        return {};
    }
    CaseId ill(std::string of, std::string since) {
        auto one = input(std::move(of));
        one.first_sick_day = std::move(since);
        return report(one).id;
    }
};

}  // namespace

TEST_CASE("an employer tells how many people it has and reads its absence; nobody else does either") {
    WithFigures side;
    auto const known = side.report();
    auto all = side.everybody(known.person);
    // Every employer has figures of its own.
    for (auto& one : all) one.relation = one.actor.employer ? Relation::own_employer : Relation::none;
    as_each(side, Resource::headcount, Action::change, all,
            [&](Actor const& actor) { return side.tell(actor, "2026-11-01", 100); });
    as_each(side, Resource::absence_figures, Action::read, all,
            [&](Actor const& actor) { return came(read_absence(side.office, actor)); });
}

TEST_CASE("thirteen months, oldest first; what was told counts, and the newest of it") {
    WithFigures side;
    auto const absence = read_absence(side.office, side.at_acme);
    REQUIRE((absence && absence->months.size() == 13));
    CHECK(absence->months.front().first_of_month == day("2025-11-01"));
    CHECK(absence->months.back().first_of_month == day("2026-11-01"));
    for (auto const& one : absence->months) CHECK(one.withheld == cases::Withheld::no_headcount);
    REQUIRE(side.tell(side.at_acme, "2026-10-01", 50) == std::nullopt);
    CHECK(side.figure(side.at_acme, "2026-10-01").employees == 50);
    CHECK(side.figure(side.at_acme, "2026-10-01").tenths_of_percent == 0);
    REQUIRE(side.tell(side.at_acme, "2026-10-01", 9) == std::nullopt);
    CHECK(side.figure(side.at_acme, "2026-10-01").withheld == cases::Withheld::group_too_small);
    CHECK(side.figure(side.at_globex, "2026-10-01").withheld == cases::Withheld::no_headcount);
}

TEST_CASE("only the own people count, from the first sick day up to the recovery") {
    WithFigures side;
    for (auto const* since : {"2026-10-01", "2026-10-01", "2024-12-02"}) side.ill("acme", since);
    for (int i = 0; i < 4; ++i) side.ill("globex", "2026-10-01");
    auto const fit_again = side.ill("acme", "2026-10-01");
    auto const long_ago = side.ill("acme", "2024-10-03");  // the 104 weeks end on 30 September 2026
    auto const client = side.client(side.row(fit_again).person);
    REQUIRE(report_recovery(side.office, client, fit_again, NewRecovery{day("2026-10-11"), 0}));
    CHECK(side.row(long_ago).employer == side.acme);
    REQUIRE(side.tell(side.at_acme, "2026-10-01", 100) == std::nullopt);
    // 31 days of three people and ten of one, of 3,100.
    CHECK(side.figure(side.at_acme, "2026-10-01").tenths_of_percent == 33);
    auto const absence = read_absence(side.office, side.at_acme);
    CHECK(absence->ill_now == 3);
}

TEST_CASE("a month that is not shown, or no number of people, is refused") {
    WithFigures side;
    auto const before = side.state();
    for (auto const* month : {"2025-10-01", "2026-12-01"})
        CHECK(side.tell(side.at_acme, month, 10) == FailureKind::invalid);
    for (std::int64_t const employees : {0, -1, 1'000'001})
        CHECK(side.tell(side.at_acme, "2026-11-01", employees) == FailureKind::invalid);
    CHECK(came(tell_headcount(side.office, side.at_acme,
                              std::unexpected(Failure{FailureKind::wrong_content}))) ==
          FailureKind::wrong_content);
    CHECK(side.state() == before);
    CHECK(side.tell(side.at_acme, "2025-11-01", 1'000'000) == std::nullopt);
    CHECK(side.tell(side.at_acme, "2026-11-01", 1) == std::nullopt);
}

TEST_CASE("without its line nothing is told, and an altered number is never shown") {
    WithFigures side;
    without_log(side, [&] { return side.tell(side.at_acme, "2026-11-01", 100); });
    without_log(side, [&] { return came(read_absence(side.office, side.at_acme)); });
    REQUIRE(side.tell(side.at_acme, "2026-10-01", 9) == std::nullopt);
    side.tamper("UPDATE klout7_office.headcount SET employees = 10 WHERE first_of_month = '2026-10-01'");
    CHECK(came(read_absence(side.office, side.at_acme)) == FailureKind::unavailable);
}
