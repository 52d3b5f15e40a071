#pragma once

#include "actions/office.h"
#include "handover/feedback_letter.h"

namespace klout7::actions {

/// The feedback letters of a case, oldest first: the same for employer, client and case manager.
std::expected<std::vector<handover::FeedbackLetter>, Failure> read_letters(Office const& office,
                                                                           Actor const& actor, CaseId id);

}  // namespace klout7::actions
