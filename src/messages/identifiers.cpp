#include "messages/identifiers.h"

#include <fmt/format.h>

#include <algorithm>

#include "rules.h"

namespace klout7::messages {
namespace {

std::optional<std::uint8_t> hex_digit(char c) {
    if (is_digit(c)) return static_cast<std::uint8_t>(c - '0');
    if (c >= 'a' && c <= 'f') return static_cast<std::uint8_t>(c - 'a' + 10);
    return std::nullopt;
}

}  // namespace

template <class Kind>
std::optional<SenderId<Kind>> SenderId<Kind>::parse(std::string_view text) {
    if (text.size() > longest || !is_code(text, "._:-")) return std::nullopt;
    return SenderId{text};
}
template class SenderId<MessageKindTag>;
template class SenderId<MessageFileKindTag>;

std::optional<Loonheffingennummer> Loonheffingennummer::parse(std::string_view text) {
    if (text.size() != 12 || text[9] != 'L') return std::nullopt;
    if (!std::ranges::all_of(text.substr(0, 9), is_digit)) return std::nullopt;
    auto const sub_number = text.substr(10);
    if (!std::ranges::all_of(sub_number, is_digit) || sub_number == "00") return std::nullopt;
    return Loonheffingennummer{text};
}

std::optional<Sha256> Sha256::parse(std::string_view text) {
    Sha256 digest;
    if (text.size() != 2 * digest.bytes.size()) return std::nullopt;
    for (std::size_t i = 0; i < digest.bytes.size(); ++i) {
        auto const high = hex_digit(text[2 * i]);
        auto const low = hex_digit(text[2 * i + 1]);
        if (!high || !low) return std::nullopt;
        digest.bytes[i] = static_cast<std::uint8_t>(*high << 4U | *low);
    }
    return digest;
}

std::string Sha256::to_string() const {
    std::string text;
    for (auto const byte : bytes) text += fmt::format("{:02x}", byte);
    return text;
}

std::optional<WeeklyHours> WeeklyHours::parse(std::string_view text) {
    auto const dot = text.find('.');
    auto const whole = text.substr(0, dot);
    auto const part = dot == std::string_view::npos ? std::string_view{} : text.substr(dot + 1);
    bool const has_part = dot != std::string_view::npos;
    if (whole.empty() || whole.size() > 3 || (has_part && (part.empty() || part.size() > 2)))
        return std::nullopt;
    if (!std::ranges::all_of(whole, is_digit) || !std::ranges::all_of(part, is_digit)) return std::nullopt;
    unsigned hundredths = 0;
    for (auto const c : whole) hundredths = hundredths * 10 + static_cast<unsigned>(c - '0');
    for (std::size_t i = 0; i < 2; ++i)
        hundredths = hundredths * 10 + (i < part.size() ? static_cast<unsigned>(part[i] - '0') : 0U);
    if (hundredths > UINT16_MAX) return std::nullopt;
    return WeeklyHours{static_cast<std::uint16_t>(hundredths)};
}

std::string WeeklyHours::to_string() const {
    auto text = fmt::format("{}.{:02}", hundredths / 100, hundredths % 100);
    while (text.back() == '0') text.pop_back();
    if (text.back() == '.') text.pop_back();
    return text;
}

}  // namespace klout7::messages
