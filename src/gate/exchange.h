#pragma once

#include <array>

#include "base/bytes.h"

namespace klout7::gate {

// Between a program and its klout7-gate, big-endian. First the program says
//     size(8) | side(1)
// then the gate asks for parts of the content, with
//     offset(8) | length(4)          answered by   1 | bytes   or   0 when it cannot be read
// and last it says, with an offset that no content has,
//     ~0(8) | answer(4)              a type's number, or 256 and the number of a refusal
// and ends.
inline constexpr std::size_t opening_bytes = 9;
inline constexpr std::size_t request_bytes = 12;
inline constexpr std::size_t longest_part = 64 * 1024;
inline constexpr std::uint64_t answer_mark = ~std::uint64_t{0};
inline constexpr std::uint32_t refusals_from = 256;

}  // namespace klout7::gate
