#pragma once

#include <string>
#include <vector>

#include "access/emergency.h"
#include "actions.h"

namespace klout7::medical {

/// Opens a case of somebody else's for this doctor, for reading, for an hour from now, which is the answer.
/// Asks for a fresh session. Errors: not_found; invalid (the reason); not_now when it is the doctor's own
/// case, or when an earlier one of this doctor's was not reviewed within its day.
std::expected<Instant, Failure> open_in_emergency(Practice const& practice, Actor const& actor,
                                                  CaseId case_id, Given<std::string> const& reason);

struct EmergencyView {
    access::EmergencyWithReason emergency;
    std::string doctor;  ///< what the doctor is called
    Instant review_until;
};
/// Those that wait to be looked at, the oldest first.
std::expected<std::vector<EmergencyView>, Failure> list_emergencies(Practice const& practice,
                                                                    Actor const& actor);
/// Somebody who controls looked at it. Errors: not_found, not_now when somebody did before.
std::expected<void, Failure> review_emergency(Practice const& practice, Actor const& actor,
                                              access::EmergencyId id, Given<bool> const& is_justified);

}  // namespace klout7::medical
