#include "base/text.h"

#include <utf8proc.h>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <memory>

#include "base/bytes.h"

namespace klout7 {
namespace {

struct Free {
    void operator()(utf8proc_uint8_t* memory) const { std::free(memory); }
};

/// What utf8proc makes of valid UTF-8 under these options; nothing if it cannot.
std::optional<std::string> mapped(std::string_view text, int options) {
    if (!is_valid_utf8(text)) return std::nullopt;
    if (text.empty()) return std::string{};
    utf8proc_uint8_t* raw = nullptr;
    auto const length = utf8proc_map(bytes_of(text).data(), static_cast<utf8proc_ssize_t>(text.size()), &raw,
                                     static_cast<utf8proc_option_t>(options));
    std::unique_ptr<utf8proc_uint8_t, Free> const owned{raw};
    if (length < 0) return std::nullopt;
    return std::string{text_of({raw, static_cast<std::size_t>(length)})};
}

struct CodePoint {
    utf8proc_int32_t value = 0;
    std::size_t size_bytes = 0;
};

CodePoint first_code_point(std::string_view text) {
    CodePoint first;
    auto const size =
        utf8proc_iterate(bytes_of(text).data(), static_cast<utf8proc_ssize_t>(text.size()), &first.value);
    if (size <= 0) return {-1, 1};
    first.size_bytes = static_cast<std::size_t>(size);
    return first;
}

bool is_white_space(utf8proc_int32_t code_point) {
    if ((code_point >= 9 && code_point <= 13) || code_point == 0x85) return true;
    auto const category = code_point < 0 ? UTF8PROC_CATEGORY_CN : utf8proc_category(code_point);
    return category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL ||
           category == UTF8PROC_CATEGORY_ZP;
}

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

/// How many bytes a well-formed sequence at the start of `text` has; 0 if there is none.
std::size_t well_formed_length(BytesView text) {
    auto const lead = text[0];
    if (lead < 0x80) return 1;
    std::size_t const length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if ((text[i] & 0xC0U) != 0x80U) return 0;
    }
    // The second byte tells overlong forms (E0, F0), surrogates (ED) and what is past U+10FFFF (F4).
    auto const second = text[1];
    bool const allowed = lead == 0xE0   ? second >= 0xA0
                         : lead == 0xED ? second <= 0x9F
                         : lead == 0xF0 ? second >= 0x90
                         : lead == 0xF4 ? second <= 0x8F
                                        : true;
    return allowed ? length : 0;
}

/// "ij" as "y", a run of s as one s.
std::string with_spellings_made_one(std::string_view letters) {
    std::string made_one;
    made_one.reserve(letters.size());
    for (std::size_t i = 0; i < letters.size(); ++i) {
        if (letters.substr(i, 2) == "ij") {
            made_one += 'y';
            ++i;
        } else if (letters[i] != 's' || made_one.empty() || made_one.back() != 's') {
            made_one += letters[i];
        }
    }
    return made_one;
}

}  // namespace

bool is_valid_utf8(std::string_view text) {
    auto rest = bytes_of(text);
    while (!rest.empty()) {
        auto const length = well_formed_length(rest);
        if (length == 0) return false;
        rest = rest.subspan(length);
    }
    return true;
}

std::string_view trim(std::string_view text) {
    while (!text.empty()) {
        auto const first = first_code_point(text);
        if (!is_white_space(first.value)) break;
        text.remove_prefix(first.size_bytes);
    }
    while (!text.empty()) {
        auto start = text.size() - 1;
        while (start > 0 && continues(text[start])) --start;
        if (!is_white_space(first_code_point(text.substr(start)).value)) break;
        text.remove_suffix(text.size() - start);
    }
    return text;
}

std::vector<std::string_view> split(std::string_view text, char at) {
    std::vector<std::string_view> parts;
    for (;;) {
        auto const end = text.find(at);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + 1);
    }
}

std::size_t count_code_points(std::string_view text) {
    std::size_t count = 0;
    for (auto const c : text) count += continues(c) ? 0U : 1U;
    return count;
}

std::size_t utf16_length(std::string_view text) {
    auto count = count_code_points(text);
    // A code point of four bytes lies past U+FFFF and takes two units.
    for (auto const c : text) count += static_cast<unsigned char>(c) >= 0xF0 ? 1U : 0U;
    return count;
}

std::optional<std::string> to_nfc(std::string_view text) {
    return mapped(text, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}

bool is_letter(char32_t code_point) {
    auto const category = utf8proc_category(static_cast<utf8proc_int32_t>(code_point));
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
}

std::u32string fold_compatible(std::string_view text) {
    auto folded = mapped(text, UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
    std::u32string code_points;
    if (!folded) return code_points;
    code_points.reserve(folded->size());
    for (std::string_view rest = *folded; !rest.empty();) {
        auto const first = first_code_point(rest);
        code_points += static_cast<char32_t>(first.value);
        rest.remove_prefix(first.size_bytes);
    }
    return code_points;
}

std::string to_utf8(std::u32string_view code_points) {
    std::string text;
    for (auto const code_point : code_points) {
        std::array<utf8proc_uint8_t, 4> bytes{};
        auto const size = utf8proc_encode_char(static_cast<utf8proc_int32_t>(code_point), bytes.data());
        text += text_of(BytesView{bytes}.first(static_cast<std::size_t>(size)));
    }
    return text;
}

std::string fold_name(std::string_view name) {
    auto const folded = mapped(name, UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE |
                                         UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK);
    if (!folded) return {};
    std::string letters;
    letters.reserve(folded->size());
    for (std::string_view rest = *folded; !rest.empty();) {
        auto const next = first_code_point(rest);
        if (is_letter(static_cast<char32_t>(next.value))) letters += rest.substr(0, next.size_bytes);
        rest.remove_prefix(next.size_bytes);
    }
    return with_spellings_made_one(letters);
}

std::string ascii_lower(std::string_view text) {
    std::string lower{text};
    for (auto& c : lower) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return lower;
}

}  // namespace klout7
