#pragma once

#include <string_view>
#include <vector>

#include "base/secret_bytes.h"

namespace klout7::access {

inline constexpr std::size_t most_letters_off = 4;
inline constexpr std::size_t most_shapes = 30;
/// Shorter than this, what is left of two passwords is the same by chance.
inline constexpr std::size_t fewest_letters_of_shortened = 5;

/// What stays of a password in normal form when all goes that people change to keep it: digits, case,
/// separators, month and season names, and which way round it is; of a text repeated, that text once. One or
/// two readings (password_letters.h).
std::vector<SecretBytes> readings_of(std::string_view password);

/// The readings, then each with one to four letters off, at both ends together. Two passwords are too alike
/// when they have a shape in common. Source: issue on signing in, "Passwords".
std::vector<SecretBytes> shapes_of(std::string_view password);

/// Whether at most four characters put in, left out or changed make one of the other, in any case.
/// Source: Levenshtein distance.
bool is_nearly_the_same(std::string_view one, std::string_view other);

}  // namespace klout7::access
