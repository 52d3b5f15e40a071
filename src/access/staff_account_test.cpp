#include "access/staff_account.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

#include "access/account_life.h"
#include "access/administrators.h"
#include "access/notices.h"
#include "access/testing.h"
#include "account_row.h"

using namespace klout7;
using namespace klout7::access;
using namespace klout7::access::testing;

namespace {

using Told = std::vector<handover::StaffAccount>;

/// A side with two administrators, which tells the other one of its accounts.
template <class Zone>
struct Staffed : TestSide<Zone> {
    static constexpr Side side = Zone::side;
    static constexpr Role some_role = side == Side::office ? Role::case_manager : Role::company_doctor;

    Told told;  ///< on its way to the other side
    Frame<Zone> telling = [this] {
        auto with_the_other = this->frame;
        with_the_other.tell_other_side = [this](store::Transaction&, handover::StaffAccount const& account) {
            told.push_back(account);
        };
        return with_the_other;
    }();
    AccountLife<Zone> life{telling, [](store::Transaction&, std::string_view) { return std::nullopt; }};
    Administrators<Zone> administrators{telling};
    Actor first = this->actor(administrator_of(side));
    Actor second = this->actor(administrator_of(side));

    NewProposal invitation(std::string_view user_name, Role role, std::string_view e_mail) const {
        NewProposal given;
        given.kind = "invite";
        given.user_name = user_name;
        given.display_name = "J. Jansen";
        given.role = name_of(role);
        given.e_mail = e_mail;
        return given;
    }
    Proposed propose(NewProposal const& given) {
        auto proposed = life.propose(first, given);
        REQUIRE(proposed);
        return std::move(*proposed);
    }
    UserId carry_out(NewProposal const& given) {
        this->clock.advance(Duration::seconds(1));  // so that no two are made at the same moment
        auto const approved = life.approve(second, propose(given).proposal);
        REQUIRE(approved);
        return approved->user;
    }
    UserId invite(std::string_view user_name, Role role = some_role) {
        return carry_out(invitation(user_name, role, std::string{user_name} + "@example.org"));
    }
    UserId change(ProposalKind kind, UserId user, std::string_view role = {}) {
        NewProposal given;
        given.kind = name_of(kind);
        given.user = user.to_string();
        given.role = role;
        return carry_out(given);
    }
    /// Whether somebody with the address of this user could have an account of this role here.
    bool may_invite(std::string_view user_name, Role role = some_role) {
        auto const e_mail = std::string{user_name} + "@example.org";
        auto const made = life.propose(first, invitation("somebody", role, e_mail));
        if (made) return life.end(first, made->proposal).has_value();
        REQUIRE(made.error().fields.size() == 1);
        CHECK(made.error().fields.front().code == "roles_conflict");
        return false;
    }
    bool is_closed(UserId user) {
        auto const row = this->database.transact(
            [&](store::Transaction& tx) { return load_account(tx, this->keyring, user); });
        REQUIRE((row && *row));
        return (*row)->closed_at.has_value();
    }
    bool keep(handover::StaffAccount const& account) {
        auto const kept = this->database.transact(
            [&](store::Transaction& tx) { return keep_staff_account(telling, tx, account); });
        REQUIRE(kept);
        return *kept;
    }
};

/// Takes in all that was told.
template <class To>
void deliver(Told& told, To& to) {
    for (auto const& account : std::exchange(told, {})) CHECK(to.keep(account));
}

struct BothSides {
    Staffed<OfficeZone> office;
    Staffed<MedicalZone> medical;

    void deliver_all() {
        while (!office.told.empty() || !medical.told.empty()) {
            deliver(office.told, medical);
            deliver(medical.told, office);
        }
    }
};

handover::StaffAccount account_of(UserId user, std::string_view role, bool is_open = true) {
    return {user, "j.jansen@example.org", std::string{role}, is_open};
}

}  // namespace

TEST_CASE("who works on one side is not let in to work on the other, as long as that account is open") {
    BothSides both;
    auto& [office, medical] = both;
    auto const user = office.invite("j.jansen");
    CHECK(medical.may_invite("j.jansen"));  // the message is on its way
    both.deliver_all();
    for (auto const role : all_roles) {
        if (!may_manage(Side::medical, administrator_of(Side::medical), role)) continue;
        if (role == Role::client || role == Role::delegated_staff) continue;  // need more than a role
        CAPTURE(name_of(role));
        CHECK_FALSE(medical.may_invite("j.jansen", role));
    }
    CHECK(medical.may_invite("p.pietersen"));
    CHECK(medical.administrators
              .add(*UserName::parse("beheer"), "J. Jansen", "j.jansen@example.org", "operator")
              .error() == AdministratorFault::conflict);

    REQUIRE(office.life.close(office.first, user));
    CHECK_FALSE(medical.may_invite("j.jansen"));  // the message is on its way
    both.deliver_all();
    CHECK(medical.may_invite("j.jansen"));

    office.change(ProposalKind::reopen, user);
    both.deliver_all();
    CHECK_FALSE(medical.may_invite("j.jansen"));
}

TEST_CASE("the office is told of who works on the medical side as well, by the operator too") {
    BothSides both;
    auto& [office, medical] = both;
    auto const user = medical.invite("j.jansen");
    REQUIRE(medical.administrators.add(*UserName::parse("beheer"), "B. Beheer", "beheer@example.org",
                                       "operator"));
    both.deliver_all();
    CHECK_FALSE(office.may_invite("j.jansen"));
    CHECK_FALSE(office.may_invite("beheer"));
    REQUIRE(medical.life.close(medical.first, user));
    REQUIRE(medical.administrators.close(*UserName::parse("beheer"), "operator"));
    both.deliver_all();
    CHECK(office.may_invite("j.jansen"));
    CHECK(office.may_invite("beheer"));
}

TEST_CASE("the privacy officer, and an auditor who is a doctor, work on both sides") {
    BothSides both;
    auto& [office, medical] = both;
    office.invite("privacy", Role::privacy_officer);
    auto const auditor = office.invite("auditor", Role::auditor);
    both.deliver_all();
    CHECK(medical.may_invite("privacy", Role::privacy_officer));
    CHECK_FALSE(medical.may_invite("privacy", Role::doctor_auditor));
    CHECK(medical.may_invite("auditor", Role::doctor_auditor));
    CHECK_FALSE(medical.may_invite("auditor", Role::company_doctor));

    office.change(ProposalKind::move, auditor, "payments");
    both.deliver_all();
    CHECK_FALSE(medical.may_invite("auditor", Role::doctor_auditor));
}

TEST_CASE("what was proposed before it was known is not approved after") {
    BothSides both;
    auto& [office, medical] = both;
    auto const proposed =
        medical.propose(medical.invitation("arts", Role::company_doctor, "j.jansen@example.org"));
    office.invite("j.jansen");
    both.deliver_all();
    CHECK(came(medical.life.approve(medical.second, proposed.proposal)) == FailureKind::not_now);
}

TEST_CASE("of two accounts of one person that crossed, the later one is closed, on whichever side it is") {
    for (bool const office_is_first : {true, false}) {
        CAPTURE(office_is_first);
        BothSides both;
        auto& [office, medical] = both;
        office.clock.advance(Duration::seconds(office_is_first ? 0 : 2));
        medical.clock.advance(Duration::seconds(1));
        auto const at_office = office.invite("j.jansen");
        auto const at_medical = medical.invite("j.jansen");
        both.deliver_all();
        CHECK(office.is_closed(at_office) == !office_is_first);
        CHECK(medical.is_closed(at_medical) == office_is_first);
        // The one that stays is known to the other side, which lets nobody in beside it.
        CHECK_FALSE(office.may_invite("j.jansen"));
        CHECK_FALSE(medical.may_invite("j.jansen"));
    }
}

TEST_CASE("the administrators hear of an account that is closed so, and the log tells why") {
    BothSides both;
    auto& [office, medical] = both;
    auto const administrator = [&] {
        auto const out = medical.administrators.add(*UserName::parse("beheer"), "B. Beheer",
                                                    "beheer@example.org", "operator");
        REQUIRE(out);
        auto one = medical.actor(Role::medical_account_manager);
        one.user = out->user;
        return one;
    }();
    medical.clock.advance(Duration::seconds(1));
    auto const later = medical.invite("j.jansen");
    office.invite("j.jansen");
    both.deliver_all();
    CHECK(medical.is_closed(later));
    auto const notices = Notices<MedicalZone>{medical.frame}.list(administrator);
    REQUIRE(notices);
    CHECK(std::ranges::count(*notices, NoticeKind::account_closed, &NoticeView::kind) == 1);
    auto const lines = medical.lines();
    auto const line = std::ranges::find_if(lines, [&](auto const& one) {
        return one.entry.event.object == later.uuid() && one.entry.event.action == "end";
    });
    REQUIRE(line != lines.end());
    CHECK(line->entry.event.ground == "message of the office side");
    CHECK(line->detail == "close\nroles_conflict");
}

TEST_CASE("of clients nothing is told, and who becomes one works there no more") {
    BothSides both;
    auto& [office, medical] = both;
    auto const person = PersonId::make(office.clock.now(), office.random);
    REQUIRE(office.database.transact([&](store::Transaction& tx) { office.keys.create(tx, person); }));
    auto invitation = office.invitation("client", Role::client, "client@example.org");
    invitation.person = person.to_string();
    auto const client = office.carry_out(invitation);
    REQUIRE(office.life.close(office.first, client));
    CHECK(office.told.empty());

    auto const user = office.invite("j.jansen");
    both.deliver_all();
    CHECK_FALSE(medical.may_invite("j.jansen"));
    NewProposal move;
    move.kind = "move";
    move.user = user.to_string();
    move.role = "client";
    move.person = person.to_string();
    office.carry_out(move);
    CHECK(office.told.size() == 1);
    both.deliver_all();
    CHECK(medical.may_invite("j.jansen"));
}

TEST_CASE("what is told twice is kept once, and what cannot be is refused") {
    BothSides both;
    auto& [office, medical] = both;
    auto const user = UserId::make(medical.clock.now(), medical.random);
    CHECK(office.keep(account_of(user, "company_doctor")));
    CHECK(office.keep(account_of(user, "company_doctor")));
    CHECK_FALSE(office.may_invite("j.jansen"));

    auto const before = office.state();
    auto const lines = office.line_count();
    for (auto const* role : {"case_manager", "employer_system", "", "nobody"})
        CHECK_FALSE(office.keep(account_of(user, role)));
    CHECK_FALSE(office.keep({user, "no address", "company_doctor", true}));
    CHECK(office.state() == before);
    CHECK(office.line_count() == lines);
}

TEST_CASE("a row about the other side that a database administrator wrote stops the work") {
    BothSides both;
    auto& [office, medical] = both;
    auto const user = UserId::make(medical.clock.now(), medical.random);
    CHECK(office.keep(account_of(user, "company_doctor")));
    auto const others = office.invitation("j.jansen", Role::case_manager, "j.jansen@example.org");
    for (auto const* change : {"role = 'client'", "user_id = x'00000000000000000000000000000001'"}) {
        CAPTURE(change);
        office.tamper(
            "CREATE OR REPLACE TABLE klout7_office.kept AS SELECT * FROM klout7_office.other_side_account");
        office.tamper(std::string{"UPDATE klout7_office.other_side_account SET "} + change);
        CHECK(came(office.life.propose(office.first, others)) == FailureKind::unavailable);
        office.tamper("DELETE FROM klout7_office.other_side_account");
        office.tamper("INSERT INTO klout7_office.other_side_account SELECT * FROM klout7_office.kept");
        office.tamper("DROP TABLE klout7_office.kept");
    }
    CHECK_FALSE(office.may_invite("j.jansen"));
}
