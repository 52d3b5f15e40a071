#include "access/sign_in.h"

#include <doctest/doctest.h>

#include <barrier>
#include <map>
#include <string>
#include <thread>

#include "access/guessing_limits.h"
#include "access/one_time_code.h"
#include "access/own_sign_in.h"
#include "access/password_history.h"
#include "audit/reader.h"
#include "store/testing.h"

using namespace klout7;
using namespace klout7::access;

namespace {

/// The office side with one account, at a time that stands still.
struct Office {
    store::TestServer& server = store::TestServer::shared();
    FixedClock clock{Instant::from_microseconds(1'795'000'000'000'000)};
    SystemRandom random;
    crypto::Keyring<OfficeZone> keyring = crypto::Keyring<OfficeZone>::create(
        {Uuid::version_7(clock.now(), random), Environment::test}, random);
    store::Database database;
    store::Database log;
    vault::PersonKeys<OfficeZone> keys{keyring, random, clock};
    audit::Recorder<OfficeZone> recorder{keyring, random, "klout7-office"};
    audit::GroupRecorder<OfficeZone> reads;
    Frame<OfficeZone> frame;
    SignIn<OfficeZone> sign_in;
    OwnSignIn<OfficeZone> own;
    UserName name = *UserName::parse("j.jansen");
    Welcome welcome;

    Office()
        : database((server.empty_tables(), server.office())),
          log(server.office_log()),
          reads(recorder, database),
          frame{database, log, keys, recorder, reads, clock, random},
          sign_in(frame),
          own(frame),
          welcome(make_account()) {}

    Welcome make_account() {
        return make_account({.user_name = name, .display_name = "J. Jansen", .role = Role::case_manager});
    }
    Welcome make_account(NewAccount const& account) {
        auto made =
            database.transact([&](store::Transaction& tx) { return create_account(frame, tx, account); });
        REQUIRE(made);
        return std::move(*made);
    }
    std::string code() const { return totp_code(welcome.totp_secret.view(), totp_step_at(clock.now())); }
    auto enter(std::string_view password, std::string_view with_code, std::string_view device = {},
               std::string_view source = "192.0.2.1", std::string_view user = "j.jansen") {
        return sign_in.sign_in({user, password, Proof{std::string{with_code}}, device, std::string{source}});
    }
    std::vector<audit::Line> lines() {
        auto found =
            log.transact([&](store::Transaction& tx) { return audit::read_lines(tx, keyring, {}, {}); });
        REQUIRE(found);
        return std::move(*found);
    }
};

}  // namespace

TEST_CASE("one-time codes are those of RFC 6238, appendix B") {
    auto const secret = to_bytes("12345678901234567890");
    CHECK(totp_code(secret, 59 / 30, 8) == "94287082");
    CHECK(totp_code(secret, 1111111109 / 30, 8) == "07081804");
    CHECK(totp_code(secret, 1111111111 / 30, 8) == "14050471");
    CHECK(totp_code(secret, 1234567890 / 30, 8) == "89005924");
    CHECK(totp_code(secret, 2000000000 / 30, 8) == "69279037");
    CHECK(totp_code(secret, 20000000000 / 30, 8) == "65353130");
}

TEST_CASE(
    "name, password and code together open a session; each wrong one alone does not, and none is told") {
    Office office;
    auto const password = office.welcome.password.text();
    CHECK(office.enter("wrong password 1234", office.code()).error().error == SignInError::wrong);
    CHECK(office.enter(password, "000000").error().error == SignInError::wrong);
    CHECK(office.enter(password, office.code(), {}, "192.0.2.1", "nobody").error().error ==
          SignInError::wrong);
    CHECK(office.enter("", "").error().error == SignInError::wrong);
    CHECK(office.enter("\xFF\xFE", office.code()).error().error == SignInError::wrong);
    auto const in = office.enter(password, office.code());
    REQUIRE(in);
    CHECK(in->must_change_password);
    auto const session = office.sign_in.find(in->token, "192.0.2.1");
    REQUIRE((session && *session));
    CHECK((*session)->actor.role == Role::case_manager);
    CHECK((*session)->actor.user == office.welcome.user);
    CHECK_FALSE(*office.sign_in.find("", ""));
    CHECK_FALSE(*office.sign_in.find(in->token + "0", ""));

    auto const lines = office.lines();
    REQUIRE(lines.size() == 6);
    CHECK(lines[0].entry.event.outcome == audit::Outcome::done);
    CHECK(lines[0].detail == "192.0.2.1");
    CHECK(lines[1].entry.event.outcome == audit::Outcome::refused);
}

TEST_CASE("many who sign in for the first time at once from one address are all heard") {
    Office office;
    constexpr int people = 8;
    constexpr int addresses = 10;  // each is new once, and the first also waits for connections
    std::atomic<int> wrong = 0;
    std::barrier together{people};
    {
        std::vector<std::jthread> all;
        for (int person = 0; person < people; ++person) {
            all.emplace_back([&, user = "nobody." + std::to_string(person)] {
                for (int address = 0; address < addresses; ++address) {
                    together.arrive_and_wait();
                    auto const in = office.enter("wrong password 1234", "000000", {},
                                                 "192.0.2." + std::to_string(10 + address), user);
                    wrong += !in && in.error().error == SignInError::wrong;
                }
            });
        }
    }
    CHECK(wrong == people * addresses);
}

TEST_CASE("a one-time code counts once, also when two try it at the same moment") {
    Office office;
    auto const password = office.welcome.password.text();
    auto const code = office.code();
    std::atomic<int> opened = 0;
    {
        std::vector<std::jthread> both;
        for (int i = 0; i < 2; ++i)
            both.emplace_back([&] { opened += office.enter(password, code).has_value(); });
    }
    CHECK(opened == 1);
    CHECK_FALSE(office.enter(password, code));
    office.clock.advance(Duration::seconds(30));
    CHECK(office.enter(password, office.code()));
    // A code of one step ago is late but good; two steps ago is too late.
    office.clock.advance(Duration::seconds(60));
    auto const late = totp_code(office.welcome.totp_secret.view(), totp_step_at(office.clock.now()) - 1);
    CHECK(office.enter(password, late));
    office.clock.advance(Duration::seconds(90));
    auto const too_late = totp_code(office.welcome.totp_secret.view(), totp_step_at(office.clock.now()) - 2);
    CHECK_FALSE(office.enter(password, too_late));
}

TEST_CASE("guessing slows down who guesses, and not the user on a known device") {
    Office office;
    auto const password = office.welcome.password.text();
    auto const first = office.enter(password, office.code());
    REQUIRE(first);
    office.clock.advance(Duration::seconds(30));
    int tries = 0;
    while (office.enter("guess guess guess", "123456", {}, "203.0.113.9").error().error ==
           SignInError::wrong) {
        REQUIRE(++tries < 20);
    }
    CHECK(tries == one_user_one_source.free);
    auto const refused = office.enter(password, office.code(), {}, "203.0.113.9");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().error == SignInError::wait);
    CHECK(refused.error().seconds > 0);
    CHECK(office.enter(password, office.code(), first->device_token, "203.0.113.9"));
    office.clock.advance(Duration::seconds(30));
    CHECK(office.enter(password, office.code(), {}, "192.0.2.1"));
}

TEST_CASE("a session ends when idle, when old, when ended, and a welcome password after a day") {
    Office office;
    auto const password = office.welcome.password.text();
    auto in = office.enter(password, office.code());
    REQUIRE(in);
    auto const limits = session_limits(Role::case_manager);
    office.clock.advance(limits.idle);
    CHECK(*office.sign_in.find(in->token, ""));
    office.clock.advance(Duration::minutes(31));
    CHECK_FALSE(*office.sign_in.find(in->token, ""));

    in = office.enter(password, office.code());
    REQUIRE(in);
    for (int i = 0; i < 24; ++i) {
        CHECK(*office.sign_in.find(in->token, ""));
        office.clock.advance(Duration::minutes(30));
    }
    office.clock.advance(Duration::minutes(1));
    CHECK_FALSE(*office.sign_in.find(in->token, ""));

    in = office.enter(password, office.code());
    REQUIRE(in);
    auto const session = *office.sign_in.find(in->token, "");
    REQUIRE(session);
    CHECK(office.own.end(session->actor));
    CHECK_FALSE(*office.sign_in.find(in->token, ""));
    office.clock.advance(Duration::hours(13));
    CHECK_FALSE(office.enter(password, office.code()));
}

TEST_CASE("a user sees the own sessions and from where, and ends one of them or all others") {
    Office office;
    auto const open_from = [&](std::string const& source) {
        office.clock.advance(Duration::seconds(30));
        auto const in = office.enter(office.welcome.password.text(), office.code(), {}, source);
        REQUIRE(in);
        return *in;
    };
    auto const is_open = [&](SignedIn const& in) { return office.sign_in.find(in.token, "")->has_value(); };
    auto const first = open_from("192.0.2.1");
    auto const second = open_from("192.0.2.2");
    auto const third = open_from("192.0.2.3");
    auto const me = (*office.sign_in.find(third.token, "192.0.2.3"))->actor;

    auto views = office.own.sessions(me);
    REQUIRE(views);
    REQUIRE(views->size() == 3);
    CHECK(views->at(0).session == third.session);
    CHECK(views->at(0).source == "192.0.2.3");
    CHECK(views->at(2).source == "192.0.2.1");
    CHECK(views->at(2).created_at == office.clock.now() - Duration::seconds(60));
    for (auto const& view : *views) CHECK(view.is_open);

    CHECK(office.own.end(me, first.session));
    CHECK_FALSE(is_open(first));
    CHECK(is_open(second));
    auto const again = office.own.end(me, first.session);
    REQUIRE_FALSE(again);
    CHECK(again.error().kind == FailureKind::not_found);
    auto stranger = me;
    stranger.user = UserId::make(office.clock.now(), office.random);
    CHECK_FALSE(office.own.end(stranger, second.session));
    CHECK(is_open(second));

    CHECK(office.own.end_others(me));
    CHECK_FALSE(is_open(second));
    CHECK(is_open(third));
    views = office.own.sessions(me);
    REQUIRE(views);
    CHECK(views->at(0).is_open);
    CHECK_FALSE(views->at(1).is_open);
    CHECK(office.lines().front().entry.event.action == "read");
}

TEST_CASE(
    "who may come from listed networks only, signs in there and is nobody elsewhere, and the log says so") {
    Office office;
    Networks const listed = *Networks::parse("192.0.2.0/24");
    office.frame.networks.set(Role::case_manager, listed);
    SignIn<OfficeZone> const sign_in{office.frame};
    auto const enter = [&](std::string source) {
        return sign_in.sign_in(
            {"j.jansen", office.welcome.password.text(), Proof{office.code()}, {}, source});
    };
    auto const refused = enter("198.51.100.1");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().error == SignInError::wrong);
    CHECK(office.lines().front().detail == "198.51.100.1\nother_network");
    auto const in = enter("192.0.2.9");  // the code was not used up
    REQUIRE(in);
    auto const before = office.lines().size();
    CHECK(*sign_in.find(in->token, "192.0.2.200"));
    CHECK(office.lines().size() == before);
    CHECK_FALSE(*sign_in.find(in->token, "198.51.100.1"));
    auto const line = office.lines().front();
    CHECK(line.entry.event.user == office.welcome.user);
    CHECK(line.entry.event.outcome == audit::Outcome::refused);
    CHECK(line.detail == "198.51.100.1\nother_network");
    CHECK(*sign_in.find(in->token, "192.0.2.9"));  // the session is not ended by that

    office.frame.networks = {};
    office.frame.networks.set(Role::functional_administrator, listed);
    CHECK(*SignIn<OfficeZone>{office.frame}.find(in->token, "198.51.100.1"));
}

TEST_CASE(
    "a user of an employer comes from where that employer's list allows, at signing in and at each request") {
    Office office;
    auto const employer = EmployerId::make(office.clock.now(), office.random);
    std::map<EmployerId, Networks> lists;
    office.frame.employers.allow = [&](auto&, auto const&, EmployerId asked, std::string_view address) {
        CHECK(asked == employer);
        auto const found = lists.find(asked);
        return found == lists.end() || found->second.contains(address);
    };
    SignIn<OfficeZone> const sign_in{office.frame};
    auto const welcome = office.make_account({.user_name = *UserName::parse("zuivel"),
                                              .display_name = "Zuivelfabriek",
                                              .role = Role::employer,
                                              .employer = employer});
    auto const enter = [&](SignIn<OfficeZone> const& at, std::string source) {
        auto const code = totp_code(welcome.totp_secret.view(), totp_step_at(office.clock.now()));
        return at.sign_in({"zuivel", welcome.password.text(), Proof{code}, {}, source});
    };
    auto const why = [&] {
        auto const line = office.lines().front();
        CHECK(line.entry.event.user == welcome.user);
        CHECK(line.entry.event.action == "sign_in");
        CHECK(line.entry.event.outcome == audit::Outcome::refused);
        return line.detail;
    };
    lists.emplace(employer, *Networks::parse("192.0.2.0/25"));
    auto const refused = enter(sign_in, "192.0.2.128");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().error == SignInError::wrong);
    CHECK(why() == "192.0.2.128\nother_network_of_employer");
    auto const in = enter(sign_in, "192.0.2.127");  // the code was not used up
    REQUIRE(in);
    CHECK(*sign_in.find(in->token, "::ffff:192.0.2.0"));
    CHECK_FALSE(*sign_in.find(in->token, "::ffff:192.0.2.128"));
    CHECK(why() == "::ffff:192.0.2.128\nother_network_of_employer");

    lists.insert_or_assign(employer, *Networks::parse("198.51.100.0/24"));
    CHECK_FALSE(*sign_in.find(in->token, "192.0.2.127"));
    CHECK(why() == "192.0.2.127\nother_network_of_employer");
    CHECK(*sign_in.find(in->token, "198.51.100.7"));
    lists.clear();
    CHECK(*sign_in.find(in->token, "192.0.2.128"));

    // Besides the list of the role, and of nobody who is no user of an employer.
    auto narrowed = office.frame;
    narrowed.networks.set(Role::employer, *Networks::parse("10.0.0.0/8"));
    CHECK_FALSE(*SignIn<OfficeZone>{narrowed}.find(in->token, "192.0.2.128"));
    CHECK(why() == "192.0.2.128\nother_network");
    office.frame.employers.allow = [](auto&, auto const&, auto, auto) { return false; };
    SignIn<OfficeZone> const from_nowhere{office.frame};
    CHECK(from_nowhere.sign_in(
        {"j.jansen", office.welcome.password.text(), Proof{office.code()}, {}, "192.0.2.1"}));
    CHECK_FALSE(*from_nowhere.find(in->token, "192.0.2.128"));
}

TEST_CASE("a user of an employer comes from nowhere where nobody says from where, or for whom") {
    Office office;
    auto const is_refused = [&](std::string_view name, std::optional<EmployerId> employer) {
        auto const welcome = office.make_account({.user_name = *UserName::parse(name),
                                                  .display_name = "Zuivelfabriek",
                                                  .role = Role::employer,
                                                  .employer = employer});
        auto const code = totp_code(welcome.totp_secret.view(), totp_step_at(office.clock.now()));
        SignIn<OfficeZone> const sign_in{office.frame};
        return !sign_in.sign_in({name, welcome.password.text(), Proof{code}, {}, "192.0.2.1"});
    };
    auto const employer = EmployerId::make(office.clock.now(), office.random);
    CHECK(is_refused("nobody.says", employer));
    office.frame.employers.allow = [](auto&, auto const&, auto, auto) { return true; };
    CHECK(is_refused("of.nobody", std::nullopt));
    CHECK_FALSE(is_refused("of.one", employer));
}

TEST_CASE("a session lasts as long as the role of its user says") {
    for (auto const role : all_roles) {
        auto const limits = session_limits(role);
        CHECK((limits.longest == Duration{}) == is_of_machine(role));
        if (is_of_machine(role)) continue;
        CHECK(limits.idle <= Duration::hours(1));
        CHECK(limits.longest <= Duration::hours(24));
        CHECK(limits.idle < limits.longest);
    }
    CHECK(session_limits(Role::functional_administrator).idle < session_limits(Role::case_manager).idle);
}

TEST_CASE("a new password replaces the welcome password by the rules, and ends other sessions") {
    Office office;
    auto const welcome = std::string{office.welcome.password.text()};
    auto const in = office.enter(welcome, office.code());
    REQUIRE(in);
    office.clock.advance(Duration::seconds(30));
    auto const elsewhere = office.enter(welcome, office.code());
    REQUIRE(elsewhere);
    auto const session = *office.sign_in.find(in->token, "");
    REQUIRE(session);
    std::string const chosen = "Zeven blauwe fietsen 7!";
    auto const change = [&](std::string_view from, std::string_view to) {
        return office.own.change_password(
            session->actor, PasswordChange{SecretBytes::from_text(from), SecretBytes::from_text(to)});
    };
    CHECK_FALSE(change(welcome, "too short 1A"));
    CHECK_FALSE(change("not the old one 1A", chosen));
    CHECK_FALSE(change(welcome, welcome));
    auto const renewed = change(welcome, chosen);
    REQUIRE(renewed);
    CHECK_FALSE(*office.sign_in.find(in->token, ""));
    CHECK_FALSE((*office.sign_in.find(*renewed, ""))->must_change_password);
    CHECK_FALSE(*office.sign_in.find(elsewhere->token, ""));
    office.clock.advance(Duration::seconds(30));
    CHECK_FALSE(office.enter(welcome, office.code()));
    auto const again = office.enter(chosen, office.code());
    REQUIRE(again);
    CHECK_FALSE(again->must_change_password);
}

namespace {

/// Who signed in, and how that user chooses a new password.
struct NewUser {
    Office& office;
    Session session;

    explicit NewUser(Office& at) : office(at), session(enter(at)) {}
    static Session enter(Office& at) {
        auto const in = at.enter(at.welcome.password.text(), at.code());
        REQUIRE(in);
        auto found = at.sign_in.find(in->token, "");
        REQUIRE((found && *found));
        return std::move(**found);
    }
    std::expected<std::string, Failure> change(std::string_view from, std::string_view to) const {
        return office.own.change_password(
            session.actor, PasswordChange{SecretBytes::from_text(from), SecretBytes::from_text(to)});
    }
    /// The codes of the fields at fault; empty when it was changed.
    std::vector<std::string> faults(std::string_view from, std::string_view to) const {
        auto const changed = change(from, to);
        std::vector<std::string> codes;
        if (changed) return codes;
        CHECK(changed.error().kind == FailureKind::invalid);
        for (auto const& fault : changed.error().fields) codes.emplace_back(fault.code);
        return codes;
    }
};

using Codes = std::vector<std::string>;

}  // namespace

TEST_CASE("a new password is not like one of before, and only who knows the present one hears so") {
    Office office;
    NewUser const user{office};
    auto const first = "Zeven blauwe fietsen 7!";
    auto const second = "Negen groene autobussen 9!";
    auto const third = "Elf paarse olifanten 11!";
    CHECK(user.faults(office.welcome.password.text(), first).empty());
    CHECK(user.faults(first, first) == Codes{"too_like_earlier"});
    CHECK(user.faults(first, "Zeven blauwe fietsen 8!") == Codes{"too_like_earlier"});
    CHECK(user.faults(first, second).empty());
    CHECK(user.faults(second, third).empty());
    CHECK(user.faults(third, first) == Codes{"too_like_earlier"});
    CHECK(user.faults(third, "Z3ven BLAUWE fi3tsen mei 2026") == Codes{"too_like_earlier"});
    CHECK(user.faults("not the present one 1A", first) == Codes{"wrong"});
    CHECK(user.faults(third, "Dertien gele brandweerauto's 13").empty());
}

TEST_CASE("of two who change one password at the same moment, one does") {
    Office office;
    NewUser const user{office};
    std::atomic<int> changed = 0;
    std::barrier together{2};
    {
        std::vector<std::jthread> both;
        for (auto const* const to : {"Zeven blauwe fietsen 7!", "Negen groene autobussen 9!"}) {
            both.emplace_back([&, to] {
                together.arrive_and_wait();
                changed += user.change(office.welcome.password.text(), to).has_value();
            });
        }
    }
    CHECK(changed == 1);
}

TEST_CASE("what is kept of earlier passwords is sealed, and a password is not changed without it") {
    Office office;
    NewUser const user{office};
    CHECK(user.faults(office.welcome.password.text(), "Zeven blauwe fietsen 7!").empty());
    REQUIRE(office.database.transact([&](store::Transaction& tx) {
        auto const cell =
            tx.row<Bytes>("SELECT password_history FROM user_account WHERE id = ?", office.welcome.user);
        REQUIRE(cell);
        CHECK_FALSE(PasswordHistory::decode(std::get<0>(*cell)));
        auto altered = std::get<0>(*cell);
        altered.back() ^= 1U;
        tx.execute("UPDATE user_account SET password_history = ? WHERE id = ?", altered, office.welcome.user);
    }));
    auto const refused = user.change("Zeven blauwe fietsen 7!", "Negen groene autobussen 9!");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == FailureKind::unavailable);
}
