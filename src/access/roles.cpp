#include "access/roles.h"

#include <utility>

namespace klout7::access {

std::string_view name_of(Role role) {
    switch (role) {
        case Role::employer:
            return "employer";
        case Role::case_manager:
            return "case_manager";
        case Role::benefit_specialist:
            return "benefit_specialist";
        case Role::payments:
            return "payments";
        case Role::functional_administrator:
            return "functional_administrator";
        case Role::security_officer:
            return "security_officer";
        case Role::auditor:
            return "auditor";
        case Role::employer_system:
            return "employer_system";
        case Role::client:
            return "client";
        case Role::privacy_officer:
            return "privacy_officer";
        case Role::company_doctor:
            return "company_doctor";
        case Role::insurance_doctor:
            return "insurance_doctor";
        case Role::delegated_staff:
            return "delegated_staff";
        case Role::medical_account_manager:
            return "medical_account_manager";
        case Role::doctor_auditor:
            return "doctor_auditor";
    }
    std::unreachable();
}

std::optional<Role> parse_role(std::string_view name) {
    for (auto const role : all_roles) {
        if (name_of(role) == name) return role;
    }
    return std::nullopt;
}

bool exists_on(Side side, Role role) {
    switch (role) {
        case Role::client:
        case Role::privacy_officer:
            return true;
        case Role::employer:
        case Role::case_manager:
        case Role::benefit_specialist:
        case Role::payments:
        case Role::functional_administrator:
        case Role::security_officer:
        case Role::auditor:
        case Role::employer_system:
            return side == Side::office;
        case Role::company_doctor:
        case Role::insurance_doctor:
        case Role::delegated_staff:
        case Role::medical_account_manager:
        case Role::doctor_auditor:
            return side == Side::medical;
    }
    std::unreachable();
}

bool may_manage(Side side, Role manager, Role managed) {
    return manages_accounts(side, manager) && managed != manager && exists_on(side, managed) &&
           !is_of_machine(managed);
}

bool may_be_one_person(Side a_side, Role a, Side b_side, Role b) {
    if (a == Role::client || b == Role::client) return !is_of_machine(a) && !is_of_machine(b);
    if (a_side == b_side) return false;
    auto const is = [&](Role one, Role other) {
        return (a == one && b == other) || (a == other && b == one);
    };
    return is(Role::privacy_officer, Role::privacy_officer) || is(Role::auditor, Role::doctor_auditor);
}

}  // namespace klout7::access
