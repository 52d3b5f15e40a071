#include "payments/made_up.h"

namespace klout7::payments {

benefits::CaseFacts made_up_facts(benefits::CaseCourse const& course, Random& random) {
    using namespace benefits;
    auto const between = [&](int low, int high) {
        return low + static_cast<int>(random.below(static_cast<std::uint64_t>(high - low + 1)));
    };
    auto const first = course.first_sick_day;
    CaseFacts facts{.job = {.first_day = years_earlier(first, between(2, 12)),
                            .last_day = course.is_after_insurance ? first.plus_days(-between(1, 25))
                                                                  : course.employment_end.value_or(first),
                            .returns = WageReturns::monthly,
                            .wages = {},
                            .agreed_wage = {}}};
    auto const wage = Money::euros(between(1900, 5200));
    auto month = wage_return_period(first, WageReturns::monthly);
    constexpr int months = 18;  // the year that counts ends at most five months before
    for (int i = 0; i < months; ++i) {
        WagePeriod one{month, wage, {}, share(wage, {8, 100}, Rounding::half_up)};
        if (month.first.ymd().month() == std::chrono::May) {
            one.holiday_paid = share(wage, {96, 100}, Rounding::half_up);
            one.sv_wage += one.holiday_paid;
        }
        facts.job.wages.push_back(one);
        month = wage_return_period(month.first.plus_days(-1), WageReturns::monthly);
    }
    facts.has_declared_credit = random.below(2) == 0;
    if (random.below(5) == 0) {
        auto const from = calendar_week(first.plus_weeks(between(2, 8)));
        facts.income.push_back({{from.first, from.last.plus_weeks(between(0, 5))},
                                Money::euros(between(40, 380)),
                                IncomePer::week});
    }
    return facts;
}

}  // namespace klout7::payments
