#include "access/password_rules.h"

#include <algorithm>

#include "base/text.h"
#include "password_list.h"
#include "password_words.h"

namespace klout7::access {

namespace {

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_special(char c) { return !is_lower(c) && !is_upper(c) && !is_digit(c); }

int count_classes(std::string_view text) {
    return int{std::ranges::any_of(text, is_lower)} + int{std::ranges::any_of(text, is_upper)} +
           int{std::ranges::any_of(text, is_digit)} + int{std::ranges::any_of(text, is_special)};
}

bool holds(std::string_view text, std::string_view lower_case) {
    auto const same = [](char a, char b) {
        return (is_upper(a) ? static_cast<char>(a - 'A' + 'a') : a) == b;
    };
    return !std::ranges::search(text, lower_case, same).empty();
}

SecretBytes taken(std::string&& text) {
    auto kept = SecretBytes::from_text(text);
    wipe({reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
    return kept;
}

}  // namespace

std::optional<UserName> UserName::parse(std::string_view text) {
    auto const name = ascii_lower(trim(text));
    if (name.size() < 3 || name.size() > 64) return std::nullopt;
    auto const fits = [](char c) {
        return is_lower(c) || is_digit(c) || c == '.' || c == '-' || c == '_' || c == '@';
    };
    if (!std::ranges::all_of(name, fits)) return std::nullopt;
    return UserName{name};
}

std::optional<SecretBytes> normal_password(std::string_view text) {
    // A character has at most four bytes, and normal form C at most triples what was typed.
    if (text.size() > 4 * 3 * password_longest) return std::nullopt;
    auto normal = to_nfc(text);
    if (!normal) return std::nullopt;
    auto password = taken(std::move(*normal));
    if (count_code_points(password.text()) > password_longest) return std::nullopt;
    return password;
}

std::expected<SecretBytes, std::vector<PasswordFault>> check_new_password(
    std::string_view text, UserName const& user_name, std::vector<std::string> const& own_names) {
    using enum PasswordFault;
    if (!is_valid_utf8(text)) return std::unexpected(std::vector{not_text});
    auto password = normal_password(text);
    if (!password) return std::unexpected(std::vector{too_long});
    auto const plain = password->text();
    std::vector<PasswordFault> faults;
    if (count_code_points(plain) < password_shortest) faults.push_back(too_short);
    if (count_classes(plain) < password_classes) faults.push_back(too_few_classes);
    if (holds(plain, user_name.text())) faults.push_back(holds_user_name);
    if (holds_a_name(plain, own_names)) faults.push_back(holds_own_name);
    if (!plain.empty() && (is_of_common_words(plain) || is_leaked(plain))) faults.push_back(common_words);
    if (!faults.empty()) return std::unexpected(std::move(faults));
    return std::move(*password);
}

SecretBytes new_welcome_password(Random& random) {
    static constexpr std::string_view letters = "abcdefghjkmnpqrstuvwxyz";
    static constexpr std::string_view capitals = "ABCDEFGHJKLMNPQRSTUVWXYZ";
    static constexpr std::string_view digits = "23456789";
    static constexpr std::string_view all = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    static constexpr std::size_t size = 23;  // four groups of five and three hyphens
    for (;;) {
        SecretBytes password{size};
        for (std::size_t i = 0; i < size; ++i) {
            bool const between = i % 6 == 5;
            auto const c = between ? '-' : all[static_cast<std::size_t>(random.below(all.size()))];
            password.span()[i] = static_cast<std::uint8_t>(c);
        }
        auto const has = [&](std::string_view set) {
            return password.text().find_first_of(set) != std::string_view::npos;
        };
        // Drawn again rather than repaired, so that each password of the rules is equally likely.
        if (has(letters) && has(capitals) && has(digits)) return password;
    }
}

}  // namespace klout7::access
