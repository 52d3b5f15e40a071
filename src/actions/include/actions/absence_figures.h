#pragma once

#include <vector>

#include "actions/office.h"
#include "cases/headcounts.h"

namespace klout7::actions {

inline constexpr int absence_months = 13;

/// The absence of an employer's people: who is ill today, and the last thirteen months, oldest first.
struct Absence {
    std::int64_t ill_now = 0;
    std::vector<cases::AbsenceFigure> months;
};
std::expected<Absence, Failure> read_absence(Office const& office, Actor const& actor);

/// How many people there were in a month.
struct NewHeadcount {
    LocalDate first_of_month;
    std::int64_t employees = 0;
};
/// The employer tells it, or tells it anew. Errors: invalid when it is none of the months that are shown, or
/// no number from 1 to cases::most_employees.
std::expected<void, Failure> tell_headcount(Office const& office, Actor const& actor,
                                            Given<NewHeadcount> const& given);

}  // namespace klout7::actions
