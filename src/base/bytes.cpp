#include "base/bytes.h"

#include <algorithm>

namespace klout7 {
namespace {

std::string in_base32(BytesView bytes, char const* alphabet) {
    std::string text;
    text.reserve((bytes.size() * 8 + 4) / 5);
    std::uint32_t pending = 0;
    unsigned pending_bits = 0;
    for (auto const byte : bytes) {
        pending = pending << 8U | byte;
        pending_bits += 8;
        while (pending_bits >= 5) {
            pending_bits -= 5;
            text += alphabet[pending >> pending_bits & 31U];
        }
    }
    if (pending_bits > 0) text += alphabet[pending << (5 - pending_bits) & 31U];
    return text;
}

template <class Integer>
void append_big_endian(Bytes& out, Integer value) {
    for (std::size_t i = sizeof value; i-- > 0;) {
        out.push_back(static_cast<std::uint8_t>(std::uint64_t{value} >> (8 * i) & 0xFFU));
    }
}

}  // namespace

void append_u16(Bytes& out, std::uint16_t value) { append_big_endian(out, value); }
void append_u32(Bytes& out, std::uint32_t value) { append_big_endian(out, value); }
void append_u64(Bytes& out, std::uint64_t value) { append_big_endian(out, value); }
void append(Bytes& out, BytesView more) { out.insert(out.end(), more.begin(), more.end()); }

Fields& Fields::add(BytesView part) {
    append_u32(bytes_, static_cast<std::uint32_t>(part.size()));
    append(bytes_, part);
    return *this;
}

Fields& Fields::add_u32(std::uint32_t part) {
    append_u32(bytes_, sizeof part);
    append_u32(bytes_, part);
    return *this;
}

bool equal_in_constant_time(BytesView a, BytesView b) {
    if (a.size() != b.size()) return false;
    std::uint8_t volatile difference = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        difference = static_cast<std::uint8_t>(difference | (a[i] ^ b[i]));
    return difference == 0;
}

std::string to_hex(BytesView bytes) {
    static constexpr char digits[] = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (auto const byte : bytes) {
        text += digits[byte >> 4U];
        text += digits[byte & 15U];
    }
    return text;
}

std::string to_base64(BytesView bytes) {
    static constexpr char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        auto const left = bytes.size() - i;
        std::uint32_t const three = static_cast<std::uint32_t>(bytes[i]) << 16U |
                                    (left > 1 ? static_cast<std::uint32_t>(bytes[i + 1]) << 8U : 0U) |
                                    (left > 2 ? static_cast<std::uint32_t>(bytes[i + 2]) : 0U);
        text += alphabet[three >> 18U & 63U];
        text += alphabet[three >> 12U & 63U];
        text += left > 1 ? alphabet[three >> 6U & 63U] : '=';
        text += left > 2 ? alphabet[three & 63U] : '=';
    }
    return text;
}

std::string to_base64url(BytesView bytes) {
    auto text = to_base64(bytes);
    std::ranges::replace(text, '+', '-');
    std::ranges::replace(text, '/', '_');
    text.resize(std::min(text.find('='), text.size()));
    return text;
}
std::optional<Bytes> from_base64url(std::string_view text) {
    if (text.find_first_of("+/=") != std::string_view::npos) return std::nullopt;
    std::string padded{text};
    std::ranges::replace(padded, '-', '+');
    std::ranges::replace(padded, '_', '/');
    padded.append((4 - padded.size() % 4) % 4, '=');
    return from_base64(padded);
}
std::optional<Bytes> from_base64(std::string_view text) {
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    if (text.size() % 4 != 0) return std::nullopt;
    Bytes bytes;
    std::uint32_t bits = 0;
    unsigned count = 0;
    for (auto const c : text.substr(0, text.find('='))) {
        auto const value = letters.find(c);
        if (value == std::string_view::npos) return std::nullopt;
        bits = bits << 6U | static_cast<std::uint32_t>(value);
        count += 6;
        if (count >= 8) {
            count -= 8;
            bytes.push_back(static_cast<std::uint8_t>(bits >> count & 0xFFU));
        }
    }
    // Only the canonical form: padding in its place, no stray bits.
    if (to_base64(bytes) != text) return std::nullopt;
    return bytes;
}
std::string to_base32hex(BytesView bytes) { return in_base32(bytes, "0123456789abcdefghijklmnopqrstuv"); }
std::string to_base32(BytesView bytes) { return in_base32(bytes, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"); }

}  // namespace klout7
