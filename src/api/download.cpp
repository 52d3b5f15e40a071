#include "download.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "api/attachment.h"
#include "base/text.h"

namespace klout7::api {
namespace {

/// Without the white space that a list of a header may have. Source: RFC 9110 5.6.3.
std::string_view trimmed(std::string_view text) {
    auto const is_space = [](char c) { return c == ' ' || c == '\t'; };
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    return text;
}

bool is_digits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// A number too large for us is larger than any content.
std::uint64_t number_in(std::string_view digits) {
    std::uint64_t number = 0;
    auto const [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return fault == std::errc{} ? number : UINT64_MAX;
}

/// attr-char of RFC 8187 3.2.1.
bool is_plain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view{"!#$&+-.^_`|~"}.contains(c);
}

}  // namespace

RangeAnswer range_of(std::string_view header, std::uint64_t size) {
    constexpr std::string_view unit = "bytes=";
    if (!header.starts_with(unit)) return {};
    auto const range = trimmed(header.substr(unit.size()));
    auto const dash = range.find('-');
    if (dash == std::string_view::npos) return {};
    auto const from = range.substr(0, dash);
    auto const to = range.substr(dash + 1);
    // Of several ranges all is given: nobody who reads documents asks for them.
    if ((!from.empty() && !is_digits(from)) || (!to.empty() && !is_digits(to)) ||
        (from.empty() && to.empty()))
        return {};
    if (from.empty()) {
        auto const last_bytes = std::min(number_in(to), size);
        if (last_bytes == 0) return {.is_beyond = true};
        return {.part = Part{size - last_bytes, last_bytes}};
    }
    auto const first = number_in(from);
    if (!to.empty() && number_in(to) < first) return {};
    if (first >= size) return {.is_beyond = true};
    auto const last = to.empty() ? size - 1 : std::min(number_in(to), size - 1);
    return {.part = Part{first, last - first + 1}};
}

bool names_tag(std::string_view header, std::string_view tag) {
    if (trimmed(header) == "*") return true;
    return std::ranges::any_of(split(header, ','), [&](std::string_view one) {
        one = trimmed(one);
        if (one.starts_with("W/")) one.remove_prefix(2);
        return one == tag;
    });
}

std::string attachment_called(std::string_view file_name) {
    std::string simple;
    std::string full;
    for (char const c : file_name) {
        bool const may_stand = (c >= ' ' && c <= '~') && c != '"' && c != '\\' && c != '%';
        simple += may_stand ? c : '_';
        if (is_plain(c))
            full += c;
        else
            full += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return fmt::format("attachment; filename=\"{}\"; filename*=UTF-8''{}", simple, full);
}

transport::Answer answer_with(transport::Headers const& asked, transport::Answer answer, std::string_view tag,
                              std::uint64_t size, std::function<bool(std::uint64_t, BytesSpan)> fill) {
    answer.headers.set("ETag", std::string{tag});
    answer.headers.set("Accept-Ranges", "bytes");
    if (auto const had = asked.find("if-none-match"); had && names_tag(*had, tag)) {
        answer.status = 304;
        answer.body = std::string{};
        return answer;
    }
    RangeAnswer wanted;
    auto const condition = asked.find("if-range");
    if (auto const range = asked.find("range"); range && (!condition || *condition == tag))
        wanted = range_of(*range, size);
    if (wanted.is_beyond) {
        answer.status = 416;
        answer.headers.set("Content-Range", fmt::format("bytes */{}", size));
        answer.body = std::string{};
        return answer;
    }
    if (wanted.part) {
        answer.status = 206;
        answer.headers.set("Content-Range", fmt::format("bytes {}-{}/{}", wanted.part->first,
                                                        wanted.part->first + wanted.part->bytes - 1, size));
    }
    auto const part = wanted.part.value_or(Part{0, size});
    answer.body = transport::StreamedBody{
        part.bytes, [fill = std::move(fill), offset = part.first](BytesSpan out) mutable {
            if (!fill(offset, out)) return false;
            offset += out.size();
            return true;
        }};
    return answer;
}

}  // namespace klout7::api
