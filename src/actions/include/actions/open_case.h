#pragma once

#include "actions/office.h"
#include "cases/case_files.h"
#include "cases/recoveries.h"
#include "cases/tasks.h"
#include "people/people.h"

namespace klout7::actions {

struct OpenedCase {
    cases::CaseRow row;
    people::Identity person;
    cases::CaseDetails details;
    std::vector<cases::Step> steps;
    std::optional<cases::Recovery> recovery;  ///< what was reported last, or that it was taken back
};

/// The case as the office may see it: who, since when, what the law asks when, and what of it was
/// done. Nothing medical exists here.
std::expected<OpenedCase, Failure> open_case(Office const& office, Actor const& actor, CaseId id);

}  // namespace klout7::actions
