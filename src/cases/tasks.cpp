#include "cases/tasks.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>

namespace klout7::cases {
namespace {

constexpr int most_occurrences = 99;

/// A day that passes by itself, a report that came in already, and a chance that nobody has to take are no
/// work.
bool is_work(DeadlineKind kind) {
    switch (kind) {
        case DeadlineKind::sick_report_by_client:
        case DeadlineKind::recovery_report_by_client:
        case DeadlineKind::early_wia_request:
        case DeadlineKind::first_year_criterion:
        case DeadlineKind::wia_start:
            return false;
        case DeadlineKind::sick_report_to_uwv:
        case DeadlineKind::recovery_report_to_uwv:
        case DeadlineKind::problem_analysis:
        case DeadlineKind::action_plan:
        case DeadlineKind::evaluation:
        case DeadlineKind::first_year_invitation:
        case DeadlineKind::first_year_evaluation:
        case DeadlineKind::current_opinion:
        case DeadlineKind::wia_notice_by_uwv:
        case DeadlineKind::reintegration_report:
        case DeadlineKind::wia_application:
        case DeadlineKind::extension_decision:
        case DeadlineKind::last_day_of_entitlement:
            return true;
    }
    return false;
}

}  // namespace

std::string TaskKey::text() const { return fmt::format("{}-{}", name_of(kind), occurrence); }

std::optional<TaskKey> TaskKey::parse(std::string_view text) {
    auto const hyphen = text.rfind('-');
    if (hyphen == std::string_view::npos) return std::nullopt;
    auto const kind = parse_deadline_kind(text.substr(0, hyphen));
    auto const number = text.substr(hyphen + 1);
    int occurrence = 0;
    auto const [end, error] = std::from_chars(number.data(), number.data() + number.size(), occurrence);
    if (!kind || error != std::errc{} || end != number.data() + number.size()) return std::nullopt;
    if (occurrence < 1 || occurrence > most_occurrences || number.front() == '0') return std::nullopt;
    return TaskKey{*kind, occurrence};
}

std::vector<Step> steps_of(std::span<Deadline const> deadlines, std::span<DoneTask const> done) {
    std::vector<Step> steps;
    std::map<DeadlineKind, int> seen;
    for (auto const& deadline : deadlines) {
        Step step{deadline, {}, {}};
        if (is_work(deadline.kind)) {
            step.task = TaskKey{deadline.kind, ++seen[deadline.kind]};
            if (auto const found = std::ranges::find(done, *step.task, &DoneTask::key); found != done.end())
                step.done_on = found->done_on;
        }
        steps.push_back(std::move(step));
    }
    return steps;
}

std::optional<NextStep> next_step(std::span<Step const> steps) {
    auto const is_open = [](Step const& step) { return step.task && !step.done_on; };
    auto const first = std::ranges::find_if(steps, is_open);
    if (first == steps.end()) return std::nullopt;
    return NextStep{*first->task, first->deadline.due};
}

DoneDayFault check_done_day(LocalDate done_on, LocalDate first_sick_day, LocalDate today) {
    if (done_on < first_sick_day) return DoneDayFault::before_the_illness;
    if (done_on > today) return DoneDayFault::in_the_future;
    return DoneDayFault::none;
}

}  // namespace klout7::cases
