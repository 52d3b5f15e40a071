#include "base/iban.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/check.h"

namespace klout7 {
namespace {

struct CountryLength {
    std::string_view country;
    std::size_t length;
};

/// SWIFT IBAN registry, by country code.
constexpr std::array country_lengths = std::to_array<CountryLength>({
    {"AD", 24}, {"AE", 23}, {"AL", 28}, {"AT", 20}, {"AZ", 28}, {"BA", 20}, {"BE", 16}, {"BG", 22},
    {"BH", 22}, {"BI", 27}, {"BR", 29}, {"BY", 28}, {"CH", 21}, {"CR", 22}, {"CY", 28}, {"CZ", 24},
    {"DE", 22}, {"DJ", 27}, {"DK", 18}, {"DO", 28}, {"EE", 20}, {"EG", 29}, {"ES", 24}, {"FI", 18},
    {"FK", 18}, {"FO", 18}, {"FR", 27}, {"GB", 22}, {"GE", 22}, {"GI", 23}, {"GL", 18}, {"GR", 27},
    {"GT", 28}, {"HR", 21}, {"HU", 28}, {"IE", 22}, {"IL", 23}, {"IQ", 23}, {"IS", 26}, {"IT", 27},
    {"JO", 30}, {"KW", 30}, {"KZ", 20}, {"LB", 28}, {"LC", 32}, {"LI", 21}, {"LT", 20}, {"LU", 20},
    {"LV", 21}, {"LY", 25}, {"MC", 27}, {"MD", 24}, {"ME", 22}, {"MK", 19}, {"MN", 20}, {"MR", 27},
    {"MT", 31}, {"MU", 30}, {"NI", 28}, {"NL", 18}, {"NO", 15}, {"OM", 23}, {"PK", 24}, {"PL", 28},
    {"PS", 29}, {"PT", 25}, {"QA", 29}, {"RO", 24}, {"RS", 22}, {"RU", 33}, {"SA", 24}, {"SC", 31},
    {"SD", 18}, {"SE", 24}, {"SI", 19}, {"SK", 24}, {"SM", 27}, {"SO", 23}, {"ST", 25}, {"SV", 28},
    {"TL", 23}, {"TN", 24}, {"TR", 26}, {"UA", 29}, {"VA", 22}, {"VG", 24}, {"XK", 20}, {"YE", 30},
});
static_assert(std::ranges::is_sorted(country_lengths, {}, &CountryLength::country));

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }

/// Capitals without spaces; empty if there is any other character.
std::string without_spaces(std::string_view text) {
    std::string plain;
    for (auto const c : text) {
        auto const capital = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        if (c == ' ') continue;
        if (!is_digit(capital) && !is_capital(capital)) return {};
        plain += capital;
    }
    return plain;
}

/// The number that the characters stand for (A = 10 ... Z = 35), modulo 97.
unsigned modulo_97(std::string_view characters) {
    unsigned remainder = 0;
    for (auto const c : characters) {
        require(is_digit(c) || is_capital(c), "an IBAN of capitals and digits");
        auto const value = static_cast<unsigned>(is_digit(c) ? c - '0' : c - 'A' + 10);
        remainder = (remainder * (value < 10 ? 10 : 100) + value) % 97;
    }
    return remainder;
}

}  // namespace

std::expected<Iban, IbanError> Iban::parse(std::string_view text) {
    auto plain = without_spaces(text);
    if (plain.size() < 5 || plain.size() > 34 || !is_capital(plain[0]) || !is_capital(plain[1]) ||
        !is_digit(plain[2]) || !is_digit(plain[3])) {
        return std::unexpected(IbanError::not_an_iban);
    }
    auto const country = std::string_view{plain}.substr(0, 2);
    auto const* const known = std::ranges::find(country_lengths, country, &CountryLength::country);
    if (known == country_lengths.end()) return std::unexpected(IbanError::unknown_country);
    if (plain.size() != known->length) return std::unexpected(IbanError::wrong_length);
    // Mod 97 alone would also pass 00, 01 and 99, which no bank gives out (02 to 98).
    if (iban_check_digits(country, std::string_view{plain}.substr(4)) != std::string_view{plain}.substr(2, 2))
        return std::unexpected(IbanError::wrong_check_digits);
    return Iban{std::move(plain)};
}

std::string Iban::grouped() const {
    std::string groups;
    for (std::size_t i = 0; i < text_.size(); ++i) {
        if (i > 0 && i % 4 == 0) groups += ' ';
        groups += text_[i];
    }
    return groups;
}

std::string Iban::masked() const {
    return fmt::format("{} •••• {}", country(), std::string_view{text_}.substr(text_.size() - 4));
}

std::string iban_check_digits(std::string_view country, std::string_view rest) {
    auto const number = fmt::format("{}{}00", rest, country);
    return fmt::format("{:02}", 98 - modulo_97(number));
}

std::string_view text_for(IbanError error) {
    switch (error) {
        case IbanError::not_an_iban:
            return "This is not an IBAN.";
        case IbanError::unknown_country:
            return "The IBAN starts with a country that has no IBANs.";
        case IbanError::wrong_length:
            return "The IBAN is too short or too long for its country.";
        case IbanError::wrong_check_digits:
            return "The check digits of the IBAN are wrong: probably a typing mistake.";
    }
    return {};
}

}  // namespace klout7
