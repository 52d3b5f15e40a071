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
    struct Table {
        std::string name;
        std::string id;
        std::string other_id;
        std::vector<std::string> columns;
    };
    Table const tables[] = {
        {"case_file",
         OfficeSide::literal(known.id),
         OfficeSide::literal(other.id),
         {"phone", "nursing_address", "particulars"}},
        {"person",
         OfficeSide::literal(known.person),
         OfficeSide::literal(other.person),
         {"bsn", "staff_number", "last_name", "prefix", "initials", "birth_date", "phone"}}};
    for (auto const& [table, id, other_id, columns] : tables) {
        side.tamper("CREATE OR REPLACE TABLE klout7_office.kept AS SELECT * FROM klout7_office." + table);
        auto const set = [&](std::string const& column, std::string const& value) {
            side.tamper("UPDATE klout7_office." + table + " SET " + column + " = " + value +
                        " WHERE id = " + id);
        };
        for (auto const& column : columns) {
            CAPTURE(table);
            CAPTURE(column);
            for (auto const& value :
                 {"CONCAT(" + column + ", 'x')", std::string{"''"},
                  "(SELECT " + column + " FROM klout7_office.kept WHERE id = " + other_id + ")"}) {
                set(column, value);
                CHECK(came(open_case(side.office, side.manager, known.id)) == FailureKind::unavailable);
                CHECK(side.lines().front().entry.event.outcome == audit::Outcome::failed);
                set(column, "(SELECT " + column + " FROM klout7_office.kept WHERE id = " + id + ")");
            }
            CHECK(open_case(side.office, side.manager, known.id));
        }
        side.tamper("DROP TABLE klout7_office.kept");
    }
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
    side.tamper("CREATE OR REPLACE TABLE klout7_office.kept AS SELECT * FROM klout7_office.case_file");
    auto const of_elsewhere = [&](std::string const& column) {
        return "(SELECT " + column +
               " FROM klout7_office.kept WHERE id = " + OfficeSide::literal(elsewhere.id) + ")";
    };
    for (auto const& change :
         {"case_manager_id = " + OfficeSide::literal(stranger.user), std::string{"case_manager_id = NULL"},
          "employer_id = " + OfficeSide::literal(side.globex), "person_id = " + of_elsewhere("person_id"),
          std::string{"first_sick_day = '2026-11-01'"}, "doctor_id = " + OfficeSide::literal(stranger.user),
          "tag = " + of_elsewhere("tag")}) {
        CAPTURE(change);
        side.tamper("UPDATE klout7_office.case_file SET " + change +
                    " WHERE id = " + OfficeSide::literal(known.id));
        for (auto const& actor : all)
            CHECK(came(open_case(side.office, actor, known.id)) == FailureKind::unavailable);
        CHECK(open_case(side.office, side.at_globex, elsewhere.id));
        side.tamper("REPLACE INTO klout7_office.case_file SELECT * FROM klout7_office.kept WHERE id = " +
                    OfficeSide::literal(known.id));
        CHECK(open_case(side.office, side.manager, known.id));
    }
    side.tamper("DROP TABLE klout7_office.kept");
}
