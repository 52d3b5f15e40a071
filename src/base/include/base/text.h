#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace klout7 {

/// True for well-formed UTF-8: no overlong forms, no surrogates, nothing past U+10FFFF.
/// Source: RFC 3629; Unicode 15, table 3-7.
bool is_valid_utf8(std::string_view text);

/// The text without white space (Unicode White_Space, so also U+00A0) at its ends. A view of the same
/// characters.
std::string_view trim(std::string_view text);

/// The parts between this character, empty ones too: always one at least.
std::vector<std::string_view> split(std::string_view text, char at);

/// How many Unicode code points a valid UTF-8 text has.
std::size_t count_code_points(std::string_view text);

/// How many 16-bit units the text takes in UTF-16: what an NVARCHAR column and a browser count.
std::size_t utf16_length(std::string_view text);

/// Normal form C, in which Klout7 stores text; nothing if it is not UTF-8. Source: Unicode UAX #15.
std::optional<std::string> to_nfc(std::string_view text);

/// A name as its blind index sees it, so that people find "Müller-IJssel" as "muller yssel": NFKD,
/// marks dropped, case folded, "ij" read as "y", a run of s as one (so also "ß"), letters only.
/// Empty if the name has no letters or is not UTF-8.
std::string fold_name(std::string_view name);

/// The code points of a text in which letters that only look different are the same: NFKC, case folded. Empty
/// if it is not UTF-8.
std::u32string fold_compatible(std::string_view text);
/// Of general category L. Source: Unicode 15, 4.5.
bool is_letter(char32_t code_point);
std::string to_utf8(std::u32string_view code_points);

/// A to Z in lower case; everything else as it is.
std::string ascii_lower(std::string_view text);

}  // namespace klout7
