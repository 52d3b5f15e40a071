#pragma once

#include <cstdint>

#include "base/bytes.h"

namespace klout7 {

/// The number that these bytes are, in the order in which `append_u64` and its like write: at most eight of
/// them.
constexpr std::uint64_t big_endian(BytesView bytes) {
    std::uint64_t number = 0;
    for (auto const byte : bytes) number = number << 8U | byte;
    return number;
}

}  // namespace klout7
