#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace klout7::access {

/// What a guesser needs 2^30 tries for at least is no common password: six letters of its own beside words
/// that everybody tries, three rare words of the list of common passwords, or four of its usual ones.
inline constexpr int fewest_bits = 30;

/// Whether a password is little more than words that everybody tries first ("Welkom-Wachtwoord-01",
/// "Football2026!!!!!!"), in either reading (password_letters.h), also turned round or said again. What has
/// no such word is not: random signs need no letters.
bool is_of_common_words(std::string_view password);

/// Whether one of these names stands in it, in either reading. Names of fewer than four letters do not count:
/// they stand in too much.
bool holds_a_name(std::string_view password, std::vector<std::string> const& names);

}  // namespace klout7::access
