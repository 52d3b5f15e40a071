#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace klout7::messages {

/// What a sender calls one thing of its own, never used again for another: a letter or digit, then up to 63
/// letters, digits and . _ : -. Case makes a difference. It is no place for anything of a person.
template <class Kind>
class SenderId {
public:
    static constexpr std::size_t longest = 64;
    static std::optional<SenderId> parse(std::string_view text);
    std::string const& text() const { return text_; }
    friend auto operator<=>(SenderId const&, SenderId const&) = default;

private:
    explicit SenderId(std::string_view text) : text_(text) {}
    std::string text_;
};

using MessageId = SenderId<struct MessageKindTag>;
using MessageFileId = SenderId<struct MessageFileKindTag>;

/// By which the tax authority knows an employer: nine digits, L, and a sub number from 01. That the nine
/// digits pass the eleven-test too is said in places but by no source that was found, so it is not asked.
class Loonheffingennummer {
public:
    static std::optional<Loonheffingennummer> parse(std::string_view text);
    std::string const& text() const { return text_; }
    friend auto operator<=>(Loonheffingennummer const&, Loonheffingennummer const&) = default;

private:
    explicit Loonheffingennummer(std::string_view text) : text_(text) {}
    std::string text_;
};

/// What a content must have to be the one that was meant.
struct Sha256 {
    std::array<std::uint8_t, 32> bytes{};
    /// Reads 64 hexadecimal digits in lower case; nothing else.
    static std::optional<Sha256> parse(std::string_view text);
    std::string to_string() const;
    friend bool operator==(Sha256 const&, Sha256 const&) = default;
};

/// Hours of work in a week, in hundredths.
struct WeeklyHours {
    std::uint16_t hundredths = 0;
    /// Reads "36", "36.5" and "36.25".
    static std::optional<WeeklyHours> parse(std::string_view text);
    /// Without zeros at the end: "36", "36.5".
    std::string to_string() const;
    friend auto operator<=>(WeeklyHours, WeeklyHours) = default;
};

}  // namespace klout7::messages
