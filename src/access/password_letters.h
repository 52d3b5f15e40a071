#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace klout7::access {

/// Letters of a password, wiped when they go.
class Letters {
public:
    explicit Letters(std::u32string text) : text_(std::move(text)) {}
    Letters(Letters const& other) = default;
    Letters& operator=(Letters const&) = delete;
    ~Letters();
    std::u32string& text() { return text_; }
    std::u32string_view view() const { return text_; }

private:
    std::u32string text_;
};

/// The letter that a sign looks like (0 as o, $ as s), or the sign itself.
char32_t read_as_letter(char32_t sign);

/// The letters of a password in normal form, in two readings: without anything that is no letter, and after
/// look-alikes that stand between letters (the 0 of "w0rd", also across separators) were read as the letter.
/// One, when both are the same.
std::vector<Letters> letters_of(std::string_view password);

/// How long a name of a month or season is with which these letters begin, either way round; 0 if there is
/// none.
std::size_t calendar_name_at_front(std::u32string_view letters);

/// The letters without names of months and seasons, Dutch and English, also shortened, either way round.
std::vector<Letters> letters_without_calendar(std::string_view password);

}  // namespace klout7::access
