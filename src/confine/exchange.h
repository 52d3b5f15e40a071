#pragma once

#include "base/bytes.h"

namespace klout7::confine {

// Between a program and the one that it started beside itself, big-endian. First the program says
//     size(8) | opening              the size of the content; how long an opening is, both know
// then the other asks for parts of the content, with
//     offset(8) | length(4)          answered by   1 | bytes   or   0 when it cannot be read
// and last it answers, with an offset that no content has,
//     ~0(8) | length(4) | bytes
// and ends.
inline constexpr std::size_t request_bytes = 12;
inline constexpr std::size_t longest_part = 256 * 1024;
inline constexpr std::uint64_t answer_mark = ~std::uint64_t{0};

}  // namespace klout7::confine
