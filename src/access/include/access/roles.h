#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "base/side.h"

namespace klout7::access {

/// What someone is in Klout7. Source: docs of the domain, actors and their hard limits; design "Two sides".
/// An account has exactly one role on one side.
enum class Role {
    // office side
    employer,
    case_manager,
    benefit_specialist,
    payments,
    functional_administrator,
    security_officer,
    auditor,
    employer_system,  ///< a machine of an employer: has a certificate and no session
    // both sides; on the medical side the privacy officer reads the log and no content
    client,
    privacy_officer,
    // medical side
    company_doctor,
    insurance_doctor,
    delegated_staff,
    medical_account_manager,
    doctor_auditor,
};

inline constexpr std::array all_roles{Role::employer,
                                      Role::case_manager,
                                      Role::benefit_specialist,
                                      Role::payments,
                                      Role::functional_administrator,
                                      Role::security_officer,
                                      Role::auditor,
                                      Role::employer_system,
                                      Role::client,
                                      Role::privacy_officer,
                                      Role::company_doctor,
                                      Role::insurance_doctor,
                                      Role::delegated_staff,
                                      Role::medical_account_manager,
                                      Role::doctor_auditor};

/// The code of a role in tables, messages and the log. Never changes.
std::string_view name_of(Role role);
std::optional<Role> parse_role(std::string_view name);

/// Whether an account of this side may have this role.
bool exists_on(Side side, Role role);

/// Whether this is the role of a machine: an account of a person never has it.
constexpr bool is_of_machine(Role role) { return role == Role::employer_system; }

/// The role that is there to manage the accounts of a side.
constexpr Role administrator_of(Side side) {
    return side == Side::office ? Role::functional_administrator : Role::medical_account_manager;
}
constexpr bool manages_accounts(Side side, Role role) { return role == administrator_of(side); }

/// Who may create, change and close an account: the functional administrator on the office side, the
/// medical account manager on the medical side; neither an account with their own role, nor one of a machine.
/// Source: NEN 7510 (5.15, 5.18); accounts that open medical files are never managed by or for the employer.
bool may_manage(Side side, Role manager, Role managed);

/// Whether one person may hold an open account of each of these roles at the same time. A client may be
/// anybody: staff falls ill too. On one side nobody else has two accounts, so that who enters an IBAN does
/// not approve it, and who calculates does not release payments. Who works on one side does not work on the
/// other, so that who grants medical access is no employer, who administers the log does not act on cases,
/// and a case manager does no delegated medical work; but for those who look at both sides and change
/// nothing: the privacy officer, and the auditor who is a doctor. Source: the segregation of duties of the
/// role matrix; NEN 7510 (5.3).
bool may_be_one_person(Side a_side, Role a, Side b_side, Role b);

/// Whether a case of the medical side can be assigned to an account of this role: a doctor's. Delegated staff
/// work for a doctor and have none of their own.
constexpr bool may_have_cases(Role role) {
    return role == Role::company_doctor || role == Role::insurance_doctor;
}

}  // namespace klout7::access
