#pragma once

#include <compare>
#include <expected>
#include <string>
#include <string_view>

namespace klout7 {

enum class IbanError {
    not_an_iban,        // other characters, or too short to say anything of
    unknown_country,    // a country that the register does not have
    wrong_length,       // not the length of its country
    wrong_check_digits  // a typing mistake somewhere
};

/// A fixed sentence that does not repeat the number.
std::string_view text_for(IbanError error);

/// An international bank account number with the length of its country and right check digits; that
/// the account exists is for the bank to say. Personal data: no stream, log line or JSON takes it.
/// Source: ISO 13616-1; check digits ISO 7064 mod 97-10; lengths from the SWIFT IBAN registry.
class Iban {
public:
    /// Reads capitals or small letters, with or without spaces between the characters.
    static std::expected<Iban, IbanError> parse(std::string_view text);

    /// Capitals without spaces, as a bank file wants it. Each call is a place to review.
    std::string const& text() const { return text_; }
    /// In groups of four, for a letter to its owner.
    std::string grouped() const;
    /// Country, and the last four characters behind dots, for a screen: "NL •••• 4300".
    std::string masked() const;
    std::string_view country() const { return std::string_view{text_}.substr(0, 2); }
    /// Inside SEPA a bank file needs no bank identifier of its own.
    bool is_dutch() const { return country() == "NL"; }

    friend auto operator<=>(Iban const&, Iban const&) = default;

private:
    explicit Iban(std::string text) : text_(std::move(text)) {}
    std::string text_;
};

/// The two check digits for a country and the rest of the number, both in capitals and digits.
/// For generators of made-up numbers.
std::string iban_check_digits(std::string_view country, std::string_view rest);

}  // namespace klout7
