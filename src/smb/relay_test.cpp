#include "smb/relay.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace klout7;
using namespace klout7::smb;

namespace {

/// A frame of SMB 2 and 3 as it begins: [MS-SMB2] 2.2.1.2.
struct Plain {
    std::uint8_t command = 0;
    std::uint8_t next = 0;
    std::uint8_t status = 0;
    std::uint16_t dialect = 0x0311;
    std::size_t size = 200;

    Bytes bytes() const {
        Bytes frame(size);
        std::ranges::copy(Bytes{0xFE, 'S', 'M', 'B', 64, 0}, frame.begin());
        frame[8] = status;
        frame[12] = command;
        frame[20] = next;
        if (size < 72) return frame;
        frame[68] = static_cast<std::uint8_t>(dialect);
        frame[69] = static_cast<std::uint8_t>(dialect >> 8);
        return frame;
    }
};

bool passes(From from, Bytes const& frame) {
    return may_pass(from, BytesView{frame}.first(std::min(frame.size(), looked_at_bytes)), frame.size());
}
bool passes_both_ways(Plain const& frame) {
    bool const to_server = passes(From::client, frame.bytes());
    CHECK(passes(From::server, frame.bytes()) == to_server);
    return to_server;
}

}  // namespace

TEST_CASE("what is encrypted passes") {
    for (auto const from : {From::client, From::server}) {
        CHECK(passes(from, {0xFD, 'S', 'M', 'B', 1, 2, 3}));
        CHECK(passes(from, Bytes{0xFD, 'S', 'M', 'B'}));
    }
}

TEST_CASE("the negotiation, signing in and an empty echo pass; every other command in the clear is cut") {
    for (unsigned command = 0; command < 256; ++command) {
        Plain const frame{.command = static_cast<std::uint8_t>(command)};
        CHECK(passes_both_ways(frame) == (command == 0 || command == 1));
    }
    CHECK(passes_both_ways({.command = 13, .size = 68}));
    CHECK_FALSE(passes_both_ways({.command = 13, .size = 69}));
    CHECK_FALSE(passes_both_ways({.command = 3, .size = 68}));
}

TEST_CASE("a frame that carries others behind its first is cut") {
    CHECK_FALSE(passes_both_ways({.command = 0, .next = 80}));
    CHECK_FALSE(passes_both_ways({.command = 1, .next = 80}));
}

TEST_CASE("a server that settles for an older SMB is cut; one that says no is heard") {
    CHECK_FALSE(passes(From::server, Plain{.dialect = 0x0302}.bytes()));
    CHECK_FALSE(passes(From::server, Plain{.dialect = 0x02FF}.bytes()));
    CHECK_FALSE(passes(From::server, Plain{.size = 69}.bytes()));
    CHECK(passes(From::client, Plain{.dialect = 0x0302}.bytes()));
    CHECK(passes(From::server, Plain{.status = 0xBB, .dialect = 0}.bytes()));
}

TEST_CASE("what is no frame of SMB 3 is cut") {
    for (auto const from : {From::client, From::server}) {
        CHECK_FALSE(passes(from, {}));
        CHECK_FALSE(passes(from, {0xFD, 'S', 'M'}));
        CHECK_FALSE(passes(from, {0xFC, 'S', 'M', 'B', 1, 2, 3}));
        auto old = Plain{}.bytes();
        old[0] = 0xFF;
        CHECK_FALSE(passes(from, old));
        CHECK_FALSE(passes(from, Plain{.size = 63}.bytes()));
    }
}
