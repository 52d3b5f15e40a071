// The one file that knows Asio and Beast. Of Beast only the parser is used: reading and writing are two
// operations, `read_some` and `write_some`, so that each has its deadline and its error in one place.
//
// Everything but handlers runs on one thread, the network's: what is touched there needs no lock. In the
// coroutines, only named locals are moved into what is awaited, and nothing is awaited inside a conditional
// operator or braces: g++ 12 miscompiles the rest.

#include <algorithm>
#include <atomic>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/status.hpp>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <future>
#include <mutex>
#include <thread>
#include <unordered_set>

#include "answer_head.h"
#include "base/check.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "body_pipe.h"
#include "framing.h"
#include "target.h"
#include "tls.h"
#include "transport/server.h"
#include "worker_pool.h"

namespace klout7::transport {

namespace {

namespace net = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;
using net::awaitable;
using net::redirect_error;
using net::use_awaitable;
using net::ip::tcp;
using Steady = std::chrono::steady_clock;
using RequestParser = http::request_parser<http::buffer_body>;

/// What TLS gives at once at most. Source: RFC 8446, 5.1.
constexpr std::size_t record_bytes = 16 * 1024;
/// More than this of chunk sizes, extensions and trailers without a body byte between is no request.
constexpr std::size_t most_unparsed_bytes = 64 * 1024;
constexpr std::size_t streamed_chunk_bytes = 256 * 1024;
/// How often deadlines are looked at, and so how late they may be.
constexpr auto watch_every = std::chrono::milliseconds{50};
/// After an answer that ends the connection: how long and how much of what the client still sends is thrown
/// away. Closing at once would reset the connection, and the client might never see the answer.
constexpr auto linger = std::chrono::seconds{2};
constexpr std::size_t most_discarded_bytes = 4 * 1024 * 1024;
constexpr auto stop_within = std::chrono::seconds{10};

constexpr std::chrono::microseconds to_chrono(Duration duration) {
    return std::chrono::microseconds{duration.microseconds};
}

/// Wakes one waiting coroutine. Of the network's thread.
class Event {
public:
    explicit Event(net::io_context& io) : timer_(io, Steady::time_point::max()) {}
    void signal() {
        is_set_ = true;
        timer_.cancel();
    }
    awaitable<void> wait() {
        while (!is_set_) {
            error_code ignored;
            co_await timer_.async_wait(redirect_error(use_awaitable, ignored));
        }
        is_set_ = false;
    }

private:
    net::steady_timer timer_;
    bool is_set_ = false;
};

class Connection;

/// One request in the hands of a worker, held by both sides.
struct Exchange {
    explicit Exchange(net::io_context& io) : changed(io) {}

    Steady::time_point const arrived = Steady::now();
    Method method = Method::other;  ///< kept here, because the handler may change the request
    Request request;
    std::optional<BodyPipe> pipe;
    std::optional<Answer> answer;  ///< the worker's; empty when the handler threw

    // Of the network's thread:
    Event changed;  ///< the worker made room in the pipe or is finished
    bool is_finished = false;
    bool is_heavy = false;
    Connection* read_for_it = nullptr;  ///< while its body is being read
};

/// The next bytes of a streamed answer, in the hands of a worker.
struct Filling {
    explicit Filling(net::io_context& io) : done(io) {}

    StreamedBody body;
    Bytes chunk;
    bool is_filled = false;
    Event done;
};

/// A socket with TLS, the bytes that were read but not yet used, and a deadline.
class Connection {
public:
    Connection(tcp::socket socket, net::ssl::context& tls, std::unordered_set<Connection*>& all)
        : stream_(std::move(socket), tls), all_(all) {
        all_.insert(this);
    }
    ~Connection() { all_.erase(this); }
    Connection(Connection const&) = delete;
    Connection& operator=(Connection const&) = delete;

    /// What comes next must be complete by then. A read or write past it fails.
    void set_deadline(Steady::time_point deadline) {
        deadline_ = deadline;
        is_timed_out_ = false;
    }
    void set_deadline_in(std::chrono::microseconds time) { set_deadline(Steady::now() + time); }
    bool is_timed_out() const { return is_timed_out_; }
    /// Called again and again, because one cancel can fall between two steps of a TLS operation.
    void enforce_deadline(Steady::time_point now) {
        if (now < deadline_) return;
        is_timed_out_ = true;
        error_code ignored;
        stream_.next_layer().cancel(ignored);
    }
    /// Ends a read that is under way.
    void interrupt() {
        deadline_ = Steady::time_point::min();
        enforce_deadline(Steady::now());
    }
    /// Ends all that is under way, and cuts the connection.
    void cut() {
        is_cut_ = true;
        error_code ignored;
        stream_.next_layer().close(ignored);
    }
    bool is_cut() const { return is_cut_; }

    awaitable<bool> shake_hands() {
        error_code error;
        co_await stream_.async_handshake(net::ssl::stream_base::server, redirect_error(use_awaitable, error));
        co_return !error && !is_cut_;
    }

    std::string_view unused() const { return std::string_view{input_}.substr(used_); }
    void use(std::size_t count) {
        used_ += count;
        if (used_ < input_.size()) return;
        input_.clear();
        used_ = 0;
    }
    void release_memory() {
        if (input_.empty()) input_.shrink_to_fit();
    }

    /// Appends at least one byte to `unused()`. False when none comes.
    awaitable<bool> read_some() {
        if (is_cut_) co_return false;
        input_.erase(0, used_);
        used_ = 0;
        std::size_t const before = input_.size();
        input_.resize(before + record_bytes);
        error_code error;
        auto const space = net::buffer(input_.data() + before, record_bytes);
        std::size_t const count =
            co_await stream_.async_read_some(space, redirect_error(use_awaitable, error));
        input_.resize(before + count);
        co_return count > 0;
    }

    /// Writes all, each record of it within `stalled_within`.
    awaitable<bool> write(std::string_view text, std::chrono::microseconds stalled_within) {
        while (!text.empty()) {
            if (is_cut_) co_return false;
            set_deadline_in(stalled_within);
            error_code error;
            auto const rest = net::buffer(text.data(), text.size());
            std::size_t const count =
                co_await stream_.async_write_some(rest, redirect_error(use_awaitable, error));
            if (error) co_return false;
            text.remove_prefix(count);
        }
        co_return true;
    }

    /// Tells the client that this was all, then waits a little until it has understood.
    awaitable<void> close() {
        if (is_cut_) co_return;
        set_deadline_in(linger);
        error_code error;
        co_await stream_.async_shutdown(redirect_error(use_awaitable, error));
        if (is_cut_) co_return;
        stream_.next_layer().shutdown(tcp::socket::shutdown_send, error);
        Bytes discarded(record_bytes);
        for (std::size_t total = 0; total < most_discarded_bytes && !is_timed_out_ && !is_cut_;) {
            auto const space = net::buffer(discarded);
            error = {};
            std::size_t const count =
                co_await stream_.next_layer().async_read_some(space, redirect_error(use_awaitable, error));
            if (error) break;
            total += count;
        }
        cut();
    }

    ShownCertificate certificate(ClientTrust const* trust) {
        return shown_certificate(stream_.native_handle(), trust);
    }

    std::string source() {
        error_code error;
        auto const address = stream_.next_layer().remote_endpoint(error).address();
        if (error) return {};
        // One client has one name, whether the server listens to both families or to one.
        if (address.is_v6() && address.to_v6().is_v4_mapped()) {
            return net::ip::make_address_v4(net::ip::v4_mapped, address.to_v6()).to_string();
        }
        return address.to_string();
    }

    /// Something of it is being handled: it is finished before the server stops.
    bool is_busy = false;
    /// The streamed request that is being handled, so that a stopping server can end its body.
    std::shared_ptr<Exchange> exchange;

private:
    net::ssl::stream<tcp::socket> stream_;
    std::unordered_set<Connection*>& all_;
    std::string input_;
    std::size_t used_ = 0;
    Steady::time_point deadline_ = Steady::time_point::max();
    bool is_timed_out_ = false;
    bool is_cut_ = false;
};

Method method_of(http::verb verb) {
    switch (verb) {
        case http::verb::get:
            return Method::get;
        case http::verb::head:
            return Method::head;
        case http::verb::post:
            return Method::post;
        case http::verb::put:
            return Method::put;
        case http::verb::patch:
            return Method::patch;
        case http::verb::delete_:
            return Method::del;
        default:
            return Method::other;  // Beast knows many more, Klout7 does not
    }
}

/// A streamed request in the hands of a worker. However the connection goes on, the worker is not left
/// waiting for a body.
class StreamedExchange {
public:
    StreamedExchange(Connection& connection, std::shared_ptr<Exchange> exchange, std::size_t& in_hand)
        : connection_(connection), in_hand_(in_hand) {
        connection_.exchange = std::move(exchange);
        ++in_hand_;
    }
    ~StreamedExchange() {
        --in_hand_;
        connection_.exchange->read_for_it = nullptr;
        connection_.exchange->pipe->fail(BodyError::cut_off);
        connection_.exchange.reset();
    }
    StreamedExchange(StreamedExchange const&) = delete;
    StreamedExchange& operator=(StreamedExchange const&) = delete;

private:
    Connection& connection_;
    std::size_t& in_hand_;
};

/// What the parser read, in our own words; nothing if it is not a request that is served here.
std::optional<RequestHead> take_head(RequestParser const& parser) {
    auto const& message = parser.get();
    if (message.version() != 10 && message.version() != 11) return std::nullopt;
    auto const version = message.version() == 10 ? HttpVersion::http_1_0 : HttpVersion::http_1_1;

    RequestHead head;
    head.method = method_of(message.method());
    for (auto const& field : message) {
        head.headers.add(std::string{field.name_string()}, std::string{field.value()});
    }
    if (!is_unambiguous(head.headers, version)) return std::nullopt;
    std::string_view const text{message.target().data(), message.target().size()};
    auto target = parse_target(text);
    if (!target) return std::nullopt;
    head.path = std::move(target->path);
    head.query = std::move(target->query);
    return head;
}

std::optional<RequestHead> parse_head(RequestParser& parser, std::string_view raw) {
    if (has_folded_line(raw)) return std::nullopt;
    error_code error;
    std::size_t const used = parser.put(net::buffer(raw.data(), raw.size()), error);
    if (error || used != raw.size() || !parser.is_header_done()) return std::nullopt;
    return take_head(parser);
}

struct Parsed {
    std::size_t body_bytes = 0;
    bool needs_more = false;
    bool is_malformed = false;
};

/// Takes body bytes out of what the connection has, without chunk sizes and the like.
Parsed parse_body(RequestParser& parser, Connection& connection, BytesSpan out) {
    auto& body = parser.get().body();
    body.data = out.data();
    body.size = out.size();
    std::string_view const input = connection.unused();
    if (input.empty()) return {0, true, false};
    error_code error;
    std::size_t const used = parser.put(net::buffer(input.data(), input.size()), error);
    connection.use(used);
    Parsed parsed;
    parsed.body_bytes = out.size() - body.size;
    bool const is_full = error == http::error::need_buffer;
    parsed.needs_more = error == http::error::need_more || (used == 0 && !is_full);
    bool const is_wrong = error && !is_full && error != http::error::need_more;
    parsed.is_malformed = is_wrong || (parsed.needs_more && connection.unused().size() > most_unparsed_bytes);
    return parsed;
}

/// HTTP/1.0 does not know interim answers. Source: RFC 9110, 10.1.1.
bool awaits_continue(RequestParser const& parser, RequestHead const& head) {
    if (parser.is_done() || parser.get().version() < 11) return false;
    return ascii_lower(head.headers.find("Expect").value_or("")) == "100-continue";
}

/// How fast a body comes. Time in which the client had to wait for us does not count against it.
class BodyPace {
public:
    BodyPace(std::chrono::microseconds stalled_within, std::uint64_t least_bytes_per_second)
        : stalled_within_(stalled_within), least_bytes_per_second_(least_bytes_per_second) {}
    void received(std::size_t count) { received_ += count; }
    void paused(Steady::duration time) { start_ += time; }
    /// When the next byte must be there.
    Steady::time_point deadline() const {
        auto const stalled = Steady::now() + stalled_within_;
        if (least_bytes_per_second_ == 0) return stalled;
        auto const earned = std::chrono::seconds{received_ / least_bytes_per_second_};
        return std::min(stalled, start_ + std::max<Steady::duration>(stalled_within_, earned));
    }

private:
    std::chrono::microseconds stalled_within_;
    std::uint64_t least_bytes_per_second_;
    Steady::time_point start_ = Steady::now();
    std::uint64_t received_ = 0;
};

enum class HeadRead { complete, too_large, too_slow, gone };
enum class BodyRead { complete, malformed, too_large, too_slow, gone, not_wanted };

}  // namespace

/// The server behind its interface.
struct Server::State {
    State(ServerSettings server_settings, Service& served, Tls loaded)
        : settings(std::move(server_settings)),
          service(served),
          tls(loaded.context.release()),
          trust(std::move(loaded.trust)),
          workers(WorkerPool::Size{settings.workers, settings.most_waiting}),
          heavy_workers(WorkerPool::Size{settings.heavy_workers, settings.most_heavy_waiting}) {}

    /// While it lives, a stopping server waits for the connection.
    class Busy {
    public:
        Busy(State& state, Connection& connection);
        ~Busy();
        Busy(Busy const&) = delete;
        Busy& operator=(Busy const&) = delete;

    private:
        State& state_;
        Connection& connection_;
    };

    bool listen();
    void run();
    void stop();

    // The coroutines, from the outside in. What answers a bool says whether the connection stays open.
    awaitable<void> accept();
    awaitable<void> watch_deadlines();
    awaitable<void> serve(std::shared_ptr<Connection> connection);
    awaitable<void> serve_requests(Connection& connection);
    awaitable<bool> serve_request(Connection& connection, Duration first_byte_within);
    awaitable<HeadRead> read_head(Connection& connection, Duration first_byte_within,
                                  std::size_t& size_bytes);
    awaitable<bool> handle_whole(Connection& connection, RequestParser& parser,
                                 std::shared_ptr<Exchange> exchange, BodyRule rule);
    awaitable<bool> handle_streamed(Connection& connection, RequestParser& parser,
                                    std::shared_ptr<Exchange> exchange, BodyRule rule);
    /// Reads the body to its end, into the pipe if there is one, else into the request.
    awaitable<BodyRead> read_body(Connection& connection, RequestParser& parser, Exchange& exchange,
                                  BodyRule rule);
    awaitable<bool> answer_of_worker(Connection& connection, Exchange& exchange, After after_answer);
    awaitable<bool> refuse(Connection& connection, TransportFault fault, RequestHead const* head,
                           After after_answer);
    awaitable<bool> send(Connection& connection, Answer& answer, Method method, After after_answer);
    awaitable<bool> send_streamed(Connection& connection, StreamedBody& body);

    void admit(tcp::socket socket);
    std::optional<BodyRule> rule_for(RequestHead const& head) const;
    bool give_to_worker(std::shared_ptr<Exchange> exchange);
    void handle_on_worker(std::shared_ptr<Exchange> exchange);
    bool fill_on_worker(std::shared_ptr<Filling> filling);
    Answer answer_for(TransportFault fault, RequestHead const* head) const;
    std::chrono::microseconds stalled_within() const { return to_chrono(settings.stalled_within); }
    /// A body that arrives while it is handled keeps its worker waiting for the client, so others keep some.
    std::size_t most_streamed() const { return static_cast<std::size_t>(std::max(1, settings.workers / 2)); }
    /// What comes after the answer to a request whose body was read to its end.
    static After after(RequestParser const& parser) {
        bool const stays = parser.get().version() == 11 && parser.get().keep_alive();
        return stays ? After::keeps_open : After::closes;
    }

    /// What connections of now on use. From another thread.
    void renew_tls(Tls loaded);
    /// Does it on the network's thread and waits for that.
    void on_network(std::function<void()> step);
    void begin_stop();
    void cut_all();

    ServerSettings const settings;
    Service& service;
    std::uint16_t port = 0;

    // Of the network's thread:
    net::ssl::context tls;
    std::shared_ptr<ClientTrust const> trust;
    bool is_stopping = false;
    bool is_watching = true;
    std::unordered_set<Connection*> connections;
    std::size_t streamed_in_hand = 0;

    std::mutex busy_mutex;
    std::condition_variable busy_changed;
    std::size_t busy_connections = 0;
    std::atomic<bool> handles_no_more = false;
    std::once_flag stopped;

    // The coroutines live in `io`: it ends before what they use, and after the workers, which use it.
    net::io_context io{1};
    tcp::acceptor acceptor{io};
    net::steady_timer watch_timer{io};
    WorkerPool workers;
    WorkerPool heavy_workers;
    std::thread network;
    std::optional<TlsWatch> watch;
};

Server::State::Busy::Busy(State& state, Connection& connection) : state_(state), connection_(connection) {
    connection_.is_busy = true;
    std::lock_guard const lock{state_.busy_mutex};
    ++state_.busy_connections;
}

Server::State::Busy::~Busy() {
    connection_.is_busy = false;
    {
        std::lock_guard const lock{state_.busy_mutex};
        --state_.busy_connections;
    }
    state_.busy_changed.notify_all();
}

bool Server::State::listen() {
    error_code error;
    auto const address = net::ip::make_address(settings.address, error);
    if (error) return false;
    tcp::endpoint const endpoint{address, settings.port};
    acceptor.open(endpoint.protocol(), error);
    if (!error) acceptor.set_option(tcp::acceptor::reuse_address{true}, error);
    if (!error) acceptor.bind(endpoint, error);
    if (!error) acceptor.listen(tcp::acceptor::max_listen_connections, error);
    if (!error) port = acceptor.local_endpoint(error).port();
    return !error;
}

void Server::State::run() {
    co_spawn(io, accept(), net::detached);
    co_spawn(io, watch_deadlines(), net::detached);
    network = std::thread{[this] { io.run(); }};
}

void Server::State::on_network(std::function<void()> step) {
    std::promise<void> done;
    net::post(io, [&] {
        step();
        done.set_value();
    });
    done.get_future().wait();
}

void Server::State::renew_tls(Tls loaded) {
    // What is posted may be copied, so it shares what cannot be.
    auto const shared = std::make_shared<Tls>(std::move(loaded));
    net::post(io, [this, shared] {
        tls = net::ssl::context{shared->context.release()};
        trust = std::move(shared->trust);
    });
}

void Server::State::stop() {
    watch.reset();
    on_network([this] { begin_stop(); });
    {
        std::unique_lock lock{busy_mutex};
        busy_changed.wait_for(lock, stop_within, [this] { return busy_connections == 0; });
    }
    // A handler that still runs is waited for all the same: it uses the service, which may end after us.
    handles_no_more = true;
    on_network([this] { cut_all(); });
    workers.finish();
    heavy_workers.finish();
    network.join();
}

void Server::State::begin_stop() {
    is_stopping = true;
    error_code ignored;
    acceptor.close(ignored);
    for (auto* connection : connections) {
        if (!connection->is_busy) connection->cut();
    }
}

void Server::State::cut_all() {
    is_watching = false;
    watch_timer.cancel();
    for (auto* connection : connections) {
        connection->cut();
        if (connection->exchange && connection->exchange->pipe) {
            connection->exchange->pipe->fail(BodyError::cut_off);
            connection->exchange->changed.signal();
        }
    }
}

awaitable<void> Server::State::accept() {
    while (!is_stopping) {
        error_code error;
        tcp::socket socket{io};
        co_await acceptor.async_accept(socket, redirect_error(use_awaitable, error));
        if (is_stopping) co_return;
        if (!error) {
            admit(std::move(socket));
            continue;
        }
        // The process is out of file descriptors, or the like: some connection has to end first.
        net::steady_timer pause{io, watch_every};
        co_await pause.async_wait(redirect_error(use_awaitable, error));
    }
}

void Server::State::admit(tcp::socket socket) {
    // Beyond the limit even a TLS handshake is too much work for an answer: the socket closes here.
    if (connections.size() >= settings.most_connections) return;
    try {
        error_code ignored;
        socket.set_option(tcp::no_delay{true}, ignored);
        auto connection = std::make_shared<Connection>(std::move(socket), tls, connections);
        co_spawn(io, serve(std::move(connection)), net::detached);
    } catch (std::exception const&) {
        write_log(LogLevel::error, "a connection could not be taken on");
    }
}

awaitable<void> Server::State::watch_deadlines() {
    while (is_watching) {
        error_code ignored;
        watch_timer.expires_after(watch_every);
        co_await watch_timer.async_wait(redirect_error(use_awaitable, ignored));
        auto const now = Steady::now();
        for (auto* connection : connections) connection->enforce_deadline(now);
    }
}

awaitable<void> Server::State::serve(std::shared_ptr<Connection> connection) {
    try {
        co_await serve_requests(*connection);
    } catch (std::exception const&) {
        write_log(LogLevel::error, "a connection ended by an exception");
    }
    connection->cut();
}

awaitable<void> Server::State::serve_requests(Connection& connection) {
    connection.set_deadline_in(to_chrono(settings.handshake_within));
    bool const is_secure = co_await connection.shake_hands();
    if (!is_secure) co_return;
    bool stays_open = co_await serve_request(connection, settings.head_within);
    while (stays_open) stays_open = co_await serve_request(connection, settings.idle_within);
    co_await connection.close();
}

awaitable<HeadRead> Server::State::read_head(Connection& connection, Duration first_byte_within,
                                             std::size_t& size_bytes) {
    constexpr std::string_view end_of_head = "\r\n\r\n";
    bool has_begun = !connection.unused().empty();
    connection.set_deadline_in(to_chrono(has_begun ? settings.head_within : first_byte_within));
    if (!has_begun) connection.release_memory();
    std::size_t searched = 0;
    while (true) {
        auto const end = connection.unused().find(end_of_head, searched);
        bool const is_complete = end != std::string_view::npos;
        size_bytes = is_complete ? end + end_of_head.size() : connection.unused().size();
        if (size_bytes > settings.head_bytes) co_return HeadRead::too_large;
        if (is_complete) co_return HeadRead::complete;
        // The end may have begun in what is here.
        searched = size_bytes - std::min(size_bytes, end_of_head.size() - 1);

        bool const came = co_await connection.read_some();
        if (!came && has_begun && connection.is_timed_out()) co_return HeadRead::too_slow;
        if (!came) co_return HeadRead::gone;
        if (!has_begun) connection.set_deadline_in(to_chrono(settings.head_within));
        has_begun = true;
    }
}

awaitable<bool> Server::State::serve_request(Connection& connection, Duration first_byte_within) {
    std::size_t head_size = 0;
    HeadRead const head_read = co_await read_head(connection, first_byte_within, head_size);
    switch (head_read) {
        case HeadRead::complete:
            break;
        case HeadRead::gone:
            co_return false;
        case HeadRead::too_large:
            co_return co_await refuse(connection, TransportFault::headers_too_large, nullptr, After::closes);
        case HeadRead::too_slow:
            co_return co_await refuse(connection, TransportFault::too_slow, nullptr, After::closes);
    }

    RequestParser parser;
    parser.body_limit(boost::none);  // the rule says, once the head is known
    parser.header_limit(static_cast<std::uint32_t>(settings.head_bytes) + 1);
    std::optional<RequestHead> head = parse_head(parser, connection.unused().substr(0, head_size));
    connection.use(head_size);
    if (!head) {
        co_return co_await refuse(connection, TransportFault::bad_request, nullptr, After::closes);
    }
    head->source = connection.source();
    head->certificate = connection.certificate(trust.get());

    std::optional<BodyRule> const rule = rule_for(*head);
    if (!rule) {
        co_return co_await refuse(connection, TransportFault::handler_failed, &*head, After::closes);
    }
    auto const length = parser.content_length();
    if (length && *length > rule->largest_bytes) {
        co_return co_await refuse(connection, TransportFault::body_too_large, &*head, After::closes);
    }
    if (connection.unused().empty() && awaits_continue(parser, *head)) {
        bool const is_written = co_await connection.write("HTTP/1.1 100 Continue\r\n\r\n", stalled_within());
        if (!is_written) co_return false;
    }

    auto exchange = std::make_shared<Exchange>(io);
    exchange->method = head->method;
    exchange->request.head = std::move(*head);
    exchange->is_heavy = rule->is_heavy;
    if (rule->streamed) co_return co_await handle_streamed(connection, parser, exchange, *rule);
    co_return co_await handle_whole(connection, parser, exchange, *rule);
}

std::optional<BodyRule> Server::State::rule_for(RequestHead const& head) const {
    try {
        return service.body_rule(head);
    } catch (...) {
        write_log(LogLevel::error, "the rule for a body threw");
        return std::nullopt;
    }
}

awaitable<bool> Server::State::handle_whole(Connection& connection, RequestParser& parser,
                                            std::shared_ptr<Exchange> exchange, BodyRule rule) {
    RequestHead const* const head = &exchange->request.head;
    BodyRead const body_read = co_await read_body(connection, parser, *exchange, rule);
    switch (body_read) {
        case BodyRead::complete:
            break;
        case BodyRead::gone:
        case BodyRead::not_wanted:
            co_return false;
        case BodyRead::malformed:
            co_return co_await refuse(connection, TransportFault::bad_request, head, After::closes);
        case BodyRead::too_large:
            co_return co_await refuse(connection, TransportFault::body_too_large, head, After::closes);
        case BodyRead::too_slow:
            co_return co_await refuse(connection, TransportFault::too_slow, head, After::closes);
    }

    Busy const busy{*this, connection};
    bool const is_accepted = give_to_worker(exchange);
    if (!is_accepted) {
        co_return co_await refuse(connection, TransportFault::overloaded, head, after(parser));
    }
    while (!exchange->is_finished) co_await exchange->changed.wait();
    co_return co_await answer_of_worker(connection, *exchange, after(parser));
}

awaitable<bool> Server::State::handle_streamed(Connection& connection, RequestParser& parser,
                                               std::shared_ptr<Exchange> exchange, BodyRule rule) {
    Busy const busy{*this, connection};
    std::weak_ptr<Exchange> const weak = exchange;
    exchange->pipe.emplace([this, weak] {
        net::post(io, [weak] {
            if (auto const waiting = weak.lock()) waiting->changed.signal();
        });
    });
    exchange->request.stream = &*exchange->pipe;
    StreamedExchange const in_hand{connection, exchange, streamed_in_hand};
    bool const is_accepted = streamed_in_hand <= most_streamed() && give_to_worker(exchange);
    if (!is_accepted) {
        co_return co_await refuse(connection, TransportFault::overloaded, &exchange->request.head,
                                  After::closes);
    }

    BodyRead const body_read = co_await read_body(connection, parser, *exchange, rule);
    switch (body_read) {
        case BodyRead::complete:
            exchange->pipe->end();
            break;
        case BodyRead::too_large:
            exchange->pipe->fail(BodyError::too_large);
            break;
        case BodyRead::too_slow:
            exchange->pipe->fail(BodyError::too_slow);
            break;
        case BodyRead::malformed:
        case BodyRead::gone:
            exchange->pipe->fail(BodyError::cut_off);
            break;
        case BodyRead::not_wanted:
            break;
    }
    while (!exchange->is_finished) co_await exchange->changed.wait();
    if (body_read == BodyRead::gone) co_return false;
    if (body_read == BodyRead::malformed) {
        co_return co_await refuse(connection, TransportFault::bad_request, &exchange->request.head,
                                  After::closes);
    }
    // The rest of a body that was not read would be taken for the next request.
    After const after_answer = body_read == BodyRead::complete ? after(parser) : After::closes;
    co_return co_await answer_of_worker(connection, *exchange, after_answer);
}

awaitable<BodyRead> Server::State::read_body(Connection& connection, RequestParser& parser,
                                             Exchange& exchange, BodyRule rule) {
    BodyPace pace{stalled_within(), settings.least_bytes_per_second};
    Bytes decoded;
    std::uint64_t total = 0;
    while (!parser.is_done()) {
        while (exchange.pipe && !exchange.is_finished && !exchange.pipe->ask_room(record_bytes)) {
            auto const since = Steady::now();
            co_await exchange.changed.wait();
            pace.paused(Steady::now() - since);
        }
        if (exchange.is_finished) co_return BodyRead::not_wanted;

        decoded.resize(record_bytes);
        Parsed const parsed = parse_body(parser, connection, decoded);
        if (parsed.is_malformed) co_return BodyRead::malformed;
        total += parsed.body_bytes;
        if (total > rule.largest_bytes) co_return BodyRead::too_large;
        pace.received(parsed.body_bytes);
        BytesView const bytes = BytesView{decoded}.first(parsed.body_bytes);
        if (exchange.pipe) {
            exchange.pipe->put(bytes);
        } else {
            exchange.request.body += text_of(bytes);
        }
        if (!parsed.needs_more || parser.is_done()) continue;

        connection.set_deadline(pace.deadline());
        exchange.read_for_it = &connection;
        bool const came = co_await connection.read_some();
        exchange.read_for_it = nullptr;
        if (exchange.is_finished) co_return BodyRead::not_wanted;
        if (!came && connection.is_timed_out()) co_return BodyRead::too_slow;
        if (!came) co_return BodyRead::gone;
    }
    co_return BodyRead::complete;
}

bool Server::State::give_to_worker(std::shared_ptr<Exchange> exchange) {
    auto& pool = exchange->is_heavy ? heavy_workers : workers;
    return pool.add([this, exchange = std::move(exchange)] { handle_on_worker(exchange); });
}

void Server::State::handle_on_worker(std::shared_ptr<Exchange> exchange) {
    if (!handles_no_more) {
        try {
            exchange->answer = service.handle(exchange->request);
        } catch (...) {
            exchange->answer.reset();
            write_log(LogLevel::error, "a request handler threw");
        }
    }
    exchange->request.body = {};
    net::post(io, [exchange] {
        exchange->is_finished = true;
        exchange->changed.signal();
        if (exchange->read_for_it != nullptr) exchange->read_for_it->interrupt();
    });
}

awaitable<bool> Server::State::answer_of_worker(Connection& connection, Exchange& exchange,
                                                After after_answer) {
    if (!exchange.answer || !is_sendable(*exchange.answer)) {
        co_return co_await refuse(connection, TransportFault::handler_failed, &exchange.request.head,
                                  after_answer);
    }
    Answer answer = std::move(*exchange.answer);
    if (answer.no_sooner_than > Duration{}) {
        error_code ignored;
        net::steady_timer timer{io, exchange.arrived + to_chrono(answer.no_sooner_than)};
        co_await timer.async_wait(redirect_error(use_awaitable, ignored));
    }
    co_return co_await send(connection, answer, exchange.method, after_answer);
}

Answer Server::State::answer_for(TransportFault fault, RequestHead const* head) const {
    Answer answer;
    answer.status = status_of(fault);
    try {
        Answer made = service.answer_fault(fault, head);
        if (is_sendable(made)) answer = std::move(made);
    } catch (...) {
        write_log(LogLevel::error, "making the answer to a fault threw");
    }
    if (fault == TransportFault::overloaded && !answer.headers.find("Retry-After")) {
        answer.headers.add("Retry-After", "1");
    }
    return answer;
}

awaitable<bool> Server::State::refuse(Connection& connection, TransportFault fault, RequestHead const* head,
                                      After after_answer) {
    Method const method = head == nullptr ? Method::other : head->method;
    Answer answer = answer_for(fault, head);
    co_return co_await send(connection, answer, method, after_answer);
}

awaitable<bool> Server::State::send(Connection& connection, Answer& answer, Method method,
                                    After after_answer) {
    if (is_stopping) after_answer = After::closes;
    auto const reason = http::obsolete_reason(http::int_to_status(static_cast<unsigned>(answer.status)));
    std::string_view const reason_text{reason.data(), reason.size()};
    std::string head = head_of(answer, reason_text, SystemClock{}.now(), after_answer);
    bool const has_body = may_have_body(answer.status) && method != Method::head;
    auto const* const text = std::get_if<std::string>(&answer.body);
    // One record instead of two, for the many answers that fit.
    bool const is_joined = has_body && text != nullptr && text->size() < record_bytes;
    if (is_joined) head += *text;

    bool is_sent = co_await connection.write(head, stalled_within());
    if (is_sent && has_body && !is_joined && text != nullptr) {
        is_sent = co_await connection.write(*text, stalled_within());
    }
    if (is_sent && has_body && text == nullptr) {
        is_sent = co_await send_streamed(connection, std::get<StreamedBody>(answer.body));
    }
    if (!is_sent) connection.cut();
    co_return is_sent&& after_answer == After::keeps_open;
}

/// The next part is made while the one before it goes, one at a time.
awaitable<bool> Server::State::send_streamed(Connection& connection, StreamedBody& body) {
    auto filling = std::make_shared<Filling>(io);
    filling->body = std::move(body);
    std::uint64_t left = filling->body.size_bytes;  // that no worker was asked for yet
    auto const fill_next = [&] {
        filling->chunk.resize(static_cast<std::size_t>(std::min<std::uint64_t>(left, streamed_chunk_bytes)));
        left -= filling->chunk.size();
        return !connection.is_cut() && fill_on_worker(filling);
    };
    decltype(filling->chunk) sending;
    bool is_sent = true;
    bool is_filling = left > 0;
    if (is_filling && !fill_next()) co_return false;
    while (is_filling && is_sent) {
        co_await filling->done.wait();
        if (!filling->is_filled) co_return false;
        std::swap(sending, filling->chunk);
        is_filling = left > 0;
        if (is_filling && !fill_next()) co_return false;
        is_sent = co_await connection.write(text_of(sending), stalled_within());
    }
    // Who fills is done with the body before it goes.
    if (is_filling) co_await filling->done.wait();
    // What `fill` holds may block when it goes, a file or a database transaction.
    workers.add_further([filled = std::move(filling->body)] {});
    co_return is_sent;
}

bool Server::State::fill_on_worker(std::shared_ptr<Filling> filling) {
    return workers.add_further([this, filling = std::move(filling)] {
        try {
            filling->is_filled = !handles_no_more && filling->body.fill && filling->body.fill(filling->chunk);
        } catch (...) {
            filling->is_filled = false;
            write_log(LogLevel::error, "filling a streamed answer threw");
        }
        if (!filling->is_filled) filling->body = {};
        net::post(io, [filling] { filling->done.signal(); });
    });
}

std::string_view name_of(ServerError error) {
    switch (error) {
        case ServerError::certificate_unusable:
            return "certificate_unusable";
        case ServerError::client_ca_unusable:
            return "client_ca_unusable";
        case ServerError::address_unusable:
            return "address_unusable";
    }
    return "";
}

std::string_view text_for(ServerError error) {
    switch (error) {
        case ServerError::certificate_unusable:
            return "The certificate chain or its private key cannot be read, or the two do not belong "
                   "together. "
                   "Both must be PEM files that this program may read, the key without a pass phrase.";
        case ServerError::client_ca_unusable:
            return "The CAs of the clients or their revocation lists cannot be read, or do not belong "
                   "together. Both must be PEM files that this program may read: certificates of CAs, and of "
                   "each of them a list that it signed.";
        case ServerError::address_unusable:
            return "The server cannot listen there: the address is not one of this machine, the port is "
                   "taken, "
                   "or this program may not use it. Choose another address or port, or end what uses it.";
    }
    return "";
}

Server::Server(std::unique_ptr<State> state) : state_(std::move(state)) {}

Server::~Server() { stop(); }

std::expected<std::unique_ptr<Server>, ServerError> Server::start(ServerSettings const& settings,
                                                                  Service& service) {
    auto stamps = stamps_of(settings);
    auto tls = load_tls(settings);
    if (!tls) return std::unexpected(tls.error());
    auto state = std::make_unique<State>(settings, service, std::move(*tls));
    if (!state->listen()) return std::unexpected(ServerError::address_unusable);
    state->run();
    state->watch.emplace(settings, std::move(stamps),
                         [made = state.get()](Tls loaded) { made->renew_tls(std::move(loaded)); });
    return std::unique_ptr<Server>{new Server{std::move(state)}};
}

std::uint16_t Server::port() const { return state_->port; }

void Server::stop() {
    std::call_once(state_->stopped, [this] { state_->stop(); });
}

}  // namespace klout7::transport
