#include "actions/open_case.h"

#include <doctest/doctest.h>

#include "testing/office.h"

using namespace klout7;
using namespace klout7::actions;
using namespace klout7::actions::testing;

TEST_CASE("who may open a case, opens it; to everybody else it is not there") {
    OfficeSide side;
    auto const known = side.report();
    as_each(side, Resource::case_file, Action::read, side.everybody(known.person),
            [&](Actor const& actor) { return came(open_case(side.office, actor, known.id)); });
    CHECK(side.lines().front().entry.event.object == known.id.uuid());
    CHECK(side.lines().front().entry.event.person == known.person);
}

TEST_CASE("a case that nobody works on is open to every case manager") {
    OfficeSide side;
    auto const waiting = side.report("globex");
    CHECK(open_case(side.office, side.manager, waiting.id));
    CHECK(side.lines().front().entry.event.ground == "unassigned");
    CHECK(came(open_case(side.office, side.at_acme, waiting.id)) == FailureKind::not_found);
}

TEST_CASE("a case that does not exist is not found, and asking for it has its line") {
    OfficeSide side;
    auto const nothing = CaseId::make(side.clock.now(), side.random);
    for (auto const& actor : {side.manager, side.at_acme}) {
        CHECK(came(open_case(side.office, actor, nothing)) == FailureKind::not_found);
        CHECK(side.lines().front().entry.event.object == nothing.uuid());
        CHECK(side.lines().front().entry.event.outcome == audit::Outcome::refused);
    }
    // Who reads every case hears the same.
    CHECK(came(open_case(side.office, side.actor(Role::benefit_specialist), nothing)) ==
          FailureKind::not_found);
}

TEST_CASE("a case is not shown when its line cannot be written") {
    OfficeSide side;
    auto const known = side.report();
    without_log(side, [&] { return came(open_case(side.office, side.manager, known.id)); });
}

TEST_CASE("the case of a shredded person is not found, and asking for it has its line") {
    OfficeSide side;
    auto const known = side.report();
    side.shred(known.person);
    CHECK(came(open_case(side.office, side.manager, known.id)) == FailureKind::not_found);
    CHECK(side.lines().front().entry.event.outcome == audit::Outcome::failed);
}

TEST_CASE("a cell of a case or of its person that was altered makes it unavailable, never wrong") {
    OfficeSide side;
    auto const known = side.report();
    auto const other = side.report();
    auto const alter = [&](std::string_view table, auto const& id, auto const& other_id,
                           std::vector<std::string> const& columns) {
        Tampering tampering{side, table};
        for (auto const& column : columns) {
            for (auto const& change : tampering.each_altered(column, other_id)) {
                CAPTURE(change);
                tampering.set(id, change);
                CHECK(came(open_case(side.office, side.manager, known.id)) == FailureKind::unavailable);
                CHECK(side.lines().front().entry.event.outcome == audit::Outcome::failed);
                tampering.put_back();
            }
            CHECK(open_case(side.office, side.manager, known.id));
        }
    };
    alter("case_file", known.id, other.id, {"phone", "nursing_address", "particulars"});
    alter("person", known.person, other.person,
          {"bsn", "staff_number", "last_name", "prefix", "initials", "birth_date", "phone"});
}

TEST_CASE("a key that was altered makes the case unavailable") {
    OfficeSide side;
    auto const known = side.report();
    side.tamper("UPDATE klout7_office_keys.person_key SET wrapped = CONCAT(wrapped, 'x')");
    CHECK(came(open_case(side.office, side.manager, known.id)) == FailureKind::unavailable);
}

TEST_CASE("whose case it is and since when is not believed when it was changed behind the program's back") {
    OfficeSide side;
    auto const known = side.report();
    auto other_day = side.input("globex");
    other_day.first_sick_day = "2026-11-10";
    auto const elsewhere = side.report(other_day);
    auto const stranger = side.actor(Role::case_manager);
    std::vector<Actor> const all{side.manager, stranger, side.at_acme, side.at_globex,
                                 side.actor(Role::benefit_specialist)};
    Tampering tampering{side, "case_file"};
    for (auto const& change :
         {"case_manager_id = " + OfficeSide::literal(stranger.user), std::string{"case_manager_id = NULL"},
          "employer_id = " + OfficeSide::literal(side.globex),
          "person_id = " + tampering.was("person_id", elsewhere.id),
          std::string{"first_sick_day = '2026-11-01'"}, "doctor_id = " + OfficeSide::literal(stranger.user),
          "tag = " + tampering.was("tag", elsewhere.id)}) {
        CAPTURE(change);
        tampering.set(known.id, change);
        for (auto const& actor : all)
            CHECK(came(open_case(side.office, actor, known.id)) == FailureKind::unavailable);
        CHECK(open_case(side.office, side.at_globex, elsewhere.id));
        tampering.put_back();
        CHECK(open_case(side.office, side.manager, known.id));
    }
}
