#include "ctap_cbor.h"

#include <cstdint>

#include "base/big_endian.h"

namespace klout7::passkeys {
namespace {

constexpr int deepest = 4;  // of CTAP 2.1, section 8

struct Head {
    unsigned major;
    unsigned info;
    std::uint64_t number;
};

std::optional<Head> take_head(BytesView& rest) {
    if (rest.empty()) return std::nullopt;
    unsigned const first = rest[0];
    Head head{first >> 5U, first & 31U, first & 31U};
    rest = rest.subspan(1);
    if (head.info < 24) return head;
    if (head.info > 27) return std::nullopt;  // indefinite lengths, and what is reserved
    auto const size = std::size_t{1} << (head.info - 24);
    if (rest.size() < size) return std::nullopt;
    head.number = big_endian(rest.first(size));
    rest = rest.subspan(size);
    return head;
}

CborItem::Kind kind_of(unsigned major) {
    using enum CborItem::Kind;
    constexpr CborItem::Kind kinds[]{unsigned_number, negative_number, bytes, text, array, map, other, other};
    return kinds[major];
}

std::optional<CborItem> take_item(BytesView& rest, int depth) {
    auto const start = rest;
    auto const head = take_head(rest);
    if (!head || head->major == 6) return std::nullopt;  // a tag
    CborItem item{kind_of(head->major), head->number, {}, {}};
    auto const inside = rest;
    if (item.kind == CborItem::Kind::bytes || item.kind == CborItem::Kind::text) {
        if (item.number > rest.size()) return std::nullopt;
        rest = rest.subspan(static_cast<std::size_t>(item.number));
    } else if (item.kind == CborItem::Kind::array || item.kind == CborItem::Kind::map) {
        if (depth == deepest || item.number > rest.size()) return std::nullopt;
        auto const items = item.kind == CborItem::Kind::map ? 2 * item.number : item.number;
        for (std::uint64_t i = 0; i < items; ++i) {
            if (!take_item(rest, depth + 1)) return std::nullopt;
        }
    }
    item.content = inside.first(inside.size() - rest.size());
    item.whole = start.first(start.size() - rest.size());
    return item;
}

/// The value behind the first key of a map that is asked for.
template <class IsKey>
std::optional<CborItem> find_in(CborItem const& map, IsKey is_key) {
    if (map.kind != CborItem::Kind::map) return std::nullopt;
    auto rest = map.content;
    while (auto const key = take_item(rest, 0)) {
        auto const value = take_item(rest, 0);
        if (is_key(*key)) return value;
    }
    return std::nullopt;
}

}  // namespace

std::optional<CborItem> take_item(BytesView& rest) { return take_item(rest, 0); }

std::optional<CborItem> CborItem::find(std::string_view key) const {
    return find_in(*this, [&](CborItem const& found) {
        return found.kind == Kind::text && text_of(found.content) == key;
    });
}

std::optional<CborItem> CborItem::find(std::int64_t key) const {
    return find_in(*this, [&](CborItem const& found) { return found.integer() == key; });
}

std::optional<std::int64_t> CborItem::integer() const {
    if (number > INT64_MAX) return std::nullopt;
    auto const magnitude = static_cast<std::int64_t>(number);
    if (kind == Kind::unsigned_number) return magnitude;
    if (kind == Kind::negative_number) return -1 - magnitude;
    return std::nullopt;
}

}  // namespace klout7::passkeys
