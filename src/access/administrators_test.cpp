#include "access/administrators.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "access/factors.h"
#include "access/notices.h"
#include "access/one_time_code.h"
#include "access/own_sign_in.h"
#include "access/sign_in.h"
#include "access/testing.h"
#include "account_row.h"

using namespace klout7;
using namespace klout7::access;
using namespace klout7::access::testing;

namespace {

using Fault = AdministratorFault;

constexpr std::string_view own_password = "Zeven blauwe fietsen 7!";
constexpr std::string_view by = "the operator of a test";

UserName name(std::string_view text) { return *UserName::parse(text); }

/// A side of a new installation: nobody has an account.
template <class Zone>
struct NewSide : TestSide<Zone> {
    static constexpr Role administrator =
        TestSide<Zone>::is_office ? Role::functional_administrator : Role::medical_account_manager;
    Administrators<Zone> administrators{this->frame};
    AccountLife<Zone> life{this->frame, [](store::Transaction&, std::string_view) { return std::nullopt; }};
    SignIn<Zone> sign_in{this->frame};
    OwnSignIn<Zone> own{this->frame};
    Factors<Zone> factors{this->frame};

    HandedOut add(std::string_view user_name) {
        auto out =
            administrators.add(name(user_name), "B. Beheer", std::string{user_name} + "@example.org", by);
        REQUIRE(out);
        return std::move(*out);
    }
    std::optional<Session> enter(std::string_view user_name, std::string_view password, std::string code) {
        auto const in = sign_in.sign_in({user_name, password, Proof{std::move(code)}, {}, "192.0.2.1"});
        if (!in) return std::nullopt;
        auto const found = sign_in.find(in->token, "192.0.2.1");
        REQUIRE(found);
        return *found;
    }
    /// Comes in with what was handed out, and chooses a password and an app.
    Actor settle(std::string_view user_name, std::string_view welcome, std::string code) {
        auto session = enter(user_name, welcome, std::move(code));
        REQUIRE(session);
        CHECK(session->must_change_password);
        CHECK(session->actor.must_add_factor);
        auto const token = own.change_password(
            session->actor,
            PasswordChange{SecretBytes::from_text(welcome), SecretBytes::from_text(own_password)});
        REQUIRE(token);
        auto const after = sign_in.find(*token, "192.0.2.1");
        REQUIRE((after && *after));
        auto const offer = factors.offer_app((*after)->actor);
        REQUIRE(offer);
        auto const one_time = totp_code(offer->secret.view(), totp_step_at(this->clock.now()));
        REQUIRE(factors.add_app((*after)->actor, NewApp{"Telefoon", offer->offer, one_time}));
        auto const settled = sign_in.find(*token, "192.0.2.1");
        REQUIRE((settled && *settled));
        auto actor = (*settled)->actor;
        actor.fresh_at = this->clock.now();
        return actor;
    }
    /// The first one, who had nobody beside.
    Actor first_one() {
        auto const out = add("eerste");
        return settle("eerste", out.welcome_password->text(), std::string{out.code->text()});
    }
    /// The other half, when this one approves the only proposal there is.
    std::string approved_by(Actor const& actor) {
        auto const waiting = life.proposals(actor);
        REQUIRE((waiting && waiting->size() == 1));
        CHECK(waiting->front().proposed_by == by_operator);
        auto approved = life.approve(actor, waiting->front().proposal);
        REQUIRE((approved && approved->half_code));
        return std::string{approved->half_code->text()};
    }
    std::size_t heard(Actor const& actor, NoticeKind kind) {
        auto const notices = Notices<Zone>{this->frame}.list(actor);
        REQUIRE(notices);
        return static_cast<std::size_t>(
            std::ranges::count_if(*notices, [&](auto const& one) { return one.kind == kind; }));
    }
};

}  // namespace

TEST_CASE_TEMPLATE("the first administrator of a side comes in with what the operator hands out", Zone,
                   OfficeZone, MedicalZone) {
    NewSide<Zone> side;
    auto const out = side.add("eerste");
    CHECK_FALSE(out.is_half);
    CHECK(out.until == side.clock.now() + Duration::days(7));
    CHECK_FALSE(side.enter("eerste", out.welcome_password->text(), "123456"));
    auto const actor = side.settle("eerste", out.welcome_password->text(), std::string{out.code->text()});
    CHECK(actor.role == side.administrator);
    CHECK(side.life.list(actor, {}));
    auto const listed = side.administrators.list();
    REQUIRE((listed && listed->size() == 1));
    CHECK(listed->front().display_name == "B. Beheer");
}

TEST_CASE_TEMPLATE("from the second on an administrator of that side has to approve, and hears of it", Zone,
                   OfficeZone, MedicalZone) {
    NewSide<Zone> side;
    auto const first = side.first_one();
    auto const out = side.add("tweede");
    CHECK(out.is_half);
    std::string const half{out.code->text()};
    CHECK_FALSE(side.enter("tweede", out.welcome_password->text(), half));
    CHECK(side.administrators.add(name("tweede"), "B. Beheer", "tweede@example.org", by).error() ==
          Fault::waits);
    CHECK(side.heard(first, NoticeKind::administrator_changed) == 1);
    auto const other_half = side.approved_by(first);
    auto const second = side.settle("tweede", out.welcome_password->text(), half + other_half);
    CHECK(second.role == side.administrator);
}

TEST_CASE_TEMPLATE("lost factors of an administrator take the operator and another administrator", Zone,
                   OfficeZone, MedicalZone) {
    NewSide<Zone> side;
    auto const first = side.first_one();
    auto const added = side.add("tweede");
    auto const second = side.settle("tweede", added.welcome_password->text(),
                                    std::string{added.code->text()} + side.approved_by(first));
    auto const out = side.administrators.new_factors(name("tweede"), by);
    REQUIRE(out);
    CHECK(out->is_half);
    CHECK_FALSE(out->welcome_password);
    CHECK(side.administrators.new_factors(name("tweede"), by).error() == Fault::waits);
    // Not the one whom it is about.
    auto const waiting = side.life.proposals(second);
    REQUIRE((waiting && waiting->size() == 1));
    CHECK(side.life.approve(second, waiting->front().proposal).error().kind == FailureKind::not_allowed);
    auto const other_half = side.approved_by(first);
    CHECK(side.enter("tweede", own_password, std::string{out->code->text()} + other_half));
}

TEST_CASE_TEMPLATE("the only administrator gets new factors of the operator alone", Zone, OfficeZone,
                   MedicalZone) {
    NewSide<Zone> side;
    side.first_one();
    auto const out = side.administrators.new_factors(name("eerste"), by);
    REQUIRE(out);
    CHECK_FALSE(out->is_half);
    side.clock.advance(Duration::minutes(1));
    auto const session = side.enter("eerste", own_password, std::string{out->code->text()});
    REQUIRE(session);
    CHECK(session->actor.must_add_factor);
    CHECK_FALSE(session->must_change_password);
}

TEST_CASE_TEMPLATE("a new welcome password ends the sessions and opens nothing without the factor", Zone,
                   OfficeZone, MedicalZone) {
    NewSide<Zone> side;
    auto const out = side.add("eerste");
    auto const in = side.sign_in.sign_in(
        {"eerste", out.welcome_password->text(), Proof{std::string{out.code->text()}}, {}, "192.0.2.1"});
    REQUIRE(in);
    auto const renewed = side.administrators.new_welcome(name("eerste"), by);
    REQUIRE((renewed && renewed->welcome_password));
    CHECK_FALSE(renewed->code);
    CHECK(renewed->until == side.clock.now() + welcome_lasts);
    auto const found = side.sign_in.find(in->token, "192.0.2.1");
    CHECK_FALSE((found && *found));
    CHECK_FALSE(side.enter("eerste", renewed->welcome_password->text(), "123456"));
}

TEST_CASE_TEMPLATE("a closed administrator does not come in, and the operator alone can make another", Zone,
                   OfficeZone, MedicalZone) {
    NewSide<Zone> side;
    auto const first = side.first_one();
    REQUIRE(side.administrators.close(name("eerste"), by));
    CHECK(side.administrators.close(name("eerste"), by).error() == Fault::closed);
    CHECK(side.administrators.new_factors(name("eerste"), by).error() == Fault::closed);
    CHECK(side.administrators.list()->empty());
    CHECK_FALSE(side.add("nieuwe").is_half);
}

TEST_CASE_TEMPLATE("the operator manages administrators and nobody else", Zone, OfficeZone, MedicalZone) {
    NewSide<Zone> side;
    auto const role = TestSide<Zone>::is_office ? Role::case_manager : Role::company_doctor;
    auto const other_name = name("iemand");
    REQUIRE(side.database.transact([&](store::Transaction& tx) {
        create_account(side.frame, tx, {.user_name = other_name, .display_name = "I. Iemand", .role = role});
    }));
    CHECK(side.administrators.new_factors(other_name, by).error() == Fault::other_role);
    CHECK(side.administrators.new_welcome(other_name, by).error() == Fault::other_role);
    CHECK(side.administrators.close(other_name, by).error() == Fault::other_role);
    CHECK(side.administrators.close(name("niemand"), by).error() == Fault::unknown);
    CHECK(side.administrators.add(other_name, "B. Beheer", "a@example.org", by).error() == Fault::taken);
    CHECK(side.administrators.add(name("nieuwe"), "", "nieuwe@example.org", by).error() == Fault::bad_name);
    CHECK(side.administrators.add(name("nieuwe"), std::string(101, 'a'), "nieuwe@example.org", by).error() ==
          Fault::bad_name);
    CHECK(side.administrators.add(name("nieuwe"), "B\xFF", "nieuwe@example.org", by).error() ==
          Fault::bad_name);
    CHECK(side.administrators.add(name("nieuwe"), std::string(100, 'a'), "nieuwe@example.org", by));
}

TEST_CASE_TEMPLATE("nobody is administrator beside another account of that side", Zone, OfficeZone,
                   MedicalZone) {
    NewSide<Zone> side;
    auto const role = TestSide<Zone>::is_office ? Role::payments : Role::company_doctor;
    auto const make = [&](std::string_view user_name, Role of, std::string_view e_mail) {
        REQUIRE(side.database.transact([&](store::Transaction& tx) {
            create_account(side.frame, tx,
                           {.user_name = name(user_name),
                            .display_name = "I. Iemand",
                            .role = of,
                            .e_mail = EMail::parse(e_mail)});
        }));
    };
    make("iemand", role, "iemand@example.org");
    make("patient", Role::client, "patient@example.org");
    auto const add = [&](std::string_view e_mail) {
        return side.administrators.add(name("beheer"), "B. Beheer", e_mail, by);
    };
    CHECK(add("Iemand@Example.org").error() == Fault::conflict);
    CHECK(add("iemand").error() == Fault::bad_e_mail);
    CHECK(add("patient@example.org"));  // staff falls ill too
}

TEST_CASE_TEMPLATE("what the operator does is a line in the log, with who did it", Zone, OfficeZone,
                   MedicalZone) {
    NewSide<Zone> side;
    side.add("eerste");
    REQUIRE(side.administrators.new_welcome(name("eerste"), by));
    REQUIRE(side.administrators.close(name("eerste"), by));
    auto const lines = side.lines();
    REQUIRE(lines.size() == 3);
    for (auto const& line : lines) {
        CHECK(line.entry.event.ground == "operator");
        CHECK(line.detail.starts_with(std::string{by} + "\n"));
    }
    CHECK(lines[0].entry.event.action == "end");  // the newest first
    CHECK(lines[1].entry.event.action == "change");
    CHECK(lines[2].entry.event.action == "create");
}
