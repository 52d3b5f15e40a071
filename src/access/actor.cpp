#include "access/actor.h"

#include <utility>

namespace klout7::access {

namespace {

template <class T>
bool both_same(std::optional<T> const& a, std::optional<T> const& b) {
    return a && b && *a == *b;
}

Relation assignment_of(Actor const& actor, ObjectFacts const& facts) {
    if (facts.assigned_user) return *facts.assigned_user == actor.user ? Relation::assigned : Relation::none;
    return facts.awaits_assignment ? Relation::unassigned : Relation::none;
}

}  // namespace

Relation relation_of(Actor const& actor, ObjectFacts const& facts) {
    if (facts.user && *facts.user == actor.user) return Relation::own_user;
    switch (actor.role) {
        case Role::client:
            return both_same(actor.person, facts.person) ? Relation::own_person : Relation::none;
        case Role::employer:
            return both_same(actor.employer, facts.employer) ? Relation::own_employer : Relation::none;
        case Role::case_manager:
        case Role::company_doctor:
        case Role::insurance_doctor:
            return assignment_of(actor, facts);
        case Role::delegated_staff:
            return both_same(actor.responsible, facts.assigned_user) ? Relation::delegated : Relation::none;
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
