#include "benefits/explanation.h"

namespace klout7::benefits {

std::string_view name_of(Certainty certainty) {
    switch (certainty) {
        case Certainty::sourced:
            return "sourced";
        case Certainty::derived:
            return "derived";
        case Certainty::practice:
            return "practice";
        case Certainty::unverified:
            return "unverified";
        case Certainty::reading:
            return "reading";
    }
    return "";
}

std::string text_of(Money amount) { return amount.to_string(); }
std::string text_of(LocalDate day) { return day.to_string(); }
std::string text_of(Fraction share) {
    return std::to_string(share.numerator) + "/" + std::to_string(share.denominator);
}
std::string text_of(int count) { return std::to_string(count); }

}  // namespace klout7::benefits
