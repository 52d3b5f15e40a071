#pragma once

#include <expected>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/local_date.h"
#include "papers/paper.h"

namespace klout7::papers {

/// A text with named places, "{first_day}", in one language. A version is never changed, only followed by
/// the next.
struct LetterTemplate {
    std::string code;  ///< "recovery-confirmed"
    int version = 1;
    std::string heading;
    std::vector<std::string> paragraphs;
    std::set<std::string, std::less<>> places = {};  ///< all that its text may name
};

struct Letter {
    Sender sender;
    Recipient recipient;
    LocalDate date;
    std::string reference;
    LetterTemplate text;
    std::map<std::string, std::string, std::less<>> values =
        {};  ///< what stands at each place; none is empty
};

struct LetterFault {
    PaperFault fault;
    std::string place = {};  ///< by its name in the template, where the fault has one
    friend bool operator==(LetterFault const&, LetterFault const&) = default;
};
/// What a place is filled with is never read as a place again.
/// Errors: a place that is not in the list, has no value, or a value that no place uses.
std::expected<std::string, LetterFault> to_pdf(Letter const& letter, Language language);

}  // namespace klout7::papers
