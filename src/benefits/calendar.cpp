#include "benefits/calendar.h"

#include <algorithm>

#include "base/check.h"

namespace klout7::benefits {
namespace {

constexpr int weeks_in_period = 4;
constexpr int periods_in_year = 13;

LocalDate monday_of(LocalDate day) {
    return day.plus_days(-static_cast<int>(day.weekday().iso_encoding()) + 1);
}

/// Of week 1, the week that has 4 January in it.
LocalDate first_monday(int year) { return monday_of(LocalDate::from(year, 1, 4).value()); }

}  // namespace

bool is_dagloon_day(LocalDate day) { return day.weekday().iso_encoding() <= 5; }

int dagloon_days(Period const& period) {
    if (is_empty(period)) return 0;
    auto const whole_weeks = period.days() / 7;
    int count = 5 * whole_weeks;
    for (auto day = period.first.plus_weeks(whole_weeks); day <= period.last; day = day.plus_days(1))
        count += is_dagloon_day(day) ? 1 : 0;
    return count;
}

Period wage_return_period(LocalDate day, WageReturns returns) {
    auto const date = day.ymd();
    int year = int{date.year()};
    if (returns == WageReturns::monthly) {
        auto const first = LocalDate::from(year, unsigned{date.month()}, 1).value();
        auto const last = std::chrono::year_month_day_last{date.year(), date.month() / std::chrono::last};
        return {first, LocalDate::from(year, unsigned{date.month()}, unsigned{last.day()}).value()};
    }
    if (day < first_monday(year)) --year;
    if (day >= first_monday(year + 1)) ++year;
    auto const number =
        std::min(days_between(first_monday(year), day) / (7 * weeks_in_period), periods_in_year - 1);
    auto const first = first_monday(year).plus_weeks(weeks_in_period * number);
    auto const is_last = number == periods_in_year - 1;
    return {first,
            is_last ? first_monday(year + 1).plus_days(-1) : first.plus_weeks(weeks_in_period).plus_days(-1)};
}

Period calendar_week(LocalDate day) {
    auto const monday = monday_of(day);
    return {monday, monday.plus_days(6)};
}

LocalDate years_earlier(LocalDate day, int years) {
    auto const date = day.ymd();
    auto const year = int{date.year()} - years;
    auto const same = LocalDate::from(year, unsigned{date.month()}, unsigned{date.day()});
    return same ? *same : LocalDate::from(year, 3, 1).value();
}

LocalDate next_half_year(LocalDate day) {
    int const year{day.ymd().year()};
    auto const july = LocalDate::from(year, 7, 1).value();
    return day < july ? july : LocalDate::from(year + 1, 1, 1).value();
}

}  // namespace klout7::benefits
