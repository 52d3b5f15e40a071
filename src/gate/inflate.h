#pragma once

#include <functional>

#include "window.h"

namespace klout7::gate {

/// How the bytes before the deflated ones are: none in ZIP (RFC 1951), two and a checksum in PDF (RFC 1950).
enum class DeflateForm { bare, zlib };

struct Packed {
    std::uint64_t offset;
    std::uint64_t size_bytes;
};
/// Inflates in pieces of 32 KiB. `take` may end it with a refusal. Returns how many bytes were packed, which
/// is fewer when others stand behind them. Errors: malformed, and what `take` says.
std::expected<std::uint64_t, Refusal> inflate_pieces(Window& window, Packed packed, DeflateForm form,
                                                     std::function<Fault(BytesView)> const& take);

}  // namespace klout7::gate
