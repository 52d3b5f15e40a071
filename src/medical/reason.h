#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace klout7::medical {

inline constexpr std::size_t reason_shortest = 20;  ///< characters
inline constexpr std::size_t reason_longest = 1000;

/// Why somebody does something that others will read, as it is kept; nothing when it is too short, too long
/// or no text.
std::optional<std::string> checked_reason(std::string_view given);

}  // namespace klout7::medical
