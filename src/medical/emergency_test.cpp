#include "emergency.h"

#include <doctest/doctest.h>

#include "testing/practice.h"

using namespace klout7;
using namespace klout7::medical;
using namespace klout7::medical::testing;

namespace {

std::string const reason = "Cliënt ligt op de eerste hulp; de eigen arts is niet bereikbaar.";

/// A case of a doctor, and another doctor who has an account and must see it.
struct Emergency : MedicalSide {
    Actor other = with_account(Role::company_doctor, "waarnemer", "W. Arts");
    Actor officer = actor(Role::privacy_officer);
    Case known = assigned();

    std::expected<Instant, Failure> open(Given<std::string> const& why = reason) {
        other.fresh_at = clock.now();
        return open_in_emergency(practice, other, known.id, why);
    }
    access::EmergencyId waiting() {
        auto const found = list_emergencies(practice, officer);
        REQUIRE(found);
        REQUIRE_FALSE(found->empty());
        return found->front().emergency.access.id;
    }
};

}  // namespace

TEST_CASE("in an emergency a doctor reads the case of another for an hour, and writes nothing in it") {
    Emergency side;
    REQUIRE(write_consult(side.practice, side.doctor, side.known.id, side.consult()));
    CHECK(came(open_case(side.practice, side.other, side.known.id)) == FailureKind::not_found);
    auto const until = side.open();
    REQUIRE(until);
    CHECK(*until == side.clock.now() + Duration::minutes(60));
    auto const line = side.lines().front();
    CHECK(line.entry.event.object_class == "emergency_access");
    CHECK(line.entry.event.person == side.known.card.person);
    CHECK(line.entry.event.object == side.known.id.uuid());

    auto const opened = open_case(side.practice, side.other, side.known.id);
    REQUIRE(opened);
    CHECK(side.lines().front().entry.event.ground == "emergency");
    auto const consults = read_consults(side.practice, side.other, side.known.id);
    REQUIRE(consults);
    CHECK(consults->consults.size() == 1);
    CHECK(read_letters(side.practice, side.other, side.known.id));
    CHECK(came(write_consult(side.practice, side.other, side.known.id, side.consult())) ==
          FailureKind::not_allowed);
    CHECK(came(sign_letter(side.practice, side.other, side.known.id, side.letter())) ==
          FailureKind::not_allowed);
    CHECK(list_cases(side.practice, side.other, {})->empty());
    // It is this case and this doctor.
    auto const another = side.assigned();
    CHECK(came(open_case(side.practice, side.other, another.id)) == FailureKind::not_found);
    CHECK(came(open_case(side.practice, side.actor(Role::company_doctor), side.known.id)) ==
          FailureKind::not_found);

    side.clock.advance(Duration{Duration::minutes(60).microseconds - 1});
    CHECK(open_case(side.practice, side.other, side.known.id));
    side.clock.advance(Duration{1});
    CHECK(came(open_case(side.practice, side.other, side.known.id)) == FailureKind::not_found);
}

TEST_CASE("an emergency has a reason, a second factor that was just shown, and a case of somebody else's") {
    Emergency side;
    for (auto const& wrong : {std::string{}, std::string(19, 'x'), std::string(1001, 'x'),
                              std::string(30, ' '), std::string(30, '\xff')})
        CHECK(fields_of(side.open(wrong)) == std::vector<std::string_view>{"reason"});
    CHECK(came(open_case(side.practice, side.other, side.known.id)) == FailureKind::not_found);
    CHECK(came(open_in_emergency(side.practice, side.other, CaseId{}, reason)) == FailureKind::not_found);
    CHECK(came(open_in_emergency(side.practice, side.other, CaseId{}, "x")) == FailureKind::invalid);
    CHECK(came(open_in_emergency(side.practice, side.doctor, side.known.id, reason)) == FailureKind::not_now);
    side.clock.advance(Duration::minutes(11));
    CHECK(came(open_in_emergency(side.practice, side.other, side.known.id, reason)) ==
          FailureKind::not_fresh);
    CHECK(side.open(std::string(20, 'x')));
    CHECK(side.open(std::string(1000, 'x')));
    // A case that nobody has yet is there too.
    auto const waiting = side.told();
    CHECK(open_in_emergency(side.practice, side.other, waiting.id, reason));
    CHECK(open_case(side.practice, side.other, waiting.id));
}

TEST_CASE(
    "who controls sees each emergency with its reason and has a day; one that was not looked at stands in "
    "the way") {
    Emergency side;
    REQUIRE(side.open());
    auto const opened_at = side.clock.now();
    auto const found = list_emergencies(side.practice, side.officer);
    REQUIRE(found);
    REQUIRE(found->size() == 1);
    auto const& one = found->front();
    CHECK(one.emergency.reason == reason);
    CHECK(one.doctor == "W. Arts");
    CHECK(one.emergency.access.case_id == side.known.id);
    CHECK(one.review_until == opened_at + Duration::hours(24));

    side.clock.advance(Duration::hours(24));
    CHECK(side.open());  // the last moment of the day
    side.clock.advance(Duration{1});
    CHECK(came(side.open()) == FailureKind::not_now);
    // Of another doctor it stands in nobody's way.
    auto colleague = side.actor(Role::insurance_doctor);
    colleague.fresh_at = side.clock.now();
    CHECK(open_in_emergency(side.practice, colleague, side.known.id, reason));

    REQUIRE(review_emergency(side.practice, side.officer, one.emergency.access.id, true));
    CHECK(side.open());
    CHECK(came(review_emergency(side.practice, side.officer, one.emergency.access.id, false)) ==
          FailureKind::not_now);
    CHECK(came(review_emergency(side.practice, side.officer, access::EmergencyId{}, true)) ==
          FailureKind::not_found);
    CHECK(list_emergencies(side.practice, side.officer)->size() == 3);
    CHECK(side.waiting() != one.emergency.access.id);
}

TEST_CASE("who may open a case in an emergency, and who looks at it, is the table") {
    Emergency side;
    auto const all = side.everybody(side.known);
    auto const fresh = [&](Actor actor) {
        actor.fresh_at = side.clock.now();
        return actor;
    };
    std::vector<Asking> strangers;
    for (auto const& one : all) {
        if (one.relation != Relation::assigned) strangers.push_back(one);  // whose own it is hears not_now
    }
    as_each(side, Resource::emergency_access, Action::create, strangers, [&](Actor const& actor) {
        return came(open_in_emergency(side.practice, fresh(actor), side.known.id, reason));
    });
    std::vector<Asking> roles;
    for (auto const role : access::all_roles) {
        if (exists_on(Side::medical, role))
            roles.push_back({std::string{name_of(role)}, side.actor(role), Relation::none});
    }
    as_each(side, Resource::emergency_access, Action::list, roles,
            [&](Actor const& actor) { return came(list_emergencies(side.practice, actor)); });
    auto const found = list_emergencies(side.practice, side.officer);
    REQUIRE(found);
    auto next = found->begin();
    as_each(side, Resource::emergency_access, Action::change, roles, [&](Actor const& actor) {
        REQUIRE(next != found->end());
        auto const result = came(review_emergency(side.practice, actor, next->emergency.access.id, true));
        if (!result) ++next;
        return result;
    });
    without_log(side, [&] { return came(side.open()); });
}

TEST_CASE(
    "an emergency that the program did not write opens nothing, and a reason that was altered tells "
    "nothing") {
    Emergency side;
    auto const another = side.assigned();
    REQUIRE(side.open());
    auto const id = side.waiting();
    Tampering<MedicalZone> tampering{side, "emergency_access"};
    for (auto const& change :
         {"case_id = " + side.literal(another.id), "user_id = " + side.literal(side.doctor.user),
          std::string{"opened_at = opened_at + 3600000000"}, std::string{"reason = CONCAT(reason, 'x')"}}) {
        CAPTURE(change);
        tampering.set(id, change);
        for (auto const of : {side.known.id, another.id}) {
            auto const came_to = came(open_case(side.practice, side.other, of));
            CHECK((came_to == FailureKind::unavailable || came_to == FailureKind::not_found));
        }
        CHECK(came(list_emergencies(side.practice, side.officer)) == FailureKind::unavailable);
        tampering.put_back();
    }
    tampering.set(id, "reviewed_at = 1, reviewed_by = user_id, is_justified = 1");
    side.clock.advance(Duration::hours(25));
    CHECK(came(review_emergency(side.practice, side.officer, id, true)) == FailureKind::unavailable);
}
