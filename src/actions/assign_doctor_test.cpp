#include "actions/assign_doctor.h"

#include <doctest/doctest.h>

#include "actions/open_case.h"
#include "actions/receive_messages.h"
#include "testing/office.h"

using namespace klout7;
using namespace klout7::actions;
using namespace klout7::actions::testing;

namespace {

struct WithDoctors : OfficeSide {
    UserId doctor = announce("A. de Arts");

    UserId announce(std::string name, bool is_available = true, std::optional<UserId> who = {}) {
        auto const id = who ? *who : UserId::make(clock.now(), random);
        REQUIRE(database.transact([&](store::Transaction& tx) {
            CHECK(office_handler(office)(tx, handover::DoctorAvailable{id, name, is_available}));
        }));
        return id;
    }
    Came assign(Actor const& who, CaseId id, UserId to) {
        return came(assign_doctor(office, who, id, DoctorChoice{to, row(id).version}));
    }
    std::int64_t messages() {
        return std::get<0>(*database.transact(
            [](store::Transaction& tx) { return *tx.row<std::int64_t>("SELECT COUNT(*) FROM outbox"); }));
    }
};

}  // namespace

TEST_CASE("who may name the doctor of a case, names one; nobody else does") {
    WithDoctors side;
    auto const known = side.report();
    as_each(side, Resource::case_file, Action::assign, side.everybody(known.person),
            [&](Actor const& actor) { return side.assign(actor, known.id, side.doctor); });
}

TEST_CASE("a case that nobody works on can be taken by any case manager") {
    WithDoctors side;
    auto const waiting = side.report("globex");
    CHECK(side.assign(side.manager, waiting.id, side.doctor) == std::nullopt);
    CHECK(side.assign(side.at_globex, waiting.id, side.doctor) == FailureKind::not_allowed);
}

TEST_CASE("an assignment sends who it is about, the dates and the doctor; again sends the newest once more") {
    WithDoctors side;
    auto const known = side.report();
    REQUIRE(side.assign(side.manager, known.id, side.doctor) == std::nullopt);
    CHECK(open_case(side.office, side.manager, known.id)->row.doctor == side.doctor);
    CHECK(side.messages() == 3);
    REQUIRE(side.assign(side.manager, known.id, side.doctor) == std::nullopt);
    CHECK(side.messages() == 6);
    auto const second = side.announce("B. de Arts");
    REQUIRE(side.assign(side.manager, known.id, second) == std::nullopt);
    CHECK(open_case(side.office, side.manager, known.id)->row.doctor == second);
}

TEST_CASE("a doctor who was not announced, or went, is refused and nothing is sent") {
    WithDoctors side;
    auto const known = side.report();
    auto const gone = side.announce("C. de Arts");
    side.announce("C. de Arts", false, gone);
    auto const before = side.state();
    CHECK(side.assign(side.manager, known.id, gone) == FailureKind::invalid);
    CHECK(side.assign(side.manager, known.id, UserId::make(side.clock.now(), side.random)) ==
          FailureKind::invalid);
    CHECK(side.assign(side.manager, known.id, side.manager.user) == FailureKind::invalid);
    CHECK(came(assign_doctor(side.office, side.manager, known.id,
                             std::unexpected(Failure{FailureKind::wrong_content}))) ==
          FailureKind::wrong_content);
    CHECK(came(assign_doctor(side.office, side.manager, CaseId::make(side.clock.now(), side.random),
                             DoctorChoice{side.doctor})) == FailureKind::not_found);
    CHECK(side.state() == before);
}

TEST_CASE("without its line nobody is assigned and nothing is sent") {
    WithDoctors side;
    auto const known = side.report();
    without_log(side, [&] { return side.assign(side.manager, known.id, side.doctor); });
    without_log(side, [&] { return came(list_doctors(side.office, side.manager)); });
}

TEST_CASE("of a shredded person nothing is sent, and of an altered one neither") {
    WithDoctors side;
    auto const shredded = side.report();
    auto const altered = side.report();
    side.shred(shredded.person);
    side.tamper("UPDATE klout7_office.person SET phone = CONCAT(phone, 'x') WHERE id = " +
                OfficeSide::literal(altered.person));
    auto const before = side.state();
    CHECK(side.assign(side.manager, shredded.id, side.doctor) == FailureKind::not_found);
    CHECK(side.assign(side.manager, altered.id, side.doctor) == FailureKind::unavailable);
    CHECK(side.state() == before);
}

TEST_CASE("who may see which doctors there are, sees those that can be named") {
    WithDoctors side;
    auto const gone = side.announce("C. de Arts");
    side.announce("C. de Arts", false, gone);
    auto const known = side.report();
    auto all = side.everybody(known.person);
    for (auto& one : all) one.relation = Relation::none;
    as_each(side, Resource::doctor_list, Action::list, all,
            [&](Actor const& actor) { return came(list_doctors(side.office, actor)); });
    auto const doctors = list_doctors(side.office, side.manager);
    REQUIRE((doctors && doctors->size() == 1));
    CHECK(doctors->front().id == side.doctor);
    CHECK(doctors->front().name == "A. de Arts");
    side.announce("A. de Arts-Jansen", true, side.doctor);
    CHECK(list_doctors(side.office, side.manager)->front().name == "A. de Arts-Jansen");
}

TEST_CASE("the name of a doctor that was altered makes the list unavailable") {
    WithDoctors side;
    auto const other = side.announce("B. de Arts");
    side.tamper("UPDATE klout7_office.doctor d, klout7_office.doctor o SET d.name = o.name WHERE o.id = " +
                OfficeSide::literal(other));
    CHECK(came(list_doctors(side.office, side.manager)) == FailureKind::unavailable);
    CHECK(side.assign(side.manager, side.report().id, other) == FailureKind::unavailable);
}

TEST_CASE("who saw an older version of the case is told, and nothing is sent") {
    WithDoctors side;
    auto const known = side.report();
    auto const seen = side.row(known.id).version;
    REQUIRE(side.assign(side.manager, known.id, side.doctor) == std::nullopt);
    CHECK(side.row(known.id).version == seen + 1);
    CHECK(came(assign_doctor(side.office, side.manager, known.id,
                             DoctorChoice{side.announce("B. de Arts"), seen})) ==
          FailureKind::changed_meanwhile);
    CHECK(side.messages() == 3);
    CHECK(side.row(known.id).doctor == side.doctor);
}
