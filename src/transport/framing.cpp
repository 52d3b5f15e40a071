#include "framing.h"

#include <algorithm>

#include "base/text.h"

namespace klout7::transport {

namespace {

bool is_number(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

bool is_unambiguous(Headers const& headers, HttpVersion version) {
    int hosts = 0;
    int lengths = 0;
    int encodings = 0;
    for (auto const& [name, value] : headers.all()) {
        auto const lower_name = ascii_lower(name);
        if (lower_name == "host") ++hosts;
        if (lower_name == "content-length") {
            ++lengths;
            if (!is_number(value)) return false;
        }
        if (lower_name == "transfer-encoding") {
            ++encodings;
            // RFC 9112, 6.1: only chunked is understood here, and HTTP/1.0 did not know it.
            if (ascii_lower(value) != "chunked" || version == HttpVersion::http_1_0) return false;
        }
    }
    if (hosts > 1 || (hosts == 0 && version == HttpVersion::http_1_1)) return false;
    return lengths + encodings <= 1;
}

bool has_folded_line(std::string_view raw_head) {
    return raw_head.find("\n ") != std::string_view::npos || raw_head.find("\n\t") != std::string_view::npos;
}

}  // namespace klout7::transport
