#pragma once

#include "actions/office.h"
#include "cases/case_files.h"

namespace klout7::actions {

/// What the law asks of a case that was opened, and what of it was done.
inline std::vector<cases::Step> steps_of(Unit& unit, cases::CaseRow const& row,
                                         cases::CaseDetails const& details) {
    auto const deadlines = cases::deadlines_of(
        cases::deadline_facts(row.first_sick_day, details.ground, details.employment_end));
    return cases::steps_of(deadlines, cases::done_tasks(unit.tx, row.id));
}

}  // namespace klout7::actions
