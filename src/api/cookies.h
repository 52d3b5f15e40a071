#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/instant.h"
#include "transport/http.h"

namespace klout7::api {

inline constexpr std::string_view session_cookie = "__Host-k7-session";
inline constexpr std::string_view device_cookie = "__Host-k7-device";

/// The value of a cookie of the request. Source: RFC 6265, 4.2.
std::string_view cookie_value(transport::Headers const& headers, std::string_view name);
/// Set-Cookie for the whole site, over TLS only, out of reach of scripts and other sites. Without a lifetime
/// it goes with the browser; zero removes it.
std::string set_cookie(std::string_view name, std::string_view value, std::optional<Duration> lasts);

/// Whether the content says that it is of this kind; its parameters do not matter.
bool is_content_type(transport::RequestHead const& head, std::string_view type);

/// Whether a request that changes something was made by a page of this very site, or by a program that says
/// so: Sec-Fetch-Site or Origin. Source: OWASP, Cross-Site Request Forgery Prevention; Fetch Metadata.
bool is_same_origin(transport::Headers const& headers);

}  // namespace klout7::api
