#include "access/e_mail.h"

#include <algorithm>

#include "base/text.h"

namespace klout7::access {
namespace {

constexpr std::size_t longest = 254;  // RFC 5321, 4.5.3.1.3, without the brackets
constexpr std::size_t longest_local = 64;
constexpr std::size_t longest_label = 63;
constexpr std::string_view letters_and_digits = "abcdefghijklmnopqrstuvwxyz0123456789";
constexpr std::string_view of_local = "abcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-/=?^_`{|}~";

bool is_of(std::string_view text, std::string_view allowed) {
    return !text.empty() && text.find_first_not_of(allowed) == std::string_view::npos;
}

bool is_label(std::string_view label) {
    return !label.empty() && label.size() <= longest_label && !label.starts_with('-') &&
           !label.ends_with('-') &&
           label.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos;
}

}  // namespace

std::optional<EMail> EMail::parse(std::string_view given) {
    auto text = ascii_lower(trim(given));
    auto const at = text.find('@');
    if (text.size() > longest || at == std::string::npos || at > longest_local) return std::nullopt;
    std::string_view const whole{text};
    auto const atoms = split(whole.substr(0, at), '.');
    auto const labels = split(whole.substr(at + 1), '.');
    bool const is_address = std::ranges::all_of(atoms, [](auto atom) { return is_of(atom, of_local); }) &&
                            labels.size() >= 2 && std::ranges::all_of(labels, is_label);
    if (!is_address) return std::nullopt;
    return EMail{std::move(text)};
}

std::vector<std::string> EMail::words() const {
    std::vector<std::string> words;
    std::string_view const whole{text_};
    // Not the top level: "nl" and "com" are nobody's.
    auto rest = whole.substr(0, whole.rfind('.'));
    while (!rest.empty()) {
        auto const begin = rest.find_first_of(letters_and_digits);
        if (begin == std::string_view::npos) break;
        rest.remove_prefix(begin);
        auto const end = std::min(rest.find_first_not_of(letters_and_digits), rest.size());
        words.emplace_back(rest.substr(0, end));
        rest.remove_prefix(end);
    }
    return words;
}

}  // namespace klout7::access
