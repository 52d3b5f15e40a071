#pragma once

#include <compare>
#include <cstdint>
#include <string>

namespace klout7 {

/// A span of time in microseconds.
struct Duration {
    std::int64_t microseconds = 0;
    static constexpr Duration seconds(std::int64_t count) { return {count * 1'000'000}; }
    static constexpr Duration minutes(std::int64_t count) { return seconds(count * 60); }
    static constexpr Duration hours(std::int64_t count) { return minutes(count * 60); }
    static constexpr Duration days(std::int64_t count) { return hours(count * 24); }
    friend constexpr auto operator<=>(Duration, Duration) = default;
};

/// A moment: microseconds since 1970-01-01 UTC, as it stands in every table and log line.
class Instant {
public:
    constexpr Instant() = default;
    static constexpr Instant from_microseconds(std::int64_t count) { return Instant{count}; }
    constexpr std::int64_t microseconds() const { return count_; }
    constexpr std::int64_t seconds() const { return count_ / 1'000'000; }
    /// RFC 3339 in UTC with microseconds: 2026-11-23T20:27:28.000123Z.
    std::string to_string() const;

    friend constexpr auto operator<=>(Instant, Instant) = default;
    friend constexpr Instant operator+(Instant at, Duration by) {
        return Instant{at.count_ + by.microseconds};
    }
    friend constexpr Instant operator-(Instant at, Duration by) {
        return Instant{at.count_ - by.microseconds};
    }
    friend constexpr Duration operator-(Instant a, Instant b) { return {a.count_ - b.count_}; }

private:
    explicit constexpr Instant(std::int64_t count) : count_(count) {}
    std::int64_t count_ = 0;
};

}  // namespace klout7
