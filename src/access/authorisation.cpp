#include "access/authorisation.h"

#include <algorithm>
#include <utility>

namespace klout7::access {

std::string_view name_of(Resource resource) {
    switch (resource) {
        case Resource::sick_report:
            return "sick_report";
        case Resource::import_file:
            return "import_file";
        case Resource::case_file:
            return "case_file";
        case Resource::case_list:
            return "case_list";
        case Resource::person_card:
            return "person_card";
        case Resource::recovery:
            return "recovery";
        case Resource::task:
            return "task";
        case Resource::letter:
            return "letter";
        case Resource::document:
            return "document";
        case Resource::consult:
            return "consult";
        case Resource::medical_file:
            return "medical_file";
        case Resource::functional_abilities:
            return "functional_abilities";
        case Resource::doctor_list:
            return "doctor_list";
        case Resource::user:
            return "user";
        case Resource::account_proposal:
            return "account_proposal";
        case Resource::service_account:
            return "service_account";
        case Resource::service_account_proposal:
            return "service_account_proposal";
        case Resource::mandate:
            return "mandate";
        case Resource::emergency_access:
            return "emergency_access";
        case Resource::audit_log:
            return "audit_log";
        case Resource::own_access_log:
            return "own_access_log";
        case Resource::own_session:
            return "own_session";
        case Resource::own_factor:
            return "own_factor";
        case Resource::draft:
            return "draft";
        case Resource::headcount:
            return "headcount";
        case Resource::absence_figures:
            return "absence_figures";
        case Resource::quarantine_release:
            return "quarantine_release";
        case Resource::benefit_facts:
            return "benefit_facts";
        case Resource::benefit:
            return "benefit";
        case Resource::payee_account:
            return "payee_account";
        case Resource::pay_run:
            return "pay_run";
        case Resource::payment:
            return "payment";
        case Resource::payment_batch:
            return "payment_batch";
        case Resource::bank_answer:
            return "bank_answer";
    }
    std::unreachable();
}

std::string_view name_of(Action action) {
    switch (action) {
        case Action::create:
            return "create";
        case Action::read:
            return "read";
        case Action::list:
            return "list";
        case Action::search:
            return "search";
        case Action::change:
            return "change";
        case Action::write:
            return "write";
        case Action::sign:
            return "sign";
        case Action::assign:
            return "assign";
        case Action::approve:
            return "approve";
        case Action::end:
            return "end";
    }
    std::unreachable();
}

std::string_view name_of(Relation relation) {
    switch (relation) {
        case Relation::none:
            return "none";
        case Relation::own_person:
            return "own_person";
        case Relation::own_employer:
            return "own_employer";
        case Relation::assigned:
            return "assigned";
        case Relation::unassigned:
            return "unassigned";
        case Relation::delegated:
            return "delegated";
        case Relation::standing_in:
            return "standing_in";
        case Relation::emergency:
            return "emergency";
        case Relation::own_user:
            return "own_user";
        case Relation::any:
            return "any";
    }
    std::unreachable();
}

bool decide(Side side, Role role, Resource resource, Action action, Relation relation) {
    return std::ranges::any_of(grants_of(side), [&](Grant const& grant) {
        return grant.role == role && grant.resource == resource && grant.action == action &&
               (grant.relation == relation || grant.relation == Relation::any);
    });
}

bool needs_fresh_session(Resource resource, Action action) {
    switch (resource) {
        case Resource::audit_log:
            return true;
        case Resource::own_factor:
        case Resource::user:
        case Resource::account_proposal:
        case Resource::service_account:
        case Resource::service_account_proposal:
        case Resource::quarantine_release:
            return action != Action::read && action != Action::list;
        case Resource::mandate:
        case Resource::emergency_access:
            return action == Action::create;
        case Resource::payee_account:
        case Resource::payment_batch:
            return action == Action::approve;
        case Resource::benefit_facts:
        case Resource::benefit:
        case Resource::pay_run:
        case Resource::payment:
        case Resource::bank_answer:
        case Resource::sick_report:
        case Resource::import_file:
        case Resource::case_file:
        case Resource::case_list:
        case Resource::person_card:
        case Resource::recovery:
        case Resource::task:
        case Resource::functional_abilities:
        case Resource::draft:
        case Resource::headcount:
        case Resource::absence_figures:
        case Resource::letter:
        case Resource::document:
        case Resource::consult:
        case Resource::medical_file:
        case Resource::doctor_list:
        case Resource::own_access_log:
        case Resource::own_session:
            return false;
    }
    std::unreachable();
}

Refusal refusal_for(Side side, Role role, Resource resource, Relation relation) {
    bool const may_know = decide(side, role, resource, Action::read, relation) ||
                          decide(side, role, resource, Action::list, relation);
    return may_know ? Refusal::not_allowed_here : Refusal::not_found;
}

}  // namespace klout7::access
