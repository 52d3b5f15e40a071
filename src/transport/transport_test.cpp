#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <future>
#include <latch>
#include <mutex>
#include <numeric>
#include <stdexcept>
#include <thread>

#include "base/bytes.h"
#include "tls_client.h"
#include "transport/server.h"

namespace klout7::transport {

namespace {

using testing::ask_without_tls;
using testing::ClientOptions;
using testing::Received;
using testing::TestCertificate;
using testing::TlsClient;
using Steady = std::chrono::steady_clock;

constexpr std::uint64_t mebibyte = 1024 * 1024;

TestCertificate const& certificate() {
    static TestCertificate const one;
    return one;
}

std::uint8_t made_up_byte(std::uint64_t at) { return static_cast<std::uint8_t>(at * 31 + at / 251); }

/// A service with one path for everything that a test needs.
class TestService final : public Service {
public:
    BodyRule body_rule(RequestHead const& head) const override {
        if (head.path.front() == "rule-throws") throw std::runtime_error{"no rule"};
        if (head.path.front() == "streamed") return {.largest_bytes = 8 * mebibyte, .streamed = true};
        return {.largest_bytes = 100'000, .streamed = false, .is_heavy = head.path.back() == "heavy"};
    }

    Answer handle(Request& request) override {
        ++handled;
        auto const& path = request.head.path.front();
        Answer answer;
        if (path == "echo") {
            answer.headers = {{"X-Method", std::string{name_of(request.head.method)}},
                              {"X-Source", request.head.source}};
            answer.body = request.body;
        } else if (path == "late") {
            answer.no_sooner_than = Duration::seconds(1);
            answer.body = "late";
        } else if (path == "throw") {
            throw std::runtime_error{"a handler failed"};
        } else if (path == "throw-int") {
            throw 7;
        } else if (path == "bad-header") {
            answer.headers = {{"X-A", "a\r\nX-B: b"}};
        } else if (path == "nothing") {
            answer.status = 204;
        } else if (path == "wait") {
            begun.set_value();
            go.get_future().wait();
            answer.body = "waited";
        } else if (path == "download") {
            answer.body = download(3 * mebibyte, 3 * mebibyte);
        } else if (path == "half-download") {
            answer.body = download(3 * mebibyte, mebibyte);
        } else if (path == "big") {
            answer.body = std::string(32 * mebibyte, 'x');
        } else if (path == "streamed") {
            answer = read_stream(request);
        } else {
            answer.status = 404;
        }
        return answer;
    }

    Answer answer_fault(TransportFault fault, RequestHead const* head) const override {
        if (fault_throws) throw std::runtime_error{"no answer"};
        Answer answer;
        answer.status = status_of(fault);
        answer.headers = {{"X-Head", head == nullptr ? "no" : "yes"}};
        answer.body = "fault " + std::to_string(static_cast<int>(fault));
        return answer;
    }

    std::atomic<int> handled = 0;
    std::atomic<bool> fault_throws = false;
    std::atomic<std::uint64_t> largest_fill = 0;
    std::promise<void> begun;
    std::promise<void> go;
    std::promise<BodyError> stream_ended;
    std::atomic<bool> was_stream_ended = false;

private:
    Answer read_stream(Request& request) {
        Answer answer;
        auto const& path = request.head.path;
        if (path.size() > 1 && path[1] == "ignored") {
            answer.body = "not read";
            return answer;
        }
        std::uint64_t total = 0;
        bool is_right = true;
        Bytes part(50'000);
        while (true) {
            auto const count = request.stream->read(part);
            if (!count) {
                if (!was_stream_ended.exchange(true)) stream_ended.set_value(count.error());
                answer.status = 422;
                return answer;
            }
            if (*count == 0) break;
            for (std::size_t at = 0; at < *count; ++at) {
                is_right = is_right && part[at] == made_up_byte(total + at);
            }
            total += *count;
            if (path.size() > 1 && path[1] == "slowly") {
                std::this_thread::sleep_for(std::chrono::milliseconds{20});
            }
        }
        answer.body = std::to_string(total) + (is_right ? " right" : " wrong");
        return answer;
    }

    StreamedBody download(std::uint64_t size, std::uint64_t fails_at) {
        auto sent = std::make_shared<std::uint64_t>(0);
        auto fill = [this, sent, fails_at](BytesSpan out) {
            if (*sent >= fails_at) return false;
            largest_fill = std::max<std::uint64_t>(largest_fill, out.size());
            for (auto& byte : out) byte = made_up_byte((*sent)++);
            return true;
        };
        return {size, fill};
    }
};

ServerSettings settings() {
    ServerSettings made;
    made.certificate_chain = certificate().chain();
    made.private_key = certificate().key();
    return made;
}

constexpr Duration milliseconds(std::int64_t count) { return {count * 1000}; }

struct Running {
    explicit Running(ServerSettings const& with = settings()) {
        auto started = Server::start(with, service);
        REQUIRE(started);
        server = std::move(*started);
    }
    std::uint16_t port() const { return server->port(); }

    TestService service;
    std::unique_ptr<Server> server;
};

std::string get(std::string_view target) {
    return "GET " + std::string{target} + " HTTP/1.1\r\nHost: a\r\n\r\n";
}

std::string post(std::string_view target, std::string_view body) {
    return "POST " + std::string{target} +
           " HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
           std::string{body};
}

std::string made_up_text(std::uint64_t size) {
    std::string text(size, '\0');
    for (std::uint64_t at = 0; at < size; ++at) text[at] = static_cast<char>(made_up_byte(at));
    return text;
}

/// What a new connection gets for this.
Received ask(std::uint16_t port, std::string_view text) {
    TlsClient client{port};
    return client.ask(text);
}

}  // namespace

TEST_CASE("requests and answers make the round trip, many on one connection") {
    Running const running;
    TlsClient client{running.port()};
    REQUIRE(client.is_connected());
    CHECK(client.version() == "TLSv1.3");
    for (int times = 0; times < 3; ++times) {
        auto const posted = client.ask(post("/echo", "hello"));
        CHECK(posted.status == 200);
        CHECK(posted.body == "hello");
        CHECK(posted.has("X-Method: POST\r\n"));
        CHECK(posted.has("X-Source: 127.0.0.1\r\n"));
        CHECK(posted.has("\r\nDate: "));
        CHECK_FALSE(posted.has("Server:"));
        CHECK_FALSE(posted.has("Connection:"));
        auto const got = client.ask(get("/echo?a=b"));
        CHECK(got.status == 200);
        CHECK(got.body.empty());
        CHECK(client.ask(get("/unknown")).status == 404);
    }
    CHECK(client.ask("BREW /echo HTTP/1.1\r\nHost: a\r\n\r\n").has("X-Method: other\r\n"));
    CHECK(client.ask("TRACE /echo HTTP/1.1\r\nHost: a\r\n\r\n").has("X-Method: other\r\n"));
    CHECK(client.ask("DELETE /echo HTTP/1.1\r\nHost: a\r\n\r\n").has("X-Method: DELETE\r\n"));
}

TEST_CASE("requests sent at once are answered one after the other") {
    Running const running;
    TlsClient client{running.port()};
    REQUIRE(client.send(post("/echo", "one") + post("/echo", "two") + get("/nothing") + post("/echo", "3")));
    CHECK(client.receive().body == "one");
    CHECK(client.receive().body == "two");
    CHECK(client.receive().status == 204);
    CHECK(client.receive().body == "3");
}

TEST_CASE("a request may come in pieces, and a body in chunks") {
    Running const running;
    TlsClient client{running.port()};
    for (char const c : post("/echo", "hello")) REQUIRE(client.send(std::string_view{&c, 1}));
    CHECK(client.receive().body == "hello");
    std::string const chunked =
        "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
        "5;x=y\r\nhello\r\n1\r\n \r\n5\r\nworld\r\n0\r\nX-Trailer: a\r\n\r\n";
    CHECK(client.ask(chunked).body == "hello world");
    for (char const c : chunked) REQUIRE(client.send(std::string_view{&c, 1}));
    CHECK(client.receive().body == "hello world");
    CHECK(client.ask(post("/echo", std::string(99'999, 'x'))).body == std::string(99'999, 'x'));
}

TEST_CASE("the answer to HEAD has the size of the body and no body") {
    Running const running;
    TlsClient client{running.port()};
    REQUIRE(client.send("HEAD /download HTTP/1.1\r\nHost: a\r\n\r\n"));
    auto const head = client.receive(false);
    CHECK(head.status == 200);
    CHECK(head.has("Content-Length: 3145728\r\n"));
    CHECK(client.ask(post("/echo", "next")).body == "next");
    auto const nothing = client.ask(get("/nothing"));
    CHECK(nothing.status == 204);
    CHECK_FALSE(nothing.has("Content-Length"));
}

TEST_CASE("the connection closes when the client wants that, and for HTTP/1.0") {
    Running const running;
    TlsClient client{running.port()};
    auto const last = client.ask("GET /echo HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    CHECK(last.status == 200);
    CHECK(last.has("Connection: close\r\n"));
    CHECK(client.is_closed());
    CHECK(client.was_told_the_end());
    TlsClient old{running.port()};
    CHECK(old.ask("GET /echo HTTP/1.0\r\n\r\n").status == 200);
    CHECK(old.is_closed());
}

TEST_CASE("a body that is declared too large is refused before it is read") {
    Running const running;
    TlsClient client{running.port()};
    auto const refused =
        client.ask("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 104857600\r\n\r\nbegin");
    CHECK(refused.status == 413);
    CHECK(refused.has("Connection: close\r\n"));
    CHECK(refused.has("X-Head: yes\r\n"));
    CHECK(client.is_closed());
    CHECK(ask(running.port(), post("/echo", std::string(100'001, 'x'))).status == 413);
    CHECK(running.service.handled == 0);
    CHECK(ask(running.port(), post("/echo", std::string(100'000, 'x'))).status == 200);
}

TEST_CASE("a chunked body is cut at the limit") {
    Running const running;
    std::string const head = "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    std::string const chunk = "3e8\r\n" + std::string(1000, 'x') + "\r\n";
    std::string hundred;
    for (int count = 0; count < 100; ++count) hundred += chunk;
    CHECK(ask(running.port(), head + hundred + "0\r\n\r\n").body.size() == 100'000);
    CHECK(running.service.handled == 1);
    CHECK(ask(running.port(), head + hundred + "1\r\nx\r\n").status == 413);
    CHECK(ask(running.port(), head + "ffffffff\r\n" + std::string(100'001, 'x')).status == 413);
    CHECK(ask(running.port(), head + "zz\r\n").status == 400);
    CHECK(ask(running.port(), head + "1;" + std::string(200'000, 'x')).status == 400);
    CHECK(running.service.handled == 1);
}

TEST_CASE("a client that waits for 100 Continue gets it only when its body is welcome") {
    Running const running;
    TlsClient client{running.port()};
    auto const welcome =
        client.ask("POST /echo HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
    CHECK(welcome.status == 100);
    CHECK(client.ask("hello").body == "hello");
    auto const refused = client.ask(
        "POST /echo HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 100001\r\n\r\n");
    CHECK(refused.status == 413);
}

TEST_CASE("HTTP/1.0 gets no interim answer") {
    Running running;
    TlsClient client{running.port()};
    CHECK(client.send("POST /echo HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n"));
    std::this_thread::sleep_for(std::chrono::milliseconds{100});
    auto const answer = client.ask("hello");
    CHECK(answer.status == 200);
    CHECK(answer.body == "hello");
}

TEST_CASE("a client of IPv4 has the same source on a server for both families") {
    auto with = settings();
    with.address = "::";
    TestService service;
    auto const server = Server::start(with, service);
    if (!server) return;  // a machine without IPv6
    CHECK(ask((*server)->port(), get("/echo")).has("X-Source: 127.0.0.1\r\n"));
}

TEST_CASE("a client that stalls is told so and cut, one that is only slow is served") {
    auto with = settings();
    with.stalled_within = milliseconds(200);
    with.head_within = milliseconds(300);
    with.idle_within = milliseconds(500);
    with.least_bytes_per_second = 1;
    Running running{with};
    auto const begin = Steady::now();
    TlsClient stalling{running.port()};
    CHECK(stalling.ask("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhel").status == 408);
    CHECK(stalling.is_closed());
    CHECK(ask(running.port(), "GET /echo HTTP/1.1\r\nHos").status == 408);
    TlsClient silent{running.port()};
    CHECK(silent.is_closed());
    CHECK(running.service.handled == 0);

    TlsClient idle{running.port()};
    CHECK(idle.ask(get("/echo")).status == 200);
    CHECK(idle.is_closed());
    CHECK(Steady::now() - begin < std::chrono::seconds{5});

    TlsClient slow{running.port()};
    CHECK(slow.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n"));
    for (char const c : std::string_view{"hello"}) {
        std::this_thread::sleep_for(std::chrono::milliseconds{100});
        CHECK(slow.send(std::string_view{&c, 1}));
    }
    CHECK(slow.receive().body == "hello");
}

TEST_CASE("a body that comes below the least rate is not waited for") {
    auto with = settings();
    with.stalled_within = milliseconds(300);
    with.least_bytes_per_second = 100'000;
    Running running{with};
    TlsClient client{running.port()};
    CHECK(client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 50\r\n\r\n"));
    for (int sent = 0; sent < 20; ++sent) {
        client.send("x");
        std::this_thread::sleep_for(std::chrono::milliseconds{60});
    }
    // It never stalled, so an answer that is there already is one to the rate.
    auto const begin = Steady::now();
    CHECK(client.receive().status == 408);
    CHECK(Steady::now() - begin < std::chrono::milliseconds{150});
    CHECK(running.service.handled == 0);
    CHECK(ask(running.port(), post("/echo", std::string(50, 'x'))).status == 200);
}

TEST_CASE("a handshake that does not come is not waited for, and plain HTTP harms nothing") {
    auto with = settings();
    with.handshake_within = milliseconds(200);
    Running running{with};
    CHECK(ask_without_tls(running.port(), "").empty());
    auto const answer = ask_without_tls(running.port(), get("/echo"));
    CHECK(answer.find("HTTP/1.1 200") == std::string::npos);
    CHECK(running.service.handled == 0);
    CHECK(ask(running.port(), get("/echo")).status == 200);
}

TEST_CASE("a streamed body reaches its handler while it comes") {
    Running running;
    TlsClient client{running.port()};
    auto const body = made_up_text(3 * mebibyte);
    CHECK(client.ask(post("/streamed", body)).body == "3145728 right");
    CHECK(client.ask(post("/streamed", "")).body == "0 right");
    CHECK(client.ask(post("/streamed/slowly", body)).body == "3145728 right");
    CHECK(client
              .ask("POST /streamed HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n" +
                   made_up_text(1) + "\r\n0\r\n\r\n")
              .body == "1 right");
    CHECK(client.ask(get("/echo")).status == 200);
}

TEST_CASE("bodies that hang leave workers for others, and their own place once they end") {
    auto with = settings();
    with.workers = 4;
    Running running{with};
    auto const begin_of_body = "POST /streamed HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n";
    {
        TlsClient first{running.port()};
        TlsClient second{running.port()};
        CHECK(first.send(begin_of_body));
        CHECK(second.send(begin_of_body));
        while (running.service.handled < 2) std::this_thread::sleep_for(std::chrono::milliseconds{5});
        CHECK(ask(running.port(), begin_of_body).status == 503);
        CHECK(ask(running.port(), get("/echo")).status == 200);
        first.cut();
    }
    CHECK(running.service.stream_ended.get_future().get() == BodyError::cut_off);
    Received answer;
    for (int i = 0; i < 100 && answer.status != 200; ++i) {
        answer = ask(running.port(), post("/streamed", made_up_text(1000)));
        if (answer.status != 200) std::this_thread::sleep_for(std::chrono::milliseconds{20});
    }
    CHECK(answer.body == "1000 right");
}

TEST_CASE("a handler learns that its streamed body was cut off") {
    Running running;
    TlsClient client{running.port()};
    CHECK(client.send("POST /streamed HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n"));
    CHECK(client.send(made_up_text(500'000)));
    client.cut();
    CHECK(running.service.stream_ended.get_future().get() == BodyError::cut_off);
}

TEST_CASE("a handler learns that its streamed body is too slow, and its answer is sent") {
    auto with = settings();
    with.stalled_within = milliseconds(200);
    Running running{with};
    TlsClient client{running.port()};
    CHECK(client.ask("POST /streamed HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nx").status == 422);
    CHECK(client.is_closed());
    CHECK(running.service.stream_ended.get_future().get() == BodyError::too_slow);
}

TEST_CASE("a handler learns that its streamed body is too large") {
    Running running;
    TlsClient client{running.port()};
    std::string const chunked =
        "POST /streamed HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n800001\r\n" +
        made_up_text(8 * mebibyte + 1) + "\r\n";
    CHECK(client.ask(chunked).status == 422);
    CHECK(running.service.stream_ended.get_future().get() == BodyError::too_large);
    CHECK(
        ask(running.port(), "POST /streamed HTTP/1.1\r\nHost: a\r\nContent-Length: 8388609\r\n\r\n").status ==
        413);
}

TEST_CASE("a broken chunk in a streamed body is a bad request") {
    Running running;
    auto const refused =
        ask(running.port(), "POST /streamed HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n");
    CHECK(refused.status == 400);
    CHECK(running.service.stream_ended.get_future().get() == BodyError::cut_off);
}

TEST_CASE("an answer before the body is read ends the connection") {
    Running running;
    TlsClient client{running.port()};
    auto const begin = Steady::now();
    auto const early =
        client.ask("POST /streamed/ignored HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\nbegin");
    CHECK(early.body == "not read");
    CHECK(early.has("Connection: close\r\n"));
    CHECK(client.is_closed());
    CHECK(Steady::now() - begin < std::chrono::seconds{5});
}

TEST_CASE("a streamed answer arrives as it was made, without all of it in memory") {
    Running running;
    TlsClient client{running.port()};
    auto const answer = client.ask(get("/download"));
    CHECK(answer.is_whole);
    CHECK(answer.body == made_up_text(3 * mebibyte));
    CHECK(running.service.largest_fill == 256 * 1024);
    CHECK(client.ask(get("/echo")).status == 200);
}

TEST_CASE("a streamed answer that fails half-way never looks whole") {
    Running running;
    TlsClient client{running.port()};
    auto const answer = client.ask(get("/half-download"));
    CHECK(answer.status == 200);
    CHECK_FALSE(answer.is_whole);
    CHECK(answer.body == made_up_text(mebibyte));
    CHECK(client.is_closed());
    CHECK_FALSE(client.was_told_the_end());
}

TEST_CASE("a client that does not read its answer is cut") {
    auto with = settings();
    with.stalled_within = milliseconds(300);
    Running running{with};
    ClientOptions options;
    options.receive_buffer_bytes = 4096;
    TlsClient client{running.port(), options};
    CHECK(client.send(get("/big")));
    std::this_thread::sleep_for(std::chrono::seconds{1});
    auto const answer = client.receive();
    CHECK_FALSE(answer.is_whole);
    CHECK(ask(running.port(), get("/big")).is_whole);
}

TEST_CASE("a handler that throws is answered, and the connection goes on") {
    Running running;
    TlsClient client{running.port()};
    auto const failed = client.ask(get("/throw"));
    CHECK(failed.status == 500);
    CHECK(failed.body == "fault 5");
    CHECK(client.ask(get("/throw-int")).status == 500);
    auto const split = client.ask(get("/bad-header"));
    CHECK(split.status == 500);
    CHECK_FALSE(split.has("X-B"));
    CHECK(client.ask(get("/echo")).status == 200);
    CHECK(ask(running.port(), get("/rule-throws")).status == 500);
    running.service.fault_throws = true;
    CHECK(client.ask(get("/throw")).status == 500);
}

TEST_CASE("a request beyond those that may wait is refused for a while") {
    auto with = settings();
    with.workers = 1;
    with.most_waiting = 1;
    Running running{with};
    TlsClient first{running.port()};
    CHECK(first.send(get("/wait")));
    running.service.begun.get_future().wait();
    TlsClient second{running.port()};
    CHECK(second.send(get("/echo")));
    // The second waits already when the third is answered, because it was sent and read before it.
    std::this_thread::sleep_for(std::chrono::milliseconds{200});
    TlsClient third{running.port()};
    auto const refused = third.ask(get("/echo"));
    CHECK(refused.status == 503);
    CHECK(refused.has("Retry-After: 1\r\n"));
    running.service.go.set_value();
    CHECK(first.receive().body == "waited");
    CHECK(second.receive().status == 200);
    CHECK(third.ask(get("/echo")).status == 200);
}

TEST_CASE("heavy requests wait for each other only, and too many of them are refused") {
    auto with = settings();
    with.workers = 1;
    with.heavy_workers = 1;
    with.most_heavy_waiting = 1;
    Running running{with};
    TlsClient first{running.port()};
    CHECK(first.send(get("/wait/heavy")));
    running.service.begun.get_future().wait();
    TlsClient second{running.port()};
    CHECK(second.send(get("/echo/heavy")));
    std::this_thread::sleep_for(std::chrono::milliseconds{200});
    CHECK(ask(running.port(), get("/echo")).status == 200);
    auto const refused = ask(running.port(), get("/echo/heavy"));
    CHECK(refused.status == 503);
    CHECK(refused.has("Retry-After: 1\r\n"));
    running.service.go.set_value();
    CHECK(first.receive().body == "waited");
    CHECK(second.receive().status == 200);
    CHECK(ask(running.port(), get("/echo/heavy")).status == 200);
}

TEST_CASE("an answer that may leave no sooner waits, and nobody waits with it") {
    auto with = settings();
    with.workers = 1;
    Running running{with};
    auto const begun = Steady::now();
    TlsClient late{running.port()};
    CHECK(late.send(get("/late")));
    CHECK(ask(running.port(), get("/echo")).status == 200);
    CHECK(running.service.handled == 2);
    CHECK(late.receive().body == "late");
    CHECK(Steady::now() - begun >= std::chrono::seconds{1});
}

TEST_CASE("a head has a largest size") {
    Running running;
    std::string const start = "GET /echo HTTP/1.1\r\nHost: a\r\nX: ";
    auto const of_size = [&](std::size_t size) {
        return start + std::string(size - start.size() - 4, 'x') + "\r\n\r\n";
    };
    CHECK(ask(running.port(), of_size(16 * 1024)).status == 200);
    CHECK(ask(running.port(), of_size(16 * 1024 + 1)).status == 431);
    CHECK(ask(running.port(), start + std::string(100'000, 'x')).status == 431);
    CHECK(running.service.handled == 1);
}

TEST_CASE("a request that readers could understand differently is refused") {
    Running running;
    auto const status_of_head = [&](std::string_view fields) {
        return ask(running.port(), "POST /echo HTTP/1.1\r\n" + std::string{fields} + "\r\n0\r\n\r\n").status;
    };
    CHECK(status_of_head("Host: a\r\nTransfer-Encoding: chunked\r\n") == 200);
    CHECK(status_of_head("Host: a\r\nContent-Length: 5\r\n") == 200);
    CHECK(running.service.handled == 2);
    CHECK(status_of_head("Host: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n") == 400);
    CHECK(status_of_head("Host: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n") == 400);
    CHECK(status_of_head("Host: a\r\nContent-Length: 5\r\nContent-Length: 5\r\n") == 400);
    CHECK(status_of_head("Host: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n") == 400);
    CHECK(status_of_head("Host: a\r\nContent-Length: 5, 5\r\n") == 400);
    CHECK(status_of_head("Host: a\r\nContent-Length: -5\r\n") == 400);
    CHECK(status_of_head("Host: a\r\nContent-Length: 99999999999999999999\r\n") == 400);
    CHECK(status_of_head("Host: a\r\nTransfer-Encoding: gzip\r\n") == 400);
    CHECK(status_of_head("Host: a\r\nTransfer-Encoding: chunked, chunked\r\n") == 400);
    CHECK(status_of_head("Host: a\r\nTransfer-Encoding : chunked\r\n") == 400);
    CHECK(status_of_head("Host: a\r\nHost: b\r\n") == 400);
    CHECK(status_of_head("X: a\r\n") == 400);
    CHECK(status_of_head("Host: a\r\nX: b\r\n c\r\n") == 400);
    CHECK(status_of_head("Host: a\r\nX: b\n\r\n") == 400);
    CHECK(status_of_head("Host: a\r\nX\r\n") == 400);
    CHECK(ask(running.port(), "GET /echo HTTP/2.0\r\nHost: a\r\n\r\n").status == 400);
    CHECK(ask(running.port(), "GET /echo\r\n\r\n").status == 400);
    CHECK(ask(running.port(), "\x16\x03\x01\r\n\r\n").status == 400);
    CHECK(running.service.handled == 2);
}

TEST_CASE("a bad target is refused, and nobody sees its head") {
    Running running;
    auto const refused = ask(running.port(), get("/echo/../echo"));
    CHECK(refused.status == 400);
    CHECK(refused.has("X-Head: no\r\n"));
    CHECK(ask(running.port(), get("/echo/%00")).status == 400);
    CHECK(ask(running.port(), get("http://a/echo")).status == 400);
    CHECK(ask(running.port(), "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n").status == 400);
    CHECK(ask(running.port(), "CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n").status == 400);
    CHECK(running.service.handled == 0);
    CHECK(ask(running.port(), get("/echo/%C3%A9")).status == 200);
}

TEST_CASE("TLS 1.2 is spoken only where it was asked for, and only with ciphers of today") {
    ClientOptions old;
    old.most_version = TLS1_2_VERSION;
    {
        Running running;
        CHECK_FALSE(TlsClient(running.port(), old).is_connected());
        CHECK(TlsClient(running.port()).is_connected());
    }
    auto with = settings();
    with.also_tls_1_2 = true;
    Running running{with};
    TlsClient client{running.port(), old};
    REQUIRE(client.is_connected());
    CHECK(client.version() == "TLSv1.2");
    CHECK(client.ask(post("/echo", "old")).body == "old");
    TlsClient newer{running.port()};
    CHECK(newer.version() == "TLSv1.3");
    old.ciphers_1_2 = "ECDHE-ECDSA-AES128-SHA256";
    CHECK_FALSE(TlsClient(running.port(), old).is_connected());
    old.ciphers_1_2 = "ECDHE-ECDSA-CHACHA20-POLY1305";
    CHECK(TlsClient(running.port(), old).is_connected());
}

TEST_CASE("a client that names its protocols must name HTTP/1.1") {
    Running running;
    ClientOptions options;
    options.protocol = "h2";
    CHECK_FALSE(TlsClient(running.port(), options).is_connected());
    options.protocol = "http/1.1";
    TlsClient client{running.port(), options};
    REQUIRE(client.is_connected());
    CHECK(client.protocol() == "http/1.1");
}

TEST_CASE("the server does not start with a key that cannot be used") {
    TestService service;
    auto const error_with = [&](std::filesystem::path const& chain, std::filesystem::path const& key) {
        auto with = settings();
        with.certificate_chain = chain;
        with.private_key = key;
        auto const started = Server::start(with, service);
        return started ? std::optional<ServerError>{} : started.error();
    };
    auto const& files = certificate();
    CHECK_FALSE(error_with(files.chain(), files.key()));
    CHECK(error_with(files.chain(), files.other_key()) == ServerError::certificate_unusable);
    CHECK(error_with(files.chain(), files.locked_key()) == ServerError::certificate_unusable);
    CHECK(error_with(files.chain(), files.chain()) == ServerError::certificate_unusable);
    CHECK(error_with(files.folder() / "none", files.key()) == ServerError::certificate_unusable);
    CHECK(error_with(files.chain(), files.folder() / "none") == ServerError::certificate_unusable);
}

TEST_CASE("the server does not start where it cannot listen") {
    Running running;
    TestService service;
    auto with = settings();
    with.port = running.port();
    CHECK(Server::start(with, service).error() == ServerError::address_unusable);
    with.port = 0;
    with.address = "192.0.2.1";
    CHECK(Server::start(with, service).error() == ServerError::address_unusable);
    with.address = "nowhere";
    CHECK(Server::start(with, service).error() == ServerError::address_unusable);
    CHECK(text_for(ServerError::address_unusable) != text_for(ServerError::certificate_unusable));
}

TEST_CASE("a stopping server finishes what it handles and closes the rest") {
    Running running;
    auto const port = running.port();
    TlsClient idle{port};
    CHECK(idle.ask(get("/echo")).status == 200);
    TlsClient half{port};
    CHECK(half.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhel"));
    TlsClient waiting{port};
    CHECK(waiting.send(get("/wait")));
    running.service.begun.get_future().wait();
    auto stopped = std::async(std::launch::async, [&] { running.server->stop(); });
    CHECK(idle.is_closed());
    CHECK(half.is_closed());
    CHECK(stopped.wait_for(std::chrono::milliseconds{200}) == std::future_status::timeout);
    running.service.go.set_value();
    auto const answer = waiting.receive();
    CHECK(answer.body == "waited");
    CHECK(answer.has("Connection: close\r\n"));
    CHECK(stopped.wait_for(std::chrono::seconds{5}) == std::future_status::ready);
    CHECK_FALSE(TlsClient(port).is_connected());
    running.server->stop();
}

TEST_CASE("a stopping server does not wait for ever for a body") {
    Running running;
    TlsClient client{running.port()};
    CHECK(client.send("POST /streamed HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\nx"));
    while (running.service.handled == 0) std::this_thread::yield();
    auto const begin = Steady::now();
    running.server->stop();
    CHECK(Steady::now() - begin < std::chrono::seconds{12});
    CHECK(running.service.stream_ended.get_future().get() == BodyError::cut_off);
}

TEST_CASE("connections beyond the limit are closed, and there is room again when one ends") {
    auto with = settings();
    with.most_connections = 2;
    Running running{with};
    TlsClient first{running.port()};
    TlsClient second{running.port()};
    CHECK(second.ask(get("/echo")).status == 200);
    CHECK_FALSE(TlsClient(running.port()).is_connected());
    first.cut();
    bool has_room = false;
    for (int tries = 0; tries < 100 && !has_room; ++tries) {
        std::this_thread::sleep_for(std::chrono::milliseconds{20});
        has_room = TlsClient(running.port()).is_connected();
    }
    CHECK(has_room);
}

TEST_CASE("two hundred connections are served at once") {
    Running running;
    constexpr int connections = 200;
    std::vector<std::unique_ptr<TlsClient>> clients;
    for (int count = 0; count < connections; ++count) {
        clients.push_back(std::make_unique<TlsClient>(running.port()));
    }
    std::atomic<int> right = 0;
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 10; ++thread) {
        threads.emplace_back([&, thread] {
            for (int round = 0; round < 5; ++round) {
                for (std::size_t at = static_cast<std::size_t>(thread); at < connections; at += 10) {
                    clients[at]->send(post("/echo", std::to_string(at)));
                }
                for (std::size_t at = static_cast<std::size_t>(thread); at < connections; at += 10) {
                    if (clients[at]->receive().body == std::to_string(at)) ++right;
                }
            }
        });
    }
    for (auto& thread : threads) thread.join();
    CHECK(right == connections * 5);
    CHECK(running.service.handled == connections * 5);
}

TEST_CASE("clients that vanish at any moment leave the server as it was") {
    Running running;
    auto const whole = post("/streamed", made_up_text(400'000)) + get("/download");
    std::vector<std::size_t> const lengths = {0, 1, 20, 60, 100, 5'000, 399'000, 400'060, whole.size()};
    for (auto const length : lengths) {
        TlsClient client{running.port()};
        CHECK(client.send(std::string_view{whole}.substr(0, length)));
        client.cut();
    }
    CHECK(ask(running.port(), get("/echo")).status == 200);
}

}  // namespace klout7::transport
