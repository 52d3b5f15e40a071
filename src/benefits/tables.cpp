#include "tables.h"

#include <algorithm>
#include <charconv>
#include <span>
#include <string>

#include "base/check.h"
#include "base/embedded_text.h"

namespace klout7::benefits {

std::span<EmbeddedText const> law_files();

std::optional<Fraction> parse_decimal(std::string_view text) {
    auto const dot = text.find('.');
    auto const decimals = dot == std::string_view::npos ? 0 : text.size() - dot - 1;
    if (text.empty() || dot == 0 || decimals > 6 || (dot != std::string_view::npos && decimals == 0))
        return std::nullopt;
    std::string digits{text};
    if (dot != std::string_view::npos) digits.erase(dot, 1);
    if (digits.size() > 12) return std::nullopt;
    std::int64_t numerator = 0;
    auto const [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), numerator);
    if (fault != std::errc{} || end != digits.data() + digits.size() || numerator < 0) return std::nullopt;
    std::int64_t denominator = 1;
    for (std::size_t i = 0; i < decimals; ++i) denominator *= 10;
    return Fraction{numerator, denominator};
}

std::optional<Fraction> parse_percentage(std::string_view text) {
    auto const value = parse_decimal(text);
    if (!value) return std::nullopt;
    return Fraction{value->numerator, value->denominator * 100};
}

std::string_view law_text(std::string_view name) {
    auto const found = std::ranges::find(law_files(), name, &EmbeddedText::name);
    require(found != law_files().end(), "a table of law/ that the build put in");
    return found->text;
}

}  // namespace klout7::benefits
