#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "cases/deadlines.h"

/// What must be done on a case. The steps that the law asks are not stored: they follow from the deadlines.
/// What somebody did is (case_tasks.h).
namespace klout7::cases {

/// Which step of a case: the third evaluation is {evaluation, 3}.
struct TaskKey {
    DeadlineKind kind;
    int occurrence = 1;

    /// "evaluation-3"
    std::string text() const;
    static std::optional<TaskKey> parse(std::string_view text);
    friend auto operator<=>(TaskKey const&, TaskKey const&) = default;
};

/// That somebody did a step, and when.
struct DoneTask {
    TaskKey key;
    LocalDate done_on;
    UserId by;
    friend bool operator==(DoneTask const&, DoneTask const&) = default;
};

/// A deadline, and what became of it.
struct Step {
    Deadline deadline;
    /// Nothing: nobody has to do anything on that day, such as the start of the WIA.
    std::optional<TaskKey> task;
    std::optional<LocalDate> done_on;
};

/// The deadlines in their order, each with what was done. What was done and is asked no longer, is left out.
std::vector<Step> steps_of(std::span<Deadline const> deadlines, std::span<DoneTask const> done);

/// What must be done first; nothing when nothing is left to do.
struct NextStep {
    TaskKey task;
    LocalDate due;
    friend bool operator==(NextStep const&, NextStep const&) = default;
};
std::optional<NextStep> next_step(std::span<Step const> steps);
/// Where nothing is left to do, lists have this day.
inline constexpr LocalDate never_due = LocalDate::from(2199, 12, 31).value();

/// Whether a step can have been done on this day: not before the illness, and not in the days to come.
enum class DoneDayFault { none, before_the_illness, in_the_future };
DoneDayFault check_done_day(LocalDate done_on, LocalDate first_sick_day, LocalDate today);

}  // namespace klout7::cases
