#include <bit>

#include "base/text.h"
#include "documents/documents.h"

namespace klout7::documents {
namespace {

constexpr std::size_t most_bytes = 1024;

/// The first code point of valid UTF-8; takes it off.
char32_t take_code_point(std::string_view& text) {
    auto const first = static_cast<unsigned char>(text.front());
    auto const ones = static_cast<std::size_t>(std::countl_one(first));
    auto const size = ones == 0 ? 1 : ones;
    char32_t value = first & (0xFFU >> ones);
    for (std::size_t i = 1; i < size; ++i) {
        value = value << 6U | (static_cast<unsigned char>(text[i]) & 0x3FU);
    }
    text.remove_prefix(size);
    return value;
}

bool is_control(char32_t c) { return c < 0x20 || (c >= 0x7F && c < 0xA0); }

/// Breaks the line, or changes what the eye sees: direction marks, embeddings and isolates, tags, so that
/// "fdp.exe" cannot look like "exe.pdf". Source: Unicode TR 36, 2.5; UAX #9, explicit formatting characters.
bool is_deceptive(char32_t c) {
    return c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x2028 && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFB) ||
           (c >= 0xE0000 && c <= 0xE007F);
}

}  // namespace

std::optional<std::string> document_name(std::string_view text) {
    // Normal form C makes no text more than three times as short.
    if (text.size() > most_bytes * 3) return std::nullopt;
    auto const normal = to_nfc(text);
    if (!normal) return std::nullopt;
    auto const name = trim(*normal);
    if (name.empty() || name == "." || name == ".." || name.size() > most_bytes) return std::nullopt;
    for (auto left = name; !left.empty();) {
        auto const c = take_code_point(left);
        if (c == '/' || c == '\\' || is_control(c) || is_deceptive(c)) return std::nullopt;
    }
    return std::string{name};
}

}  // namespace klout7::documents
