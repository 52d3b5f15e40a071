#include "restarts.h"

#include <doctest/doctest.h>

using namespace klout7::server;
using namespace std::chrono_literals;

namespace {

/// A program that falls after it ran for a while: how long it must wait then.
struct Falling {
    Restarts restarts;
    Restarts::Instant now{1h};

    std::chrono::milliseconds pause_after(std::chrono::milliseconds running) {
        restarts.started(now);
        now += running;
        restarts.fell(now);
        auto const fell_at = now;
        while (!restarts.may_start(now)) now += 1ms;
        return std::chrono::duration_cast<std::chrono::milliseconds>(now - fell_at);
    }
};

}  // namespace

TEST_CASE("a program that keeps falling waits longer each time, up to a limit") {
    Falling program;
    for (auto const pause : {200ms, 400ms, 800ms, 1600ms, 3200ms, 6400ms, 6400ms, 6400ms})
        CHECK(program.pause_after(1s) == pause);
    CHECK(program.restarts.falls() == 8);
}

TEST_CASE("a program that served well for a while starts its count anew") {
    Falling program;
    for (int i = 0; i < 20; ++i) program.pause_after(1s);
    CHECK(program.pause_after(Restarts::served_well - 1ms) == Restarts::longest_pause);
    CHECK(program.pause_after(Restarts::served_well) == Restarts::first_pause);
    CHECK(program.restarts.falls() == 1);
}
