#include "base/socket_io.h"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <limits>

namespace klout7 {
namespace {

bool is_for_later(ssize_t count) {
    return count < 0 && (errno == EINTR || errno == EAGAIN || errno == EWOULDBLOCK);
}

}  // namespace

bool is_ready(int socket, short event, Until until) {
    for (;;) {
        int wait = -1;
        if (until != for_ever) {
            auto const left =
                std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now())
                    .count();
            wait = static_cast<int>(std::clamp<std::int64_t>(left, 0, std::numeric_limits<int>::max()));
        }
        pollfd one{socket, event, 0};
        auto const ready = poll(&one, 1, wait);
        if (ready > 0) return true;
        if (ready == 0 || errno != EINTR) return false;
    }
}

bool send_all(int socket, BytesView bytes, Until until) {
    while (!bytes.empty()) {
        auto const sent = send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (is_for_later(sent)) {
            if (!is_ready(socket, POLLOUT, until)) return false;
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
            if (!is_ready(socket, POLLIN, until)) return false;
            continue;
        }
        if (count <= 0) return false;
        out = out.subspan(static_cast<std::size_t>(count));
    }
    return true;
}

}  // namespace klout7
