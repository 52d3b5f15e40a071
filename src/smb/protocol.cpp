#include "smb/protocol.h"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <limits>

namespace klout7::smb {
namespace {

/// False when its time is over.
bool wait_for(int socket, short what, Until until) {
    for (;;) {
        int wait = -1;
        if (until != for_ever) {
            auto const left =
                std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now())
                    .count();
            wait = static_cast<int>(std::clamp<std::int64_t>(left, 0, std::numeric_limits<int>::max()));
        }
        pollfd one{socket, what, 0};
        auto const ready = poll(&one, 1, wait);
        if (ready > 0) return true;
        if (ready == 0 || errno != EINTR) return false;
    }
}

bool is_for_later(ssize_t count) {
    return count < 0 && (errno == EINTR || errno == EAGAIN || errno == EWOULDBLOCK);
}

bool send_all(int socket, BytesView bytes, Until until) {
    while (!bytes.empty()) {
        auto const sent = send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (is_for_later(sent)) {
            if (!wait_for(socket, POLLOUT, until)) return false;
            continue;
        }
        if (sent <= 0) return false;
        bytes = bytes.subspan(static_cast<std::size_t>(sent));
    }
    return true;
}

bool receive_all(int socket, BytesSpan out, Until until) {
    while (!out.empty()) {
        auto const count = recv(socket, out.data(), out.size(), MSG_DONTWAIT);
        if (is_for_later(count)) {
            if (!wait_for(socket, POLLIN, until)) return false;
            continue;
        }
        if (count <= 0) return false;
        out = out.subspan(static_cast<std::size_t>(count));
    }
    return true;
}

}  // namespace

bool send_frame(int socket, std::uint8_t kind, BytesView body, Until until) {
    if (body.size() >= most_frame_bytes) return false;
    Bytes head;
    append_u32(head, static_cast<std::uint32_t>(body.size() + 1));
    head.push_back(kind);
    return send_all(socket, head, until) && send_all(socket, body, until);
}

std::optional<Frame> receive_frame(int socket, Until until) {
    std::array<std::uint8_t, 5> head{};
    if (!receive_all(socket, head, until)) return std::nullopt;
    auto const length = Parts{head}.number(4);
    if (length < 1 || length > most_frame_bytes) return std::nullopt;
    Frame frame{head[4], Bytes(static_cast<std::size_t>(length - 1))};
    if (!receive_all(socket, frame.body, until)) return std::nullopt;
    return frame;
}

void append_part(Bytes& body, BytesView part) {
    append_u32(body, static_cast<std::uint32_t>(part.size()));
    append(body, part);
}

BytesView Parts::take(std::uint64_t count) {
    if (count > rest_.size()) {
        is_whole_ = false;
        rest_ = {};
        return {};
    }
    auto const taken = rest_.first(static_cast<std::size_t>(count));
    rest_ = rest_.subspan(taken.size());
    return taken;
}

std::uint64_t Parts::number(std::size_t bytes) {
    std::uint64_t value = 0;
    for (auto const byte : take(bytes)) value = value << 8U | byte;
    return value;
}

BytesView Parts::part() { return take(number(4)); }

}  // namespace klout7::smb
