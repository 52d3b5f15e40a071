#include "cases/tasks.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

using namespace klout7;
using namespace klout7::cases;

namespace {

LocalDate day(std::string_view iso) { return LocalDate::parse_iso(iso).value(); }

/// Ill from 5 January 2026 after the insurance ended, the whole 104 weeks.
std::vector<Deadline> long_illness() {
    return deadlines_of({.ground = Ground::after_insurance,
                         .first_sick_day = day("2026-01-05"),
                         .interruptions = {},
                         .employment_end = {},
                         .problem_analysis_made = {},
                         .first_fit_day = {},
                         .recovery_reported = {},
                         .reported_to_uwv = {},
                         .state_pension_day = {}});
}

DoneTask done(std::string_view task, std::string_view on) {
    return {TaskKey::parse(task).value(), day(on), UserId{}};
}

}  // namespace

TEST_CASE("a step has a name of its own within the case, and is found by it again") {
    std::set<std::string> names;
    int evaluations = 0;
    for (auto const& step : steps_of(long_illness(), {})) {
        if (!step.task) continue;
        CHECK(names.insert(step.task->text()).second);
        CHECK(TaskKey::parse(step.task->text()) == step.task);
        if (step.task->kind == DeadlineKind::evaluation) CHECK(step.task->occurrence == ++evaluations);
    }
    CHECK(evaluations == 13);
    CHECK(names.contains("sick_report_to_uwv-1"));
    for (auto const* wrong :
         {"", "-", "evaluation", "evaluation-", "evaluation-0", "evaluation-01", "evaluation-100",
          "evaluation--1", "evaluation-1 ", "holiday-1", "evaluation-1-1"})
        CHECK_FALSE(TaskKey::parse(wrong));
}

TEST_CASE("a day on which nobody has to do anything is no step to take") {
    for (auto const& step : steps_of(long_illness(), {})) {
        CAPTURE(name_of(step.deadline.kind));
        bool const passes = step.deadline.kind == DeadlineKind::sick_report_by_client ||
                            step.deadline.kind == DeadlineKind::early_wia_request ||
                            step.deadline.kind == DeadlineKind::first_year_criterion ||
                            step.deadline.kind == DeadlineKind::wia_start;
        CHECK(step.task.has_value() == !passes);
    }
}

TEST_CASE("what must be done first is the first that was not done, whatever was done behind it") {
    auto const deadlines = long_illness();
    auto const next = [&](std::vector<DoneTask> const& so_far) {
        return next_step(steps_of(deadlines, so_far));
    };
    // After six weeks: the report to UWV and the problem analysis, in the order of the law's list.
    CHECK(next({}) == NextStep{*TaskKey::parse("sick_report_to_uwv-1"), day("2026-02-16")});
    CHECK(next({done("sick_report_to_uwv-1", "2026-01-20")}) ==
          NextStep{*TaskKey::parse("problem_analysis-1"), day("2026-02-16")});
    CHECK(next({done("problem_analysis-1", "2026-02-01"), done("evaluation-2", "2026-02-02")}) ==
          NextStep{*TaskKey::parse("sick_report_to_uwv-1"), day("2026-02-16")});

    std::vector<DoneTask> all;
    for (auto const& step : steps_of(deadlines, {}))
        if (step.task) all.push_back({*step.task, day("2026-01-05"), UserId{}});
    CHECK_FALSE(next(all));
    for (auto const& step : steps_of(deadlines, all))
        CHECK(step.done_on.has_value() == step.task.has_value());
}

TEST_CASE("what was done and is asked no longer is no step of the case") {
    auto const deadlines = long_illness();
    auto const steps = steps_of(deadlines, std::vector{done("evaluation-14", "2026-01-06")});
    CHECK(steps.size() == deadlines.size());
    CHECK(std::ranges::none_of(steps, [](Step const& step) { return step.done_on.has_value(); }));
}

TEST_CASE("a step is done from the first sick day up to today") {
    auto const check = [](std::string_view on) {
        return check_done_day(day(on), day("2026-01-05"), day("2026-02-01"));
    };
    CHECK(check("2026-01-04") == DoneDayFault::before_the_illness);
    CHECK(check("2026-01-05") == DoneDayFault::none);
    CHECK(check("2026-02-01") == DoneDayFault::none);
    CHECK(check("2026-02-02") == DoneDayFault::in_the_future);
}
