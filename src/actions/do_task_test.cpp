#include "actions/do_task.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <thread>

#include "actions/open_case.h"
#include "testing/office.h"

using namespace klout7;
using namespace klout7::actions;
using namespace klout7::actions::testing;

namespace {

struct WithTasks : OfficeSide {
    Case known = report();

    cases::CaseRow row() { return OfficeSide::row(known.id); }
    Came mark(Actor const& who, std::string_view task, std::optional<std::string_view> done_on,
              std::optional<std::int64_t> version = {}) {
        TaskDone given{cases::TaskKey::parse(task).value(), {}, version.value_or(row().version)};
        if (done_on) given.done_on = LocalDate::parse_iso(*done_on).value();
        return came(do_task(office, who, known.id, given));
    }
    std::optional<LocalDate> done_on(std::string_view task) {
        auto const opened = open_case(office, manager, known.id);
        REQUIRE(opened);
        for (auto const& step : opened->steps)
            if (step.task && step.task->text() == task) return step.done_on;
        FAIL("no such step");
        return {};
    }
};

}  // namespace

TEST_CASE("who may take the steps of a case, takes them; nobody else does") {
    WithTasks side;
    as_each(side, Resource::task, Action::change, side.everybody(side.known.person),
            [&](Actor const& actor) { return side.mark(actor, "sick_report_to_uwv-1", "2026-11-16"); });
    CHECK(side.lines().front().entry.event.object == side.known.id.uuid());
    CHECK(side.lines().front().entry.event.person == side.known.person);
}

TEST_CASE(
    "a step that was done makes the case wait for the next one, and back when it was not done after all") {
    WithTasks side;
    auto const first = side.row().next;
    REQUIRE(first);
    CHECK(first->task.text() == "sick_report_to_uwv-1");
    CHECK(side.mark(side.manager, "sick_report_to_uwv-1", "2026-11-17") == std::nullopt);
    CHECK(side.done_on("sick_report_to_uwv-1") == LocalDate::from(2026, 11, 17));
    CHECK(side.row().next->task.text() == "problem_analysis-1");
    CHECK(side.row().version == 1);
    CHECK(side.mark(side.manager, "sick_report_to_uwv-1", "2026-11-16") == std::nullopt);
    CHECK(side.done_on("sick_report_to_uwv-1") == LocalDate::from(2026, 11, 16));
    CHECK(side.mark(side.manager, "sick_report_to_uwv-1", std::nullopt) == std::nullopt);
    CHECK(side.done_on("sick_report_to_uwv-1") == std::nullopt);
    CHECK(side.row().next == first);
    CHECK(side.row().version == 3);
}

TEST_CASE("who saw an older version is told, and nothing changes") {
    WithTasks side;
    auto const seen = side.row().version;
    CHECK(side.mark(side.manager, "sick_report_to_uwv-1", "2026-11-16", seen) == std::nullopt);
    auto const before = side.state();
    CHECK(side.mark(side.manager, "problem_analysis-1", "2026-11-16", seen) ==
          FailureKind::changed_meanwhile);
    CHECK(side.mark(side.manager, "problem_analysis-1", "2026-11-16", seen + 7) ==
          FailureKind::changed_meanwhile);
    CHECK(side.state() == before);
}

TEST_CASE("a step that the case does not have, or a day on which it cannot have been done, is refused") {
    WithTasks side;
    auto const before = side.state();
    CHECK(side.mark(side.manager, "evaluation-14", "2026-11-16") == FailureKind::invalid);
    CHECK(side.mark(side.manager, "recovery_report_to_uwv-1", "2026-11-16") == FailureKind::invalid);
    CHECK(side.mark(side.manager, "wia_start-1", "2026-11-16") == FailureKind::invalid);
    CHECK(side.mark(side.manager, "problem_analysis-1", "2026-11-15") == FailureKind::invalid);
    CHECK(side.mark(side.manager, "problem_analysis-1", "2199-01-01") == FailureKind::invalid);
    CHECK(came(do_task(side.office, side.manager, side.known.id,
                       std::unexpected(Failure{FailureKind::wrong_content}))) == FailureKind::wrong_content);
    CHECK(side.state() == before);
}

TEST_CASE("without its line no step is done") {
    WithTasks side;
    auto const version = side.row().version;
    without_log(side, [&] { return side.mark(side.manager, "sick_report_to_uwv-1", "2026-11-16", version); });
}

TEST_CASE("two at once: the one who comes later is told") {
    WithTasks side;
    TaskDone const given{*cases::TaskKey::parse("sick_report_to_uwv-1"), LocalDate::from(2026, 11, 16),
                         side.row().version};
    std::array<Came, 2> results;
    {
        std::vector<std::jthread> both;
        for (auto& result : results)
            both.emplace_back(
                [&] { result = came(do_task(side.office, side.manager, side.known.id, given)); });
    }
    CHECK(std::ranges::count(results, Came{}) == 1);
    CHECK(std::ranges::count(results, Came{FailureKind::changed_meanwhile}) == 1);
    CHECK(side.row().version == 1);
}
