#include "access/password_history.h"

#include <doctest/doctest.h>

#include <string>

#include "base/clock.h"

using namespace klout7;
using namespace klout7::access;

namespace {

struct User {
    SystemRandom random;
    crypto::Keyring<OfficeZone> keyring = crypto::Keyring<OfficeZone>::create(
        {Uuid::version_7(SystemClock{}.now(), random), Environment::test}, random);
    PasswordHistory history{random};

    void had(std::string_view password) { history.add(history.tags_of(keyring, password)); }
    bool may_have(std::string_view password) const {
        return !history.is_too_like_an_earlier_one(history.tags_of(keyring, password));
    }
};

}  // namespace

TEST_CASE("a password that the user had does not come back, nor one that is too like it") {
    User user;
    user.had("Zeven blauwe fietsen 7!");
    for (std::string const password :
         {"Zeven blauwe fietsen 7!", "Zeven blauwe fietsen 8!", "zeven-BLAUWE-fietsen-2026",
          "Z3v3n blauw3 fi3t$3n", "Zeven blauwe fietsen maart", "abcdZeven blauwe fietsen",
          "Zeven blauwe fietsenabcd", "abZeven blauwe fietsencd", "even blauwe fietsen", "Zeven blauwe fie",
          "nesteif ewualb neveZ", "Zeven blauwe fietsen zeven blauwe fietsen"}) {
        CAPTURE(password);
        CHECK_FALSE(user.may_have(password));
    }
    CHECK(user.may_have("Negen groene autobussen"));
    CHECK(user.may_have("abcdeZeven blauwe fietsen"));
}

TEST_CASE("look-alikes count in either direction: put in, taken out, or put elsewhere") {
    User user;
    user.had("Paardenb1oem op z0lder");
    CHECK_FALSE(user.may_have("Paardenbloem op zolder"));
    CHECK_FALSE(user.may_have("P4ardenbloem op zold3r"));
    CHECK_FALSE(user.may_have("Paardenb9oem op z9lder"));
}

TEST_CASE("the last 24 passwords are kept, and not the one before them") {
    User user;
    auto const password = [](std::size_t i) {
        return "Wachtwoordzin van letter " + std::string(7, static_cast<char>('a' + i)) + " en meer";
    };
    for (std::size_t i = 0; i <= PasswordHistory::kept; ++i) user.had(password(i));
    CHECK(user.history.size() == PasswordHistory::kept);
    CHECK(user.may_have(password(0)));
    for (std::size_t i = 1; i <= PasswordHistory::kept; ++i) CHECK_FALSE(user.may_have(password(i)));
}

TEST_CASE("a history is written and read, and what is none is refused") {
    User user;
    for (int i = 0; i < 24; ++i)
        user.had("Zeven blauwe fi3tsen op een " + std::string(9, static_cast<char>('a' + i)));
    auto const bytes = user.history.encode();
    CHECK(bytes.size() + crypto::CellCipher<OfficeZone>::overhead_bytes <= 8000);
    auto const read = PasswordHistory::decode(bytes);
    REQUIRE(read);
    CHECK(read->encode() == bytes);
    user.history = *read;
    CHECK_FALSE(user.may_have("Zeven blauwe fietsen op een aaaaaaaaa"));
    for (std::size_t size = 0; size < bytes.size(); ++size)
        CHECK_FALSE(PasswordHistory::decode(BytesView{bytes}.first(size)));
    CHECK_FALSE(PasswordHistory::decode(to_bytes("no history")));
}

TEST_CASE("what is kept of a password differs between users and between keyrings") {
    User one;
    User other;
    auto const password = "Zeven blauwe fietsen 7!";
    CHECK(one.history.tags_of(one.keyring, password) == one.history.tags_of(one.keyring, password));
    CHECK(one.history.tags_of(one.keyring, password) != other.history.tags_of(one.keyring, password));
    CHECK(one.history.tags_of(one.keyring, password) != one.history.tags_of(other.keyring, password));
}
