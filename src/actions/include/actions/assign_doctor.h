#pragma once

#include "actions/office.h"
#include "cases/case_files.h"

namespace klout7::actions {

/// The doctors that a case can be assigned to, as the medical side announced them.
std::expected<std::vector<cases::Doctor>, Failure> list_doctors(Office const& office, Actor const& actor);

/// Assigns a case to a doctor: sends the medical side who it is about, the dates and the assignment. Again
/// for the same doctor sends the newest facts once more. Errors: invalid when there is no such doctor.
std::expected<void, Failure> assign_doctor(Office const& office, Actor const& actor, CaseId id,
                                           Given<UserId> const& doctor);

}  // namespace klout7::actions
