#include "password_letters.h"

#include <algorithm>
#include <optional>
#include <ranges>

#include "base/secret_bytes.h"
#include "base/text.h"

namespace klout7::access {

Letters::~Letters() {
    wipe({reinterpret_cast<std::uint8_t*>(text_.data()), text_.size() * sizeof(char32_t)});
}

namespace {

struct LookAlike {
    char32_t sign;
    char32_t letter;
};
constexpr LookAlike look_alikes[] = {{U'0', U'o'}, {U'1', U'l'}, {U'3', U'e'}, {U'4', U'a'}, {U'5', U's'},
                                     {U'7', U't'}, {U'@', U'a'}, {U'$', U's'}, {U'!', U'i'}};

std::optional<char32_t> letter_for(char32_t sign) {
    auto const* const found = std::ranges::find(look_alikes, sign, &LookAlike::sign);
    return found == std::end(look_alikes) ? std::nullopt : std::optional{found->letter};
}

bool is_ascii_digit(char32_t c) { return c >= U'0' && c <= U'9'; }

/// Dutch and English, also as they are shortened.
constexpr std::u32string_view calendar_names[] = {
    U"januari",  U"january", U"jan",      U"februari", U"february", U"feb",    U"maart",    U"march",
    U"mrt",      U"mar",     U"april",    U"apr",      U"juni",     U"june",   U"jun",      U"juli",
    U"july",     U"jul",     U"augustus", U"august",   U"aug",      U"mei",    U"may",      U"september",
    U"sept",     U"sep",     U"oktober",  U"october",  U"okt",      U"oct",    U"november", U"nov",
    U"december", U"dec",     U"voorjaar", U"lente",    U"zomer",    U"najaar", U"herfst",   U"winter",
    U"spring",   U"summer",  U"autumn",   U"fall"};

/// A run of look-alikes with a letter before and behind it is read as letters, also across separators.
void read_look_alikes(std::u32string& text) {
    std::erase_if(text, [](char32_t c) { return !is_letter(c) && !is_ascii_digit(c) && !letter_for(c); });
    for (std::size_t at = 1; at < text.size(); ++at) {
        if (!is_letter(text[at - 1]) || !letter_for(text[at])) continue;
        std::size_t end = at;
        while (end < text.size() && letter_for(text[end])) ++end;
        if (end == text.size() || !is_letter(text[end])) continue;
        for (; at < end; ++at) text[at] = *letter_for(text[at]);
    }
}

void keep_letters(std::u32string& text) {
    std::erase_if(text, [](char32_t c) { return !is_letter(c); });
}

/// Either way round, as the whole password may be; the longest that fits.
void drop_calendar_names(std::u32string& letters) {
    for (std::size_t at = 0; at < letters.size();) {
        auto const size = calendar_name_at_front(std::u32string_view{letters}.substr(at));
        if (size == 0)
            ++at;
        else
            letters.erase(at, size);
    }
}

}  // namespace

char32_t read_as_letter(char32_t sign) { return letter_for(sign).value_or(sign); }

std::size_t calendar_name_at_front(std::u32string_view letters) {
    std::size_t longest = 0;
    for (auto const name : calendar_names) {
        auto const here = letters.substr(0, name.size());
        if (here == name || std::ranges::equal(here, name | std::views::reverse))
            longest = std::max(longest, name.size());
    }
    return longest;
}

std::vector<Letters> letters_of(std::string_view password) {
    Letters plain{fold_compatible(password)};
    Letters read{plain};
    read_look_alikes(read.text());
    keep_letters(plain.text());
    keep_letters(read.text());
    if (plain.view() == read.view()) return {plain};
    return {plain, read};
}

std::vector<Letters> letters_without_calendar(std::string_view password) {
    auto readings = letters_of(password);
    for (auto& letters : readings) drop_calendar_names(letters.text());
    if (readings.size() == 2 && readings[0].view() == readings[1].view()) readings.pop_back();
    return readings;
}

}  // namespace klout7::access
