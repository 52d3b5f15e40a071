#include "short_text.h"

#include <algorithm>

#include "base/text.h"

namespace klout7::access {

std::expected<std::string, TextFault> short_text(std::string_view given, std::size_t longest) {
    if (!is_valid_utf8(given)) return std::unexpected(TextFault::not_text);
    auto const text = to_nfc(trim(given));
    if (!text || std::ranges::any_of(*text, [](char c) { return (c >= 0 && c < ' ') || c == '\x7f'; }))
        return std::unexpected(TextFault::not_text);
    if (text->empty()) return std::unexpected(TextFault::missing);
    if (count_code_points(*text) > longest) return std::unexpected(TextFault::too_long);
    return *text;
}

}  // namespace klout7::access
