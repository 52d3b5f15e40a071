#include "actions/open_case.h"

#include "case_steps.h"

namespace klout7::actions {

std::expected<OpenedCase, Failure> open_case(Office const& office, Actor const& actor, CaseId id) {
    return access::look(office.frame, actor, [&](Unit& unit) -> std::expected<OpenedCase, Failure> {
        auto const row = cases::find_case(unit.tx, unit.keyring(), id);
        auto const access =
            unit.gate.ask(access::Action::read, cases::facts_of(access::Resource::case_file, row), id.uuid());
        if (!access) return std::unexpected(access.error());
        // Who may read every case is cleared for one that does not exist, too.
        if (!row) return std::unexpected(Failure{access::FailureKind::not_found});

        auto content = cases::content_of(unit.tx, unit.frame.keys, *row, *access);
        if (!content) return std::unexpected(content.error());
        auto& [person, details] = *content;
        auto const recovery = cases::newest_recovery(unit.tx, unit.keyring(), id);
        auto const facts = cases::deadline_facts(row->first_sick_day, details.ground, details.employment_end);
        auto steps = steps_with(unit.tx, id, facts, recovery);
        return OpenedCase{*row, std::move(person), std::move(details), std::move(steps), recovery};
    });
}

}  // namespace klout7::actions
