#pragma once

#include "preview/preview.h"

namespace klout7::preview {

// What a program and its klout7-preview say to each other (confine/apart.h), big-endian: the opening is
//     type(1) | page(4)              the type as the gate numbers it; pages are counted from 1
// and the answer
//     0(1) | pages(4) | picture      or
//     reason(1)                      1 and the number of why there is none
inline constexpr std::size_t opening_bytes = 5;
inline constexpr std::size_t head_bytes = 5;
/// A picture of noise, which nothing makes smaller, has 3 bytes for each pixel and a little.
inline constexpr std::size_t most_answer_bytes =
    head_bytes + std::size_t{4} * most_side_pixels * most_side_pixels;
/// More is not looked at: it lies in the memory of klout7-preview as a whole.
inline constexpr std::uint64_t most_content_bytes = std::uint64_t{256} << 20U;

}  // namespace klout7::preview
