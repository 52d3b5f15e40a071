#include "program/security_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/log.h"

namespace klout7::program {
namespace {

constexpr std::string_view contact_key = "security.contact";
constexpr std::string_view expires_key = "security.expires";

// RFC 9116 2.5.3: an address as of RFC 3986. One with a line break in it could say what it likes.
bool is_contact(std::string_view text) {
    auto const is_known =
        text.starts_with("mailto:") || text.starts_with("https://") || text.starts_with("tel:");
    return is_known && std::ranges::all_of(text, [](char c) { return c > ' ' && c < 0x7F; });
}

}  // namespace

std::expected<std::optional<std::string>, SettingsError> security_text(Settings const& settings,
                                                                       LocalDate today) {
    if (!settings.optional_text(contact_key) && !settings.optional_text(expires_key)) return std::nullopt;
    auto const contact = settings.text(contact_key);
    if (!contact) return std::unexpected(contact.error());
    if (!is_contact(*contact)) {
        return std::unexpected(
            settings.wrong(contact_key, "give an address that starts with mailto:, https:// or tel:"));
    }
    auto const expires = settings.text(expires_key);
    if (!expires) return std::unexpected(expires.error());
    auto const day = LocalDate::parse_iso(*expires);
    if (!day) return std::unexpected(settings.wrong(expires_key, "give a day like \"2027-05-24\""));
    if (*day <= today) {
        write_log(LogLevel::warning,
                  "security.txt is not served: security.expires has passed; set a new day");
        return std::nullopt;
    }
    // 2.5.5: the moment at which that day begins, as of RFC 3339.
    return fmt::format("Contact: {}\nExpires: {}T00:00:00Z\nPreferred-Languages: nl, en\n", *contact,
                       day->to_string());
}

}  // namespace klout7::program
