#include "papers/letter.h"

#include <fmt/format.h>
#include <algorithm>

#include "base/text.h"
#include "sheet.h"

namespace klout7::papers {
namespace {

bool is_place_name(std::string_view name) {
    return !name.empty() && std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
}

/// Fills the places of one text after the other and remembers which it met.
class Filling {
public:
    explicit Filling(Letter const& letter) : letter_(&letter) {}

    std::expected<std::string, LetterFault> filled(std::string_view text) {
        std::string out;
        for (;;) {
            auto const brace = text.find_first_of("{}");
            out += text.substr(0, brace);
            if (brace == std::string_view::npos) return out;
            auto const end = text.find_first_of("{}", brace + 1);
            bool const is_pair = text[brace] == '{' && end != std::string_view::npos && text[end] == '}';
            auto const name = is_pair ? text.substr(brace + 1, end - brace - 1) : std::string_view{};
            if (!is_place_name(name)) return std::unexpected(LetterFault{PaperFault::template_broken});
            auto const value = value_of(name);
            if (!value) return std::unexpected(value.error());
            out += *value;
            text.remove_prefix(end + 1);
        }
    }

    /// A value that no text used.
    std::optional<LetterFault> left_over() const {
        for (auto const& [name, value] : letter_->values) {
            if (!used_.contains(name)) return LetterFault{PaperFault::value_unused, name};
        }
        return std::nullopt;
    }

private:
    std::expected<std::string_view, LetterFault> value_of(std::string_view name) {
        if (!letter_->text.places.contains(name)) {
            return std::unexpected(LetterFault{PaperFault::place_unknown, std::string{name}});
        }
        auto const value = letter_->values.find(name);
        if (value == letter_->values.end() || trim(value->second).empty()) {
            return std::unexpected(LetterFault{PaperFault::place_without_value, std::string{name}});
        }
        used_.emplace(name);
        return value->second;
    }

    Letter const* letter_;
    std::set<std::string, std::less<>> used_;
};

}  // namespace

std::expected<std::string, LetterFault> to_pdf(Letter const& letter, Language language) {
    Wording const say{language};
    auto const& text = letter.text;
    if (text.paragraphs.size() > most_rows) return std::unexpected(LetterFault{PaperFault::too_long});
    Filling filling{letter};
    auto const heading = filling.filled(text.heading);
    if (!heading) return std::unexpected(heading.error());
    std::vector<std::string> paragraphs;
    for (auto const& paragraph : text.paragraphs) {
        auto filled = filling.filled(paragraph);
        if (!filled) return std::unexpected(filled.error());
        paragraphs.push_back(std::move(*filled));
    }
    if (auto const fault = filling.left_over()) return std::unexpected(*fault);

    // What fills a place may be of a person, and titles are shown in lists of files.
    bool const is_same_for_all = text.heading.find('{') == std::string::npos;
    Sheet sheet{say,
                {.title = is_same_for_all ? text.heading : say("Brief", "Letter"),
                 .date = letter.date,
                 .below = fmt::format("{} {}", text.code, text.version)}};
    sheet.needs(text.code);
    sheet.letterhead(letter.sender, letter.recipient);
    sheet.facts(
        {{say("Datum", "Date"), say.date(letter.date)}, {say("Kenmerk", "Reference"), letter.reference}});
    sheet.heading(*heading);
    for (auto const& paragraph : paragraphs) {
        sheet.needs(paragraph);
        sheet.paragraph(paragraph);
    }
    auto bytes = sheet.bytes();
    if (!bytes) return std::unexpected(LetterFault{bytes.error()});
    return *std::move(bytes);
}

}  // namespace klout7::papers
