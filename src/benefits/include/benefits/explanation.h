#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/local_date.h"
#include "base/money.h"

namespace klout7::benefits {

/// How sure a rule or a parameter is. What is not `sourced` shows that mark wherever it is used.
enum class Certainty {
    sourced,     ///< read in the text in force, or published by the body that sets it
    derived,     ///< follows from another sourced figure
    practice,    ///< what UWV or administrators do, not law
    unverified,  ///< known, but no source was found
    reading,     ///< the text leaves a choice; a benefit specialist confirms it
};
std::string_view name_of(Certainty certainty);

/// One step of a calculation: the rule by its code ("dagloon"), the article it rests on, and the figures that
/// went in and came out, by name and as text ("33825.60", "261", "2025-10-01"). The pages make sentences of
/// it.
struct Step {
    std::string_view code;
    std::string_view article;
    Certainty certainty = Certainty::sourced;
    struct Figure {
        std::string_view name;
        std::string value;
        friend bool operator==(Figure const&, Figure const&) = default;
    };
    std::vector<Figure> figures = {};
    friend bool operator==(Step const&, Step const&) = default;
};
using Explanation = std::vector<Step>;

std::string text_of(Money amount);
std::string text_of(LocalDate day);
std::string text_of(Fraction share);
std::string text_of(int count);

}  // namespace klout7::benefits
