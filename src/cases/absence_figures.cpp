#include "cases/absence_figures.h"

#include <algorithm>
#include <map>
#include <utility>

#include "base/check.h"

namespace klout7::cases {
namespace {

constexpr int longest_days = 104 * 7;

/// What of an illness falls into these days.
std::optional<Period> part_within(Illness const& illness, Period days) {
    auto end = illness.first_sick_day.plus_days(longest_days);  // the first day that does not count
    if (illness.recovered_from) end = std::min(end, *illness.recovered_from);
    Period const part{std::max(days.first, illness.first_sick_day), std::min(days.last, end.plus_days(-1))};
    return part.first <= part.last ? std::optional{part} : std::nullopt;
}

/// The days on which at least one of these is, in any order.
std::int64_t days_covered(std::vector<Period> parts) {
    std::ranges::sort(parts);
    std::int64_t days = 0;
    std::optional<LocalDate> last;
    for (auto const& part : parts) {
        auto const first = last ? std::max(part.first, last->plus_days(1)) : part.first;
        if (part.last < first) continue;
        days += days_between(first, part.last) + 1;
        last = part.last;
    }
    return days;
}

std::map<PersonId, std::vector<Period>> by_person(std::span<Illness const> illnesses, Period days) {
    std::map<PersonId, std::vector<Period>> parts;
    for (auto const& illness : illnesses)
        if (auto const part = part_within(illness, days)) parts[illness.person].push_back(*part);
    return parts;
}

/// Whole numbers; rounding: half up.
std::int64_t tenths_of_percent(std::int64_t part, std::int64_t whole) {
    return (2 * 1000 * part + whole) / (2 * whole);
}

}  // namespace

Period month_of(LocalDate day) {
    auto const ymd = day.ymd();
    using std::chrono::last;
    auto const end = (ymd.year() / ymd.month() / last).day();
    auto const first = day.plus_days(1 - static_cast<int>(static_cast<unsigned>(ymd.day())));
    return {first, first.plus_days(static_cast<int>(static_cast<unsigned>(end)) - 1)};
}

LocalDate months_before(LocalDate day, int count) {
    auto first = month_of(day).first;
    for (int i = 0; i < count; ++i) first = month_of(first.plus_days(-1)).first;
    return first;
}

std::string_view name_of(Withheld why) {
    switch (why) {
        case Withheld::no_headcount:
            return "no_headcount";
        case Withheld::group_too_small:
            return "group_too_small";
    }
    std::unreachable();
}

AbsenceFigure absence_figure(LocalDate month, std::optional<std::int64_t> employees,
                             std::span<Illness const> illnesses, LocalDate today) {
    auto days = month_of(month);
    AbsenceFigure figure{days.first, employees, {}, {}};
    if (!employees) {
        figure.withheld = Withheld::no_headcount;
        return figure;
    }
    require(*employees > 0 && days.first <= today, "a month that began, of an employer with people");
    days.last = std::min(days.last, today);
    auto const ill = by_person(illnesses, days);
    auto const people = static_cast<std::int64_t>(ill.size());
    if (*employees < smallest_group || (people > 0 && people < fewest_ill)) {
        figure.withheld = Withheld::group_too_small;
        return figure;
    }
    std::int64_t sick_days = 0;
    for (auto const& [person, parts] : ill) sick_days += days_covered(parts);
    figure.tenths_of_percent = tenths_of_percent(sick_days, *employees * days.days());
    return figure;
}

std::int64_t people_ill(std::span<Illness const> illnesses, LocalDate day) {
    return static_cast<std::int64_t>(by_person(illnesses, {day, day}).size());
}

}  // namespace klout7::cases
