#include "base/encoding.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/text.h"

namespace klout7 {
namespace {

/// The code points of 80 to 9F; 0 where there is none. All other bytes are their own code point.
constexpr std::array<std::uint16_t, 32> from_0x80 = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

bool is_ascii(std::string_view bytes) {
    return std::ranges::all_of(bytes, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

void append_utf8(std::string& out, unsigned code_point) {
    if (code_point < 0x80) {
        out += static_cast<char>(code_point);
    } else if (code_point < 0x800) {
        out += static_cast<char>(0xC0U | code_point >> 6U);
        out += static_cast<char>(0x80U | (code_point & 0x3FU));
    } else {
        out += static_cast<char>(0xE0U | code_point >> 12U);
        out += static_cast<char>(0x80U | (code_point >> 6U & 0x3FU));
        out += static_cast<char>(0x80U | (code_point & 0x3FU));
    }
}

/// Up to three bytes at the end may be the start of a character that goes on behind it.
bool is_utf8_so_far(std::string_view bytes) {
    for (std::size_t cut = 0; cut <= 3 && cut <= bytes.size(); ++cut) {
        auto const tail = bytes.substr(bytes.size() - cut);
        bool const could_go_on = cut == 0 || static_cast<unsigned char>(tail[0]) >= 0xC2;
        if (could_go_on && is_valid_utf8(bytes.substr(0, bytes.size() - cut))) return true;
    }
    return false;
}

}  // namespace

FileEncoding::FileEncoding(std::string_view first_part) {
    auto const sniffed = first_part.substr(0, encoding_sniffed_bytes);
    if (is_ascii(sniffed)) return;
    decided_ = is_utf8_so_far(sniffed) ? TextEncoding::utf8 : TextEncoding::windows_1252;
}

std::expected<std::string, EncodingError> FileEncoding::decode(std::string_view bytes) {
    if (is_ascii(bytes)) return std::string{bytes};
    if (!decided_) decided_ = is_valid_utf8(bytes) ? TextEncoding::utf8 : TextEncoding::windows_1252;
    if (*decided_ == TextEncoding::windows_1252) return utf8_from_windows_1252(bytes);
    if (!is_valid_utf8(bytes)) return std::unexpected(EncodingError::not_utf8);
    return std::string{bytes};
}

std::expected<std::string, EncodingError> utf8_from_windows_1252(std::string_view bytes) {
    std::string text;
    text.reserve(bytes.size() + bytes.size() / 8);
    for (auto const c : bytes) {
        unsigned code_point = static_cast<unsigned char>(c);
        if (code_point >= 0x80 && code_point <= 0x9F) code_point = from_0x80[code_point - 0x80];
        if (code_point == 0 && c != '\0') return std::unexpected(EncodingError::not_in_windows_1252);
        append_utf8(text, code_point);
    }
    return text;
}

std::string_view text_for(EncodingError error) {
    switch (error) {
        case EncodingError::not_utf8:
            return "The file is UTF-8, but this text is not.";
        case EncodingError::not_in_windows_1252:
            return "The file is Windows-1252, but this text has a byte that is no character there.";
    }
    return {};
}

}  // namespace klout7
