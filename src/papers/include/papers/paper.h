#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// What people get on paper, as the bytes of a PDF: tagged, with its language and its letters in it. No clock
/// and no chance: the same input gives the same bytes.
namespace klout7::papers {

enum class Language { dutch, english };

/// Why there is no paper. It never says whose paper it was.
enum class PaperFault {
    not_text,           ///< not UTF-8, or with control characters
    character_missing,  ///< one that our letters do not have, or of a script that runs from right to left
    too_long,           ///< a text or a list beyond its limit
    part_missing,       ///< a text that no paper of its kind goes without
    sums_differ,        ///< amounts on it that should add up and do not
    group_too_small,    ///< a count of people by which one of them might be known
    template_broken,    ///< a brace without its other half, or no name between them
    place_unknown,      ///< in the text of a template and not in its list
    place_without_value,
    value_unused,
};
std::string_view name_of(PaperFault fault);

inline constexpr std::size_t longest_text = 10'000;  ///< in characters
inline constexpr std::size_t most_rows = 2'000;      ///< of one table with its sum, one list, one letter

/// Who sends a paper. A name is needed; what else is empty is left out.
struct Sender {
    std::string name;
    std::vector<std::string> address = {};  ///< line by line
    std::string phone = {};
    std::string e_mail = {};
};

/// Whom it goes to.
struct Recipient {
    std::string name;
    std::vector<std::string> address = {};
};

}  // namespace klout7::papers
