#pragma once

#include "actions/office.h"
#include "cases/courses.h"

namespace klout7::actions {

struct CaseWithCourse {
    cases::Course course;
    cases::Key key;
};
/// The days and the ground of a case that the actor may do this with. Errors: those of the gate; not_found;
/// unavailable when something was altered.
std::expected<CaseWithCourse, Failure> course_of(Unit& unit, access::Resource resource, access::Action action,
                                                 CaseId id);

}  // namespace klout7::actions
