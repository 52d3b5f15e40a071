#include "access/password_rules.h"

#include <doctest/doctest.h>

#include "base/text.h"

using namespace klout7;
using namespace klout7::access;

namespace {

auto const name = *UserName::parse("j.devries");

std::optional<PasswordFault> fault(std::string_view text) {
    auto const checked = check_new_password(text, name);
    return checked ? std::nullopt : std::optional{checked.error().front()};
}

std::string repeated(std::string_view part, std::size_t times) {
    std::string text;
    for (std::size_t i = 0; i < times; ++i) text += part;
    return text;
}

/// Letters that are not said again.
std::string various(std::size_t size) {
    SeededRandom random{11};
    std::string text;
    while (text.size() < size) text += static_cast<char>('a' + random.below(26));
    return text;
}

}  // namespace

TEST_CASE("a password has at least 16 characters, however many bytes they take") {
    CHECK(fault("Brandweerslang1") == PasswordFault::too_short);  // 15
    CHECK(!fault("Brandweerslange1"));                            // 16
    CHECK(fault("Aé1" + repeated("é", 12)) == PasswordFault::too_short);
    CHECK(!fault("Aé1" + std::string{"éüèçñåøêöàîôû"}));
    CHECK(fault("") == PasswordFault::too_short);
}

TEST_CASE("characters are counted after composition: e and a mark are one") {
    CHECK(fault("Aé1" + repeated("e\u0301", 12)) == PasswordFault::too_short);
    std::string const composed = "Zéven gröne süße bömen 7";
    std::string const marked = "Ze\u0301ven gro\u0308ne su\u0308ße bo\u0308men 7";
    REQUIRE(!fault(marked));
    CHECK(check_new_password(marked, name)->text() == check_new_password(composed, name)->text());
}

TEST_CASE("a password has at most 128 characters") {
    CHECK(!fault("A1" + various(126)));
    CHECK(fault("A1" + various(127)) == PasswordFault::too_long);
    CHECK(fault(repeated("b", 1'000'000)) == PasswordFault::too_long);
    CHECK(!normal_password(repeated("b", 129)));
    CHECK(normal_password(repeated("b", 128)));
}

TEST_CASE("three of the four classes are needed, any three will do") {
    CHECK(fault("brandweerslangen") == PasswordFault::too_few_classes);
    CHECK(fault("brandweerslange1") == PasswordFault::too_few_classes);
    CHECK(fault("BRANDWEERSLANGE1") == PasswordFault::too_few_classes);
    CHECK(fault("brandweer slange") == PasswordFault::too_few_classes);
    CHECK(!fault("Brandweerslange1"));
    CHECK(!fault("brandweerslan-e1"));
    CHECK(!fault("BRANDWEERSLAN-E1"));
    CHECK(!fault("Brandweerslan-en"));
    CHECK(!fault("Correct paard batterij"));
}

TEST_CASE("the user name may not stand in it, in either case") {
    CHECK(fault("Welkom-j.devries-1") == PasswordFault::holds_user_name);
    CHECK(fault("Welkom-J.DeVries-1") == PasswordFault::holds_user_name);
    CHECK(fault("J.DEVRIES-welkom-1") == PasswordFault::holds_user_name);
    CHECK(!fault("Welkom-j.devrie-s1"));
}

TEST_CASE("what leaked, or is a common password made longer, is refused") {
    CHECK(fault("Football2026!!!!!!") == PasswordFault::common_words);
    CHECK(fault("P@ssw0rdP@ssw0rd1") == PasswordFault::common_words);
    CHECK(fault("!QAZxsw2#EDCvfr4") == PasswordFault::common_words);
    CHECK(fault("PrimaVera2006Casa") == PasswordFault::common_words);
    CHECK(!fault("Zeven gnoems fietsen 7!"));
}

TEST_CASE("what is not text is no password") {
    CHECK(fault("Abcdefghijklmno1\xff") == PasswordFault::not_text);
    CHECK(!normal_password("\xff"));
}

TEST_CASE("a user name has one form") {
    CHECK(UserName::parse(" J.DeVries ")->text() == "j.devries");
    CHECK(UserName::parse("piet@example.nl"));
    CHECK(!UserName::parse("ab"));
    CHECK(UserName::parse("abc"));
    CHECK(UserName::parse(repeated("a", 64)));
    CHECK(!UserName::parse(repeated("a", 65)));
    CHECK(!UserName::parse("jan piet"));
    CHECK(!UserName::parse("jané"));
    CHECK(!UserName::parse(std::string_view{"jan\0piet", 8}));
}

TEST_CASE("all that is wrong with a password is told at once") {
    using Faults = std::vector<PasswordFault>;
    CHECK(check_new_password("j.devries", name).error() ==
          Faults{PasswordFault::too_short, PasswordFault::too_few_classes, PasswordFault::holds_user_name});
    CHECK(check_new_password("Welkom-j.devries-1-Gemeente", name, {"Gemeente"}).error() ==
          Faults{PasswordFault::holds_user_name, PasswordFault::holds_own_name});
    CHECK(check_new_password("", name).error() ==
          Faults{PasswordFault::too_short, PasswordFault::too_few_classes});
    CHECK(check_new_password(repeated("b", 1'000'000), name).error() == Faults{PasswordFault::too_long});
}

TEST_CASE("a welcome password keeps the rules and is never the same") {
    SeededRandom random{7};
    std::string last;
    for (int i = 0; i < 200; ++i) {
        auto const password = new_welcome_password(random);
        CHECK(check_new_password(password.text(), name));
        CHECK(password.text() != last);
        last = password.text();
    }
}
