#include "actions/do_task.h"

#include <algorithm>

#include "case_steps.h"

namespace klout7::actions {
namespace {

std::unexpected<Failure> wrong_day(cases::DoneDayFault fault) {
    if (fault == cases::DoneDayFault::in_the_future)
        return std::unexpected(
            Failure{access::FailureKind::invalid,
                    {{"done_on", "in_the_future", "Deze dag moet nog komen. Kies vandaag of eerder.",
                      "This day is still to come. Choose today or earlier."}}});
    return std::unexpected(
        Failure{access::FailureKind::invalid,
                {{"done_on", "before_the_illness", "Deze dag ligt voor de eerste ziektedag.",
                  "This day lies before the first sick day."}}});
}

}  // namespace

Failure no_such_step() {
    return {access::FailureKind::invalid,
            {{"task", "unknown_task", "Deze stap heeft het dossier niet. Ververs de pagina.",
              "The case has no such step. Refresh the page."}}};
}

std::expected<void, Failure> do_task(Office const& office, Actor const& actor, CaseId id,
                                     Given<TaskDone> const& given) {
    return access::change(office.frame, actor, [&](Unit& unit) -> std::expected<void, Failure> {
        auto const row = cases::find_case(unit.tx, unit.keyring(), id);
        auto const access =
            unit.gate.ask(access::Action::change, cases::facts_of(access::Resource::task, row), id.uuid(),
                          given ? given->task.text() : std::string{});
        if (!access) return std::unexpected(access.error());
        if (!given) return std::unexpected(given.error());
        if (given->version != row->version)
            return std::unexpected(Failure{access::FailureKind::changed_meanwhile});
        if (given->done_on) {
            auto const fault = cases::check_done_day(*given->done_on, row->first_sick_day, unit.today());
            if (fault != cases::DoneDayFault::none) return wrong_day(fault);
        }

        // What is due depends on what the report says, which is sealed.
        auto const content = cases::content_of(unit.tx, unit.frame.keys, *row, *access);
        if (!content) return std::unexpected(content.error());
        auto steps = steps_of(unit, *row, content->details);
        auto const step = std::ranges::find(steps, given->task, &cases::Step::task);
        if (step == steps.end()) return std::unexpected(no_such_step());
        step->done_on = given->done_on;
        // The case first: of two at once, the one who comes later waits for its row, and is told.
        if (!cases::set_next_step(unit.tx, *row, cases::next_step(steps)))
            return std::unexpected(Failure{access::FailureKind::changed_meanwhile});
        cases::mark_task(unit.tx, id, given->task, given->done_on, actor.user, unit.now);
        return {};
    });
}

}  // namespace klout7::actions
