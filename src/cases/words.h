#pragma once

#include <string_view>

namespace klout7::cases {

/// Whether a text is this fixed word; case, and a space or hyphen for an underscore, make no difference.
/// `word` is in lower case with underscores.
constexpr bool is_the_word(std::string_view text, std::string_view word) {
    if (text.size() != word.size()) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        if (c == ' ' || c == '-') c = '_';
        if (c != word[i]) return false;
    }
    return true;
}

}  // namespace klout7::cases
