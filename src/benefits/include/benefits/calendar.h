#pragma once

#include "base/local_date.h"

namespace klout7::benefits {

/// Monday to Friday, holidays too. Source: Dagloonbesluit (BWBR0033471) art. 1.
bool is_dagloon_day(LocalDate day);
/// How many there are; 0 when the period ends before it begins.
int dagloon_days(Period const& period);

/// How often an employer reports wages to the tax office (aangiftetijdvak).
enum class WageReturns { monthly, four_weekly };

/// The wage-return period of this day. Four weeks are counted from the Monday of week 1 of ISO 8601; in a
/// year of 53 weeks the last one has five. Source: Belastingdienst, Handboek Loonheffingen,
/// "aangiftetijdvakken".
Period wage_return_period(LocalDate day, WageReturns returns);

/// The Monday to Sunday of this day. Source: Dagloonbesluit art. 1(2).
Period calendar_week(LocalDate day);

/// The same day of the month so many years earlier; of 29 February, 1 March.
LocalDate years_earlier(LocalDate day, int years);

/// The first 1 January or 1 July after this day: the days on which figures change with the minimum wage.
LocalDate next_half_year(LocalDate day);

/// What both have, or a period that ends before it begins.
constexpr Period overlap(Period const& a, Period const& b) {
    return {std::max(a.first, b.first), std::min(a.last, b.last)};
}
constexpr bool is_empty(Period const& period) { return period.last < period.first; }

}  // namespace klout7::benefits
