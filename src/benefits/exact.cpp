#include "benefits/exact.h"

#include <limits>

#include "base/check.h"

namespace klout7::benefits {
namespace {

__extension__ using Wide = __int128;  // holds every product of two 64-bit numbers

Wide common_divisor(Wide a, Wide b) {
    if (a < 0) a = -a;
    while (b != 0) {
        auto const rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

std::int64_t narrow(Wide value) {
    require(value >= std::numeric_limits<std::int64_t>::min() &&
                value <= std::numeric_limits<std::int64_t>::max(),
            "an exact amount within its range");
    return static_cast<std::int64_t>(value);
}

struct Lowest {
    std::int64_t numerator, denominator;
};
Lowest lowest(Wide numerator, Wide denominator) {
    auto const divisor = common_divisor(numerator, denominator);
    return {narrow(numerator / divisor), narrow(denominator / divisor)};
}

}  // namespace

Money Exact::rounded(Rounding rounding) const {
    return divide(Money::cents(numerator_), denominator_, rounding);
}

Exact operator+(Exact const& a, Exact const& b) {
    auto const [numerator, denominator] =
        lowest(Wide{a.numerator_} * b.denominator_ + Wide{b.numerator_} * a.denominator_,
               Wide{a.denominator_} * b.denominator_);
    return {numerator, denominator};
}

Exact operator-(Exact const& a, Exact const& b) { return a + b * Fraction{-1, 1}; }

Exact operator*(Exact const& a, Fraction share) {
    require(share.denominator > 0, "a share of something");
    auto const [numerator, denominator] =
        lowest(Wide{a.numerator_} * share.numerator, Wide{a.denominator_} * share.denominator);
    return {numerator, denominator};
}

std::strong_ordering operator<=>(Exact const& a, Exact const& b) {
    auto const left = Wide{a.numerator_} * b.denominator_;
    auto const right = Wide{b.numerator_} * a.denominator_;
    return left < right   ? std::strong_ordering::less
           : left > right ? std::strong_ordering::greater
                          : std::strong_ordering::equal;
}

}  // namespace klout7::benefits
