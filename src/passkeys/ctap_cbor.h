#pragma once

#include <optional>
#include <string_view>

#include "base/bytes.h"

namespace klout7::passkeys {

/// CBOR as authenticators and browsers write it: definite lengths, no tags, few levels; unlike our own
/// formats (base/cbor.h) with negative numbers and texts as keys, and not always in order. A view: the bytes
/// outlive it. Source: RFC 8949; CTAP 2.1, section 8.
struct CborItem {
    enum class Kind { unsigned_number, negative_number, bytes, text, array, map, other };
    Kind kind = Kind::other;
    std::uint64_t number = 0;  ///< a number (of a negative one, -1 minus it); of an array or a map, how many
    BytesView content;         ///< of bytes and texts, themselves; of an array or a map, what is in it
    BytesView whole;

    /// What stands under this text, or this number, in a map.
    std::optional<CborItem> find(std::string_view key) const;
    std::optional<CborItem> find(std::int64_t key) const;

    /// A number that fits.
    std::optional<std::int64_t> integer() const;
};

/// Takes one item from the front. Nothing when there is none that is whole and well-formed; a count is never
/// believed before its items were seen.
std::optional<CborItem> take_item(BytesView& rest);

}  // namespace klout7::passkeys
