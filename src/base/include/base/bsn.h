#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace klout7 {

/// A citizen service number. It passes the eleven-test because it exists; that proves its form only.
/// Personal data: it has no way into a stream, a log line or JSON but the named functions.
/// Source: Wet algemene bepalingen burgerservicenummer (BWBR0022428); Logisch ontwerp BSN (eleven-test).
class Bsn {
public:
    /// Reads nine digits, or eight with the leading zero left out; nothing around or between them.
    static std::optional<Bsn> parse(std::string_view text);
    /// The number with these nine digits, if it passes. For generators of made-up numbers.
    static std::optional<Bsn> from_number(std::uint32_t number);

    /// Nine digits. Each call is a place to review.
    std::string text() const;
    /// The last three digits behind dots, for a screen: "••••••678".
    std::string masked() const;

    friend constexpr auto operator<=>(Bsn, Bsn) = default;

private:
    explicit constexpr Bsn(std::uint32_t number) : number_(number) {}
    std::uint32_t number_;
};

}  // namespace klout7
