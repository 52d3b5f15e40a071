#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "transport/http.h"

namespace klout7::api {

/// Which bytes of a content somebody asks for.
struct Part {
    std::uint64_t first = 0;
    std::uint64_t bytes = 0;
    friend bool operator==(Part const&, Part const&) = default;
};
/// What a header Range comes to for a content of this size: `part`, or when it is empty either all of it or,
/// when `is_beyond`, nothing that is there. What is not one range of bytes asks for all. Source: RFC 9110
/// 14.1.2, 14.2.
struct RangeAnswer {
    std::optional<Part> part = {};
    bool is_beyond = false;
};
RangeAnswer range_of(std::string_view header, std::uint64_t size);

/// Whether a header If-None-Match names this entity tag (with its quotes), or any. Source: RFC 9110 13.1.2.
bool names_tag(std::string_view header, std::string_view tag);

/// Answers with what the request asks for of a content that never changes: all, a part, or that the asker has
/// it already. `fill` gives the content from an offset on, or false. `answer` has what says what the content
/// is.
transport::Answer answer_with(transport::Headers const& asked, transport::Answer answer, std::string_view tag,
                              std::uint64_t size, std::function<bool(std::uint64_t, BytesSpan)> fill);

}  // namespace klout7::api
