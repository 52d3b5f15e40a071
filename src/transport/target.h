#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace klout7::transport {

/// Limits of one request target.
inline constexpr std::size_t most_segments = 64;
inline constexpr std::size_t most_query_values = 64;

/// The target of a request, taken apart and decoded as RequestHead promises.
struct Target {
    std::vector<std::string> path;
    std::vector<std::pair<std::string, std::string>> query;
};

/// Nothing if the target is not in origin-form or is not what RequestHead promises. "/" is one empty part.
/// Beyond that promise a path has no control character, backslash or encoded slash: a part may become a
/// name elsewhere. Source: RFC 9112, 3.2.1; RFC 3986, 2 and 3; query: HTML,
/// application/x-www-form-urlencoded.
std::optional<Target> parse_target(std::string_view target);

}  // namespace klout7::transport
