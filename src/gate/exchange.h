#pragma once

#include "base/bytes.h"

namespace klout7::gate {

// What a program and its klout7-gate say to each other (confine/apart.h), big-endian: the opening is
//     side(1)
// and the answer
//     answer(4)                      a type's number, or 256 and the number of a refusal
inline constexpr std::size_t opening_bytes = 1;
inline constexpr std::size_t answer_bytes = 4;
inline constexpr std::uint32_t refusals_from = 256;

}  // namespace klout7::gate
