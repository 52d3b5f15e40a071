#include "target.h"

#include <algorithm>

#include "base/text.h"

namespace klout7::transport {

namespace {

enum class PlusSign { is_plus, is_space };

std::optional<unsigned> digit_of(char c) {
    if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
    if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A') + 10U;
    if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a') + 10U;
    return std::nullopt;
}

std::optional<std::string> decode(std::string_view text, PlusSign plus) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '+' && plus == PlusSign::is_space) {
            decoded += ' ';
        } else if (text[at] != '%') {
            decoded += text[at];
        } else {
            if (text.size() - at < 3) return std::nullopt;
            auto const high = digit_of(text[at + 1]);
            auto const low = digit_of(text[at + 2]);
            if (!high || !low) return std::nullopt;
            decoded += static_cast<char>(*high * 16U + *low);
            at += 2;
        }
    }
    if (decoded.find('\0') != std::string::npos || !is_valid_utf8(decoded)) return std::nullopt;
    return decoded;
}

bool may_stand_in_a_path(char c) {
    auto const byte = static_cast<unsigned char>(c);
    return byte >= 0x20 && byte != 0x7f && c != '\\' && c != '/';
}

bool is_usable_part(std::string_view part) {
    return part != "." && part != ".." && std::ranges::all_of(part, may_stand_in_a_path);
}

/// Takes what stands before the separator off the text; the text becomes nothing at the last part.
std::string_view take_part(std::optional<std::string_view>& rest, char separator) {
    auto const end = rest->find(separator);
    auto const part = rest->substr(0, end);
    if (end == std::string_view::npos) {
        rest.reset();
    } else {
        rest->remove_prefix(end + 1);
    }
    return part;
}

bool parse_path(std::string_view text, Target& target) {
    std::optional<std::string_view> rest = text;
    while (rest) {
        auto part = decode(take_part(rest, '/'), PlusSign::is_plus);
        bool const is_last = !rest;
        if (!part || !is_usable_part(*part)) return false;
        if (part->empty() && !is_last) return false;
        if (target.path.size() == most_segments) return false;
        target.path.push_back(std::move(*part));
    }
    return true;
}

bool parse_query(std::string_view text, Target& target) {
    std::optional<std::string_view> rest = text;
    while (rest) {
        std::optional<std::string_view> pair = take_part(rest, '&');
        if (pair->empty()) continue;
        auto name = decode(take_part(pair, '='), PlusSign::is_space);
        auto value = decode(pair.value_or(""), PlusSign::is_space);
        if (!name || !value) return false;
        if (target.query.size() == most_query_values) return false;
        target.query.emplace_back(std::move(*name), std::move(*value));
    }
    return true;
}

}  // namespace

std::optional<Target> parse_target(std::string_view text) {
    bool const is_visible_ascii = std::ranges::all_of(text, [](char c) { return c > ' ' && c < 0x7f; });
    if (!is_visible_ascii || text.find('#') != std::string_view::npos) return std::nullopt;
    // Absolute-form, authority-form and the asterisk are for proxies and methods that are not served.
    if (!text.starts_with('/')) return std::nullopt;
    text.remove_prefix(1);

    Target target;
    auto const question = text.find('?');
    if (!parse_path(text.substr(0, question), target)) return std::nullopt;
    if (question != std::string_view::npos && !parse_query(text.substr(question + 1), target)) {
        return std::nullopt;
    }
    return target;
}

}  // namespace klout7::transport
