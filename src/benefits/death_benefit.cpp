#include "benefits/death_benefit.h"

#include <algorithm>

namespace klout7::benefits {

Period death_benefit_period(LocalDate death) {
    auto const first = death.plus_days(1);
    auto const date = first.ymd();
    auto const next_month = date.year() / date.month() + std::chrono::months{1};
    auto const year = int{next_month.year()};
    auto const month = unsigned{next_month.month()};
    if (auto const same_day = LocalDate::from(year, month, unsigned{date.day()}))
        return {first, same_day->plus_days(-1)};
    auto const last =
        std::chrono::year_month_day_last{next_month.year(), next_month.month() / std::chrono::last};
    return {first, LocalDate::from(year, month, unsigned{last.day()}).value()};
}

DeathBenefit death_benefit(LocalDate death, Money day_benefit, Money paid_behind_death) {
    DeathBenefit found{death_benefit_period(death), 0, {}, {}, {}};
    found.days = dagloon_days(found.period);
    found.gross = day_benefit * found.days;
    found.payable = std::max(found.gross - paid_behind_death, Money{});
    found.explanation.push_back({"death_benefit",
                                 "ZW 35",
                                 Certainty::reading,
                                 {{"first", text_of(found.period.first)},
                                  {"last", text_of(found.period.last)},
                                  {"days", text_of(found.days)},
                                  {"gross", text_of(found.gross)},
                                  {"paid", text_of(paid_behind_death)},
                                  {"payable", text_of(found.payable)}}});
    return found;
}

}  // namespace klout7::benefits
