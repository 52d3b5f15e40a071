#include "password_words.h"

#include <doctest/doctest.h>

using namespace klout7::access;

TEST_CASE("a password of words that everybody tries is one that everybody tries") {
    CHECK(is_of_common_words("Welkom-Wachtwoord-01"));
    CHECK(is_of_common_words("P@ssw0rd P@ssw0rd 2026!"));
    CHECK(is_of_common_words("Qwertyuiop1234567!"));
    CHECK(is_of_common_words("abcdefghijKLMNOP-1"));
    CHECK(is_of_common_words("Welkom-1234567890-abcde"));
    CHECK(is_of_common_words("ILoveYou-Feyenoord1"));
    // Five letters of its own are too few, six are not.
    CHECK(is_of_common_words("Welkom-gnoem-123456"));
    CHECK_FALSE(is_of_common_words("Welkom-gnoems-123456"));
}

TEST_CASE("one of the most used passwords stays one, however it is made longer") {
    CHECK(is_of_common_words("Football2026!!!!!!"));
    CHECK(is_of_common_words("Football-Januari-2026"));
    CHECK(is_of_common_words("llabtooF-2026-!!!"));
    CHECK(is_of_common_words("F-o-o-t-b-a-l-l-2026"));
    CHECK(is_of_common_words("F00tb@ll F00tb@ll 2026"));
    CHECK(is_of_common_words("S0phi3-2026-!!!!!!"));  // its last letter, too, is a look-alike
    CHECK(is_of_common_words("1qaz2WSX3edc4RFV"));
    CHECK(is_of_common_words("Groningen-2026-1234"));
}

TEST_CASE("two words of the list are a common password, four are a passphrase") {
    CHECK(is_of_common_words("Dragon-Monkey-2026"));
    CHECK(is_of_common_words("Welkom-zebras-123456"));
    CHECK(is_of_common_words("Paarden-Honden-2026"));
    CHECK_FALSE(is_of_common_words("Paarden honden vlinder gitaar 1"));
    CHECK_FALSE(is_of_common_words("Correct horse battery staple 1"));
    CHECK_FALSE(is_of_common_words("Camera tennis planet rabbit 1"));
    // Unless everybody tries them first.
    CHECK(is_of_common_words("Dragon monkey football shadow 1"));
}

TEST_CASE("a password of next to nothing but repetitions is one that everybody tries") {
    CHECK(is_of_common_words("Aaaaaaaaaaaaaaa1"));
    CHECK(is_of_common_words("123456a2026!!!!!!!"));
    CHECK(is_of_common_words("Qx-Qx-Qx-Qx-Qx-1"));
    CHECK(is_of_common_words("Zomer2026Zomer2026!"));
    CHECK(is_of_common_words("9876543210-Abc-2026"));
}

TEST_CASE("words of one's own, and signs without words, are no common words") {
    CHECK_FALSE(is_of_common_words("Zeven blauwe fietsen 7!"));
    CHECK_FALSE(is_of_common_words("8472-9917-3310-5521-Zz"));
    CHECK_FALSE(is_of_common_words("hJ8#kQ2!vX9$mZ4%"));
    CHECK_FALSE(is_of_common_words(""));
}

TEST_CASE("the names of a person may not stand in the password") {
    std::vector<std::string> const names{"Augustine", "van", "der", "Vlietstra", "J"};
    CHECK(holds_a_name("fietsen-vlietstra-77", names));
    CHECK(holds_a_name("fietsen-VLI3TSTRA-77", names));
    CHECK(holds_a_name("Augustine op de fiets", names));
    CHECK_FALSE(holds_a_name("van der fietsen 77", names));
    CHECK_FALSE(holds_a_name("Zeven blauwe fietsen", names));
    CHECK_FALSE(holds_a_name("Zeven blauwe fietsen", {}));
}
