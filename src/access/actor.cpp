#include "access/actor.h"

#include <utility>

namespace klout7::access {

namespace {

template <class T>
bool both_same(std::optional<T> const& a, std::optional<T> const& b) {
    return a && b && *a == *b;
}

Relation assignment_of(Actor const& actor, ObjectFacts const& facts) {
    if (facts.assigned_user == actor.user) return Relation::assigned;
    if (facts.handed_over) return Relation::standing_in;
    if (facts.is_emergency) return Relation::emergency;
    return facts.awaits_assignment && !facts.assigned_user ? Relation::unassigned : Relation::none;
}

/// Who is ill since when belongs to every task.
bool covers(Tasks tasks, Resource resource) {
    switch (resource) {
        case Resource::consult:
        case Resource::medical_file:
        case Resource::functional_abilities:
            return tasks.has(Task::consults);
        case Resource::document:
            return tasks.has(Task::documents);
        case Resource::letter:
            return tasks.has(Task::letters);
        default:
            return true;
    }
}

Relation delegation_of(Actor const& actor, ObjectFacts const& facts) {
    bool const is_of_own_doctor = both_same(actor.responsible, facts.assigned_user);
    bool const is_given = facts.handed_over && covers(*facts.handed_over, facts.resource);
    return is_of_own_doctor && is_given ? Relation::delegated : Relation::none;
}

}  // namespace

Relation relation_of(Actor const& actor, ObjectFacts const& facts) {
    if (facts.user && *facts.user == actor.user) return Relation::own_user;
    switch (actor.role) {
        case Role::client:
            return both_same(actor.person, facts.person) ? Relation::own_person : Relation::none;
        case Role::employer:
        case Role::employer_system:
            return both_same(actor.employer, facts.employer) ? Relation::own_employer : Relation::none;
        case Role::case_manager:
        case Role::company_doctor:
        case Role::insurance_doctor:
            return assignment_of(actor, facts);
        case Role::delegated_staff:
            return delegation_of(actor, facts);
        case Role::benefit_specialist:
        case Role::payments:
        case Role::functional_administrator:
        case Role::security_officer:
        case Role::auditor:
        case Role::privacy_officer:
        case Role::medical_account_manager:
        case Role::doctor_auditor:
            return Relation::none;
    }
    std::unreachable();
}

}  // namespace klout7::access
