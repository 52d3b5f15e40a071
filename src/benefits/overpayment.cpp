#include "benefits/overpayment.h"

#include <algorithm>

#include "benefits/calendar.h"

namespace klout7::benefits {
namespace {

constexpr int usual_years = 5;
constexpr int years_when_unreported = 10;
constexpr int years_of_low_income = 3;

bool lasts_years(std::optional<LocalDate> since, int years, LocalDate today) {
    return since && *since <= years_earlier(today, years);
}

}  // namespace

ClaimBasis basis_of_claim(LocalDate paid_on, LocalDate settled_on) {
    return paid_on.ymd().year() == settled_on.ymd().year() ? ClaimBasis::net : ClaimBasis::gross;
}

Money taken_of_week(Money net, Money protected_amount, Money owed) {
    return std::clamp(net - protected_amount, Money{}, std::max(owed, Money{}));
}

std::string_view name_of(WaiverGround ground) {
    switch (ground) {
        case WaiverGround::paid_for_years:
            return "paid_for_years";
        case WaiverGround::nothing_for_years:
            return "nothing_for_years";
        case WaiverGround::half_at_once:
            return "half_at_once";
        case WaiverGround::low_income:
            return "low_income";
    }
    return "";
}

std::vector<WaiverGround> waiver_grounds(ClaimFacts const& facts, LocalDate today) {
    std::vector<WaiverGround> found;
    if (facts.rest <= Money{}) return found;
    auto const years = facts.is_by_unreported ? years_when_unreported : usual_years;
    if (lasts_years(facts.paid_since, years, today)) found.push_back(WaiverGround::paid_for_years);
    if (lasts_years(facts.unpaid_since, years, today) && !facts.is_payment_expected)
        found.push_back(WaiverGround::nothing_for_years);
    if (facts.offered_at_once * 2 >= facts.rest) found.push_back(WaiverGround::half_at_once);
    if (lasts_years(facts.paid_since, years_of_low_income, today) &&
        lasts_years(facts.low_income_since, years_of_low_income, today) && !facts.is_by_unreported)
        found.push_back(WaiverGround::low_income);
    return found;
}

}  // namespace klout7::benefits
