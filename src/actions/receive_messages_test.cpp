#include "actions/receive_messages.h"

#include <doctest/doctest.h>

#include "actions/assign_doctor.h"
#include "actions/read_letters.h"
#include "testing/letters.h"

using namespace klout7;
using namespace klout7::actions;
using namespace klout7::actions::testing;

TEST_CASE("a letter of the doctor of the case is kept, with its line in the log") {
    WithLetters side;
    auto const known = side.assigned();
    auto const letter = side.letter(known.id);
    side.clock.advance(Duration::seconds(1));
    REQUIRE(side.receive(letter));
    auto const line = side.lines().front().entry.event;
    CHECK(line.action == "create");
    CHECK(line.object_class == "letter");
    CHECK(line.object == letter.id.uuid());
    CHECK(line.person == known.person);
    CHECK(line.user == side.doctor);
    CHECK(line.role == "company_doctor");
    CHECK(read_letters(side.office, side.manager, known.id) == std::vector{letter});
}

TEST_CASE("a letter for no case, of no doctor or of another doctor is refused") {
    WithLetters side;
    auto const known = side.assigned();
    auto const without_doctor = side.report();
    CHECK(is_refused(side, side.letter(CaseId::make(side.clock.now(), side.random))));
    CHECK(is_refused(side, side.letter(without_doctor.id)));
    auto of_other = side.letter(known.id);
    of_other.doctor_of_case = UserId::make(side.clock.now(), side.random);
    CHECK(is_refused(side, of_other));
    // A doctor whose case it was no longer is its doctor.
    auto const next = UserId::make(side.clock.now(), side.random);
    REQUIRE(side.receive(handover::DoctorAvailable{next, "B. de Arts", true}));
    side.assign(known.id, next);
    CHECK(is_refused(side, side.letter(known.id)));
}

TEST_CASE("a letter of a doctor who stands in is kept as theirs") {
    WithLetters side;
    auto const known = side.assigned();
    auto letter = side.letter(known.id);
    letter.doctor = UserId::make(side.clock.now(), side.random);
    letter.doctor_name = "M. Dokter";
    REQUIRE(side.receive(letter));
    CHECK(side.lines().front().entry.event.user == letter.doctor);
    CHECK(read_letters(side.office, side.manager, known.id) == std::vector{letter});
}

TEST_CASE("a letter for a shredded person is refused, and the message after it still comes") {
    WithLetters side;
    auto const known = side.assigned();
    side.shred(known.person);
    CHECK(is_refused(side, side.letter(known.id)));
    CHECK(side.receive(handover::DoctorAvailable{side.doctor, "A. de Arts", false}));
}

TEST_CASE("the same letter a second time is refused and does not hold up the messages behind it") {
    WithLetters side;
    auto const known = side.assigned();
    auto const letter = side.letter(known.id);
    REQUIRE(side.receive(letter));
    CHECK(is_refused(side, letter));
    auto changed = letter;
    changed.fields.hours_per_week = 60;
    CHECK(is_refused(side, changed));
    CHECK(read_letters(side.office, side.manager, known.id) == std::vector{letter});
}

TEST_CASE("what the medical side never sends is refused") {
    WithLetters side;
    auto const known = side.assigned();
    CHECK(is_refused(side, handover::Assignment{known.id, side.doctor}));
    CHECK(is_refused(side, handover::CaseDates{known.id, known.person, *LocalDate::from(2026, 1, 1), {}}));
    CHECK(is_refused(side, handover::PersonCard{known.person, *Bsn::parse(known.report.bsn), "Jansen", "",
                                                "J.", *LocalDate::from(1980, 1, 1), ""}));
    CHECK(is_refused(side, handover::Receipt{1, true}));
}

TEST_CASE("a message whose line cannot be written is not taken, and comes again") {
    WithLetters side;
    auto const known = side.assigned();
    auto const letter = side.letter(known.id);
    auto const before = side.state();
    {
        NoLog const no_log{side};
        auto const done = side.database.transact(
            [&](store::Transaction& tx) { return office_handler(side.office)(tx, letter); });
        CHECK(done.error() == store::StoreError::refused);
    }
    CHECK(side.state() == before);
    CHECK(side.receive(letter));
}
