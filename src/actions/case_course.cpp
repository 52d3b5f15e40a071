#include "case_course.h"

namespace klout7::actions {

std::expected<CaseWithCourse, Failure> course_of(Unit& unit, access::Resource resource, access::Action action,
                                                 CaseId id) {
    using access::FailureKind;
    auto const row = cases::find_case(unit.tx, unit.keyring(), id);
    auto const access = unit.gate.ask(action, cases::facts_of(resource, row), id.uuid());
    if (!access) return std::unexpected(access.error());
    // Who may do it with every case is cleared for one that does not exist, too.
    if (!row) return std::unexpected(Failure{FailureKind::not_found});
    auto key = key_of(unit, row->person);
    if (!key) return std::unexpected(key.error());
    std::array keys{std::optional{std::move(*key)}};
    auto const courses = cases::courses_of(unit.tx, unit.keyring(), std::array{id}, keys);
    if (!courses.front()) return std::unexpected(Failure{FailureKind::unavailable});
    return CaseWithCourse{*courses.front(), std::move(*keys.front())};
}

}  // namespace klout7::actions
