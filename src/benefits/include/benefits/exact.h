#pragma once

#include <compare>
#include <cstdint>

#include "base/money.h"

namespace klout7::benefits {

/// An amount of cents that is not rounded yet, as an exact fraction in lowest terms. A calculation keeps it
/// until the law or a reading says "round here", once. What does not fit stops the program: a product has 127
/// bits of room.
class Exact {
public:
    Exact() = default;
    explicit Exact(Money amount) : numerator_(amount.in_cents()) {}
    static Exact of(Money amount, Fraction share) { return Exact{amount} * share; }

    Money rounded(Rounding rounding) const;
    bool is_negative() const { return numerator_ < 0; }

    friend Exact operator+(Exact const& a, Exact const& b);
    friend Exact operator-(Exact const& a, Exact const& b);
    /// The share has a denominator above zero.
    friend Exact operator*(Exact const& a, Fraction share);
    /// By a count above zero.
    friend Exact operator/(Exact const& a, std::int64_t by) { return a * Fraction{1, by}; }
    friend bool operator==(Exact const&, Exact const&) = default;
    friend std::strong_ordering operator<=>(Exact const& a, Exact const& b);

private:
    Exact(std::int64_t numerator, std::int64_t denominator)
        : numerator_(numerator), denominator_(denominator) {}
    std::int64_t numerator_ = 0;
    std::int64_t denominator_ = 1;
};

}  // namespace klout7::benefits
