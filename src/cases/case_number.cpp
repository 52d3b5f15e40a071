#include "cases/case_number.h"

#include <fmt/format.h>

#include <charconv>

namespace klout7::cases {
namespace {

constexpr std::int64_t most_cases = 100'000'000'000;
constexpr std::string_view between = " .-";

/// The digit behind these that makes the whole pass: every second digit from the right, beginning with the
/// last of these, counts double.
char check_digit(std::string_view digits) {
    int sum = 0;
    bool is_doubled = true;
    for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit, is_doubled = !is_doubled) {
        int const value = (*digit - '0') * (is_doubled ? 2 : 1);
        sum += value > 9 ? value - 9 : value;
    }
    return static_cast<char>('0' + (10 - sum % 10) % 10);
}

}  // namespace

std::optional<CaseNumber> CaseNumber::of(std::int64_t sequence) {
    if (sequence < 1 || sequence >= most_cases) return std::nullopt;
    return CaseNumber{sequence};
}

std::optional<CaseNumber> CaseNumber::parse(std::string_view text) {
    std::string digits;
    bool has_letter = false;
    for (char const c : text) {
        if (between.find(c) != std::string_view::npos) continue;
        if (!has_letter && digits.empty() && (c == 'Z' || c == 'z')) {
            has_letter = true;
            continue;
        }
        if (c < '0' || c > '9' || digits.size() > 12) return std::nullopt;
        digits.push_back(c);
    }
    if (!has_letter || digits.size() < 2) return std::nullopt;
    std::string_view const counted{digits.data(), digits.size() - 1};
    if (check_digit(counted) != digits.back()) return std::nullopt;
    std::int64_t sequence = 0;
    std::from_chars(counted.data(), counted.data() + counted.size(), sequence);
    return of(sequence);
}

std::string CaseNumber::text() const {
    auto const counted = fmt::format("{:05}", sequence_);
    return fmt::format("Z{}{}", counted, check_digit(counted));
}

}  // namespace klout7::cases
