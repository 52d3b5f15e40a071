#pragma once

#include <expected>
#include <optional>
#include <string_view>

#include "benefits/explanation.h"

namespace klout7::benefits {

/// The breaches of the Maatregelenbesluit, by their category.
enum class SanctionCategory { first = 1, second, third, fourth, fifth };

/// What can be proposed to UWV for a breach that began to count on a day. Nothing is applied before UWV
/// decided.
struct SanctionProposal {
    Fraction share;
    /// The last day at least; of category 5 at most; none: for good.
    std::optional<LocalDate> last_day;
    Explanation explanation;
};

enum class SanctionFault {
    share_out_of_bounds,  ///< less or more than the category allows
};

/// The usual sanction of a category from its first day. `is_repeated`: the same breach within two years,
/// which makes share and time half as much again (never more than all of the benefit). Half a month is 15
/// days. Source: Maatregelenbesluit socialezekerheidswetten, text of 2015; ZW 45.
SanctionProposal usual_sanction(SanctionCategory category, bool is_repeated, LocalDate first_day);

/// Another share than the usual one, within what the category allows.
std::expected<SanctionProposal, SanctionFault> sanction_of(SanctionCategory category, bool is_repeated,
                                                           LocalDate first_day, Fraction share);

/// Of several breaches with one cause there is one sanction: the one of the highest category.
SanctionCategory highest_of(SanctionCategory a, SanctionCategory b);

}  // namespace klout7::benefits
