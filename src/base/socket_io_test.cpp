#include "base/socket_io.h"

#include <doctest/doctest.h>
#include <sys/socket.h>

#include <array>
#include <thread>

#include "base/file_handle.h"

using namespace klout7;

namespace {

struct Pair {
    FileHandle one;
    FileHandle other;
    Pair() {
        std::array<int, 2> ends{};
        REQUIRE(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) == 0);
        one = FileHandle{ends[0]};
        other = FileHandle{ends[1]};
    }
};

Until soon() { return std::chrono::steady_clock::now() + std::chrono::milliseconds{20}; }

}  // namespace

TEST_CASE("what is larger than a socket holds goes through whole") {
    Pair const pair;
    Bytes const sent(3'000'000, 7);
    Bytes received(sent.size());
    {
        std::jthread const sending{[&] { CHECK(send_all(pair.one.descriptor(), sent)); }};
        CHECK(receive_all(pair.other.descriptor(), received));
    }
    CHECK(received == sent);
}

TEST_CASE("who takes nothing or says nothing is given up in time, and who is gone at once") {
    Pair pair;
    Bytes out(10);
    CHECK_FALSE(receive_all(pair.other.descriptor(), out, soon()));
    CHECK_FALSE(send_all(pair.one.descriptor(), Bytes(3'000'000), soon()));
    CHECK(send_all(pair.other.descriptor(), bytes_of("half")));
    pair.other = {};
    CHECK_FALSE(receive_all(pair.one.descriptor(), out));
    CHECK_FALSE(send_all(pair.one.descriptor(), out));
}
