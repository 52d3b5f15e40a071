#include "access/mandates.h"

#include <doctest/doctest.h>

#include "access/account_life.h"
#include "access/facts.h"
#include "access/testing.h"
#include "account_row.h"

using namespace klout7;
using namespace klout7::access;
using namespace klout7::access::testing;

namespace {

/// A side with two colleagues who have accounts.
template <class Zone>
struct Colleagues : TestSide<Zone> {
    static constexpr bool is_office = TestSide<Zone>::is_office;
    static constexpr Role role = is_office ? Role::case_manager : Role::company_doctor;
    static constexpr Role administrator =
        is_office ? Role::functional_administrator : Role::medical_account_manager;

    Mandates<Zone> mandates{this->frame};
    Actor giver = with_account("c.gever", role);
    Actor colleague = with_account("d.nemer", role);

    Actor with_account(std::string_view name, Role of, std::optional<UserId> responsible = {}) {
        auto one = this->actor(of);
        one.responsible = responsible;
        REQUIRE(this->database.transact([&](store::Transaction& tx) {
            insert_account(tx, this->keyring, one.user,
                           {.user_name = *UserName::parse(name),
                            .display_name = std::string{name},
                            .role = of,
                            .responsible = responsible},
                           "no hash", this->clock.now(), this->random);
        }));
        return one;
    }
    LocalDate today() const { return LocalDate::in_the_netherlands(this->clock.now()); }
    NewMandate to(UserId user, int first = 0, int last = 30, std::string tasks = {}) const {
        return {user.to_string(), std::move(tasks), today().plus_days(first).to_string(),
                today().plus_days(last).to_string()};
    }
    NewMandate to_colleague(int first = 0, int last = 30) const { return to(colleague.user, first, last); }
    /// How somebody stands to a case of the giver.
    Relation relation(Actor const& who, Resource resource = Resource::case_file) {
        ObjectFacts facts{.resource = resource, .assigned_user = giver.user};
        auto const done = this->database.transact(
            [&](store::Transaction& tx) { complete(tx, this->keyring, who, this->clock.now(), facts); });
        REQUIRE(done);
        return relation_of(who, facts);
    }
    void wait(Duration duration) {
        this->clock.advance(duration);
        giver.fresh_at = this->clock.now();
    }
};

}  // namespace

TEST_CASE_TEMPLATE("a colleague stands in from the first day to the last, and not a day more", Zone,
                   OfficeZone, MedicalZone) {
    Colleagues<Zone> side;
    side.wait(Duration::hours(12));
    REQUIRE(side.mandates.give(side.giver, side.to_colleague(1, 3)));
    std::vector<Relation> days;
    for (int day = 0; day < 5; ++day) {
        days.push_back(side.relation(side.colleague));
        side.wait(Duration::days(1));
    }
    using enum Relation;
    CHECK(days == std::vector{none, standing_in, standing_in, standing_in, none});
    CHECK(side.relation(side.giver) == assigned);
}

TEST_CASE_TEMPLATE("what was handed over is taken back at once, by who gave it", Zone, OfficeZone,
                   MedicalZone) {
    Colleagues<Zone> side;
    auto const mandate = side.mandates.give(side.giver, side.to_colleague());
    REQUIRE(mandate);
    CHECK(side.relation(side.colleague) == Relation::standing_in);
    CHECK(came(side.mandates.end(side.colleague, *mandate)) == FailureKind::not_found);
    CHECK(came(side.mandates.end(side.giver, MandateId{})) == FailureKind::not_found);
    // Taking back asks for no second factor: it takes a way in away.
    side.giver.fresh_at = {};
    CHECK(side.mandates.end(side.giver, *mandate));
    CHECK(side.relation(side.colleague) == Relation::none);
    CHECK(came(side.mandates.end(side.giver, *mandate)) == FailureKind::not_found);
    CHECK(came(side.mandates.give(side.giver, side.to_colleague())) == FailureKind::not_fresh);
}

TEST_CASE_TEMPLATE("both see what was handed over, and to whom it can be", Zone, OfficeZone, MedicalZone) {
    Colleagues<Zone> side;
    auto const closed = side.with_account("e.weg", side.role);
    REQUIRE(side.database.transact([&](store::Transaction& tx) {
        auto row = *load_account(tx, side.keyring, closed.user);
        row.closed_at = side.clock.now();
        update_account(tx, side.keyring, row);
    }));
    side.with_account("f.ander", Role::privacy_officer);
    auto const mandate = side.mandates.give(side.giver, side.to_colleague());
    REQUIRE(mandate);
    for (auto const& who : {side.giver, side.colleague}) {
        auto const own = side.mandates.list(who);
        REQUIRE(own);
        REQUIRE(own->mandates.size() == 1);
        CHECK(own->mandates.front().mandate == *mandate);
        CHECK(own->mandates.front().given_by_name == "c.gever");
        CHECK(own->mandates.front().given_to_name == "d.nemer");
        CHECK(own->mandates.front().what.ends_on == side.today().plus_days(30));
    }
    auto const own = side.mandates.list(side.giver);
    REQUIRE(own->can_be_given_to.size() == 1);
    CHECK(own->can_be_given_to.front().name == "d.nemer");
    side.wait(Duration::days(31));
    CHECK(side.mandates.list(side.giver)->mandates.empty());
}

TEST_CASE_TEMPLATE("what was typed is looked at, and each field told of", Zone, OfficeZone, MedicalZone) {
    Colleagues<Zone> side;
    auto const stranger = side.with_account("f.ander", Role::privacy_officer);
    using Fields = std::vector<std::string_view>;
    auto const fields = [&](NewMandate const& given) {
        return fields_of(side.mandates.give(side.giver, given));
    };
    CHECK(fields({}) == Fields{"given_to", "ends_on"});
    CHECK(fields(side.to(side.giver.user)) == Fields{"given_to"});
    CHECK(fields(side.to(stranger.user)) == Fields{"given_to"});
    CHECK(fields(side.to(side.colleague.user, 0, 30, "letters")) == Fields{"tasks"});
    CHECK(fields(side.to(side.colleague.user, 0, 30, "diagnosis")) == Fields{"tasks"});
    CHECK(fields(side.to_colleague(-3, -1)) == Fields{"ends_on"});
    CHECK(fields(side.to_colleague(3, 2)) == Fields{"ends_on"});
    CHECK(fields(side.to_colleague(0, 366)) == Fields{"ends_on"});
    auto given = side.to_colleague();
    given.starts_on = "30-11-2026";
    CHECK(fields(given) == Fields{"starts_on"});
    CHECK(side.mandates.give(side.giver, side.to_colleague(0, 365)));
    CHECK(side.mandates.give(side.giver, side.to_colleague(-3, 0)));
    given.starts_on = {};
    CHECK(side.mandates.give(side.giver, given));
}

TEST_CASE("delegated staff does the tasks that the own doctor gave, and no others") {
    Colleagues<MedicalZone> side;
    auto const staff = side.with_account("assistent", Role::delegated_staff, side.giver.user);
    auto const of_other = side.with_account("assistent2", Role::delegated_staff, side.colleague.user);
    using Fields = std::vector<std::string_view>;
    CHECK(fields_of(side.mandates.give(side.giver, side.to(staff.user))) == Fields{"tasks"});
    CHECK(fields_of(side.mandates.give(side.giver, side.to(of_other.user, 0, 1, "letters"))) ==
          Fields{"given_to"});
    CHECK(side.relation(staff) == Relation::none);
    auto const mandate = side.mandates.give(side.giver, side.to(staff.user, 0, 30, "consults"));
    REQUIRE(mandate);
    CHECK(side.relation(staff, Resource::consult) == Relation::delegated);
    CHECK(side.relation(staff, Resource::case_file) == Relation::delegated);
    CHECK(side.relation(staff, Resource::letter) == Relation::none);
    CHECK(side.relation(of_other, Resource::consult) == Relation::none);
    REQUIRE(side.mandates.give(side.giver, side.to(staff.user, 0, 3, "letters documents")));
    CHECK(side.relation(staff, Resource::letter) == Relation::delegated);
    REQUIRE(side.mandates.end(side.giver, *mandate));
    CHECK(side.relation(staff, Resource::consult) == Relation::none);
    CHECK(side.relation(staff, Resource::letter) == Relation::delegated);
    // Who received it sees it and gives nothing on.
    auto const own = side.mandates.list(staff);
    REQUIRE(own);
    CHECK(own->mandates.size() == 1);
    CHECK(own->can_be_given_to.empty());
    CHECK(came(side.mandates.give(staff, side.to(of_other.user))) == FailureKind::not_allowed);
}

TEST_CASE_TEMPLATE("an account that is closed or moves has handed nothing over any more", Zone, OfficeZone,
                   MedicalZone) {
    Colleagues<Zone> side;
    AccountLife<Zone> const life{
        side.frame, [](store::Transaction&, std::string_view) { return std::optional<EmployerId>{}; }};
    auto const first = side.actor(side.administrator);
    auto const second = side.actor(side.administrator);
    REQUIRE(side.mandates.give(side.giver, side.to_colleague()));
    SUBCASE("who gave it left") { REQUIRE(life.close(first, side.giver.user)); }
    SUBCASE("who received it left") { REQUIRE(life.close(first, side.colleague.user)); }
    SUBCASE("who gave it has another role") {
        NewProposal move;
        move.kind = "move";
        move.user = side.giver.user.to_string();
        move.role = name_of(Role::privacy_officer);
        auto const proposed = life.propose(first, move);
        REQUIRE(proposed);
        REQUIRE(life.approve(second, proposed->proposal));
    }
    CHECK(side.relation(side.colleague) == Relation::none);
    CHECK(side.mandates.list(side.giver)->mandates.empty());
}

TEST_CASE_TEMPLATE("who may hand over is the table", Zone, OfficeZone, MedicalZone) {
    Colleagues<Zone> side;
    std::vector<Asking> all;
    for (auto const role : all_roles) {
        if (exists_on(Zone::side, role) && role != side.role)
            all.push_back({std::string{name_of(role)}, side.actor(role), Relation::own_user});
    }
    std::erase_if(all, [](Asking const& one) { return one.actor.role == Role::insurance_doctor; });
    all.push_back({"who has cases", side.giver, Relation::own_user});
    auto const fresh = [&](Actor actor) {
        actor.fresh_at = side.clock.now();
        return actor;
    };
    as_each<Zone>(side, Resource::mandate, Action::list, all,
                  [&](Actor const& actor) { return came(side.mandates.list(actor)); });
    as_each<Zone>(side, Resource::mandate, Action::create, all, [&](Actor const& actor) {
        return came(side.mandates.give(fresh(actor), side.to_colleague()));
    });
    auto const mandate = side.hand_over(side.giver.user, side.colleague.user);
    for (auto& one : all) {
        if (one.actor.user != side.giver.user) one.relation = Relation::none;
    }
    as_each<Zone>(side, Resource::mandate, Action::end, all,
                  [&](Actor const& actor) { return came(side.mandates.end(actor, mandate)); });
    without_log<Zone>(side, [&] { return came(side.mandates.give(fresh(side.giver), side.to_colleague())); });
}

TEST_CASE_TEMPLATE("a mandate that the program did not write hands nothing over", Zone, OfficeZone,
                   MedicalZone) {
    Colleagues<Zone> side;
    auto const stranger = side.with_account("f.ander", side.role);
    auto const mandate = side.hand_over(side.giver.user, side.colleague.user);
    auto const other = side.hand_over(side.colleague.user, side.giver.user);
    Tampering<Zone> tampering{side, "mandate"};
    for (auto const& [change, who] : std::vector<std::pair<std::string, Actor>>{
             {"given_to = " + side.literal(stranger.user), stranger},
             {"ends_on = '2199-12-31'", side.colleague},
             {"starts_on = '2000-01-01'", side.colleague},
             {"tasks = 'letters'", side.colleague},
             {"given_at = given_at + 1", side.colleague},
             {"tag = " + tampering.was("tag", other), side.colleague}}) {
        CAPTURE(change);
        tampering.set(mandate, change);
        ObjectFacts facts{.resource = Resource::case_file, .assigned_user = side.giver.user};
        auto const done = side.database.transact(
            [&](store::Transaction& tx) { complete(tx, side.keyring, who, side.clock.now(), facts); });
        REQUIRE_FALSE(done);
        CHECK(done.error() == store::StoreError::broken);
        tampering.put_back();
    }
    // One that was ended is not begun again.
    REQUIRE(side.mandates.end(side.giver, mandate));
    tampering.set(mandate, "ended_at = NULL");
    ObjectFacts facts{.resource = Resource::case_file, .assigned_user = side.giver.user};
    CHECK_FALSE(side.database.transact([&](store::Transaction& tx) {
        complete(tx, side.keyring, side.colleague, side.clock.now(), facts);
    }));
}
