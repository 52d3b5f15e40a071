#pragma once

#include "actions/office.h"
#include "cases/sick_report.h"

namespace klout7::actions {

/// Takes a sick report: by the employer for the own people, or by a case manager for whoever calls. It
/// becomes a case with its case manager. Errors: invalid with each wrong field, already_there when it was
/// reported before.
std::expected<CaseId, Failure> report_sick(Office const& office, Actor const& actor,
                                           Given<cases::SickReportInput> const& given);

}  // namespace klout7::actions
