#pragma once

#include <chrono>

#include "base/bytes.h"

namespace klout7 {

using Until = std::chrono::steady_clock::time_point;
/// Waits as long as it takes.
inline constexpr Until for_ever = Until::max();

/// Whether a socket is ready for POLLIN or POLLOUT before then, or has ended.
bool is_ready(int socket, short event, Until until);
/// All of it. False when the other end is gone or does not take it in time. Raises no SIGPIPE.
bool send_all(int socket, BytesView bytes, Until until = for_ever);
/// Fills `out`. False when the other end is gone or says nothing in time; then `out` may hold a part.
bool receive_all(int socket, BytesSpan out, Until until = for_ever);

}  // namespace klout7
