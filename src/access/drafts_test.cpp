#include "access/drafts.h"

#include <doctest/doctest.h>

#include <map>
#include <thread>

#include "access/testing.h"
#include "account_changes.h"

using namespace klout7;
using namespace klout7::access;
using namespace klout7::access::testing;

namespace {

/// A side with a case of somebody, and who works on it.
template <class Zone>
struct Desk : TestSide<Zone> {
    static constexpr bool is_office = TestSide<Zone>::is_office;
    static constexpr Role role = is_office ? Role::case_manager : Role::company_doctor;

    PersonId person = PersonId::make(this->clock.now(), this->random);
    CaseId case_id = CaseId::make(this->clock.now(), this->random);
    Actor own = this->actor(role);
    Actor colleague = this->actor(role);
    UserId assigned = own.user;
    Drafts<Zone> drafts{this->frame, [this](store::Transaction&, CaseId id) {
                            ObjectFacts facts{.resource = Resource::document};
                            if (id != case_id) return facts;
                            facts.case_id = case_id;
                            facts.person = person;
                            facts.assigned_user = assigned;
                            return facts;
                        }};

    Desk() {
        REQUIRE(this->database.transact([&](store::Transaction& tx) { this->keys.create(tx, person); }));
    }
    /// A form that the side has: of the office about no case, of the other about the case.
    DraftPlace place() const { return is_office ? DraftPlace{"sick_report"} : about("consult"); }
    DraftPlace about(std::string form) const { return {std::move(form), case_id}; }

    Came save(Actor const& who, DraftPlace const& where, std::string const& typed) {
        return came(drafts.save(who, where, typed));
    }
    /// What the user finds; nothing for a draft that is not there.
    std::string found(Actor const& who, DraftPlace const& where) {
        auto const draft = drafts.read(who, where);
        if (draft) return std::string{draft->content.text()};
        CHECK(draft.error().kind == FailureKind::not_found);
        return {};
    }
    std::int64_t rows() {
        auto const count = this->database.transact([](store::Transaction& tx) {
            return std::get<0>(*tx.row<std::int64_t>("SELECT COUNT(*) FROM draft"));
        });
        REQUIRE(count);
        return *count;
    }
};

}  // namespace

TEST_CASE_TEMPLATE("what was typed comes back to who typed it, as it was saved last, until it is ended", Zone,
                   OfficeZone, MedicalZone) {
    Desk<Zone> side;
    auto const place = side.place();
    CHECK(side.found(side.own, place).empty());
    CHECK(side.save(side.own, place, "first") == std::nullopt);
    side.clock.advance(Duration::seconds(10));
    auto const saved = side.drafts.save(side.own, place, std::string{"then more \xe2\x82\xac"});
    REQUIRE(saved);
    CHECK(*saved == side.clock.now());
    auto const draft = side.drafts.read(side.own, place);
    REQUIRE(draft);
    CHECK(draft->content.text() == "then more \xe2\x82\xac");
    CHECK(draft->saved_at == *saved);
    CHECK(side.rows() == 1);
    CHECK(came(side.drafts.end(side.own, place)) == std::nullopt);
    CHECK(side.found(side.own, place).empty());
    CHECK(came(side.drafts.end(side.own, place)) == FailureKind::not_found);
    CHECK(side.rows() == 0);
}

TEST_CASE_TEMPLATE("a draft is nobody else's, and each user has one of the own", Zone, OfficeZone,
                   MedicalZone) {
    Desk<Zone> side;
    auto const place = side.place();
    if (!Desk<Zone>::is_office) side.hand_over(side.own.user, side.colleague.user);
    CHECK(side.save(side.own, place, "of the one") == std::nullopt);
    CHECK(side.found(side.colleague, place).empty());
    CHECK(came(side.drafts.end(side.colleague, place)) == FailureKind::not_found);
    CHECK(side.save(side.colleague, place, "of the other") == std::nullopt);
    CHECK(side.found(side.own, place) == "of the one");
    CHECK(side.found(side.colleague, place) == "of the other");
}

TEST_CASE("who loses the case loses the draft, and has it again with the case") {
    Desk<MedicalZone> side;
    CHECK(side.save(side.own, side.about("consult"), "a note") == std::nullopt);
    side.assigned = side.colleague.user;
    CHECK(side.found(side.own, side.about("consult")).empty());
    CHECK(side.save(side.own, side.about("consult"), "more") == FailureKind::not_found);
    CHECK(came(side.drafts.end(side.own, side.about("consult"))) == FailureKind::not_found);
    CHECK(side.found(side.colleague, side.about("consult")).empty());
    side.assigned = side.own.user;
    CHECK(side.found(side.own, side.about("consult")) == "a note");
}

TEST_CASE_TEMPLATE("there are drafts of the forms that the side has, and of no others", Zone, OfficeZone,
                   MedicalZone) {
    Desk<Zone> side;
    for (auto const& form : draft_forms) {
        CAPTURE(form.name);
        bool const is_here = form.side == Zone::side;
        std::string const name{form.name};
        Came const not_there = FailureKind::not_found;
        // Of the medical side nobody has a draft about no case; a case manager could, if there were a form.
        CHECK(side.save(side.own, {name}, "typed") == (is_here && !form.is_about_case ? Came{} : not_there));
        CHECK(side.save(side.own, side.about(name), "typed") ==
              (is_here && form.is_about_case ? Came{} : not_there));
    }
    for (std::string const wrong : {"", "Consult", "consult ", "password"}) {
        CHECK(side.save(side.own, {wrong}, "typed") == FailureKind::not_found);
        CHECK(side.save(side.own, side.about(wrong), "typed") == FailureKind::not_found);
        CHECK(came(side.drafts.read(side.own, side.about(wrong))) == FailureKind::not_found);
    }
    CHECK(side.rows() == (Desk<Zone>::is_office ? 1 : 3));
}

TEST_CASE("each role has drafts as the table says, and a line of every attempt") {
    Desk<MedicalZone> side;
    auto staff = side.actor(Role::delegated_staff);
    staff.responsible = side.own.user;
    auto const stands_in = side.actor(Role::insurance_doctor);
    side.hand_over(side.own.user, staff.user, "consults");
    side.hand_over(side.own.user, stands_in.user);
    auto const place = side.about("consult");
    std::vector<Asking> const all{
        {"the doctor of the case", side.own, Relation::assigned},
        {"who stands in", stands_in, Relation::standing_in, side.own.user},
        {"delegated staff", staff, Relation::delegated},
        {"another doctor", side.colleague, Relation::none},
        {"who manages accounts", side.actor(Role::medical_account_manager), Relation::none},
        {"the client", side.client(side.person), Relation::own_person},
    };
    as_each<MedicalZone>(side, Resource::draft, Action::write, all,
                         [&](Actor const& who) { return side.save(who, place, "typed"); });
    as_each<MedicalZone>(side, Resource::draft, Action::read, all,
                         [&](Actor const& who) { return came(side.drafts.read(who, place)); });
    as_each<MedicalZone>(side, Resource::draft, Action::end, all,
                         [&](Actor const& who) { return came(side.drafts.end(who, place)); });
    without_log<MedicalZone>(side, [&] { return side.save(side.own, place, "typed"); });
    without_log<MedicalZone>(side, [&] { return came(side.drafts.read(side.own, place)); });
}

TEST_CASE("the line of a draft tells which form, and about whom") {
    Desk<MedicalZone> side;
    CHECK(side.save(side.own, side.about("letter"), "typed words") == std::nullopt);
    auto const line = side.lines().front();
    CHECK(line.entry.event.object == side.case_id.uuid());
    CHECK(line.entry.event.person == side.person);
    CHECK(line.detail == side.own.source + "\nletter");
}

TEST_CASE_TEMPLATE("content that is wrong is told to who may, and never grows past what is kept", Zone,
                   OfficeZone, MedicalZone) {
    Desk<Zone> side;
    auto const place = side.place();
    using Fields = std::vector<std::string_view>;
    Given<std::string> const spoilt = std::unexpected(Failure{FailureKind::wrong_content});
    CHECK(came(side.drafts.save(side.own, place, spoilt)) == FailureKind::wrong_content);
    CHECK(came(side.drafts.save(side.own, {"no form"}, spoilt)) == FailureKind::not_found);
    std::string const largest(largest_draft_bytes, 'x');
    CHECK(side.save(side.own, place, largest) == std::nullopt);
    CHECK(fields_of(side.drafts.save(side.own, place, largest + "x")) == Fields{"content"});
    CHECK(side.found(side.own, place) == largest);
    CHECK(side.save(side.own, place, "") == std::nullopt);
    CHECK(side.drafts.read(side.own, place)->content.view().empty());
}

TEST_CASE("a user has fifty drafts and no more, and may still change those") {
    Desk<MedicalZone> side;
    std::vector<CaseId> cases;
    Drafts<MedicalZone> const drafts{side.frame, [&](store::Transaction&, CaseId id) {
                                         return ObjectFacts{.resource = Resource::document,
                                                            .case_id = id,
                                                            .person = side.person,
                                                            .assigned_user = side.assigned};
                                     }};
    for (std::int64_t i = 0; i < most_drafts; ++i) {
        cases.push_back(CaseId::make(side.clock.now(), side.random));
        REQUIRE(drafts.save(side.own, {"consult", cases.back()}, std::string{"typed"}));
    }
    auto const one_more = [&](Actor const& who) {
        return drafts.save(who, {"letter", cases.front()}, std::string{"typed"});
    };
    auto const refused = one_more(side.own);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().fields.front().code == "too_many_drafts");
    CHECK(drafts.save(side.own, {"consult", cases.back()}, std::string{"changed"}));
    side.assigned = side.colleague.user;
    CHECK(one_more(side.colleague));
    side.assigned = side.own.user;
    REQUIRE(drafts.end(side.own, {"consult", cases.front()}));
    CHECK(one_more(side.own));
    // Those that are too old do not count, whether they were removed yet or not.
    side.clock.advance(draft_lasts);
    side.clock.advance(Duration::seconds(1));
    CHECK(drafts.save(side.own, {"functional_abilities", cases.front()}, std::string{"typed"}));
}

TEST_CASE_TEMPLATE("a draft is kept for two weeks after it was saved last", Zone, OfficeZone, MedicalZone) {
    Desk<Zone> side;
    auto const place = side.place();
    auto const remove_old = [&] {
        auto const removed = side.database.transact(
            [&](store::Transaction& tx) { return remove_old_drafts(tx, side.clock.now()); });
        REQUIRE(removed);
        return *removed;
    };
    CHECK(side.save(side.own, place, "typed") == std::nullopt);
    side.clock.advance(Duration::days(13));
    CHECK(side.save(side.own, place, "typed more") == std::nullopt);
    side.clock.advance(draft_lasts);
    CHECK(side.found(side.own, place) == "typed more");
    CHECK(remove_old() == 0);
    side.clock.advance(Duration::seconds(1));
    CHECK(side.found(side.own, place).empty());
    CHECK(side.rows() == 1);
    CHECK(side.save(side.own, place, "anew") == std::nullopt);
    CHECK(side.found(side.own, place) == "anew");
    side.clock.advance(draft_lasts);
    side.clock.advance(Duration::seconds(1));
    CHECK(remove_old() == 1);
    CHECK(side.rows() == 0);
}

TEST_CASE_TEMPLATE("two windows that save at once keep one of the two, whole", Zone, OfficeZone,
                   MedicalZone) {
    Desk<Zone> side;
    for (int round = 0; round < 10; ++round) {
        auto const place = side.place();
        std::array<Came, 2> results{FailureKind::unavailable, FailureKind::unavailable};
        std::vector<std::thread> windows;
        for (std::size_t i = 0; i < 2; ++i) {
            windows.emplace_back(
                [&, i] { results.at(i) = side.save(side.own, place, std::string(1000, "ab"[i])); });
        }
        for (auto& window : windows) window.join();
        CHECK(results == std::array<Came, 2>{});
        CHECK(side.rows() == 1);
        auto const kept = side.found(side.own, place);
        CHECK((kept == std::string(1000, 'a') || kept == std::string(1000, 'b')));
        CHECK(came(side.drafts.end(side.own, place)) == std::nullopt);
    }
}

TEST_CASE("with the key of a person the drafts about that person are gone") {
    Desk<MedicalZone> side;
    auto const place = side.about("consult");
    CHECK(side.save(side.own, place, "a note") == std::nullopt);
    side.shred(side.person);
    CHECK(side.found(side.own, place).empty());
    CHECK(side.save(side.own, place, "more") == FailureKind::not_found);
    CHECK(came(side.drafts.end(side.own, place)) == std::nullopt);
    CHECK(side.rows() == 0);
}

TEST_CASE("the drafts of a user whose account is closed are gone, and no others") {
    Desk<OfficeZone> side;
    CHECK(side.save(side.own, side.place(), "typed") == std::nullopt);
    CHECK(side.save(side.colleague, side.place(), "typed too") == std::nullopt);
    REQUIRE(side.database.transact([&](store::Transaction& tx) {
        insert_account(
            tx, side.keyring, side.own.user,
            {.user_name = *UserName::parse("c.gaat"), .display_name = "C. Gaat", .role = side.role},
            "no hash", side.clock.now(), side.random);
        close_account(AccountWork<OfficeZone>{side.frame, tx, side.clock.now()},
                      *load_account(tx, side.keyring, side.own.user));
    }));
    CHECK(side.found(side.own, side.place()).empty());
    CHECK(side.found(side.colleague, side.place()) == "typed too");
}

TEST_CASE_TEMPLATE("a row that was changed from outside shows nothing", Zone, OfficeZone, MedicalZone) {
    Desk<Zone> side;
    auto const place = side.place();
    if (!Desk<Zone>::is_office) side.hand_over(side.own.user, side.colleague.user);
    CHECK(side.save(side.own, place, "of the one") == std::nullopt);
    auto const id = side.database.transact(
        [](store::Transaction& tx) { return std::get<0>(*tx.row<Uuid>("SELECT id FROM draft")); });
    REQUIRE(id);
    Tampering<Zone> tampering{side, "draft"};
    auto const read = [&](Actor const& who) { return came(side.drafts.read(who, place)); };
    SUBCASE("given to somebody else") {
        tampering.set(*id, "user_id = " + side.literal(side.colleague.user.uuid()));
        CHECK(read(side.colleague) == FailureKind::unavailable);
        CHECK(read(side.own) == FailureKind::not_found);
    }
    SUBCASE("kept longer") {
        tampering.set(*id, "saved_at = saved_at + 1");
        CHECK(read(side.own) == FailureKind::unavailable);
    }
    SUBCASE("with other content") {
        CHECK(side.save(side.colleague, place, "of the other") == std::nullopt);
        auto const all = side.database.transact(
            [](store::Transaction& tx) { return tx.rows<Uuid>("SELECT id FROM draft"); });
        REQUIRE(all);
        auto const other =
            std::get<0>(all->front()) == *id ? std::get<0>(all->back()) : std::get<0>(all->front());
        auto const content = "(SELECT x.content FROM (SELECT * FROM " +
                             std::string{Desk<Zone>::is_office ? "klout7_office" : "klout7_medical"} +
                             ".draft) x WHERE x.id = " + side.literal(other) + ")";
        for (std::string const change :
             {"content = CONCAT(content, 'x')", "content = ''", "content = LEFT(content, 30)"}) {
            tampering.set(*id, change);
            CHECK(read(side.own) == FailureKind::unavailable);
        }
        tampering.set(*id, "content = " + content);
        CHECK(read(side.own) == FailureKind::unavailable);
        // What cannot be read can be written over.
        CHECK(side.save(side.own, place, "anew") == std::nullopt);
        CHECK(read(side.own) == std::nullopt);
    }
}
