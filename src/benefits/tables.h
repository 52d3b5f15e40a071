#pragma once

#include <optional>
#include <string_view>

#include "base/money.h"

namespace klout7::benefits {

/// "1.0186" or "70", as an exact fraction; at most six decimals, not below zero. How the tables of law/ write
/// figures.
std::optional<Fraction> parse_decimal(std::string_view text);
/// The same of a hundred: "35.75" is 3575/10000.
std::optional<Fraction> parse_percentage(std::string_view text);
/// The text of one table of law/, which the build put into the program.
std::string_view law_text(std::string_view name);

}  // namespace klout7::benefits
