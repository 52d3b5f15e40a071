#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/local_date.h"
#include "base/money.h"

/// What was paid for nothing and is to come back. Klout7 prepares; UWV decides, and can use a writ. Source:
/// ZW 33, 34a.
namespace klout7::benefits {

/// How a claim is settled: within its calendar year the tax office has not closed the wage yet, so what was
/// paid net comes back net.
enum class ClaimBasis { net, gross };
ClaimBasis basis_of_claim(LocalDate paid_on, LocalDate settled_on);

/// What a claim takes from a week that is paid out: never more than is owed, nor than is above what the law
/// protects of the income (beslagvrije voet); nothing when nothing is above it.
Money taken_of_week(Money net, Money protected_amount, Money owed);

/// Why UWV may let the rest of a claim go.
enum class WaiverGround {
    paid_for_years,  ///< paid all that was asked, for five years; ten where the client had not reported what
                     ///< should have been
    nothing_for_years,  ///< nothing was paid for as long, and nothing is to be expected
    half_at_once,       ///< half of the rest or more is offered at once
    low_income,         ///< paid all that was asked for three years, with an income below what is protected
};
std::string_view name_of(WaiverGround ground);

struct ClaimFacts {
    Money rest;
    bool is_by_unreported = false;  ///< ZW 31(1), 49
    /// Since when all that was asked was paid, without a gap.
    std::optional<LocalDate> paid_since = {};
    /// Since when nothing was paid.
    std::optional<LocalDate> unpaid_since = {};
    bool is_payment_expected = true;
    /// Since when the income is below what is protected.
    std::optional<LocalDate> low_income_since = {};
    Money offered_at_once = {};
};
/// All grounds that hold on this day. A term of years is over on the same day of the month.
std::vector<WaiverGround> waiver_grounds(ClaimFacts const& facts, LocalDate today);

}  // namespace klout7::benefits
