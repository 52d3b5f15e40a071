#include "smb/protocol.h"

#include <doctest/doctest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <thread>

using namespace klout7;
using namespace klout7::smb;

namespace {

struct Pair {
    std::array<int, 2> ends{};
    Pair() { REQUIRE(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) == 0); }
    Pair(Pair const&) = delete;
    ~Pair() {
        close(ends[0]);
        close_other();
    }
    void close_other() { close(std::exchange(ends[1], -1)); }
};

}  // namespace

TEST_CASE_FIXTURE(Pair, "a frame arrives as it was sent, at any size") {
    for (auto const size : {std::size_t{0}, std::size_t{1}, most_piece_bytes + 100}) {
        Bytes const body(size, 0xA5);
        std::jthread const sender{[&] { CHECK(send_frame(ends[0], 7, body)); }};
        auto const frame = receive_frame(ends[1]);
        REQUIRE(frame);
        CHECK(frame->kind == 7);
        CHECK(frame->body == body);
    }
}

TEST_CASE_FIXTURE(Pair, "an empty frame and one over the limit are none") {
    Bytes none;
    append_u32(none, 0);
    none.push_back(1);
    REQUIRE(send(ends[0], none.data(), none.size(), 0) == 5);
    CHECK_FALSE(receive_frame(ends[1]));
    Bytes large;
    append_u32(large, most_frame_bytes + 1);
    large.push_back(1);
    REQUIRE(send(ends[0], large.data(), large.size(), 0) == 5);
    CHECK_FALSE(receive_frame(ends[1]));
    CHECK_FALSE(send_frame(ends[0], 1, Bytes(most_frame_bytes)));
}

TEST_CASE_FIXTURE(Pair, "an end that says nothing is waited for until its time is over") {
    CHECK_FALSE(receive_frame(ends[0], std::chrono::steady_clock::now()));
    Bytes const large(most_frame_bytes - 1);
    CHECK_FALSE(send_frame(ends[0], 1, large, std::chrono::steady_clock::now()));
}

TEST_CASE_FIXTURE(Pair, "an end that is gone is no frame") {
    close_other();
    CHECK_FALSE(receive_frame(ends[0]));
    CHECK_FALSE(send_frame(ends[0], 1, {}));
}

TEST_CASE("a body is taken apart in the order in which it was made, and what is not there shows") {
    Bytes body;
    append_part(body, bytes_of("name"));
    append_u64(body, 0x0102030405060708);
    append(body, bytes_of("rest"));
    Parts parts{body};
    CHECK(parts.text() == "name");
    CHECK(parts.number(8) == 0x0102030405060708);
    CHECK_FALSE(parts.is_at_end());
    CHECK(text_of(parts.rest()) == "rest");
    CHECK(parts.is_at_end());
    CHECK(parts.is_whole());
    CHECK(parts.number(1) == 0);
    CHECK_FALSE(parts.is_whole());

    Bytes const lies{0, 0, 0, 9, 'x'};
    Parts short_of{lies};
    CHECK(short_of.part().empty());
    CHECK_FALSE(short_of.is_whole());
}
