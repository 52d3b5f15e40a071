#pragma once

#include <string_view>

#include "actions/office.h"
#include "cases/tasks.h"

namespace klout7::actions {

/// What became of a step of a case.
struct TaskDone {
    cases::TaskKey task;
    std::optional<LocalDate> done_on;  ///< nothing: it was not done after all
    std::int64_t version = 0;          ///< of the case, as the one who did it saw it
};

/// What is told of a step that a case does not have.
Failure no_such_step();

/// Writes down that a step was done, or not after all; the case then waits for the next one. Doing again what
/// was done changes the day. Errors: changed_meanwhile when the case has another version; invalid when the
/// case has no such step, or it cannot have been done on that day.
std::expected<void, Failure> do_task(Office const& office, Actor const& actor, CaseId id,
                                     Given<TaskDone> const& given);

}  // namespace klout7::actions
