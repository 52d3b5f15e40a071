#pragma once

#include <chrono>
#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "base/instant.h"

namespace klout7 {

/// A civil date in the Netherlands: no clock, no zone. Years 1900 to 2199.
class LocalDate {
public:
    constexpr LocalDate() = default;
    static constexpr std::optional<LocalDate> from(int year, unsigned month, unsigned day) {
        if (year < 1900 || year > 2199) return std::nullopt;
        std::chrono::year_month_day const date{std::chrono::year{year}, std::chrono::month{month},
                                               std::chrono::day{day}};
        if (!date.ok()) return std::nullopt;
        return LocalDate{std::chrono::sys_days{date}};
    }
    /// Reads YYYY-MM-DD and nothing else.
    static std::optional<LocalDate> parse_iso(std::string_view text);
    /// The date that a calendar in the Netherlands shows at this moment.
    /// Source: Wet tot nadere regeling van de wettelijke tijd; EU directive 2000/84 (summer time from
    /// the last Sunday of March 01:00 UTC to the last Sunday of October 01:00 UTC).
    static LocalDate in_the_netherlands(Instant at);

    constexpr int days_since_1970() const { return static_cast<int>(date_.time_since_epoch().count()); }
    static constexpr LocalDate from_days_since_1970(int days) {
        return LocalDate{std::chrono::sys_days{std::chrono::days{days}}};
    }
    constexpr std::chrono::year_month_day ymd() const { return date_; }
    constexpr std::chrono::weekday weekday() const { return std::chrono::weekday{date_}; }
    constexpr LocalDate plus_days(int count) const { return LocalDate{date_ + std::chrono::days{count}}; }
    constexpr LocalDate plus_weeks(int count) const { return plus_days(7 * count); }
    /// YYYY-MM-DD.
    std::string to_string() const;

    friend constexpr auto operator<=>(LocalDate, LocalDate) = default;
    /// Whole days from `from` to `to`; negative when `to` is earlier.
    friend constexpr int days_between(LocalDate from, LocalDate to) {
        return to.days_since_1970() - from.days_since_1970();
    }

private:
    explicit constexpr LocalDate(std::chrono::sys_days date) : date_(date) {}
    std::chrono::sys_days date_{};
};

/// From a first day up to and including a last day.
struct Period {
    LocalDate first;
    LocalDate last;
    constexpr bool contains(LocalDate day) const { return first <= day && day <= last; }
    constexpr int days() const { return days_between(first, last) + 1; }
    friend constexpr auto operator<=>(Period const&, Period const&) = default;
};

}  // namespace klout7
