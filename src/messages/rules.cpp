#include "rules.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace klout7::messages {
namespace {

/// Signs that are no part of a name or a place: of control, of line ends, of direction, and no signs at all.
/// XML could not write some of them.
bool has_unusable_sign(std::string_view text) {
    using namespace std::string_view_literals;
    static constexpr std::array signs{
        "\u2028"sv, "\u2029"sv, "\u202A"sv, "\u202B"sv, "\u202C"sv, "\u202D"sv, "\u202E"sv,
        "\u2066"sv, "\u2067"sv, "\u2068"sv, "\u2069"sv, "\uFEFF"sv, "\uFFFE"sv, "\uFFFF"sv,
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto const byte = static_cast<unsigned char>(text[i]);
        if (byte < 0x20 || byte == 0x7F) return true;
        // U+0080 to U+009F
        if (byte == 0xC2 && static_cast<unsigned char>(text[i + 1]) < 0xA0) return true;
    }
    return std::ranges::any_of(signs, [&](auto const sign) { return text.find(sign) != text.npos; });
}

bool is_phone_number(std::string_view text) {
    auto const behind_plus = text.substr(text.starts_with('+') ? 1 : 0);
    return std::ranges::any_of(text, is_digit) &&
           behind_plus.find_first_not_of("0123456789 -()/.") == std::string_view::npos;
}

bool is_postcode(std::string_view text) {
    auto const is_of_one = [](char c) {
        return is_digit(c) || (c >= 'A' && c <= 'Z') || c == ' ' || c == '-';
    };
    return std::ranges::all_of(text, is_of_one);
}

bool is_country(std::string_view text) {
    return text.size() == 2 && std::ranges::all_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

}  // namespace

bool is_code(std::string_view text, std::string_view also) {
    auto const is_of_a_word = [](char c) { return is_digit(c) || is_ascii_letter(c); };
    return !text.empty() && is_of_a_word(text.front()) &&
           std::ranges::all_of(text, [&](char c) { return is_of_a_word(c) || also.find(c) != also.npos; });
}

std::optional<std::string> kept_text(std::string_view text) {
    auto normal = to_nfc(text);
    if (normal) normal = std::string{trim(*normal)};
    return normal;
}

std::optional<Problem> problem_in(std::string const& text, TextRule const& rule) {
    auto const kept = kept_text(text);
    if (!kept || *kept != text || has_unusable_sign(text)) return Problem::not_text;
    if (text.empty()) return Problem::empty;
    if (count_code_points(text) > rule.longest) return Problem::too_long;
    switch (rule.form) {
        case Form::text:
            break;
        case Form::code:
            if (!is_code(text, "._-")) return Problem::not_an_identifier;
            break;
        case Form::phone:
            if (!is_phone_number(text)) return Problem::not_a_phone_number;
            break;
        case Form::postcode:
            if (!is_postcode(text)) return Problem::not_a_postcode;
            break;
        case Form::country:
            if (!is_country(text)) return Problem::not_a_country;
            break;
        case Form::file_name:
            if (!is_code(text, "._-")) return Problem::not_a_file_name;
            break;
    }
    return std::nullopt;
}

std::string name_to_show(std::string_view name, std::size_t index) {
    auto const is_of_a_name = [](char c) {
        return is_digit(c) || is_ascii_letter(c) || c == '_' || c == '-';
    };
    bool const looks_like_one = !name.empty() && name.size() <= 40 &&
                                std::ranges::all_of(name, is_of_a_name) &&
                                std::ranges::count_if(name, is_digit) <= 2;
    return looks_like_one ? std::string{name} : "field " + std::to_string(index + 1);
}

}  // namespace klout7::messages
