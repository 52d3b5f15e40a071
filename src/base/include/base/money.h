#pragma once

#include <compare>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/check.h"

namespace klout7 {

/// How a division goes to whole cents. "Up" and "down" look at the number line, so that half_up of
/// -0.5 cent is 0; "away" mirrors negative amounts, as corrections of a payment need.
enum class Rounding { half_up, half_away_from_zero, half_to_even, down, up, toward_zero };

/// An amount of euro in whole cents. Negative amounts are corrections. Overflow stops the program:
/// it takes 92 million billion euro.
class Money {
public:
    constexpr Money() = default;
    static constexpr Money cents(std::int64_t count) { return Money{count}; }
    static constexpr Money euros(std::int64_t count) { return Money{count} * 100; }
    /// Reads "1234", "1234.5", "1234,56", "1.234,56" and "1,234.56", with a "-" before it for a
    /// correction. A lone separator with three digits behind it ("1.234") could mean two amounts
    /// and is refused, as is a third decimal. No spaces, no currency sign.
    static std::optional<Money> parse(std::string_view text);

    constexpr std::int64_t in_cents() const { return cents_; }
    /// With a decimal dot and two decimals, for files: "-1234.56".
    std::string to_string() const;
    /// As a Dutch letter writes it: "-1.234,56".
    std::string in_dutch() const;

    friend constexpr auto operator<=>(Money, Money) = default;
    friend constexpr Money operator+(Money a, Money b) {
        std::int64_t sum = 0;
        require(!__builtin_add_overflow(a.cents_, b.cents_, &sum), "a sum of money within its range");
        return Money{sum};
    }
    friend constexpr Money operator-(Money a, Money b) {
        std::int64_t difference = 0;
        require(!__builtin_sub_overflow(a.cents_, b.cents_, &difference), "a difference within its range");
        return Money{difference};
    }
    friend constexpr Money operator-(Money a) { return Money{} - a; }
    friend constexpr Money operator*(Money a, std::int64_t times) {
        std::int64_t product = 0;
        require(!__builtin_mul_overflow(a.cents_, times, &product), "a product of money within its range");
        return Money{product};
    }
    friend constexpr Money operator*(std::int64_t times, Money a) { return a * times; }
    friend void operator*(Money, std::floating_point auto) = delete;  // shares are exact fractions
    friend void operator*(std::floating_point auto, Money) = delete;
    constexpr Money& operator+=(Money more) { return *this = *this + more; }
    constexpr Money& operator-=(Money less) { return *this = *this - less; }

private:
    explicit constexpr Money(std::int64_t count) : cents_(count) {}
    std::int64_t cents_ = 0;
};

/// An exact share such as 70/100. The denominator is above zero.
struct Fraction {
    std::int64_t numerator;
    std::int64_t denominator;
};

/// amount / by, rounded once to whole cents. `by` is not zero.
Money divide(Money amount, std::int64_t by, Rounding rounding);
/// amount * of.numerator / of.denominator, exact until it is rounded once to whole cents.
Money share(Money amount, Fraction of, Rounding rounding);

}  // namespace klout7
