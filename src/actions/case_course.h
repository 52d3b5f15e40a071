#pragma once

#include "actions/office.h"
#include "cases/courses.h"

namespace klout7::actions {

/// A case that the actor was cleared for, with the key of its person.
struct ClearedCase {
    cases::CaseRow row;
    cases::Key key;
    access::Access access;
};
/// `asked` is what was asked for: the case, or something of it. Errors: those of the gate; not_found.
std::expected<ClearedCase, Failure> cleared_case(Unit& unit, access::Resource resource, access::Action action,
                                                 CaseId id, Uuid asked);

struct CaseWithCourse {
    cases::Course course;
    cases::Key key;
    access::Access access;
};
/// With its days and its ground. Errors: also unavailable when something was altered.
std::expected<CaseWithCourse, Failure> course_of(Unit& unit, access::Resource resource, access::Action action,
                                                 CaseId id, Uuid asked);
inline std::expected<CaseWithCourse, Failure> course_of(Unit& unit, access::Resource resource,
                                                        access::Action action, CaseId id) {
    return course_of(unit, resource, action, id, id.uuid());
}

}  // namespace klout7::actions
