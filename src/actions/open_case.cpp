#include "actions/open_case.h"

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
        auto deadlines = cases::deadlines_of({.ground = details.ground,
                                              .first_sick_day = row->first_sick_day,
                                              .interruptions = {},
                                              .employment_end = details.employment_end,
                                              .problem_analysis_made = {},
                                              .first_fit_day = {},
                                              .recovery_reported = {},
                                              .reported_to_uwv = {},
                                              .state_pension_day = {}});
        return OpenedCase{*row, std::move(person), std::move(details), std::move(deadlines)};
    });
}

}  // namespace klout7::actions
