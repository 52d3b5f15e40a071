#include "access/notices.h"

#include <doctest/doctest.h>

#include "access/account_life.h"
#include "access/accounts.h"
#include "access/factors.h"
#include "access/one_time_code.h"
#include "access/own_sign_in.h"
#include "access/sign_in.h"
#include "access/testing.h"

using namespace klout7;
using namespace klout7::access;
using namespace klout7::access::testing;

namespace {

/// A side with somebody who signs in with a device or without.
template <class Zone>
struct Noticing : TestSide<Zone> {
    SignIn<Zone> sign_in{this->frame};
    Notices<Zone> notices{this->frame};
    Welcome welcome = make_account();
    std::string device;
    std::string token;

    Welcome make_account() {
        auto made = this->database.transact([&](store::Transaction& tx) {
            return create_account(this->frame, tx,
                                  {.user_name = *UserName::parse("j.jansen"),
                                   .display_name = "J.",
                                   .role = Role::privacy_officer});
        });
        REQUIRE(made);
        return std::move(*made);
    }
    Actor enter(std::string_view with_device, std::string source) {
        this->clock.advance(Duration::seconds(totp_step_seconds));
        auto const code = totp_code(welcome.totp_secret.view(), totp_step_at(this->clock.now()));
        auto const in =
            sign_in.sign_in({"j.jansen", welcome.password.text(), Proof{code}, with_device, source});
        REQUIRE(in);
        if (!in->device_token.empty()) device = in->device_token;
        token = in->token;
        auto const session = sign_in.find(in->token, source);
        REQUIRE((session && *session));
        return (*session)->actor;
    }
    std::int64_t unseen(Actor const& actor) {
        auto const state = OwnSignIn<Zone>{this->frame}.state(actor);
        REQUIRE(state);
        CHECK(state->display_name == "J.");
        CHECK(state->idle == session_limits(actor.role).idle);
        CHECK(state->ends_at == actor.signed_in_at + session_limits(actor.role).longest);
        return state->unseen_notices;
    }
    std::vector<NoticeKind> kinds(Actor const& actor) {
        auto const found = notices.list(actor);
        REQUIRE(found);
        std::vector<NoticeKind> kinds;
        for (auto const& one : *found) kinds.push_back(one.kind);
        return kinds;
    }
};

}  // namespace

TEST_CASE_TEMPLATE("a user hears of a sign-in from another device, but not of the first one", Zone,
                   OfficeZone, MedicalZone) {
    Noticing<Zone> side;
    auto const first = side.enter({}, "192.0.2.1");
    CHECK(side.kinds(first).empty());
    CHECK(side.enter(side.device, "198.51.100.7").source == "198.51.100.7");
    CHECK(side.unseen(first) == 0);
    auto const stranger = side.enter({}, "203.0.113.9");
    auto const heard = side.notices.list(first);
    REQUIRE(heard);
    REQUIRE(heard->size() == 1);
    CHECK(heard->front().kind == NoticeKind::new_device);
    CHECK(heard->front().source == "203.0.113.9");
    CHECK(heard->front().at == side.clock.now());
    CHECK_FALSE(heard->front().is_seen);
    CHECK(side.unseen(first) == 1);
    CHECK(side.unseen(stranger) == 1);

    REQUIRE(side.notices.mark_seen(first));
    CHECK(side.unseen(first) == 0);
    CHECK(side.notices.list(first)->front().is_seen);
}

TEST_CASE_TEMPLATE("a user hears of each change of the own sign-in, and who did not do it hears too", Zone,
                   OfficeZone, MedicalZone) {
    Noticing<Zone> side;
    auto actor = side.enter({}, "192.0.2.1");
    Factors<Zone> const factors{side.frame};
    OwnSignIn<Zone> const own{side.frame};
    using enum NoticeKind;

    auto const offer = factors.offer_app(actor);
    REQUIRE(offer);
    auto const code = totp_code(offer->secret.view(), totp_step_at(side.clock.now()));
    auto const factor = factors.add_app(actor, NewApp{"Tablet", offer->offer, code});
    REQUIRE(factor);
    REQUIRE(factors.remove(actor, *factor));
    REQUIRE(factors.renew_recovery_codes(actor));
    auto const renewed =
        own.change_password(actor, PasswordChange{SecretBytes::from_text(side.welcome.password.text()),
                                                  SecretBytes::from_text("Zeven blauwe fietsen 7!")});
    REQUIRE(renewed);
    // All at one moment here: which of them is the newest is not told apart.
    auto found = side.kinds(actor);
    std::ranges::sort(found);
    CHECK(found == std::vector{password_changed, factor_added, factor_removed, recovery_codes_renewed});

    constexpr auto administrator =
        TestSide<Zone>::is_office ? Role::functional_administrator : Role::medical_account_manager;
    AccountLife<Zone> const life{
        side.frame, [](store::Transaction&, std::string_view) { return std::optional<EmployerId>{}; }};
    side.clock.advance(Duration::seconds(1));
    REQUIRE(life.reset_password(side.actor(administrator), actor.user));
    side.clock.advance(Duration::seconds(1));
    NewProposal lost;
    lost.kind = name_of(ProposalKind::new_factors);
    lost.user = actor.user.to_string();
    auto const proposed = life.propose(side.actor(administrator), lost);
    REQUIRE(proposed);
    REQUIRE(life.approve(side.actor(administrator), proposed->proposal));
    auto const heard = side.notices.list(actor);
    REQUIRE(heard);
    REQUIRE(heard->size() == 6);
    CHECK((*heard)[0].kind == factors_replaced);
    CHECK((*heard)[1].kind == password_reset);
    CHECK((*heard)[0].source.empty());
    CHECK((*heard)[1].source.empty());
    CHECK((*heard)[2].source == "192.0.2.1");
}

TEST_CASE("what a try that failed did is no notice") {
    Noticing<OfficeZone> side;
    auto const actor = side.enter({}, "192.0.2.1");
    CHECK_FALSE(side.sign_in.sign_in({"j.jansen", "wrong", Proof{"000000"}, {}, "203.0.113.9"}));
    Factors<OfficeZone> const factors{side.frame};
    CHECK_FALSE(factors.add_app(actor, NewApp{"Tablet", "no offer", "000000"}));
    CHECK(side.kinds(actor).empty());
    without_log<OfficeZone>(side, [&] { return came(side.notices.mark_seen(actor)); });
}

TEST_CASE("kinds of notices are read back") {
    for (auto const kind : all_notice_kinds) CHECK(parse_notice_kind(name_of(kind)) == kind);
    CHECK_FALSE(parse_notice_kind("birthday"));
}
