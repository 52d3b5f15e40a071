#pragma once

#include "case_steps.h"

namespace klout7::actions {

/// Writes down what was reported, lets the case wait for what must be done now, and tells the medical side
/// when a doctor has the case. `row` as it was just read. False: somebody else changed it since.
bool keep_recovery(Office const& office, store::Transaction& tx, cases::CaseRow const& row,
                   cases::DeadlineFacts const& facts, cases::Recovery const& recovery);

}  // namespace klout7::actions
