#include "actions/read_letters.h"

#include <doctest/doctest.h>

#include "testing/letters.h"

using namespace klout7;
using namespace klout7::actions;
using namespace klout7::actions::testing;

TEST_CASE("who may read the letters of a case, reads them; to everybody else they are not there") {
    WithLetters side;
    auto const known = side.assigned();
    REQUIRE(side.receive(side.letter(known.id)));
    as_each(side, Resource::letter, Action::read, side.everybody(known.person),
            [&](Actor const& actor) { return came(read_letters(side.office, actor, known.id)); });
    CHECK(came(read_letters(side.office, side.manager, CaseId::make(side.clock.now(), side.random))) ==
          FailureKind::not_found);
}

TEST_CASE("the letters of a case come as they were sent, oldest first, the same for everybody") {
    WithLetters side;
    auto const known = side.assigned();
    auto const other = side.assigned();
    CHECK(read_letters(side.office, side.manager, known.id)->empty());
    std::vector<handover::FeedbackLetter> sent;
    for (int i = 0; i < 3; ++i) {
        side.clock.advance(Duration::seconds(1));
        REQUIRE(side.receive(sent.emplace_back(side.letter(known.id))));
        REQUIRE(side.receive(side.letter(other.id)));
    }
    for (auto const& actor : {side.manager, side.at_acme, side.client(known.person)})
        CHECK(read_letters(side.office, actor, known.id) == sent);
}

TEST_CASE("letters are not shown when the line cannot be written, nor those of a shredded person") {
    WithLetters side;
    auto const known = side.assigned();
    REQUIRE(side.receive(side.letter(known.id)));
    without_log(side, [&] { return came(read_letters(side.office, side.manager, known.id)); });
    side.shred(known.person);
    CHECK(came(read_letters(side.office, side.manager, known.id)) == FailureKind::not_found);
}

TEST_CASE("a letter that was altered, exchanged or moved to another case is never shown") {
    WithLetters side;
    auto const known = side.assigned();
    auto again = known.report;
    again.first_sick_day = "2026-09-01";
    auto const earlier = side.assigned(again);  // of the same person, under the same key
    auto const first = side.letter(known.id);
    auto const second = side.letter(earlier.id);
    REQUIRE(side.receive(first));
    REQUIRE(side.receive(second));
    auto const refused = [&](CaseId id) {
        return came(read_letters(side.office, side.manager, id)) == FailureKind::unavailable;
    };
    Tampering tampering{side, "letter"};
    for (auto const& change : tampering.each_altered("content", second.id)) {
        CAPTURE(change);
        tampering.set(first.id, change);
        CHECK(refused(known.id));
        tampering.put_back();
        CHECK(read_letters(side.office, side.manager, known.id)->size() == 1);
    }
    tampering.set(second.id, "case_id = " + OfficeSide::literal(known.id));
    CHECK(refused(known.id));
    tampering.put_back();
    CHECK(read_letters(side.office, side.manager, known.id) == std::vector{first});
}
