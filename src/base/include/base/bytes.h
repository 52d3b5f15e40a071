#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace klout7 {

using Bytes = std::vector<std::uint8_t>;
using BytesView = std::span<std::uint8_t const>;
using BytesSpan = std::span<std::uint8_t>;

/// The bytes of a text, without a copy.
inline BytesView bytes_of(std::string_view text) {
    return {reinterpret_cast<std::uint8_t const*>(text.data()), text.size()};
}

/// Bytes read as text, without a copy; the caller knows that they are text.
inline std::string_view text_of(BytesView bytes) {
    return {reinterpret_cast<char const*>(bytes.data()), bytes.size()};
}

inline Bytes to_bytes(std::string_view text) {
    auto const view = bytes_of(text);
    return {view.begin(), view.end()};
}

/// Appends an integer in big-endian order, the order of every Klout7 format (docs/data-formats.md).
void append_u16(Bytes& out, std::uint16_t value);
void append_u32(Bytes& out, std::uint32_t value);
void append_u64(Bytes& out, std::uint64_t value);
void append(Bytes& out, BytesView more);

/// Collects "fields(a, b, ...)": each part behind its length in 4 bytes, so that no two lists of
/// parts give the same bytes. This is what every key derivation and associated data is made of.
class Fields {
public:
    Fields& add(BytesView part);
    Fields& add(std::string_view part) { return add(bytes_of(part)); }
    Fields& add_u32(std::uint32_t part);
    BytesView view() const { return bytes_; }

private:
    Bytes bytes_;
};

/// True when both hold the same bytes. Takes the same time wherever they differ.
bool equal_in_constant_time(BytesView a, BytesView b);

std::string to_hex(BytesView bytes);
std::string to_base64(BytesView bytes);
/// RFC 4648 base64 with its padding, in the one form that to_base64 writes; nothing else.
std::optional<Bytes> from_base64(std::string_view text);
/// RFC 4648 base64url without padding, as browsers write it; reading takes that one form only.
std::string to_base64url(BytesView bytes);
std::optional<Bytes> from_base64url(std::string_view text);
/// RFC 4648 base32hex in lower case without padding: sorts like the bytes, safe in any file name.
std::string to_base32hex(BytesView bytes);
/// RFC 4648 base32 in upper case without padding, as authenticator programs expect it.
std::string to_base32(BytesView bytes);

}  // namespace klout7
