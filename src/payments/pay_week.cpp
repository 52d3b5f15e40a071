#include "payments/pay_week.h"

#include <algorithm>

namespace klout7::payments {

LocalDate easter_sunday(int year) {
    auto const golden = year % 19;
    auto const century = year / 100;
    auto const moon =
        (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15) % 30;
    auto const weekday = (32 + 2 * (century % 4) + 2 * (year % 100 / 4) - moon - year % 100 % 4) % 7;
    auto const late = (golden + 11 * moon + 22 * weekday) / 451;
    auto const days = moon + weekday - 7 * late + 114;
    return LocalDate::from(year, static_cast<unsigned>(days / 31), static_cast<unsigned>(days % 31 + 1))
        .value();
}

IsoWeek iso_week_of(LocalDate day) {
    auto const from_monday = static_cast<int>(day.weekday().iso_encoding()) - 1;
    auto const thursday = day.plus_days(3 - from_monday);
    auto const year = static_cast<int>(thursday.ymd().year());
    return {year, days_between(LocalDate::from(year, 1, 1).value(), thursday) / 7 + 1};
}

bool is_bank_day(LocalDate day) {
    auto const date = day.ymd();
    auto const month = unsigned{date.month()};
    auto const number = unsigned{date.day()};
    auto const easter = easter_sunday(int{date.year()});
    bool const is_closed = (month == 1 && number == 1) || (month == 5 && number == 1) ||
                           (month == 12 && (number == 25 || number == 26)) || day == easter.plus_days(-2) ||
                           day == easter.plus_days(1);
    return day.weekday().iso_encoding() <= 5 && !is_closed;
}

LocalDate bank_day_on_or_after(LocalDate day) {
    while (!is_bank_day(day)) day = day.plus_days(1);
    return day;
}

LocalDate bank_day_on_or_before(LocalDate day) {
    while (!is_bank_day(day)) day = day.plus_days(-1);
    return day;
}

PayWeek pay_week_of(LocalDate day) {
    auto const monday = day.plus_days(1 - static_cast<int>(day.weekday().iso_encoding()));
    auto const next_monday = monday.plus_weeks(1);
    PayWeek found{{monday, monday.plus_days(6)}, monday.plus_days(4),      next_monday,
                  next_monday.plus_days(1),      next_monday.plus_days(2), {}};
    found.paid = bank_day_on_or_before(next_monday.plus_days(3));
    found.approved = std::min(found.approved, bank_day_on_or_before(found.paid.plus_days(-1)));
    found.visible = std::min(found.visible, found.approved);
    found.calculated = std::min(found.calculated, found.visible);
    return found;
}

}  // namespace klout7::payments
