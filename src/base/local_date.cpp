#include "base/local_date.h"

#include <fmt/format.h>

#include <charconv>

namespace klout7 {
namespace {

using namespace std::chrono;

sys_seconds one_o_clock_utc_on_last_sunday(year in, month of) {
    return sys_days{in / of / Sunday[last]} + hours{1};
}

bool is_summer_time(sys_seconds at) {
    auto const in = year_month_day{floor<days>(at)}.year();
    return one_o_clock_utc_on_last_sunday(in, March) <= at &&
           at < one_o_clock_utc_on_last_sunday(in, October);
}

template <class Number>
bool read_digits(std::string_view digits, Number& into) {
    for (auto const c : digits) {
        if (c < '0' || c > '9') return false;
    }
    return std::from_chars(digits.data(), digits.data() + digits.size(), into).ec == std::errc{};
}

}  // namespace

std::optional<LocalDate> LocalDate::parse_iso(std::string_view text) {
    int in_year = 0;
    unsigned in_month = 0;
    unsigned on_day = 0;
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    if (!read_digits(text.substr(0, 4), in_year) || !read_digits(text.substr(5, 2), in_month) ||
        !read_digits(text.substr(8, 2), on_day)) {
        return std::nullopt;
    }
    return from(in_year, in_month, on_day);
}

LocalDate LocalDate::in_the_netherlands(Instant at) {
    auto const utc = floor<seconds>(sys_time<microseconds>{microseconds{at.microseconds()}});
    return LocalDate{floor<days>(utc + (is_summer_time(utc) ? hours{2} : hours{1}))};
}

std::string LocalDate::to_string() const {
    auto const date = ymd();
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

}  // namespace klout7
