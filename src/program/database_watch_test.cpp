#include "program/database_watch.h"

#include <doctest/doctest.h>

#include <thread>

using namespace klout7;
using namespace klout7::program;
using namespace std::chrono_literals;

namespace {

bool within_ten_seconds(auto const& condition) {
    for (int i = 0; i < 1000 && !condition(); ++i) std::this_thread::sleep_for(10ms);
    return condition();
}

store::ServerDifference const difference{store::ServerFault::rights, "a right too many (a test)"};

}  // namespace

TEST_CASE("a database is trusted when it was looked at and is as agreed, and not before") {
    DatabaseWatch const agreed{[] { return std::vector<store::ServerDifference>{}; }};
    CHECK(*agreed.is_trusted());
    DatabaseWatch const different{[] { return std::vector{difference}; }};
    CHECK_FALSE(*different.is_trusted());
}

TEST_CASE(
    "a connection that is lost while it looks is no reason to refuse service; one that cannot be made is") {
    int looks = 0;
    DatabaseWatch const once{[&] {
        return ++looks == 1
                   ? std::vector{store::ServerDifference{store::ServerFault::silent, "lost (a test)"}}
                   : std::vector<store::ServerDifference>{};
    }};
    CHECK(*once.is_trusted());
    CHECK(looks == 2);
    DatabaseWatch const always{[] {
        return std::vector{store::ServerDifference{store::ServerFault::unreachable, "gone (a test)"}};
    }};
    CHECK_FALSE(*always.is_trusted());
}

TEST_CASE("one that is mended is trusted again soon, without a restart") {
    std::atomic<bool> is_mended = false;
    std::atomic<int> looks = 0;
    DatabaseWatch const watch{[&] {
        ++looks;
        return is_mended ? std::vector<store::ServerDifference>{} : std::vector{difference};
    }};
    CHECK_FALSE(*watch.is_trusted());
    is_mended = true;
    auto const trusted = watch.is_trusted();
    CHECK(within_ten_seconds([&] { return trusted->load(); }));
    CHECK(looks == 2);
}
