#include "password_list.h"

#include <algorithm>

#include "base/text.h"
#include "crypto/hash.h"
#include "password_shapes.h"

namespace klout7::access {
namespace {

constexpr std::size_t bytes_of_mark = 5;
/// Fewer letters than this tell too little of a long password.
constexpr std::size_t fewest_letters_of_marked = 10;

/// The sorted lines of a list, below what is said above them.
std::string_view lines_of(std::size_t list) {
    auto text = password_lists()[list].text;
    while (text.starts_with('#')) text.remove_prefix(text.find('\n') + 1);
    return text;
}

/// The line for which `order(line)` is 0; negative means that the wanted line comes later. Empty if there is
/// none.
std::string_view find_line(std::string_view lines, auto const& order) {
    while (!lines.empty()) {
        auto const before = lines.rfind('\n', lines.size() / 2 == 0 ? 0 : lines.size() / 2 - 1);
        auto const begin = before == std::string_view::npos ? 0 : before + 1;
        auto const end = lines.find('\n', begin);
        auto const line = lines.substr(begin, end - begin);
        auto const found = order(line);
        if (found == 0) return line;
        lines = found < 0 ? lines.substr(end + 1) : lines.substr(0, begin);
    }
    return {};
}

/// A line is a word and a capital: A for no bit, B for one, and so on. A capital sorts before the letters.
std::strong_ordering compare(std::string_view line, std::u32string_view letters) {
    auto const word = line.substr(0, line.size() - 1);
    return std::lexicographical_compare_three_way(
        word.begin(), word.end(), letters.begin(), letters.end(),
        [](char a, char32_t b) { return static_cast<char32_t>(static_cast<unsigned char>(a)) <=> b; });
}

}  // namespace

std::optional<int> bits_of_common(std::u32string_view letters) {
    static auto const lines = lines_of(0);
    auto const line = find_line(lines, [&](std::string_view each) { return compare(each, letters); });
    if (line.empty()) return std::nullopt;
    return line.back() - 'A';
}

std::string mark_of_leaked(std::string_view text) {
    auto const hash = crypto::sha256({reinterpret_cast<std::uint8_t const*>(text.data()), text.size()});
    return to_base32hex(BytesView{hash}.first(bytes_of_mark));
}

std::vector<std::string> marks_of(std::string_view password) {
    SecretBytes lower = SecretBytes::from_text(password);
    for (auto& byte : lower.span()) {
        if (byte >= 'A' && byte <= 'Z') byte = static_cast<std::uint8_t>(byte - 'A' + 'a');
    }
    std::vector<std::string> marks{mark_of_leaked(lower.text())};
    for (auto const& reading : readings_of(password)) {
        if (count_code_points(reading.text()) >= fewest_letters_of_marked)
            marks.push_back(mark_of_leaked(reading.text()));
    }
    return marks;
}

bool is_leaked(std::string_view password) {
    static auto const lines = lines_of(1);
    return std::ranges::any_of(marks_of(password), [](std::string const& mark) {
        return !find_line(lines, [&](std::string_view line) { return line <=> mark; }).empty();
    });
}

}  // namespace klout7::access
