#include "access/factors.h"

#include <doctest/doctest.h>

#include <barrier>
#include <thread>

#include "access/accounts.h"
#include "access/one_time_code.h"
#include "access/own_sign_in.h"
#include "access/sign_in.h"
#include "access/testing.h"
#include "challenge.h"
#include "passkeys/testing.h"
#include "recovery_codes.h"

using namespace klout7;
using namespace klout7::access;
using namespace klout7::access::testing;
using passkeys::testing::Authenticator;
using passkeys::testing::Words;

namespace {

/// A side with one user, who signed in.
template <class Zone>
struct Signed : TestSide<Zone> {
    passkeys::RelyingParty party{"klout7.example", "https://klout7.example:8443"};
    SignIn<Zone> sign_in{with_party()};
    OwnSignIn<Zone> own{this->frame};
    Factors<Zone> factors{this->frame};
    std::string token;  ///< of the last session that was opened
    Welcome welcome = make_account("j.jansen");
    Actor user = enter(Proof{code()}).value();

    Frame<Zone> const& with_party() {
        this->frame.relying_party = party;
        return this->frame;
    }
    Welcome make_account(std::string_view name) {
        NewAccount const account{
            .user_name = *UserName::parse(name), .display_name = "J. Jansen", .role = Role::privacy_officer};
        auto made = this->database.transact(
            [&](store::Transaction& tx) { return create_account(this->frame, tx, account); });
        REQUIRE(made);
        return std::move(*made);
    }
    std::string code(Welcome const& of) const {
        return totp_code(of.totp_secret.view(), totp_step_at(this->clock.now()));
    }
    std::string code() const { return code(welcome); }
    /// The next code, half a minute later.
    std::string next_code() {
        this->clock.advance(Duration::seconds(totp_step_seconds));
        return code();
    }
    std::optional<Actor> enter(Proof const& proof) { return enter(welcome, "j.jansen", proof); }
    std::optional<Actor> enter(Welcome const& who, std::string_view name, Proof const& proof) {
        auto const in = sign_in.sign_in({name, who.password.text(), proof, {}, "192.0.2.1"});
        if (!in) return std::nullopt;
        token = in->token;
        auto const found = sign_in.find(in->token, "192.0.2.1");
        REQUIRE((found && *found));
        return (*found)->actor;
    }
    /// Why the last try to sign in failed, as the log says it.
    std::string reason() {
        auto const line = this->lines().front();
        CHECK(line.entry.event.outcome != audit::Outcome::done);
        return line.detail.substr(line.detail.find('\n') + 1);
    }

    Authenticator new_authenticator() {
        return Authenticator{party, passkeys::testing::ed25519_signer(this->random), this->random};
    }
    /// What a browser sends when this user makes a passkey.
    NewPasskey made(Authenticator const& authenticator, Bytes const& challenge) {
        auto const words = authenticator.made(challenge);
        return {"Sleutelhanger", challenge, words.client_data(), words.attestation()};
    }
    FactorId add(Authenticator const& authenticator) {
        auto const offer = factors.offer_passkey(user);
        REQUIRE(offer);
        auto const added = factors.add_passkey(user, made(authenticator, offer->challenge));
        REQUIRE(added);
        return *added;
    }
    Proof used(Authenticator& authenticator, Bytes const& challenge) {
        auto const words = authenticator.used(challenge);
        return Proof{.code = {},
                     .passkey = PasskeyAnswer{
                         challenge, authenticator.made(challenge).credential_id, words.client_data(),
                         words.authenticator_data(), authenticator.sign(words.signed_bytes()),
                         Bytes{welcome.user.bytes().begin(), welcome.user.bytes().end()}}};
    }
};

}  // namespace

TEST_CASE_TEMPLATE("a passkey is added, signs in, and counts once", Zone, OfficeZone, MedicalZone) {
    Signed<Zone> side;
    auto authenticator = side.new_authenticator();
    side.clock.advance(Duration::seconds(1));
    side.add(authenticator);
    auto const proof = side.used(authenticator, side.sign_in.challenge());
    CHECK(side.enter(proof));
    CHECK_FALSE(side.enter(proof));
    CHECK(side.reason() == "old_counter");
    CHECK(side.enter(side.used(authenticator, side.sign_in.challenge())));

    auto const own = side.factors.list(side.user);
    REQUIRE(own);
    REQUIRE(own->factors.size() == 2);
    CHECK(own->factors[0].kind == FactorKind::authenticator_app);
    CHECK(own->factors[1].kind == FactorKind::passkey);
    CHECK(own->factors[1].name == "Sleutelhanger");
    CHECK(own->factors[1].last_used_at == side.clock.now());
}

TEST_CASE("a passkey that does not count answers each question once") {
    Signed<OfficeZone> side;
    auto authenticator = side.new_authenticator();
    side.add(authenticator);
    auto const without_counter = [&](Bytes const& challenge) {
        auto words = authenticator.used(challenge);
        words.counter = 0;
        auto proof = side.used(authenticator, challenge);
        proof.passkey->authenticator_data = words.authenticator_data();
        proof.passkey->signature = authenticator.sign(words.signed_bytes());
        return proof;
    };
    auto const proof = without_counter(side.sign_in.challenge());
    std::atomic<int> opened = 0;
    std::barrier together{2};
    {
        std::vector<std::jthread> both;
        for (int i = 0; i < 2; ++i) {
            both.emplace_back([&] {
                together.arrive_and_wait();
                opened +=
                    side.sign_in.sign_in({"j.jansen", side.welcome.password.text(), proof, {}, "192.0.2.1"})
                        .has_value();
            });
        }
    }
    CHECK(opened == 1);
    CHECK_FALSE(side.enter(proof));
    CHECK(side.reason() == "used_before");
    CHECK(side.enter(without_counter(side.sign_in.challenge())));
}

TEST_CASE("a question is ours, for one thing and one asker, and for five minutes") {
    Signed<OfficeZone> side;
    auto authenticator = side.new_authenticator();
    side.add(authenticator);
    auto const reason_of = [&](Bytes const& challenge) {
        CHECK_FALSE(side.enter(side.used(authenticator, challenge)));
        return side.reason();
    };
    CHECK(reason_of({}) == "not_our_challenge");
    CHECK(reason_of(Bytes(40, 1)) == "not_our_challenge");
    CHECK(reason_of(side.own.challenge(side.user)) == "not_our_challenge");
    auto altered = side.sign_in.challenge();
    altered[20] ^= 1U;
    CHECK(reason_of(altered) == "not_our_challenge");

    auto const early = side.sign_in.challenge();
    auto const late = side.sign_in.challenge();
    side.clock.advance(challenge_lasts);
    CHECK(side.enter(side.used(authenticator, early)));
    side.clock.advance(Duration{1});
    CHECK(reason_of(late) == "not_our_challenge");
}

TEST_CASE("a passkey of somebody else, or of another site, opens nothing; the reason is in the log") {
    Signed<OfficeZone> side;
    auto mine = side.new_authenticator();
    side.add(mine);
    auto const other = side.make_account("p.pietersen");
    auto const challenge = side.sign_in.challenge();
    CHECK_FALSE(side.enter(other, "p.pietersen", side.used(mine, challenge)));
    CHECK(side.reason() == "unknown_passkey");
    SeededRandom random{1};
    Authenticator elsewhere{{"evil.example", "https://evil.example"}, mine.signer(), random};
    auto proof = side.used(elsewhere, challenge);
    proof.passkey->credential_id = side.used(mine, challenge).passkey->credential_id;
    CHECK_FALSE(side.enter(proof));
    CHECK(side.reason() == "wrong_origin");
}

TEST_CASE("a passkey that is none is not added, and one is added once") {
    Signed<OfficeZone> side;
    auto const authenticator = side.new_authenticator();
    auto const offer = side.factors.offer_passkey(side.user);
    REQUIRE(offer);
    CHECK(offer->have.empty());
    CHECK(offer->user_name == "j.jansen");
    auto spoilt = side.made(authenticator, offer->challenge);
    spoilt.attestation.pop_back();
    CHECK(fields_of(side.factors.add_passkey(side.user, spoilt)) == std::vector<std::string_view>{"passkey"});
    CHECK(side.reason() == "not_cbor");
    CHECK(
        fields_of(side.factors.add_passkey(side.user, side.made(authenticator, side.sign_in.challenge()))) ==
        std::vector<std::string_view>{"passkey"});
    CHECK(side.reason() == "not_our_challenge");
    CHECK(side.factors.add_passkey(side.user, side.made(authenticator, offer->challenge)));
    CHECK(fields_of(
              side.factors.add_passkey(side.user, side.made(side.new_authenticator(), offer->challenge))) ==
          std::vector<std::string_view>{"passkey"});
    auto const again = side.factors.offer_passkey(side.user);
    REQUIRE(again);
    CHECK(again->have.size() == 1);
    CHECK(came(side.factors.add_passkey(side.user, side.made(authenticator, again->challenge))) ==
          FailureKind::already_there);
}

TEST_CASE("an authenticator app is added with its first code, which counts no more then") {
    Signed<OfficeZone> side;
    side.clock.advance(Duration::seconds(1));
    auto const offer = side.factors.offer_app(side.user);
    REQUIRE(offer);
    CHECK(offer->uri.find("secret=" + to_base32(offer->secret.view())) != std::string::npos);
    auto const code = [&] { return totp_code(offer->secret.view(), totp_step_at(side.clock.now())); };
    using Fields = std::vector<std::string_view>;
    CHECK(fields_of(side.factors.add_app(side.user, NewApp{"", offer->offer, "000000"})) ==
          Fields{"name", "code"});
    CHECK(fields_of(side.factors.add_app(side.user, NewApp{std::string(101, 'a'), "x", code()})) ==
          Fields{"name", "offer"});
    CHECK(fields_of(side.factors.add_app(side.user, NewApp{"\xFF", offer->offer, code()})) == Fields{"name"});
    auto elsewhere = side.user;
    elsewhere.session = SessionId::make(side.clock.now(), side.random);
    CHECK(fields_of(side.factors.add_app(elsewhere, NewApp{"Telefoon", offer->offer, code()})) ==
          Fields{"offer"});
    CHECK(side.factors.add_app(side.user, NewApp{" Telefoon ", offer->offer, code()}));
    CHECK(side.factors.list(side.user)->factors.back().name == "Telefoon");
    CHECK_FALSE(side.enter(Proof{code()}));
    CHECK(came(side.factors.add_app(side.user, NewApp{"Tablet", offer->offer, code()})) ==
          FailureKind::already_there);
    side.clock.advance(Duration::seconds(30));
    CHECK(side.enter(Proof{code()}));
    CHECK(side.enter(Proof{side.code()}));

    auto const old = side.factors.offer_app(side.user);
    REQUIRE(old);
    side.clock.advance(Duration::minutes(16));
    side.user.fresh_at = side.clock.now();
    auto const late = totp_code(old->secret.view(), totp_step_at(side.clock.now()));
    CHECK(fields_of(side.factors.add_app(side.user, NewApp{"Oud", old->offer, late})) == Fields{"offer"});
}

TEST_CASE("a factor that was removed counts no more; the last one stays, also when two remove at once") {
    Signed<OfficeZone> side;
    auto first = side.new_authenticator();
    side.clock.advance(Duration::seconds(1));
    auto const added = side.add(first);
    auto const app = side.factors.list(side.user)->factors.front().factor;
    CHECK(came(side.factors.remove(side.user, FactorId::make(side.clock.now(), side.random))) ==
          FailureKind::not_found);
    std::atomic<int> removed = 0;
    std::barrier together{2};
    {
        std::vector<std::jthread> both;
        for (auto const factor : {added, app}) {
            both.emplace_back([&, factor] {
                together.arrive_and_wait();
                removed += side.factors.remove(side.user, factor).has_value();
            });
        }
    }
    CHECK(removed == 1);
    auto const left = side.factors.list(side.user)->factors;
    REQUIRE(left.size() == 1);
    CHECK(came(side.factors.remove(side.user, left[0].factor)) == FailureKind::not_now);
    bool const passkey_is_left = left[0].factor == added;
    CHECK(side.enter(side.used(first, side.sign_in.challenge())).has_value() == passkey_is_left);
    CHECK(side.enter(Proof{side.next_code()}).has_value() != passkey_is_left);
}

TEST_CASE("nobody has more factors than ten") {
    Signed<OfficeZone> side;
    for (std::size_t i = 1; i < factors_at_most; ++i) side.add(side.new_authenticator());
    auto const offer = side.factors.offer_passkey(side.user);
    REQUIRE(offer);
    CHECK(came(side.factors.add_passkey(side.user, side.made(side.new_authenticator(), offer->challenge))) ==
          FailureKind::not_now);
}

TEST_CASE("a recovery code counts once, however it is typed; new ones end those of before") {
    Signed<OfficeZone> side;
    CHECK_FALSE(side.enter(Proof{"0000-0000-0000-0000-0000-0000"}));
    CHECK(side.reason() == "wrong_recovery_code");
    auto const codes = side.factors.renew_recovery_codes(side.user);
    REQUIRE(codes);
    REQUIRE(codes->size() == RecoveryCodes::count);
    auto const text = [&](std::size_t i) { return std::string{(*codes)[i].text()}; };
    CHECK(side.enter(Proof{text(0)}));
    CHECK_FALSE(side.enter(Proof{text(0)}));
    auto typed = text(1);
    std::erase(typed, '-');
    for (auto& c : typed) c = c == '0' ? 'O' : c == '1' ? 'l' : static_cast<char>(std::toupper(c));
    CHECK(side.enter(Proof{" " + typed}));
    CHECK(side.factors.list(side.user)->recovery_codes_left == 8);
    std::atomic<int> opened = 0;
    {
        std::vector<std::jthread> both;
        for (int i = 0; i < 2; ++i) {
            both.emplace_back([&] {
                opened +=
                    side.sign_in
                        .sign_in({"j.jansen", side.welcome.password.text(), Proof{text(2)}, {}, "192.0.2.1"})
                        .has_value();
            });
        }
    }
    CHECK(opened == 1);
    REQUIRE(side.factors.renew_recovery_codes(side.user));
    CHECK_FALSE(side.enter(Proof{text(3)}));
    CHECK(side.factors.list(side.user)->recovery_codes_left == 10);
}

TEST_CASE(
    "what asks for a fresh session is refused ten minutes after a factor was shown, until it is shown "
    "again") {
    Signed<OfficeZone> side;
    side.clock.advance(fresh_lasts);
    CHECK(side.factors.renew_recovery_codes(side.user));
    side.clock.advance(Duration{1});
    CHECK(came(side.factors.renew_recovery_codes(side.user)) == FailureKind::not_fresh);
    CHECK(side.lines().front().entry.event.outcome == audit::Outcome::refused);
    CHECK(side.factors.list(side.user));
    CHECK(fields_of(side.own.show_again(side.user, Proof{"000000"})) ==
          std::vector<std::string_view>{"code"});
    CHECK(side.reason() == "wrong_code");
    auto const token = side.own.show_again(side.user, Proof{side.code()});
    REQUIRE(token);
    CHECK_FALSE(*side.sign_in.find(side.token, ""));
    auto const renewed = side.sign_in.find(*token, "");
    REQUIRE((renewed && *renewed));
    CHECK((*renewed)->actor.session == side.user.session);
    CHECK(side.factors.renew_recovery_codes((*renewed)->actor));
    CHECK(fields_of(side.own.show_again(side.user, Proof{side.code()})) ==
          std::vector<std::string_view>{"code"});
}

TEST_CASE("who guesses in an open session waits") {
    Signed<OfficeZone> side;
    int tries = 0;
    while (came(side.own.show_again(side.user, Proof{"000000"})) == FailureKind::invalid)
        REQUIRE(++tries < 20);
    CHECK(came(side.own.show_again(side.user, Proof{side.code()})) == FailureKind::too_often);
    CHECK(side.reason() == "too_often");
}

TEST_CASE("a forged or altered factor opens nothing") {
    Signed<OfficeZone> side;
    auto authenticator = side.new_authenticator();
    side.clock.advance(Duration::seconds(1));
    auto const passkey = side.add(authenticator);
    auto const app = side.factors.list(side.user)->factors.front().factor;
    auto const other = side.make_account("p.pietersen");
    Tampering tampering{side, "user_factor"};
    using Side = TestSide<OfficeZone>;
    for (auto const& change :
         {"user_id = " + Side::literal(other.user), std::string{"kind = 'authenticator_app'"},
          std::string{"created_at = 0"}, std::string{"handle = id"}, "tag = " + tampering.was("tag", app)}) {
        INFO(change);
        tampering.set(passkey, change);
        CHECK_FALSE(side.enter(other, "p.pietersen", side.used(authenticator, side.sign_in.challenge())));
        CHECK_FALSE(side.enter(side.used(authenticator, side.sign_in.challenge())));
        tampering.put_back();
        side.clock.advance(Duration::hours(1));
    }
    for (auto const& change : tampering.each_altered("secret", app)) {
        INFO(change);
        tampering.set(passkey, change);
        CHECK_FALSE(side.enter(side.used(authenticator, side.sign_in.challenge())));
        tampering.put_back();
        side.clock.advance(Duration::hours(1));
    }
    CHECK_FALSE(side.enter(side.used(authenticator, Bytes{})));
}

TEST_CASE("recovery codes are read as they are written down, and nothing else is one") {
    SeededRandom random{1};
    auto const now = Instant::from_microseconds(1'795'000'000'000'000);
    auto const made = RecoveryCodes::make(random);
    auto const kept = RecoveryCodes::decode(made.kept.encode());
    REQUIRE(kept);
    for (auto const& code : made.codes) CHECK(kept->has(code.text(), now));
    auto const code = std::string{made.codes[0].text()};
    CHECK(code.size() == 29);
    for (auto const& wrong :
         {std::string{}, code.substr(1), code + "0", std::string(29, '-'), code.substr(0, 28) + "u"})
        CHECK_FALSE(kept->has(wrong, now));
    auto const left = kept->without(code);
    CHECK(left.left() == 9);
    CHECK_FALSE(left.has(code, now));
    CHECK_FALSE(RecoveryCodes::decode({}));
    CHECK_FALSE(RecoveryCodes::decode(to_bytes("\x81\x41x")));
}

TEST_CASE("two halves are one code until its time is over") {
    SeededRandom random{2};
    auto const until = Instant::from_microseconds(1'795'000'000'000'000);
    auto const first = std::string{RecoveryCodes::new_half(random).text()};
    auto const second = std::string{RecoveryCodes::new_half(random).text()};
    auto const made = RecoveryCodes::of_halves(first, second, until);
    auto const kept = RecoveryCodes::decode(made.encode());
    REQUIRE(kept);
    CHECK(kept->left() == 1);
    for (auto const& code : {first + second, first + "-" + second, first + " " + second})
        CHECK(kept->has(code, until));
    CHECK_FALSE(kept->has(first + second, until + Duration{1}));
    for (auto const& wrong : {first, second, second + first, first + first})
        CHECK_FALSE(kept->has(wrong, until));
    CHECK(kept->without(first + second).left() == 0);
    CHECK_FALSE(RecoveryCodes::decode(to_bytes("\x82\x41x\x01")));  // the time comes first
}
