// What the medical side does with messages of the office.
#include <doctest/doctest.h>

#include "testing/practice.h"

using namespace klout7;
using namespace klout7::medical;
using namespace klout7::medical::testing;

TEST_CASE("each message of the office is kept, with its line in the log") {
    MedicalSide side;
    auto const known = side.assigned();
    auto const lines = side.lines();
    REQUIRE(lines.size() == 3);
    auto const is_line = [&](std::size_t at, std::string_view action, std::string_view thing, Uuid object) {
        auto const& line = lines[at].entry.event;
        CHECK(line.action == action);
        CHECK(line.object_class == thing);
        CHECK(line.object == object);
        CHECK(line.person == known.card.person);
        CHECK(line.ground == "message of the office side");
    };
    is_line(0, "assign", "case_file", known.id.uuid());
    is_line(1, "change", "case_file", known.id.uuid());
    is_line(2, "change", "person_card", known.card.person.uuid());
}

TEST_CASE("a later message about the same person or case replaces the earlier one") {
    MedicalSide side;
    auto const known = side.assigned();
    auto card = known.card;
    card.last_name = "Jansen-Kanarie";
    card.phone = "0600000001";
    REQUIRE(side.receive(card));
    auto const recovered = *LocalDate::from(2026, 11, 18);
    auto const earlier = *LocalDate::from(2026, 11, 12);
    REQUIRE(side.receive(handover::CaseDates{known.id, card.person, earlier, recovered}));
    auto const opened = open_case(side.practice, side.doctor, known.id);
    REQUIRE(opened);  // and it is still the doctor's
    CHECK(opened->person == card);
    CHECK(opened->row.first_sick_day == earlier);
    CHECK(opened->row.recovered_from == recovered);
    REQUIRE(side.receive(handover::CaseDates{known.id, card.person, earlier, {}}));
    CHECK_FALSE(open_case(side.practice, side.doctor, known.id)->row.recovered_from);
}

TEST_CASE("dates of somebody unknown, or of a case of somebody else, are refused") {
    MedicalSide side;
    auto const known = side.assigned();
    auto const other = side.told();
    auto const day = *LocalDate::from(2026, 11, 1);
    CHECK(is_refused(side, handover::CaseDates{CaseId::make(side.clock.now(), side.random),
                                               PersonId::make(side.clock.now(), side.random),
                                               day,
                                               {}}));
    CHECK(is_refused(side, handover::CaseDates{known.id, other.card.person, day, {}}));
}

TEST_CASE("an assignment of an unknown case, or to who has no cases here, is refused") {
    MedicalSide side;
    auto const known = side.assigned();
    auto const delegate = side.with_account(Role::delegated_staff, "assistent", "T. Assistent");
    auto const nobody = UserId::make(side.clock.now(), side.random);
    CHECK(is_refused(side,
                     handover::Assignment{CaseId::make(side.clock.now(), side.random), side.doctor.user}));
    CHECK(is_refused(side, handover::Assignment{known.id, nobody}));
    CHECK(is_refused(side, handover::Assignment{known.id, delegate.user}));
    CHECK(open_case(side.practice, side.doctor, known.id));
}

TEST_CASE("what is told of a shredded person is refused, and the file stays gone") {
    MedicalSide side;
    auto const known = side.assigned();
    side.shred(known.card.person);
    CHECK(is_refused(side, known.card));
    CHECK(came(open_case(side.practice, side.doctor, known.id)) == FailureKind::not_found);
}

TEST_CASE("what the office never sends is refused") {
    MedicalSide side;
    auto const known = side.assigned();
    CHECK(is_refused(side, handover::DoctorAvailable{side.doctor.user, "A. de Arts", true}));
    CHECK(is_refused(side, handover::Receipt{1, true}));
    CHECK(is_refused(side, handover::RecoveryReport{known.id, *LocalDate::from(2026, 11, 17),
                                                    side.doctor.user, side.doctor.user, side.clock.now()}));
    CHECK(is_refused(side, handover::FeedbackLetter{LetterId::make(side.clock.now(), side.random), known.id,
                                                    side.doctor.user, side.clock.now(), side.doctor.user,
                                                    "A. de Arts", side.letter().fields}));
}

TEST_CASE("a message whose line cannot be written is not taken, and comes again") {
    MedicalSide side;
    auto const known = side.told();
    handover::Message const messages[] = {
        side.card(), handover::CaseDates{known.id, known.card.person, *LocalDate::from(2026, 11, 1), {}},
        handover::Assignment{known.id, side.doctor.user}};
    for (auto const& message : messages) {
        CAPTURE(message.index());
        auto const before = side.state();
        {
            NoLog const no_log{side};
            auto const done = side.database.transact(
                [&](store::Transaction& tx) { return medical_handler(side.frame)(tx, message); });
            CHECK(done.error() == store::StoreError::refused);
        }
        CHECK(side.state() == before);
        CHECK(side.receive(message));
    }
}
