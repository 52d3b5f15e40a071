#include "people/surname.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "base/random.h"

using namespace klout7;
using namespace klout7::people;

namespace {

SystemRandom random_source;
auto const keyring = crypto::Keyring<OfficeZone>::create(
    {Uuid::version_7(Instant::from_microseconds(1'795'000'000'000'000), random_source), Environment::test},
    random_source);

/// Whether somebody of this name is found by what was typed: by the token, and then by the name itself.
bool finds(std::string_view typed, std::string_view last_name) {
    auto const part = SurnamePart::parse(typed);
    REQUIRE(part);
    auto const tokens = surname_tokens(keyring, last_name);
    return std::ranges::count(tokens, part->token(keyring)) > 0 && part->begins(last_name);
}

}  // namespace

TEST_CASE("a surname is found by its beginning, from three letters on, however it is written") {
    for (auto const* typed : {"jan", "jans", "Janss", "JANSSEN", "janssen "}) CHECK(finds(typed, "Janssen"));
    CHECK(finds("jansen", "Janssen"));  // a run of s is one
    CHECK(finds("yzerman", "IJzerman"));
    CHECK(finds("mull", "Müller"));
    CHECK(finds("obr", "O'Brien"));
    CHECK(finds("smit-br", "Smit-Brûlé"));
    CHECK(finds("elamrani", "El Amrani"));
    CHECK(finds("ngu", "Nguyễn"));
}

TEST_CASE("what only begins alike for six letters is told apart by the name itself") {
    CHECK(finds("zandst", "Zandstra"));
    CHECK(finds("zandstra", "Zandstra"));
    CHECK_FALSE(finds("zandstraat", "Zandstra"));
    CHECK_FALSE(finds("zandberg", "Zandstra"));
    CHECK_FALSE(finds("and", "Zandstra"));
}

TEST_CASE("fewer than three letters are no search, and a shorter name is in no index") {
    for (auto const* typed : {"", "ja", "  j a ", "12345", "---", "\xFF\xFF\xFF"})
        CHECK_FALSE(SurnamePart::parse(typed));
    CHECK(surname_tokens(keyring, "Bo").empty());
    CHECK(surname_tokens(keyring, "").empty());
    CHECK(surname_tokens(keyring, "Bos").size() == 1);
    CHECK(surname_tokens(keyring, "Bakker").size() == 4);
    CHECK(surname_tokens(keyring, "Wiśniewski").size() == 4);
}

TEST_CASE("letters outside of the alphabet are counted, not their bytes") {
    CHECK(surname_tokens(keyring, "Ωμέγα").size() == 3);
    CHECK(finds("ωμε", "Ωμέγα"));
    CHECK_FALSE(SurnamePart::parse("Ωμ"));
}
