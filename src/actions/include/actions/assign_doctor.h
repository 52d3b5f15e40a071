#pragma once

#include "actions/office.h"
#include "cases/case_files.h"

namespace klout7::actions {

/// The doctors that a case can be assigned to, as the medical side announced them.
std::expected<std::vector<cases::Doctor>, Failure> list_doctors(Office const& office, Actor const& actor);

/// Which doctor, and the version of the case in which that was chosen.
struct DoctorChoice {
    UserId doctor;
    std::int64_t version = 0;
};
/// Assigns a case to a doctor: sends the medical side who it is about, the dates and the assignment. Again
/// for the same doctor sends the newest facts once more. Errors: invalid when there is no such doctor,
/// changed_meanwhile when the case has another version.
std::expected<void, Failure> assign_doctor(Office const& office, Actor const& actor, CaseId id,
                                           Given<DoctorChoice> const& choice);

}  // namespace klout7::actions
