#include "benefits/exact.h"

#include <doctest/doctest.h>

using namespace klout7;
using namespace klout7::benefits;

TEST_CASE("an exact amount is rounded once, and not before") {
    auto const third = Exact{Money::cents(100)} / 3;
    CHECK(third.rounded(Rounding::half_up) == Money::cents(33));
    CHECK(third + third + third == Exact{Money::cents(100)});
    CHECK((third * Fraction{3, 2}).rounded(Rounding::half_up) == Money::cents(50));
    CHECK((Exact{Money::cents(1)} / 2).rounded(Rounding::half_up) == Money::cents(1));
    CHECK((Exact{} - Exact{Money::cents(1)} / 2).rounded(Rounding::half_up) == Money::cents(0));
}

TEST_CASE("exact amounts are compared as what they are") {
    CHECK(Exact::of(Money::cents(7), {70, 100}) == Exact::of(Money::cents(70), {7, 100}));
    CHECK(Exact::of(Money::cents(7), {70, 100}) < Exact{Money::cents(5)});
    CHECK((Exact{} - Exact{Money::cents(5)}).is_negative());
    CHECK_FALSE(Exact{}.is_negative());
}
