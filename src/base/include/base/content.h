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

/// Reads all of it from its beginning, in pieces of at most 64 KiB that are wiped behind it. False when a
/// piece cannot be read, or when `take` wants no more.
bool read_in_pieces(Content const& content, std::function<bool(BytesView)> const& take);

}  // namespace klout7
