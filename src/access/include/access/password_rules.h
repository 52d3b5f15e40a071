#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"
#include "base/secret_bytes.h"

namespace klout7::access {

/// The name someone signs in with, in the one form in which it is compared: NFC, letters A to Z in lower
/// case, 3 to 64 characters of a-z, 0-9, dot, hyphen, underscore and @.
class UserName {
public:
    static std::optional<UserName> parse(std::string_view text);
    std::string const& text() const { return text_; }

private:
    explicit UserName(std::string text) : text_(std::move(text)) {}
    std::string text_;
};

enum class PasswordFault {
    not_text,  ///< not UTF-8
    too_short,
    too_long,
    too_few_classes,
    holds_user_name,
    holds_own_name,
    common_words,  ///< little more than words that everybody tries, or known from a leak
};

inline constexpr std::size_t password_shortest = 16;  ///< characters (code points) after NFC
inline constexpr std::size_t password_longest = 128;
inline constexpr int password_classes = 3;  ///< of upper, lower, digit and special

/// A password as it is hashed: in NFC, so that every keyboard gives the same bytes. Nothing but UTF-8 is
/// asked of it, since a password is checked against the rules when it is chosen, not when it is used.
/// Longer than `password_longest` is nothing, so that nobody makes us hash a book.
std::optional<SecretBytes> normal_password(std::string_view text);

/// The rules for a chosen password. Upper and lower mean A-Z and a-z, digits 0-9; every other character,
/// letters with marks too, counts as special. The user name counts in either case; of `own_names` (of the
/// person, the employer), names of four letters and more, also with look-alikes. Source: the mission's rules
/// (design 9), the one deviation from OWASP ASVS 5 and NIST SP 800-63B-4. Errors: all that is wrong with it,
/// in the order of PasswordFault; of what is no text, or too long to look at, nothing more.
std::expected<SecretBytes, std::vector<PasswordFault>> check_new_password(
    std::string_view text, UserName const& user_name, std::vector<std::string> const& own_names = {});

/// A welcome password: random, 20 characters without look-alikes in groups of five, within the rules.
/// More than 90 bits.
SecretBytes new_welcome_password(Random& random);

}  // namespace klout7::access
