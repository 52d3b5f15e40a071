#pragma once

#include <string_view>

#include "transport/http.h"

namespace klout7::transport {

enum class HttpVersion { http_1_0, http_1_1 };

/// True if all readers of this request agree where it ends and for which host it is: at most one
/// Content-Length or Transfer-Encoding, never both; one Host (HTTP/1.0: at most one).
/// Source: RFC 9112, 3.2, 6.1 and 6.3.
bool is_unambiguous(Headers const& headers, HttpVersion version);

/// True if a line of the head continues the line above it, which RFC 9112, 5.2 lets a server refuse.
bool has_folded_line(std::string_view raw_head);

}  // namespace klout7::transport
