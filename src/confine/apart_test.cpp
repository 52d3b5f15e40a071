#include "confine/apart.h"

#include <doctest/doctest.h>

using namespace klout7;
using namespace klout7::confine;

TEST_CASE("a program that is not there answers nothing") {
    Content const content{1, [](std::uint64_t, BytesSpan) { return true; }};
    auto const until = std::chrono::steady_clock::now() + std::chrono::seconds{10};
    CHECK_FALSE(ask_apart("klout7-nothing", {}, content, 1, until));
}
