#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/instant.h"
#include "transport/http.h"

namespace klout7::transport {

/// True if the answer can be sent as it is: a final status, and fields that stay within their lines.
/// A value with a line break would let whoever wrote it add fields or a second answer.
bool is_sendable(Answer const& answer);

std::uint64_t size_of_body(Answer const& answer);

/// False for 204 and 304, which end after the head. Source: RFC 9110, 15.3.5 and 15.4.5.
bool may_have_body(int status);

enum class After { keeps_open, closes };

/// The status line and all fields up to and with the empty line. Fields that are the transport's are left
/// out of the answer's, and so is Server. The answer must be sendable.
std::string head_of(Answer const& answer, std::string_view reason, Instant now, After after);

/// "Mon, 23 Nov 2026 20:27:28 GMT". Source: RFC 9110, 5.6.7.
std::string http_date(Instant at);

}  // namespace klout7::transport
