#include "base/id.h"

#include <algorithm>

namespace klout7 {
namespace {

constexpr bool stands_before_dash(std::size_t byte) {
    return byte == 4 || byte == 6 || byte == 8 || byte == 10;
}

std::optional<std::uint8_t> hex_digit(char c) {
    if (c >= '0' && c <= '9') return static_cast<std::uint8_t>(c - '0');
    if (c >= 'a' && c <= 'f') return static_cast<std::uint8_t>(c - 'a' + 10);
    if (c >= 'A' && c <= 'F') return static_cast<std::uint8_t>(c - 'A' + 10);
    return std::nullopt;
}

}  // namespace

Uuid Uuid::version_7(Instant now, Random& random) {
    std::array<std::uint8_t, size_bytes> bytes{};
    random.fill(std::span{bytes}.subspan(6));
    auto const milliseconds = static_cast<std::uint64_t>(now.microseconds() / 1000);
    for (std::size_t i = 0; i < 6; ++i)
        bytes[i] = static_cast<std::uint8_t>(milliseconds >> (40 - 8 * i) & 0xFFU);
    bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0FU) | 0x70U);
    bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3FU) | 0x80U);
    return Uuid{bytes};
}

std::optional<Uuid> Uuid::parse(std::string_view text) {
    if (text.size() != 36) return std::nullopt;
    std::array<std::uint8_t, size_bytes> bytes{};
    std::size_t at = 0;
    for (std::size_t i = 0; i < size_bytes; ++i) {
        if (stands_before_dash(i) && text[at++] != '-') return std::nullopt;
        auto const high = hex_digit(text[at++]);
        auto const low = hex_digit(text[at++]);
        if (!high || !low) return std::nullopt;
        bytes[i] = static_cast<std::uint8_t>(*high << 4U | *low);
    }
    return Uuid{bytes};
}

std::optional<Uuid> Uuid::from_bytes(BytesView from) {
    if (from.size() != size_bytes) return std::nullopt;
    std::array<std::uint8_t, size_bytes> bytes{};
    std::copy(from.begin(), from.end(), bytes.begin());
    return Uuid{bytes};
}

std::string Uuid::to_string() const {
    auto text = to_hex(bytes_);
    for (auto const dash : {8, 13, 18, 23}) text.insert(static_cast<std::size_t>(dash), 1, '-');
    return text;
}

}  // namespace klout7
