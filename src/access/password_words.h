#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace klout7::access {

/// Fewer letters than this beside words that everybody tries are no secret.
inline constexpr std::size_t fewest_letters_of_its_own = 6;

/// Whether a password is little more than words that everybody tries first ("Welkom-Wachtwoord-01"), in
/// either reading (password_letters.h). What has no such word is not: random signs need no letters.
bool is_of_common_words(std::string_view password);

/// Whether one of these names stands in it, in either reading. Names of fewer than four letters do not count:
/// they stand in too much.
bool holds_a_name(std::string_view password, std::vector<std::string> const& names);

}  // namespace klout7::access
