#include "base/money.h"

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>

namespace klout7 {
namespace {

constexpr auto largest = std::numeric_limits<std::int64_t>::max();
constexpr auto smallest = std::numeric_limits<std::int64_t>::min();

template <class T>
concept CanBeMultipliedBy = requires(Money amount, T times) {
    amount* times;
};
template <class T>
concept CanBeAdded = requires(Money amount, T more) {
    amount + more;
};

static_assert(CanBeMultipliedBy<std::int64_t> && CanBeMultipliedBy<int>);
static_assert(!CanBeMultipliedBy<double> && !CanBeMultipliedBy<float> && !CanBeMultipliedBy<Money>);
static_assert(CanBeAdded<Money> && !CanBeAdded<int> && !CanBeAdded<double>);

}  // namespace

TEST_CASE("amounts add, subtract, multiply and compare in whole cents") {
    auto const a = Money::cents(150);
    auto const b = Money::cents(-50);
    CHECK(a + b == Money::cents(100));
    CHECK(a - b == Money::cents(200));
    CHECK(-a == Money::cents(-150));
    CHECK(a * 3 == Money::cents(450));
    CHECK(3 * a == Money::cents(450));
    CHECK(Money::euros(2) == Money::cents(200));
    CHECK(b < a);
    CHECK(a > b);
    CHECK(a != b);
    auto total = a;
    total += b;
    CHECK(total == Money::cents(100));
    total -= a;
    CHECK(total == Money::cents(-50));
    CHECK(Money{} == Money::cents(0));
}

TEST_CASE("the largest amounts still work") {
    CHECK(Money::cents(largest - 1) + Money::cents(1) == Money::cents(largest));
    CHECK(divide(Money::cents(smallest), 1, Rounding::half_up) == Money::cents(smallest));
    CHECK(share(Money::cents(largest), {largest, largest}, Rounding::half_up) == Money::cents(largest));
    CHECK(Money::cents(smallest).to_string() == "-92233720368547758.08");
}

TEST_CASE("each rounding goes its own way at and around the half") {
    struct Row {
        std::int64_t cents;
        std::int64_t half_up, half_away, half_even, down, up, toward_zero;
    };
    // Amounts divided by 10: 2.4, 2.5, 2.6, 3.5 and their negatives, and what divides evenly.
    for (auto const& row :
         {Row{24, 2, 2, 2, 2, 3, 2}, Row{25, 3, 3, 2, 2, 3, 2}, Row{26, 3, 3, 3, 2, 3, 2},
          Row{35, 4, 4, 4, 3, 4, 3}, Row{-24, -2, -2, -2, -3, -2, -2}, Row{-25, -2, -3, -2, -3, -2, -2},
          Row{-26, -3, -3, -3, -3, -2, -2}, Row{-35, -3, -4, -4, -4, -3, -3}, Row{20, 2, 2, 2, 2, 2, 2},
          Row{-20, -2, -2, -2, -2, -2, -2}, Row{0, 0, 0, 0, 0, 0, 0}}) {
        CAPTURE(row.cents);
        auto const tenth = [&](Rounding how) { return divide(Money::cents(row.cents), 10, how).in_cents(); };
        CHECK(tenth(Rounding::half_up) == row.half_up);
        CHECK(tenth(Rounding::half_away_from_zero) == row.half_away);
        CHECK(tenth(Rounding::half_to_even) == row.half_even);
        CHECK(tenth(Rounding::down) == row.down);
        CHECK(tenth(Rounding::up) == row.up);
        CHECK(tenth(Rounding::toward_zero) == row.toward_zero);
    }
}

TEST_CASE("a negative divisor turns the sign") {
    CHECK(divide(Money::cents(25), -10, Rounding::half_away_from_zero) == Money::cents(-3));
    CHECK(divide(Money::cents(-25), -10, Rounding::half_up) == Money::cents(3));
}

TEST_CASE("a share is rounded once") {
    CHECK(share(Money::cents(10001), {70, 100}, Rounding::half_up) == Money::cents(7001));
    CHECK(share(Money::cents(-10001), {70, 100}, Rounding::half_up) == Money::cents(-7001));
    CHECK(share(Money::cents(1), {1, 3}, Rounding::half_up) == Money::cents(0));
    CHECK(share(Money::cents(1), {2, 3}, Rounding::half_up) == Money::cents(1));
}

TEST_CASE("amounts are read with a comma or a dot") {
    struct Row {
        char const* text;
        std::int64_t cents;
    };
    for (auto const& [text, cents] :
         {Row{"0", 0}, Row{"12", 1200}, Row{"12,3", 1230}, Row{"12.34", 1234}, Row{"12,34", 1234},
          Row{"-0,05", -5}, Row{"1234567,89", 123456789}, Row{"1.234,56", 123456}, Row{"1,234.56", 123456},
          Row{"12.345.678,90", 1234567890}, Row{"007", 700}, Row{"92233720368547758.07", largest}}) {
        CAPTURE(text);
        REQUIRE(Money::parse(text));
        CHECK(Money::parse(text)->in_cents() == cents);
    }
}

TEST_CASE("what is no amount, or could be two, is refused") {
    for (auto const* text : {"",
                             "-",
                             "--1",
                             "+1",
                             "1-",
                             " 1",
                             "1 ",
                             "€1",
                             "1.234",
                             "1,234",
                             "1.",
                             ",5",
                             ".",
                             "1.2.3",
                             "1,2,3",
                             "12.34,56",
                             "1.23.456,00",
                             "1234.567,00",
                             ".123,00",
                             "1..234,00",
                             "1,234,56",
                             "1.234,567",
                             "1e3",
                             "0x10",
                             "NaN",
                             "1,-5",
                             "92233720368547758.08",
                             "99999999999999999999"}) {
        CAPTURE(text);
        CHECK_FALSE(Money::parse(text));
    }
}

TEST_CASE("amounts are written for files and for letters") {
    CHECK(Money::cents(123456).to_string() == "1234.56");
    CHECK(Money::cents(-5).to_string() == "-0.05");
    CHECK(Money::cents(123456789).in_dutch() == "1.234.567,89");
    CHECK(Money::cents(-99999).in_dutch() == "-999,99");
    CHECK(Money::cents(100000).in_dutch() == "1.000,00");
    CHECK(Money::cents(0).in_dutch() == "0,00");
}

}  // namespace klout7
