#include "base/bsn.h"

#include <fmt/format.h>

namespace klout7 {
namespace {

/// 9a+8b+7c+6d+5e+4f+3g+2h-1i can be divided by 11, and the number is not all zeros.
bool passes_eleven_test(std::uint32_t number) {
    auto sum = -static_cast<int>(number % 10);
    auto rest = number / 10;
    for (int weight = 2; weight <= 9; ++weight, rest /= 10) sum += weight * static_cast<int>(rest % 10);
    return number != 0 && sum % 11 == 0;
}

}  // namespace

std::optional<Bsn> Bsn::parse(std::string_view text) {
    if (text.size() != 9 && text.size() != 8) return std::nullopt;
    std::uint32_t number = 0;
    for (auto const c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        number = number * 10 + static_cast<std::uint32_t>(c - '0');
    }
    return from_number(number);
}

std::optional<Bsn> Bsn::from_number(std::uint32_t number) {
    if (number > 999'999'999 || !passes_eleven_test(number)) return std::nullopt;
    return Bsn{number};
}

std::string Bsn::text() const { return fmt::format("{:09}", number_); }

std::string Bsn::masked() const { return fmt::format("••••••{:03}", number_ % 1000); }

}  // namespace klout7
