#include "cases/ground.h"

#include "words.h"

namespace klout7::cases {

std::string_view name_of(Ground ground) {
    switch (ground) {
        case Ground::fictitious_employment:
            return "fictitious_employment";
        case Ground::after_insurance:
            return "after_insurance";
        case Ground::contract_ended:
            return "contract_ended";
    }
    return {};
}

std::optional<Ground> parse_ground(std::string_view text) {
    struct Word {
        std::string_view text;
        Ground ground;
    };
    static constexpr Word words[] = {
        {"a", Ground::fictitious_employment},
        {"fictitious_employment", Ground::fictitious_employment},
        {"fictieve_dienstbetrekking", Ground::fictitious_employment},
        {"b", Ground::after_insurance},
        {"after_insurance", Ground::after_insurance},
        {"nawerking", Ground::after_insurance},
        {"c", Ground::contract_ended},
        {"contract_ended", Ground::contract_ended},
        {"einde_dienstverband", Ground::contract_ended},
    };
    for (auto const& word : words)
        if (is_the_word(text, word.text)) return word.ground;
    return std::nullopt;
}

}  // namespace klout7::cases
