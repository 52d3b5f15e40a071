#pragma once

#include <optional>
#include <span>
#include <vector>

#include "cases/case_files.h"

namespace klout7::cases {

/// What of a case decides from when to when somebody has a right: its days and its ground.
struct Course {
    CaseRow row;
    Ground ground = Ground::fictitious_employment;
    std::optional<LocalDate> employment_end;
    std::optional<LocalDate> first_fit_day;  ///< by the newest report of a recovery
};

/// Of many cases, for the program itself; in the order of `ids`, with the key of the person of each. Nothing
/// for one that is not there, whose key is gone, or that was altered.
std::vector<std::optional<Course>> courses_of(store::Transaction& tx, Keyring const& keyring,
                                              std::span<CaseId const> ids,
                                              std::span<std::optional<Key> const> keys);

}  // namespace klout7::cases
