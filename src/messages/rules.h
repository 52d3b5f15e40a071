#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "messages/faults.h"
#include "messages/identifiers.h"

/// What one value must be, whatever stands around it.
namespace klout7::messages {

enum class Form { text, code, phone, postcode, country, file_name };
struct TextRule {
    std::size_t longest;  // in code points
    Form form = Form::text;
};
template <class T>
struct Range {
    T least;
    T most;
};

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
/// A letter or digit, then those and `also`.
bool is_code(std::string_view text, std::string_view also);

/// The text as it is kept: trimmed and in normal form C; nothing if it is not UTF-8.
std::optional<std::string> kept_text(std::string_view text);

std::optional<Problem> problem_in(std::string const& text, TextRule const& rule);
template <class T>
std::optional<Problem> problem_in(T value, Range<T> const& range) {
    if (value < range.least || value > range.most) return Problem::out_of_range;
    return std::nullopt;
}

/// A name of the file, if it looks like one of a field: letters and few digits, as no value of a person does.
/// Else its place.
std::string name_to_show(std::string_view name, std::size_t index);

}  // namespace klout7::messages
