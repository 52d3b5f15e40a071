#pragma once

#include <cstdint>
#include <functional>

#include "base/bytes.h"

namespace klout7 {

/// A content of which any part can be read, again and again.
struct Content {
    std::uint64_t size_bytes = 0;
    /// False when that part cannot be read.
    std::function<bool(std::uint64_t offset, BytesSpan out)> read;
};

}  // namespace klout7
