#include "access/guessing_limits.h"

#include <algorithm>

namespace klout7::access {

namespace {

bool is_forgotten(GuessingRule const& rule, Guesses const& guesses, Instant now) {
    return guesses.failures == 0 || now - guesses.since >= rule.forgotten_after;
}

Duration delay_after(GuessingRule const& rule, std::int64_t failures) {
    if (failures < rule.free) return {};
    auto delay = rule.first_delay;
    for (auto i = rule.free; i < failures && delay < rule.longest_delay; ++i) delay.microseconds *= 2;
    return std::min(delay, rule.longest_delay);
}

}  // namespace

Duration wait_left(GuessingRule const& rule, Guesses const& guesses, Instant now) {
    if (is_forgotten(rule, guesses, now)) return {};
    // The last guess may be later than now: somebody who asked after us was counted before us.
    auto const delay = delay_after(rule, guesses.failures);
    if (delay == Duration{}) return {};
    auto const until = guesses.last_at + delay;
    return until > now ? until - now : Duration{};
}

Guesses counted(GuessingRule const& rule, Guesses const& guesses, Instant now) {
    if (is_forgotten(rule, guesses, now)) return {1, now, now};
    return {guesses.failures + 1, guesses.since, now};
}

std::int64_t seconds_to_wait(Duration left) { return (left.microseconds + 999'999) / 1'000'000; }

}  // namespace klout7::access
