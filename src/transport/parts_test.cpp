#include <doctest/doctest.h>

#include <atomic>
#include <future>
#include <numeric>

#include "answer_head.h"
#include "body_pipe.h"
#include "framing.h"
#include "worker_pool.h"

namespace klout7::transport {

TEST_CASE("header names compare without case") {
    Headers headers{{"Accept", "a"}, {"accept", "b"}, {"Other", "c"}};
    CHECK(headers.find("ACCEPT") == "a");
    CHECK_FALSE(headers.find("Accep"));
    headers.set("aCCept", "d");
    CHECK(headers.all().size() == 2);
    CHECK(headers.find("accept") == "d");
}

TEST_CASE("the first query value of a name is found") {
    RequestHead head;
    head.query = {{"a", "1"}, {"a", "2"}, {"b", ""}};
    CHECK(head.query_value("a") == "1");
    CHECK(head.query_value("b") == "");
    CHECK_FALSE(head.query_value("A"));
}

TEST_CASE("a head that two readers could read differently is ambiguous") {
    auto const v1_1 = HttpVersion::http_1_1;
    auto const v1_0 = HttpVersion::http_1_0;
    CHECK(is_unambiguous({{"Host", "a"}}, v1_1));
    CHECK(is_unambiguous({{"Host", "a"}, {"Content-Length", "3"}}, v1_1));
    CHECK(is_unambiguous({{"Host", "a"}, {"Transfer-Encoding", "Chunked"}}, v1_1));
    CHECK(is_unambiguous({}, v1_0));

    CHECK_FALSE(is_unambiguous({}, v1_1));
    CHECK_FALSE(is_unambiguous({{"Host", "a"}, {"host", "a"}}, v1_1));
    CHECK_FALSE(is_unambiguous({{"Host", "a"}, {"host", "a"}}, v1_0));
    CHECK_FALSE(is_unambiguous({{"Host", "a"}, {"Content-Length", "3"}, {"content-length", "3"}}, v1_1));
    CHECK_FALSE(is_unambiguous({{"Host", "a"}, {"Content-Length", "3, 3"}}, v1_1));
    CHECK_FALSE(is_unambiguous({{"Host", "a"}, {"Content-Length", "+3"}}, v1_1));
    CHECK_FALSE(
        is_unambiguous({{"Host", "a"}, {"Content-Length", "3"}, {"Transfer-Encoding", "chunked"}}, v1_1));
    CHECK_FALSE(is_unambiguous({{"Host", "a"}, {"Transfer-Encoding", "gzip, chunked"}}, v1_1));
    CHECK_FALSE(is_unambiguous({{"Host", "a"}, {"Transfer-Encoding", "chunked"}}, v1_0));
}

TEST_CASE("the head of an answer is ours where it says how the answer is sent") {
    Answer answer;
    answer.status = 200;
    answer.body = "four";
    answer.headers = {{"Content-Type", "text/plain"},
                      {"server", "x"},
                      {"content-length", "9"},
                      {"Date", "today"},
                      {"ETag", "1"},
                      {"Transfer-Encoding", "chunked"}};
    auto const at = Instant::from_microseconds(784'111'777'000'000);
    CHECK(head_of(answer, "OK", at, After::keeps_open) ==
          "HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nContent-Type: text/plain\r\n"
          "ETag: 1\r\nContent-Length: 4\r\n\r\n");
    answer.status = 204;
    answer.headers = {};
    CHECK(head_of(answer, "No Content", at, After::closes) ==
          "HTTP/1.1 204 No Content\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nConnection: close\r\n\r\n");
}

TEST_CASE("an answer whose fields leave their lines is not sent") {
    auto const is_fine = [](Headers headers) {
        Answer answer;
        answer.headers = std::move(headers);
        return is_sendable(answer);
    };
    CHECK(is_fine({{"X-Name", "J\xC3\xB3n\tde W"}}));
    CHECK_FALSE(is_fine({{"X-Name", "a\r\nSet-Cookie: b"}}));
    CHECK_FALSE(is_fine({{"X-Name", "a\nb"}}));
    CHECK_FALSE(is_fine({{"X-Name", std::string(1, '\0')}}));
    CHECK_FALSE(is_fine({{"X Name", "a"}}));
    CHECK_FALSE(is_fine({{"", "a"}}));
    Answer answer;
    answer.status = 100;
    CHECK_FALSE(is_sendable(answer));
    answer.status = 599;
    CHECK(is_sendable(answer));
}

TEST_CASE("a body pipe gives back the bytes in order and holds no more than its capacity") {
    std::atomic<int> times_room_was_made = 0;
    BodyPipe pipe{[&] { ++times_room_was_made; }};
    Bytes sent(1'000'003);
    std::iota(sent.begin(), sent.end(), std::uint8_t{7});
    Bytes read;
    std::thread worker{[&] {
        Bytes part(7'919);
        while (true) {
            auto const count = pipe.read(part);
            REQUIRE(count);
            if (*count == 0) return;
            read.insert(read.end(), part.begin(), part.begin() + static_cast<std::ptrdiff_t>(*count));
        }
    }};
    for (BytesView rest{sent}; !rest.empty();) {
        auto const part = rest.first(std::min<std::size_t>(rest.size(), 16'384));
        while (!pipe.ask_room(part.size())) std::this_thread::yield();
        pipe.put(part);
        rest = rest.subspan(part.size());
    }
    pipe.end();
    worker.join();
    CHECK(read == sent);

    BodyPipe full{[] {}};
    CHECK(full.ask_room(BodyPipe::capacity_bytes));
    full.put(Bytes(BodyPipe::capacity_bytes));
    CHECK_FALSE(full.ask_room(1));
}

TEST_CASE("a failed body gives what came, then the error, and an ended one cannot fail") {
    BodyPipe pipe{[] {}};
    Bytes out(10);
    pipe.put(to_bytes("abc"));
    pipe.fail(BodyError::too_slow);
    pipe.fail(BodyError::cut_off);
    CHECK(pipe.read(out) == 3U);
    CHECK(pipe.read(out) == std::unexpected(BodyError::too_slow));

    BodyPipe ended{[] {}};
    ended.end();
    ended.fail(BodyError::cut_off);
    CHECK(ended.read(out) == 0U);
}

TEST_CASE("the pool refuses a request when too many wait, but not more work for one that was let in") {
    WorkerPool pool{{.workers = 1, .most_waiting = 1}};
    std::promise<void> go;
    auto const gone = go.get_future().share();
    std::promise<void> begun;
    std::atomic<int> done = 0;
    CHECK(pool.add([&] {
        begun.set_value();
        gone.wait();
        ++done;
    }));
    begun.get_future().wait();
    CHECK(pool.add([&] { ++done; }));
    CHECK_FALSE(pool.add([&] { done += 100; }));
    CHECK(pool.add_further([&] { ++done; }));
    go.set_value();
    pool.finish();
    CHECK(done == 3);
    CHECK_FALSE(pool.add([&] { done += 100; }));
    CHECK_FALSE(pool.add_further([&] { done += 100; }));
}

}  // namespace klout7::transport
