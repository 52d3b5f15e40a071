#include "papers/paper.h"

namespace klout7::papers {

std::string_view name_of(PaperFault fault) {
    switch (fault) {
        case PaperFault::not_text:
            return "not_text";
        case PaperFault::character_missing:
            return "character_missing";
        case PaperFault::too_long:
            return "too_long";
        case PaperFault::part_missing:
            return "part_missing";
        case PaperFault::sums_differ:
            return "sums_differ";
        case PaperFault::group_too_small:
            return "group_too_small";
        case PaperFault::template_broken:
            return "template_broken";
        case PaperFault::place_unknown:
            return "place_unknown";
        case PaperFault::place_without_value:
            return "place_without_value";
        case PaperFault::value_unused:
            return "value_unused";
    }
    return {};
}

}  // namespace klout7::papers
