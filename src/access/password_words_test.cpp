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
    CHECK(is_of_common_words("Welkom-zebra-123456"));
    CHECK_FALSE(is_of_common_words("Welkom-zebras-123456"));
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
