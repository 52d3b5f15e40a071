#include "access/account_life.h"

#include <doctest/doctest.h>

#include "access/factors.h"
#include "access/one_time_code.h"
#include "access/own_sign_in.h"
#include "access/sign_in.h"
#include "access/testing.h"
#include "account_row.h"
#include "base/text.h"

using namespace klout7;
using namespace klout7::access;
using namespace klout7::access::testing;

namespace {

constexpr std::string_view own_password = "Zeven blauwe fietsen 7!";

/// A side with two administrators, who signed in, and one employer.
template <class Zone>
struct Office : TestSide<Zone> {
    static constexpr bool is_office = TestSide<Zone>::is_office;
    static constexpr Role administrator =
        is_office ? Role::functional_administrator : Role::medical_account_manager;
    static constexpr Role some_role = is_office ? Role::case_manager : Role::company_doctor;
    static constexpr Role other_role = is_office ? Role::payments : Role::insurance_doctor;

    EmployerId employer = EmployerId::make(this->clock.now(), this->random);
    AccountLife<Zone> life{this->frame, [this](store::Transaction&, std::string_view code) {
                               return code == "W001" ? std::optional{employer} : std::nullopt;
                           }};
    SignIn<Zone> sign_in{this->frame};
    OwnSignIn<Zone> own{this->frame};
    Factors<Zone> factors{this->frame};
    Actor first = this->actor(administrator);
    Actor second = this->actor(administrator);

    NewProposal invitation(std::string_view user_name, Role role = some_role) const {
        NewProposal given;
        given.kind = "invite";
        given.user_name = user_name;
        given.display_name = "J. Jansen";
        given.role = name_of(role);
        given.e_mail = ascii_lower(user_name) + "@example.org";
        return given;
    }
    static NewProposal about(ProposalKind kind, UserId user) {
        NewProposal given;
        given.kind = name_of(kind);
        given.user = user.to_string();
        return given;
    }
    /// As long as the administrators have been at it, they show their second factor again.
    void stay_fresh() { first.fresh_at = second.fresh_at = this->clock.now(); }
    void wait(Duration duration) {
        this->clock.advance(duration);
        stay_fresh();
    }
    Proposed propose(NewProposal const& given) {
        auto proposed = life.propose(first, given);
        REQUIRE(proposed);
        return std::move(*proposed);
    }
    Approved approve(ProposalId proposal) {
        auto approved = life.approve(second, proposal);
        REQUIRE(approved);
        return std::move(*approved);
    }
    Approved carry_out(NewProposal const& given) { return approve(propose(given).proposal); }

    /// Somebody who came in with what two administrators handed out.
    struct Invited {
        UserId user;
        std::string user_name;
        std::string welcome_password;
        std::string code;  ///< both halves
    };
    Invited invite(std::string_view user_name, Role role = some_role) {
        auto const proposed = propose(invitation(user_name, role));
        auto const approved = approve(proposed.proposal);
        return {approved.user, std::string{user_name}, std::string{proposed.welcome_password->text()},
                code_of(proposed, approved)};
    }
    static std::string code_of(Proposed const& proposed, Approved const& approved) {
        REQUIRE((proposed.half_code && approved.half_code));
        return std::string{proposed.half_code->text()} + " " + std::string{approved.half_code->text()};
    }
    std::optional<SignedIn> enter(std::string_view user_name, std::string_view password, std::string code) {
        auto in = sign_in.sign_in({user_name, password, Proof{std::move(code)}, {}, "192.0.2.1"});
        if (!in) return std::nullopt;
        return std::move(*in);
    }
    std::optional<Session> session_of(std::string_view token) {
        auto const found = sign_in.find(token, "192.0.2.1");
        REQUIRE(found);
        return *found;
    }
    /// Someone who chose a password and set up an authenticator app; then its secret.
    struct Settled {
        UserId user;
        std::string user_name;
        SecretBytes secret;
        std::string token;
    };
    Settled settle(std::string_view user_name, Role role = some_role) {
        auto const invited = invite(user_name, role);
        auto const in = enter(user_name, invited.welcome_password, invited.code);
        REQUIRE(in);
        auto session = session_of(in->token);
        REQUIRE(session);
        auto const token = own.change_password(
            session->actor, PasswordChange{SecretBytes::from_text(invited.welcome_password),
                                           SecretBytes::from_text(own_password)});
        REQUIRE(token);
        session = session_of(*token);
        REQUIRE(session);
        auto offer = factors.offer_app(session->actor);
        REQUIRE(offer);
        auto const code = totp_code(offer->secret.view(), totp_step_at(this->clock.now()));
        REQUIRE(factors.add_app(session->actor, NewApp{"Telefoon", offer->offer, code}));
        return {invited.user, std::string{user_name}, std::move(offer->secret), *token};
    }
    std::optional<SignedIn> enter(Settled const& who) {
        wait(Duration::seconds(totp_step_seconds));
        return enter(who.user_name, own_password,
                     totp_code(who.secret.view(), totp_step_at(this->clock.now())));
    }
    ManagedAccount managed(UserId user) {
        auto const page = life.list(first, {});
        REQUIRE(page);
        for (auto const& one : page->accounts) {
            if (one.account.user == user) return one;
        }
        FAIL("no such account");
        return {};
    }
    std::optional<AccountRow> row(UserId user) {
        auto found = this->database.transact(
            [&](store::Transaction& tx) { return load_account(tx, this->keyring, user); });
        REQUIRE(found);
        return std::move(*found);
    }
};

}  // namespace

TEST_CASE_TEMPLATE("who is invited comes in with what two administrators hand out, and with no less", Zone,
                   OfficeZone, MedicalZone) {
    Office<Zone> side;
    auto const proposed = side.propose(side.invitation("j.jansen"));
    CHECK(proposed.until == side.clock.now() + Duration::days(7));
    REQUIRE((proposed.welcome_password && proposed.half_code));
    std::string const welcome{proposed.welcome_password->text()};
    std::string const first_half{proposed.half_code->text()};
    CHECK(first_half.size() == 14);  // "7k3m-x9qa-2bcd"
    // Nobody is there until it is approved.
    CHECK_FALSE(side.enter("j.jansen", welcome, first_half));
    auto const waiting = side.life.proposals(side.second);
    REQUIRE(waiting);
    REQUIRE(waiting->size() == 1);
    CHECK(waiting->front().user_name == "j.jansen");
    CHECK(waiting->front().display_name == "J. Jansen");
    CHECK(waiting->front().role == side.some_role);
    CHECK(waiting->front().proposed_by == side.first.user);

    auto const approved = side.approve(proposed.proposal);
    CHECK(approved.user == waiting->front().user);
    CHECK(side.life.proposals(side.first)->empty());
    std::string const second_half{approved.half_code->text()};
    CHECK(first_half != second_half);
    for (auto const& half : {first_half, second_half, second_half + first_half, first_half + first_half})
        CHECK_FALSE(side.enter("j.jansen", welcome, half));
    CHECK_FALSE(side.enter("j.jansen", "Zeven blauwe fietsen 7!", first_half + second_half));

    side.wait(Duration::minutes(1));  // so many wrong guesses make the next one wait
    auto const in = side.enter("j.jansen", welcome, first_half + second_half);
    REQUIRE(in);
    CHECK(in->must_change_password);
    CHECK(in->must_add_factor);
    CHECK_FALSE(side.enter("j.jansen", welcome, first_half + second_half));  // it counts once
    auto const session = side.session_of(in->token);
    REQUIRE(session);
    CHECK(session->must_change_password);
    CHECK(session->actor.must_add_factor);
    CHECK(session->actor.role == side.some_role);
}

TEST_CASE_TEMPLATE("a session that must set up a second factor is done when there is one", Zone, OfficeZone,
                   MedicalZone) {
    Office<Zone> side;
    auto const settled = side.settle("j.jansen");
    auto const session = side.session_of(settled.token);
    REQUIRE(session);
    CHECK_FALSE(session->must_change_password);
    CHECK_FALSE(session->actor.must_add_factor);
    auto const in = side.enter(settled);
    REQUIRE(in);
    CHECK_FALSE(in->must_add_factor);
    CHECK_FALSE(in->must_change_password);
    CHECK(side.managed(settled.user).last_signed_in_at == side.clock.now());
}

TEST_CASE("a welcome password lasts a day from the approval, a set-up code a week") {
    Office<OfficeZone> side;
    auto const proposed = side.propose(side.invitation("j.jansen"));
    std::string const welcome{proposed.welcome_password->text()};
    side.wait(Duration::days(7));  // the last moment for approving it
    auto const approved = side.approve(proposed.proposal);
    auto const code = side.code_of(proposed, approved);
    side.wait(Duration::hours(24));
    CHECK_FALSE(side.enter("j.jansen", welcome, code));
    auto const soon = side.life.reset_password(side.first, approved.user);
    REQUIRE(soon);
    CHECK(soon->until == side.clock.now() + Duration::hours(24));
    side.wait(Duration::days(6));
    auto const late = side.life.reset_password(side.first, approved.user);
    REQUIRE(late);
    SUBCASE("to the last moment") { CHECK(side.enter("j.jansen", late->password.text(), code)); }
    SUBCASE("and not after") {
        side.wait(Duration{1});
        CHECK_FALSE(side.enter("j.jansen", late->password.text(), code));
    }
}

TEST_CASE_TEMPLATE("nobody approves what is their own, what was decided, or what is over", Zone, OfficeZone,
                   MedicalZone) {
    Office<Zone> side;
    auto const proposal = side.propose(side.invitation("j.jansen")).proposal;
    CHECK(came(side.life.approve(side.first, proposal)) == FailureKind::not_allowed);
    CHECK(side.lines().front().entry.event.outcome == audit::Outcome::refused);
    CHECK(came(side.life.approve(side.second, ProposalId{})) == FailureKind::not_found);
    SUBCASE("approved already") {
        side.approve(proposal);
        CHECK(came(side.life.approve(side.second, proposal)) == FailureKind::not_now);
        CHECK(came(side.life.end(side.second, proposal)) == FailureKind::not_now);
    }
    SUBCASE("withdrawn by who proposed it") {
        REQUIRE(side.life.end(side.first, proposal));
        CHECK(came(side.life.approve(side.second, proposal)) == FailureKind::not_now);
        CHECK(came(side.life.end(side.first, proposal)) == FailureKind::not_now);
        CHECK(side.life.proposals(side.first)->empty());
    }
    SUBCASE("refused by another") {
        REQUIRE(side.life.end(side.second, proposal));
        CHECK(came(side.life.approve(side.second, proposal)) == FailureKind::not_now);
    }
    SUBCASE("a week later") {
        side.wait(Duration{Duration::days(7).microseconds + 1});
        CHECK(side.life.proposals(side.first)->empty());
        CHECK(came(side.life.approve(side.second, proposal)) == FailureKind::not_now);
        CHECK(came(side.life.end(side.second, proposal)) == FailureKind::not_now);
    }
    SUBCASE("an administrator who last showed a second factor ten minutes ago") {
        side.clock.advance(Duration{Duration::minutes(10).microseconds + 1});
        CHECK(came(side.life.approve(side.second, proposal)) == FailureKind::not_fresh);
    }
}

TEST_CASE("of two invitations with one name the first to be approved has it") {
    Office<OfficeZone> side;
    auto const one = side.propose(side.invitation("j.jansen")).proposal;
    auto homonym = side.invitation("J.Jansen");
    homonym.e_mail = "another@example.org";
    auto const other = side.propose(homonym).proposal;
    side.approve(one);
    CHECK(came(side.life.approve(side.second, other)) == FailureKind::already_there);
    CHECK(fields_of(side.life.propose(side.first, homonym)) == std::vector<std::string_view>{"user_name"});
}

TEST_CASE_TEMPLATE("who lost the second factors gets new ones from two administrators", Zone, OfficeZone,
                   MedicalZone) {
    Office<Zone> side;
    auto const settled = side.settle("j.jansen");
    REQUIRE(side.session_of(settled.token));
    auto const proposed = side.propose(side.about(ProposalKind::new_factors, settled.user));
    CHECK_FALSE(proposed.welcome_password);
    CHECK(side.session_of(settled.token));  // until it is approved all stays as it was
    auto const code = side.code_of(proposed, side.approve(proposed.proposal));
    CHECK_FALSE(side.session_of(settled.token));
    CHECK_FALSE(side.enter(settled));
    auto const in = side.enter("j.jansen", own_password, code);
    REQUIRE(in);
    CHECK_FALSE(in->must_change_password);
    CHECK(in->must_add_factor);
    auto const session = side.session_of(in->token);
    REQUIRE(session);
    CHECK(session->actor.must_add_factor);
    // It has nothing to show again: it stays fresh, and makes a factor.
    side.clock.advance(Duration::minutes(15));
    CHECK(side.factors.offer_app(session->actor));
}

TEST_CASE_TEMPLATE("an account that moves has another role at the next request", Zone, OfficeZone,
                   MedicalZone) {
    Office<Zone> side;
    auto const settled = side.settle("j.jansen");
    auto move = side.about(ProposalKind::move, settled.user);
    move.role = name_of(side.other_role);
    side.carry_out(move);
    CHECK(side.row(settled.user)->role == side.other_role);
    CHECK_FALSE(side.session_of(settled.token));
    auto const in = side.enter(settled);
    REQUIRE(in);
    CHECK(in->role == side.other_role);
    CHECK(side.session_of(in->token)->actor.role == side.other_role);
}

TEST_CASE("what an account has of its role goes with the role") {
    Office<OfficeZone> side;
    auto given = side.invitation("werkgever.w1", Role::employer);
    given.employer = "W001";
    auto const user = side.carry_out(given).user;
    CHECK(side.row(user)->employer == side.employer);
    auto move = side.about(ProposalKind::move, user);
    move.role = name_of(Role::case_manager);
    side.carry_out(move);
    CHECK(side.row(user)->employer == std::nullopt);
}

TEST_CASE_TEMPLATE("an account that is closed opens nothing, until two administrators open it again", Zone,
                   OfficeZone, MedicalZone) {
    Office<Zone> side;
    auto const settled = side.settle("j.jansen");
    REQUIRE(side.session_of(settled.token));
    REQUIRE(side.life.close(side.first, settled.user));
    CHECK_FALSE(side.session_of(settled.token));
    CHECK_FALSE(side.enter(settled));
    CHECK(side.managed(settled.user).account.is_closed);
    CHECK(came(side.life.close(side.first, settled.user)) == FailureKind::not_now);
    CHECK(came(side.life.reset_password(side.first, settled.user)) == FailureKind::not_now);
    CHECK(came(side.life.review(side.first, settled.user)) == FailureKind::not_now);
    CHECK(came(side.life.propose(side.first, side.about(ProposalKind::new_factors, settled.user))) ==
          FailureKind::not_now);
    side.carry_out(side.about(ProposalKind::reopen, settled.user));
    CHECK_FALSE(side.session_of(settled.token));  // that session is over
    CHECK(side.enter(settled));
    CHECK(came(side.life.propose(side.first, side.about(ProposalKind::reopen, settled.user))) ==
          FailureKind::not_now);
}

TEST_CASE_TEMPLATE("what was proposed of an account that changed meanwhile is not done", Zone, OfficeZone,
                   MedicalZone) {
    Office<Zone> side;
    auto const settled = side.settle("j.jansen");
    auto const proposal = side.propose(side.about(ProposalKind::new_factors, settled.user)).proposal;
    SUBCASE("closed") { REQUIRE(side.life.close(side.first, settled.user)); }
    SUBCASE("moved") {
        auto move = side.about(ProposalKind::move, settled.user);
        move.role = name_of(side.other_role);
        side.carry_out(move);
    }
    CHECK(came(side.life.approve(side.second, proposal)) == FailureKind::not_now);
    // Nothing was decided: it is still there to be withdrawn.
    CHECK(side.life.end(side.second, proposal));
}

TEST_CASE_TEMPLATE("a forgotten password is one administrator's to replace, and alone opens nothing", Zone,
                   OfficeZone, MedicalZone) {
    Office<Zone> side;
    auto const settled = side.settle("j.jansen");
    auto const welcome = side.life.reset_password(side.second, settled.user);
    REQUIRE(welcome);
    CHECK_FALSE(side.session_of(settled.token));
    CHECK_FALSE(side.enter(settled));
    CHECK_FALSE(side.enter("j.jansen", welcome->password.text(), "000000"));
    side.wait(Duration::seconds(totp_step_seconds));
    auto const in = side.enter("j.jansen", welcome->password.text(),
                               totp_code(settled.secret.view(), totp_step_at(side.clock.now())));
    REQUIRE(in);
    CHECK(in->must_change_password);
    CHECK_FALSE(in->must_add_factor);
}

TEST_CASE_TEMPLATE("an account is looked at once a year", Zone, OfficeZone, MedicalZone) {
    Office<Zone> side;
    auto const user = side.invite("j.jansen").user;
    auto const start = side.clock.now();
    CHECK(side.managed(user).reviewed_at == start);  // who approved it looked at it
    side.wait(Duration::days(365));
    CHECK_FALSE(side.managed(user).review_is_due);
    side.wait(Duration{1});
    CHECK(side.managed(user).review_is_due);
    REQUIRE(side.life.review(side.first, user));
    CHECK_FALSE(side.managed(user).review_is_due);
    CHECK(side.managed(user).reviewed_at == side.clock.now());
    side.wait(Duration::days(366));
    REQUIRE(side.life.close(side.first, user));
    CHECK_FALSE(side.managed(user).review_is_due);
}

TEST_CASE_TEMPLATE("accounts of administrators, and of nobody, are not an administrator's", Zone, OfficeZone,
                   MedicalZone) {
    Office<Zone> side;
    NewAccount const account{
        .user_name = *UserName::parse("beheer3"), .display_name = "B. Heer", .role = side.administrator};
    auto const made = side.database.transact(
        [&](store::Transaction& tx) { return create_account(side.frame, tx, account); });
    REQUIRE(made);
    for (auto const& [user, kind] :
         {std::pair{made->user, FailureKind::not_allowed}, std::pair{UserId{}, FailureKind::not_found}}) {
        CHECK(came(side.life.close(side.first, user)) == kind);
        CHECK(came(side.life.reset_password(side.first, user)) == kind);
        CHECK(came(side.life.review(side.first, user)) == kind);
    }
    CHECK(came(side.life.propose(side.first, side.about(ProposalKind::new_factors, made->user))) ==
          FailureKind::not_allowed);
    CHECK(fields_of(side.life.propose(side.first, side.invitation("beheer4", side.administrator))) ==
          std::vector<std::string_view>{"role"});
}

TEST_CASE("what was typed is looked at, and each field told of") {
    Office<OfficeZone> side;
    auto const known = side.invite("j.jansen");
    auto const fields = [&](auto change) {
        auto given = side.invitation("p.pietersen");
        change(given);
        return fields_of(side.life.propose(side.first, given));
    };
    using Fields = std::vector<std::string_view>;
    CHECK(fields([](NewProposal& given) { given = {}; }) == Fields{"kind"});
    CHECK(fields([](NewProposal& given) { given.kind = "promote"; }) == Fields{"kind"});
    CHECK(fields([](NewProposal& given) {
              given = {};
              given.kind = "invite";
          }) == Fields{"user_name", "display_name", "role", "e_mail"});
    CHECK(fields([](NewProposal& given) { given.user_name = "J.JANSEN"; }) == Fields{"user_name"});
    CHECK(fields([](NewProposal& given) { given.display_name = "\xff"; }) == Fields{"display_name"});
    CHECK(fields([](NewProposal& given) { given.display_name = std::string(101, 'x'); }) ==
          Fields{"display_name"});
    CHECK(fields([](NewProposal& given) { given.e_mail = "p.pietersen"; }) == Fields{"e_mail"});
    CHECK(fields([](NewProposal& given) { given.e_mail = ""; }) == Fields{"e_mail"});
    CHECK(fields([](NewProposal& given) { given.role = "company_doctor"; }) == Fields{"role"});
    CHECK(fields([](NewProposal& given) { given.role = "employer"; }) == Fields{"employer"});
    CHECK(fields([](NewProposal& given) {
              given.role = "employer";
              given.employer = "W002";
          }) == Fields{"employer"});
    CHECK(fields([](NewProposal& given) { given.role = "client"; }) == Fields{"person"});
    CHECK(fields([](NewProposal& given) {
              given.role = "client";
              given.person = "01999999-9999-7999-8999-999999999999";
          }) == Fields{"person"});
    CHECK(fields([&](NewProposal& given) {
              given.employer = "W001";
              given.person = known.user.to_string();
              given.responsible = known.user.to_string();
          }) == Fields{"employer", "person", "responsible"});
    CHECK(fields([](NewProposal& given) {
              given = {};
              given.kind = "move";
              given.user = "nobody";
          }) == Fields{"user"});
}

TEST_CASE("delegated staff works for a doctor whose account is open") {
    Office<MedicalZone> side;
    auto const doctor = side.invite("d.arts").user;
    auto given = side.invitation("assistent", Role::delegated_staff);
    CHECK(fields_of(side.life.propose(side.first, given)) == std::vector<std::string_view>{"responsible"});
    given.responsible = doctor.to_string();
    auto const proposal = side.propose(given).proposal;
    SUBCASE("then") {
        auto const user = side.approve(proposal).user;
        CHECK(side.row(user)->responsible == doctor);
        // Who works for a doctor answers for nobody.
        auto next = side.invitation("assistent2", Role::delegated_staff);
        next.responsible = user.to_string();
        CHECK(fields_of(side.life.propose(side.first, next)) == std::vector<std::string_view>{"responsible"});
    }
    SUBCASE("no more when the doctor left before it was approved") {
        REQUIRE(side.life.close(side.first, doctor));
        CHECK(came(side.life.approve(side.second, proposal)) == FailureKind::not_now);
    }
}

TEST_CASE("a client's account is of somebody who is known") {
    Office<OfficeZone> side;
    auto const person = PersonId::make(side.clock.now(), side.random);
    REQUIRE(side.database.transact([&](store::Transaction& tx) { side.keys.create(tx, person); }));
    auto given = side.invitation("client", Role::client);
    given.person = person.to_string();
    CHECK(side.row(side.carry_out(given).user)->person == person);
}

TEST_CASE("the list has pages, and each account is on one of them") {
    Office<OfficeZone> side;
    constexpr int count = accounts_a_page + 1;
    REQUIRE(side.database.transact([&](store::Transaction& tx) {
        for (int i = 0; i < count; ++i) {
            insert_account(tx, side.keyring, UserId::make(side.clock.now(), side.random),
                           {.user_name = *UserName::parse("user" + std::to_string(i)),
                            .display_name = "U.",
                            .role = Role::case_manager},
                           "no hash", side.clock.now(), side.random);
        }
    }));
    auto const page = side.life.list(side.first, {});
    REQUIRE(page);
    CHECK(page->accounts.size() == accounts_a_page);
    REQUIRE(page->next);
    auto const rest = side.life.list(side.first, page->next);
    REQUIRE(rest);
    CHECK(rest->accounts.size() == 1);
    CHECK_FALSE(rest->next);
    CHECK(rest->accounts.front().account.user > page->accounts.back().account.user);
    CHECK(side.life.list(side.first, rest->accounts.front().account.user)->accounts.empty());
}

TEST_CASE_TEMPLATE("who may do what with accounts is the table", Zone, OfficeZone, MedicalZone) {
    Office<Zone> side;
    auto const user = side.invite("j.jansen").user;
    std::vector<Asking> all;
    for (auto const role : all_roles) {
        if (exists_on(Zone::side, role))
            all.push_back({std::string{name_of(role)}, side.actor(role), Relation::none});
    }
    auto const fresh = [&](Actor actor) {
        actor.fresh_at = side.clock.now();
        return actor;
    };
    int names = 0;
    as_each<Zone>(side, Resource::user, Action::list, all,
                  [&](Actor const& actor) { return came(side.life.list(actor, {})); });
    as_each<Zone>(side, Resource::user, Action::change, all,
                  [&](Actor const& actor) { return came(side.life.review(fresh(actor), user)); });
    as_each<Zone>(side, Resource::account_proposal, Action::list, all,
                  [&](Actor const& actor) { return came(side.life.proposals(actor)); });
    as_each<Zone>(side, Resource::account_proposal, Action::create, all, [&](Actor const& actor) {
        return came(side.life.propose(fresh(actor), side.invitation("user" + std::to_string(++names))));
    });
    side.stay_fresh();
    auto const proposal = side.propose(side.invitation("p.pietersen")).proposal;
    as_each<Zone>(side, Resource::account_proposal, Action::approve, all,
                  [&](Actor const& actor) { return came(side.life.approve(fresh(actor), proposal)); });
    auto const other = side.propose(side.invitation("q.quint")).proposal;
    as_each<Zone>(
        side, Resource::account_proposal, Action::approve,
        {{"who proposed it", side.first, Relation::own_user}, {"another", side.second, Relation::none}},
        [&](Actor const& actor) { return came(side.life.approve(fresh(actor), other)); });
}

TEST_CASE("nothing is done with an account without its line") {
    Office<OfficeZone> side;
    auto const user = side.invite("j.jansen").user;
    without_log<OfficeZone>(
        side, [&] { return came(side.life.propose(side.first, side.invitation("p.pietersen"))); });
    auto const proposal = side.life.proposals(side.first)->front().proposal;
    without_log<OfficeZone>(side, [&] { return came(side.life.approve(side.second, proposal)); });
    without_log<OfficeZone>(side, [&] { return came(side.life.reset_password(side.first, user)); });
    without_log<OfficeZone>(side, [&] { return came(side.life.close(side.first, user)); });
}

TEST_CASE_TEMPLATE("a proposal that was not written by the program is not approved", Zone, OfficeZone,
                   MedicalZone) {
    Office<Zone> side;
    auto const settled = side.settle("j.jansen");
    auto const about_other = side.propose(side.invitation("p.pietersen")).proposal;
    auto const proposal = side.propose(side.about(ProposalKind::new_factors, settled.user)).proposal;
    Tampering<Zone> tampering{side, "account_proposal"};
    std::vector<std::string> changes{"kind = 'reopen'",
                                     "user_id = " + side.literal(side.first.user),
                                     "proposed_by = " + side.literal(side.second.user),
                                     "proposed_at = proposed_at + 1",
                                     "is_approved = 1",
                                     "tag = " + tampering.was("tag", about_other),
                                     "secret = NULL"};
    for (auto const* const column : {"content", "secret"}) {
        for (auto& change : tampering.each_altered(column, about_other)) changes.push_back(std::move(change));
    }
    for (auto const& change : changes) {
        CAPTURE(change);
        tampering.set(proposal, change);
        CHECK(came(side.life.approve(side.second, proposal)) == FailureKind::unavailable);
        CHECK(side.session_of(settled.token));
        tampering.put_back();
    }
    side.approve(proposal);
    // What was approved is not approved once more.
    tampering.set(proposal, "decided_at = NULL, decided_by = NULL, is_approved = 0, secret = " +
                                tampering.was("secret", proposal));
    CHECK(came(side.life.approve(side.second, proposal)) == FailureKind::unavailable);
}

TEST_CASE("a review that was not written by the program ends the reading of the list") {
    Office<OfficeZone> side;
    side.invite("j.jansen");
    side.tamper("UPDATE klout7_office.account_review SET reviewed_at = reviewed_at + 1");
    CHECK(came(side.life.list(side.first, {})) == FailureKind::unavailable);
}

TEST_CASE_TEMPLATE("nobody has two accounts on a side at the same time, but as a client", Zone, OfficeZone,
                   MedicalZone) {
    Office<Zone> side;
    auto const first = side.invite("j.jansen");
    auto again = side.invitation("jansen.2", side.other_role);
    again.e_mail = "J.Jansen@Example.ORG";
    CHECK(fields_of(side.life.propose(side.first, again)) == std::vector<std::string_view>{"e_mail"});

    // When the first is closed the second may be; then the first does not come back beside it.
    REQUIRE(side.life.close(side.first, first.user));
    auto const second = side.propose(again).proposal;
    auto const reopened = side.propose(side.about(ProposalKind::reopen, first.user)).proposal;
    side.approve(second);
    CHECK(came(side.life.approve(side.second, reopened)) == FailureKind::not_now);
    CHECK(fields_of(side.life.propose(side.first, side.about(ProposalKind::reopen, first.user))) ==
          std::vector<std::string_view>{"e_mail"});

    // Of two that wait, the first to be approved counts.
    auto one = side.invitation("k.klaassen");
    auto other = side.invitation("klaassen.2", side.other_role);
    other.e_mail = one.e_mail;
    auto const waits = side.propose(one).proposal;
    auto const waits_too = side.propose(other).proposal;
    side.approve(waits);
    CHECK(came(side.life.approve(side.second, waits_too)) == FailureKind::not_now);
}

TEST_CASE("a password does not hold a word of the own e-mail address") {
    Office<OfficeZone> side;
    auto given = side.invitation("j.jansen");
    given.e_mail = "inkoop@wegenbouw.example";
    auto const proposed = side.propose(given);
    auto const approved = side.approve(proposed.proposal);
    auto const in =
        side.enter("j.jansen", proposed.welcome_password->text(), side.code_of(proposed, approved));
    REQUIRE(in);
    auto const session = side.session_of(in->token);
    REQUIRE(session);
    auto const change = [&](std::string_view password) {
        return side.own.change_password(
            session->actor,
            PasswordChange{SecretBytes{proposed.welcome_password->view()}, SecretBytes::from_text(password)});
    };
    CHECK(fields_of(change("Zeven Wegenbouw fietsen 7!")) == std::vector<std::string_view>{"new_password"});
    CHECK(fields_of(change("Zeven inkoop fietsen 77!")) == std::vector<std::string_view>{"new_password"});
    CHECK(change("Zeven asfalt fietsen 77!"));
}

TEST_CASE("a password does not hold a word of the employer's name") {
    Office<OfficeZone> side;
    side.frame.employers.allow = [](auto&, auto const&, auto, auto) { return true; };
    side.frame.employers.name_of = [&](auto&, auto const&, EmployerId asked) {
        CHECK(asked == side.employer);
        return std::string{"Zuivelfabriek De Melkbus B.V."};
    };
    SignIn<OfficeZone> const sign_in{side.frame};
    OwnSignIn<OfficeZone> const own{side.frame};
    auto given = side.invitation("w001.beheer", Role::employer);
    given.employer = "W001";
    auto const proposed = side.propose(given);
    auto const approved = side.approve(proposed.proposal);
    auto const in = sign_in.sign_in({"w001.beheer",
                                     proposed.welcome_password->text(),
                                     Proof{side.code_of(proposed, approved)},
                                     {},
                                     "192.0.2.1"});
    REQUIRE(in);
    auto const session = sign_in.find(in->token, "192.0.2.1");
    REQUIRE((session && *session));
    auto const change = [&](std::string_view password) {
        return own.change_password(
            (*session)->actor,
            PasswordChange{SecretBytes{proposed.welcome_password->view()}, SecretBytes::from_text(password)});
    };
    CHECK(fields_of(change("Negen melkbus fietsen 77!")) == std::vector<std::string_view>{"new_password"});
    CHECK(change("Negen asfalt fietsen 77!"));
}
