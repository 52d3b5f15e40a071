#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/local_date.h"

/// How much of the time an employer's people were ill, by month, without figures that point to one person.
/// tests/law/absence_figures.tsv says it in cases. Pure.
namespace klout7::cases {

/// Somebody ill from a day on; fit again from another one.
struct Illness {
    PersonId person;
    LocalDate first_sick_day;
    std::optional<LocalDate> recovered_from;  ///< nothing: still ill
};

/// From its first to its last day.
Period month_of(LocalDate day);
/// The first day of the month so many before.
LocalDate months_before(LocalDate day, int count);

/// Why a percentage is not told.
enum class Withheld {
    no_headcount,     ///< the employer did not say how many people there were
    group_too_small,  ///< it could point to one person
};
std::string_view name_of(Withheld why);

/// Fewer people than this are too small a group.
inline constexpr std::int64_t smallest_group = 10;
/// Fewer people ill than this, but some, point to somebody.
inline constexpr std::int64_t fewest_ill = 3;

struct AbsenceFigure {
    LocalDate first_of_month;
    std::optional<std::int64_t> employees;
    std::optional<std::int64_t> tenths_of_percent;  ///< 43: 4.3 %
    std::optional<Withheld> withheld;               ///< when there is no percentage
    friend bool operator==(AbsenceFigure const&, AbsenceFigure const&) = default;
};

/// Sick calendar days of the month, of its days by the number of employees. Of the month in which `today`
/// lies the days so far. Somebody with two cases on one day is ill once, and nobody longer than 104 weeks by
/// one case. Rounding: half up, to tenths of a percent.
AbsenceFigure absence_figure(LocalDate month, std::optional<std::int64_t> employees,
                             std::span<Illness const> illnesses, LocalDate today);

/// How many different people are ill on this day.
std::int64_t people_ill(std::span<Illness const> illnesses, LocalDate day);

}  // namespace klout7::cases
