#include "access/guessing_limits.h"

#include <doctest/doctest.h>

using namespace klout7;
using namespace klout7::access;

namespace {

constexpr auto noon = Instant::from_microseconds(1'700'000'000'000'000);
constexpr GuessingRule rule{3, Duration::seconds(30), Duration::minutes(2), Duration::hours(1)};

Guesses after(std::int64_t failures) { return {failures, noon, noon}; }

}  // namespace

TEST_CASE("who asked first and is counted second does not wait for a free guess of another") {
    auto const earlier = Instant::from_microseconds(noon.microseconds() - 1000);
    CHECK(wait_left(rule, after(2), earlier) == Duration{});
}

TEST_CASE("the free guesses cost nothing, the next ones wait twice as long each") {
    CHECK(wait_left(rule, {}, noon) == Duration{});
    CHECK(wait_left(rule, after(2), noon) == Duration{});
    CHECK(wait_left(rule, after(3), noon) == Duration::seconds(30));
    CHECK(wait_left(rule, after(4), noon) == Duration::seconds(60));
    CHECK(wait_left(rule, after(5), noon) == Duration::minutes(2));
    CHECK(wait_left(rule, after(6), noon) == Duration::minutes(2));
    CHECK(wait_left(rule, after(1'000'000), noon) == Duration::minutes(2));
}

TEST_CASE("the wait ends to the microsecond") {
    auto const end = noon + Duration::seconds(30);
    CHECK(wait_left(rule, after(3), end - Duration{1}) == Duration{1});
    CHECK(wait_left(rule, after(3), end) == Duration{});
    CHECK(wait_left(rule, after(3), end + Duration{1}) == Duration{});
}

TEST_CASE("some time after counting began everything is forgotten, a moment before nothing is") {
    auto const forgotten_at = noon + Duration::hours(1);
    CHECK(counted(rule, after(7), forgotten_at - Duration{1}).failures == 8);
    CHECK(counted(rule, after(7), forgotten_at).failures == 1);
    CHECK(counted(rule, after(7), forgotten_at).last_at == forgotten_at);
    CHECK(counted(rule, {}, noon).failures == 1);
}

TEST_CASE("a wait is told in whole seconds, never too short") {
    CHECK(seconds_to_wait(Duration{}) == 0);
    CHECK(seconds_to_wait(Duration{1}) == 1);
    CHECK(seconds_to_wait(Duration::seconds(30)) == 30);
    CHECK(seconds_to_wait(Duration{30'000'001}) == 31);
}

TEST_CASE("one attacker at one address, guessing as fast as allowed, never delays the user elsewhere") {
    Guesses here;
    Guesses unknown;
    auto now = noon;
    for (auto const end = noon + Duration::days(7); now < end;) {
        REQUIRE(wait_left(one_user_unknown_devices, unknown, now) == Duration{});
        here = counted(one_user_one_source, here, now);
        unknown = counted(one_user_unknown_devices, unknown, now);
        now = now + wait_left(one_user_one_source, here, now) + Duration::seconds(1);
    }
}
