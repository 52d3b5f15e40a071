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

/// Repeats `step`, which takes a part of what is left, until nothing is; waits for `event` when it must.
template <class Bytes, class Step>
bool all_of(int socket, Bytes left, short event, Until until, Step step) {
    while (!left.empty()) {
        auto const count = step(left);
        if (is_for_later(count)) {
            if (!is_ready(socket, event, until)) return false;
            continue;
        }
        if (count <= 0) return false;
        left = left.subspan(static_cast<std::size_t>(count));
    }
    return true;
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
    return all_of(socket, bytes, POLLOUT, until, [&](BytesView left) {
        return send(socket, left.data(), left.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    });
}

bool receive_all(int socket, BytesSpan out, Until until) {
    return all_of(socket, out, POLLIN, until,
                  [&](BytesSpan left) { return recv(socket, left.data(), left.size(), MSG_DONTWAIT); });
}

}  // namespace klout7
