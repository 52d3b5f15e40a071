#include "case_course.h"

namespace klout7::actions {

using access::FailureKind;

std::expected<ClearedCase, Failure> cleared_case(Unit& unit, access::Resource resource, access::Action action,
                                                 CaseId id, Uuid asked) {
    auto const row = cases::find_case(unit.tx, unit.keyring(), id);
    auto access = unit.gate.ask(action, cases::facts_of(resource, row), asked);
    if (!access) return std::unexpected(access.error());
    // Who may do it with every case is cleared for one that does not exist, too.
    if (!row) return std::unexpected(Failure{FailureKind::not_found});
    auto key = key_of(unit, row->person);
    if (!key) return std::unexpected(key.error());
    return ClearedCase{*row, std::move(*key), std::move(*access)};
}

std::expected<CaseWithCourse, Failure> course_of(Unit& unit, access::Resource resource, access::Action action,
                                                 CaseId id, Uuid asked) {
    auto cleared = cleared_case(unit, resource, action, id, asked);
    if (!cleared) return std::unexpected(cleared.error());
    std::array keys{std::optional{std::move(cleared->key)}};
    auto const courses = cases::courses_of(unit.tx, unit.keyring(), std::array{id}, keys);
    if (!courses.front()) return std::unexpected(Failure{FailureKind::unavailable});
    return CaseWithCourse{*courses.front(), std::move(*keys.front()), std::move(cleared->access)};
}

}  // namespace klout7::actions
