#pragma once

#include <algorithm>

#include "actions/office.h"
#include "cases/case_files.h"
#include "cases/recoveries.h"

namespace klout7::actions {

/// What the law asks of a case with these facts and this recovery, and what of it was done.
inline std::vector<cases::Step> steps_with(store::Transaction& tx, CaseId id, cases::DeadlineFacts facts,
                                           std::optional<cases::Recovery> const& recovery) {
    auto const done = cases::done_tasks(tx, id);
    cases::TaskKey const report{cases::DeadlineKind::sick_report_to_uwv};
    if (auto const reported = std::ranges::find(done, report, &cases::DoneTask::key); reported != done.end())
        facts.reported_to_uwv = reported->done_on;
    if (recovery && recovery->first_fit_day) {
        facts.first_fit_day = recovery->first_fit_day;
        facts.recovery_reported = LocalDate::in_the_netherlands(recovery->reported_at);
    }
    return cases::steps_of(cases::deadlines_of(facts), done);
}

/// The same of a case that was opened, as its recovery stands now.
inline std::vector<cases::Step> steps_of(Unit& unit, cases::CaseRow const& row,
                                         cases::CaseDetails const& details) {
    return steps_with(unit.tx, row.id,
                      cases::deadline_facts(row.first_sick_day, details.ground, details.employment_end),
                      cases::newest_recovery(unit.tx, unit.keyring(), row.id));
}

}  // namespace klout7::actions
