#include "smb/relay.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <vector>

#include "base/socket_io.h"

namespace klout7::smb {
namespace {

// The header of a plain frame: [MS-SMB2] 2.2.1.2.
constexpr std::size_t header_bytes = 64;
constexpr std::size_t status_at = 8;
constexpr std::size_t command_at = 12;
constexpr std::size_t next_command_at = 20;
constexpr std::uint64_t negotiate = 0, session_setup = 1, echo = 13;
constexpr std::uint64_t echo_bytes = header_bytes + 4;
/// In the answer to a negotiation: [MS-SMB2] 2.2.4.
constexpr std::size_t dialect_at = header_bytes + 4;
constexpr std::uint64_t smb_3_1_1 = 0x0311;

constexpr std::array<std::uint8_t, 4> encrypted_mark{0xFD, 'S', 'M', 'B'};
constexpr std::array<std::uint8_t, 4> plain_mark{0xFE, 'S', 'M', 'B'};

constexpr std::size_t piece_bytes = 256 * 1024;

/// SMB has its integers the other way round.
std::uint64_t little_endian(BytesView bytes, std::size_t at, std::size_t count) {
    std::uint64_t value = 0;
    for (std::size_t i = count; i > 0; --i) value = value << 8U | bytes[at + i - 1];
    return value;
}

void send_at_once(int socket) {
    int const yes = 1;
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
}

/// The socket; -1 when nobody answers.
int connect_to(std::string const& server, std::uint16_t port) {
    addrinfo wanted{};
    wanted.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (getaddrinfo(server.c_str(), std::to_string(port).c_str(), &wanted, &found) != 0) return -1;
    int connected = -1;
    for (auto const* one = found; one != nullptr && connected < 0; one = one->ai_next) {
        auto const made = socket(one->ai_family, SOCK_STREAM | SOCK_CLOEXEC, one->ai_protocol);
        if (made >= 0 && connect(made, one->ai_addr, one->ai_addrlen) == 0)
            connected = made;
        else if (made >= 0)
            close(made);
    }
    freeaddrinfo(found);
    if (connected >= 0) send_at_once(connected);
    return connected;
}

}  // namespace

bool may_pass(From from, BytesView first_bytes, std::uint64_t length) {
    if (first_bytes.size() < encrypted_mark.size()) return false;
    if (std::ranges::equal(first_bytes.first(4), encrypted_mark)) return true;
    if (!std::ranges::equal(first_bytes.first(4), plain_mark) || first_bytes.size() < header_bytes)
        return false;
    // More than one in a frame: the others could be anything.
    if (little_endian(first_bytes, next_command_at, 4) != 0) return false;
    auto const command = little_endian(first_bytes, command_at, 2);
    if (command == session_setup) return true;
    if (command == echo) return length == echo_bytes;
    if (command != negotiate) return false;
    if (from == From::client || little_endian(first_bytes, status_at, 4) != 0) return true;
    return first_bytes.size() >= dialect_at + 2 && little_endian(first_bytes, dialect_at, 2) == smb_3_1_1;
}

Relay::Relay(std::string server, std::uint16_t port) : server_(std::move(server)), server_port_(port) {
    listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const any = reinterpret_cast<sockaddr*>(&address);
    if (listener_ < 0 || bind(listener_, any, size) != 0 || listen(listener_, 1) != 0 ||
        getsockname(listener_, any, &size) != 0)
        return;
    port_ = ntohs(address.sin_port);
    thread_ = std::jthread{[this] { run(); }};
}

Relay::~Relay() {
    // Wakes it where it waits for the one connection.
    if (listener_ >= 0) shutdown(listener_, SHUT_RDWR);
    if (thread_.joinable()) thread_.join();
    if (listener_ >= 0) close(listener_);
}

void Relay::run() {
    auto const client = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    // Whoever comes second is not the library.
    shutdown(listener_, SHUT_RDWR);
    if (client < 0) return;
    send_at_once(client);
    auto const server = connect_to(server_, server_port_);
    if (server < 0)
        was_unreachable_ = true;
    else
        carry(client, server);
    close(client);
    if (server >= 0) close(server);
}

void Relay::carry(int client, int server) {
    auto const until_cut = [&](From from, int in, int out) {
        pass(from, in, out);
        shutdown(in, SHUT_RDWR);
        shutdown(out, SHUT_RDWR);
    };
    std::jthread const back{[&] { until_cut(From::server, server, client); }};
    until_cut(From::client, client, server);
}

void Relay::pass(From from, int in, int out) {
    std::vector<std::uint8_t> piece(piece_bytes);
    for (;;) {
        // A zero byte, then the length of what follows: [MS-SMB2] 2.1.
        std::array<std::uint8_t, 4> head{};
        if (!receive_all(in, head)) return;
        auto left = std::uint64_t{head[1]} << 16U | std::uint64_t{head[2]} << 8U | head[3];
        auto const first =
            BytesSpan{piece}.first(static_cast<std::size_t>(std::min<std::uint64_t>(left, looked_at_bytes)));
        if (!receive_all(in, first)) return;
        if (head[0] != 0 || !may_pass(from, first, left)) {
            saw_plain_ = true;
            return;
        }
        if (!send_all(out, head) || !send_all(out, first)) return;
        for (left -= first.size(); left > 0;) {
            auto const next =
                BytesSpan{piece}.first(static_cast<std::size_t>(std::min<std::uint64_t>(left, piece.size())));
            if (!receive_all(in, next) || !send_all(out, next)) return;
            left -= next.size();
        }
    }
}

}  // namespace klout7::smb
