#include "base/money.h"

#include <fmt/format.h>

namespace klout7 {
namespace {

__extension__ using Wide = __int128;  // holds every product of two 64-bit numbers

constexpr bool rounds_away(Rounding rounding, bool negative, int against_half, bool quotient_is_odd) {
    switch (rounding) {
        case Rounding::half_up:
            return against_half > 0 || (against_half == 0 && !negative);
        case Rounding::half_away_from_zero:
            return against_half >= 0;
        case Rounding::half_to_even:
            return against_half > 0 || (against_half == 0 && quotient_is_odd);
        case Rounding::down:
            return negative;
        case Rounding::up:
            return !negative;
        case Rounding::toward_zero:
            return false;
    }
    return false;
}

Money divided(Wide numerator, std::int64_t denominator, Rounding rounding) {
    require(denominator != 0, "a divisor other than zero");
    bool const negative = (numerator < 0) != (denominator < 0);
    Wide const top = numerator < 0 ? -numerator : numerator;
    Wide const bottom = denominator < 0 ? -Wide{denominator} : Wide{denominator};
    Wide quotient = top / bottom;
    Wide const twice_rest = 2 * (top % bottom);
    int const against_half = twice_rest < bottom ? -1 : twice_rest > bottom ? 1 : 0;
    if (twice_rest != 0 && rounds_away(rounding, negative, against_half, quotient % 2 != 0)) ++quotient;
    if (negative) quotient = -quotient;
    require(quotient >= INT64_MIN && quotient <= INT64_MAX, "a share of money within its range");
    return Money::cents(static_cast<std::int64_t>(quotient));
}

/// The digits of a whole part, without its thousands separators; nothing if they stand elsewhere.
std::optional<std::string> whole_digits(std::string_view whole, char thousands) {
    if (whole.find(thousands) == std::string_view::npos) return std::string{whole};
    std::string digits;
    std::size_t group = 0;
    for (std::size_t i = 0; i < whole.size(); ++i) {
        if (whole[i] != thousands) {
            digits += whole[i];
            ++group;
            continue;
        }
        bool const first = digits.size() == group;
        if (group == 0 || group > 3 || (!first && group != 3)) return std::nullopt;
        group = 0;
    }
    return group == 3 ? std::optional{digits} : std::nullopt;
}

std::optional<std::int64_t> read_number(std::string_view digits) {
    std::int64_t number = 0;
    if (digits.empty()) return std::nullopt;
    for (auto const c : digits) {
        if (c < '0' || c > '9') return std::nullopt;
        if (__builtin_mul_overflow(number, 10, &number)) return std::nullopt;
        if (__builtin_add_overflow(number, c - '0', &number)) return std::nullopt;
    }
    return number;
}

struct Parts {
    std::uint64_t euros;
    std::uint64_t cents;
    char const* sign;
};

Parts parts_of(Money amount) {
    auto const count = amount.in_cents();
    auto const positive =
        count < 0 ? 0 - static_cast<std::uint64_t>(count) : static_cast<std::uint64_t>(count);
    return {positive / 100, positive % 100, count < 0 ? "-" : ""};
}

}  // namespace

std::optional<Money> Money::parse(std::string_view text) {
    bool const negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    auto const point = text.find_last_of(".,");
    auto whole = text.substr(0, point);
    std::string cents = "00";
    if (point != std::string_view::npos) {
        auto const decimals = text.substr(point + 1);
        if (decimals.empty() || decimals.size() > 2) return std::nullopt;
        cents = std::string{decimals} + (decimals.size() == 1 ? "0" : "");
    }
    char const thousands = point != std::string_view::npos && text[point] == '.' ? ',' : '.';
    auto const digits = whole_digits(whole, thousands);
    if (!digits || digits->empty()) return std::nullopt;
    auto const count = read_number(*digits + cents);
    if (!count) return std::nullopt;
    return Money{negative ? -*count : *count};
}

std::string Money::to_string() const {
    auto const parts = parts_of(*this);
    return fmt::format("{}{}.{:02}", parts.sign, parts.euros, parts.cents);
}

std::string Money::in_dutch() const {
    auto const parts = parts_of(*this);
    auto euros = fmt::format("{}", parts.euros);
    for (auto at = euros.size(); at > 3; at -= 3) euros.insert(at - 3, 1, '.');
    return fmt::format("{}{},{:02}", parts.sign, euros, parts.cents);
}

Money divide(Money amount, std::int64_t by, Rounding rounding) {
    return divided(amount.in_cents(), by, rounding);
}

Money share(Money amount, Fraction of, Rounding rounding) {
    require(of.denominator > 0, "a fraction with a denominator above zero");
    return divided(Wide{amount.in_cents()} * of.numerator, of.denominator, rounding);
}

}  // namespace klout7
