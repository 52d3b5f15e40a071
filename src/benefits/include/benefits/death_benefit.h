#pragma once

#include "benefits/calendar.h"
#include "benefits/explanation.h"

namespace klout7::benefits {

/// One month from the day after the death; where the next month has no such day, to its last day.
Period death_benefit_period(LocalDate death);

struct DeathBenefit {
    Period period;
    int days = 0;
    Money gross;    ///< of all days
    Money payable;  ///< less what was paid already for days behind the death; not below zero
    Explanation explanation;
};
/// The benefit of that month, paid at once to who is left behind. `day_benefit` is that of the day of death.
/// Source: ZW 35.
DeathBenefit death_benefit(LocalDate death, Money day_benefit, Money paid_behind_death);

}  // namespace klout7::benefits
