#include "password_list.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace klout7;
using namespace klout7::access;

namespace {

std::vector<std::string_view> lines_of(std::size_t list) {
    auto text = password_lists()[list].text;
    while (text.starts_with('#')) text.remove_prefix(text.find('\n') + 1);
    std::vector<std::string_view> lines;
    for (; !text.empty(); text.remove_prefix(text.find('\n') + 1))
        lines.push_back(text.substr(0, text.find('\n')));
    return lines;
}

}  // namespace

TEST_CASE("letters of the most used passwords are found with their rank, others are not") {
    CHECK(bits_of_common(U"password").value_or(99) < 4);
    CHECK(bits_of_common(U"football").value_or(99) < 7);
    CHECK(bits_of_common(U"zxcvbnm"));
    CHECK_FALSE(bits_of_common(U""));
    CHECK_FALSE(bits_of_common(U"a"));
    CHECK_FALSE(bits_of_common(U"footbal1"));
    CHECK_FALSE(bits_of_common(U"zzzzzzzzzzzzz"));
    CHECK_FALSE(bits_of_common(U"brandweerslang"));
    CHECK_FALSE(bits_of_common(U"pass\u00e9"));
}

TEST_CASE("every line of the list of common passwords is found, and nothing else beside it") {
    auto const lines = lines_of(0);
    REQUIRE(lines.size() > 10'000);
    CHECK(std::ranges::is_sorted(lines));
    for (auto const line : lines) {
        auto const word = line.substr(0, line.size() - 1);
        std::u32string letters{word.begin(), word.end()};
        REQUIRE(word.size() >= shortest_common);
        REQUIRE(word.size() <= longest_common);
        REQUIRE(std::ranges::all_of(word, [](char c) { return c >= 'a' && c <= 'z'; }));
        REQUIRE(bits_of_common(letters) == line.back() - 'A');
        REQUIRE_FALSE(bits_of_common(letters + U'{'));
    }
}

TEST_CASE("a long password that leaked is known, also with other digits, separators and case") {
    CHECK(is_leaked("PrimaVera2006Casa"));
    CHECK(is_leaked("primavera-casa-2027!"));
    CHECK(is_leaked("1.PRIMA.VERA.CASA.1"));
    CHECK_FALSE(is_leaked("PrimaVera2006Tasa"));
    CHECK_FALSE(is_leaked("Zeven blauwe fietsen 7!"));
    CHECK_FALSE(is_leaked(""));
}

TEST_CASE("every mark of a leaked password is found") {
    auto const lines = lines_of(1);
    REQUIRE(lines.size() > 4'000);
    CHECK(std::ranges::is_sorted(lines));
    CHECK(std::ranges::all_of(lines, [](std::string_view line) { return line.size() == 8; }));
    CHECK(std::ranges::binary_search(lines, std::string_view{marks_of("PrimaVera2006Casa").back()}));
}
