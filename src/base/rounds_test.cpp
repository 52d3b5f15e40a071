#include "base/rounds.h"

#include <doctest/doctest.h>

#include <atomic>
#include <future>

using namespace klout7;
using namespace std::chrono_literals;

TEST_CASE("rounds follow each other until they are stopped, and none begins after that") {
    std::atomic<int> done = 0;
    std::promise<void> third;
    Rounds rounds{[&] {
        if (++done == 3) third.set_value();
        return 0ms;
    }};
    third.get_future().wait();
    rounds.stop();
    int const at_stop = done;
    CHECK(at_stop >= 3);
    rounds.stop();
    CHECK(done == at_stop);
}

TEST_CASE("a stop lets the round that runs come to its end") {
    std::promise<void> begun;
    std::promise<void> may_end;
    std::atomic<bool> has_ended = false;
    {
        Rounds const rounds{[&] {
            begun.set_value();  // a second round would throw here
            may_end.get_future().wait();
            has_ended = true;
            return std::chrono::milliseconds{24h};
        }};
        begun.get_future().wait();
        may_end.set_value();
    }
    CHECK(has_ended);
}

TEST_CASE("a stop does not wait for the next round") {
    std::promise<void> done;
    Rounds rounds{[&] {
        done.set_value();
        return std::chrono::milliseconds{24h};
    }};
    done.get_future().wait();
    std::this_thread::sleep_for(50ms);  // until it waits for the next; sooner it would pass too
    rounds.stop();
}
