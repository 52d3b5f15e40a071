// THE table: who may do what, one grant a line, denied unless granted.
//
// How to read a line: this role - may, with this kind of thing - do this - if it stands in this relation
// to it - because of this source. Sources: "1.1" to "1.5" are sections of the domain reference, "1.4 row"
// names the row of its role and data matrix, "design" the section of the design.
// tests/law/authorisation.tsv says the same in words of its own; a test compares every cell.

#include "access/authorisation.h"

namespace klout7::access {

namespace {

using enum Role;
using enum Resource;
using enum Action;
using enum Relation;

// clang-format off
constexpr Grant office_grants[] = {
    // The client sees the own data only, and reports sick and recovered.
    {client, sick_report,    create, own_person, "1.1 client: reports sick; ZW 38ab"},
    {client, sick_report,    read,   own_person, "1.4 absence facts CL R"},
    {client, case_file,      read,   own_person, "1.4 absence facts CL R"},
    {client, case_list,      list,   own_person, "1.4 absence facts CL R"},
    {client, person_card,    read,   own_person, "1.4 identity, contact CL RW"},
    {client, person_card,    change, own_person, "1.4 identity, contact CL RW"},
    {client, recovery,       create, own_person, "1.1 only doctor or client; ZW 38a(4)"},
    {client, recovery,       read,   own_person, "1.4 absence facts CL R"},
    {client, letter,         read,   own_person, "1.4 feedback, advice letter CL R"},
    {client, letter,         list,   own_person, "1.4 feedback, advice letter CL R"},
    {client, document,       read,   own_person, "1.4 WVP documents CL R"},
    {client, document,       list,   own_person, "1.4 WVP documents CL R"},
    {client, own_access_log, read,   own_person, "1.4 audit log CL R (own file); design 8"},

    // The employer reports sick, and sees facts and feedback of the own people. No cause, no file.
    {employer, sick_report, create, own_employer, "1.4 permitted sick-report extras EM RW"},
    {employer, sick_report, read,   own_employer, "1.4 permitted sick-report extras EM RW"},
    {employer, sick_report, list,   own_employer, "1.4 absence facts EM RW"},
    {employer, import_file, create, own_employer, "1.4 permitted sick-report extras EM RW"},
    {employer, import_file, read,   own_employer, "1.4 permitted sick-report extras EM RW"},
    {employer, import_file, list,   own_employer, "1.4 permitted sick-report extras EM RW"},
    {employer, case_file,   read,   own_employer, "1.4 absence facts EM RW"},
    {employer, case_list,   list,   own_employer, "1.4 absence facts EM RW"},
    {employer, case_list,   search, own_employer, "1.4 absence facts EM RW"},
    {employer, person_card, read,   own_employer, "1.4 identity, contact EM R"},
    {employer, recovery,    read,   own_employer, "1.4 absence facts EM RW; ZW 38aa(2)"},
    {employer, letter,      read,   own_employer, "1.4 feedback, advice letter EM R"},
    {employer, letter,      list,   own_employer, "1.4 feedback, advice letter EM R"},
    {employer, document,    read,   own_employer, "1.4 WVP documents EM R"},
    {employer, document,    list,   own_employer, "1.4 WVP documents EM R"},

    // The case manager runs the assigned cases and takes new ones; never reports someone recovered.
    {case_manager, sick_report, create, any,        "1.4 permitted sick-report extras CP RW"},
    {case_manager, sick_report, read,   assigned,   "1.4 permitted sick-report extras CP RW"},
    {case_manager, sick_report, read,   unassigned, "1.4 permitted sick-report extras CP RW"},
    {case_manager, case_file,   read,   assigned,   "1.4 absence facts CP RW"},
    {case_manager, case_file,   read,   unassigned, "1.4 absence facts CP RW: to take the case"},
    {case_manager, case_file,   change, assigned,   "1.4 absence facts CP RW"},
    {case_manager, case_file,   assign, assigned,   "1.1 case manager: names the doctor, hands over"},
    {case_manager, case_file,   assign, unassigned, "1.1 case manager: takes a new case"},
    {case_manager, case_list,   list,   assigned,   "1.4 absence facts CP RW"},
    {case_manager, case_list,   list,   unassigned, "1.4 absence facts CP RW: to take the case"},
    {case_manager, case_list,   search, assigned,   "1.4 absence facts CP RW"},
    {case_manager, person_card, read,   assigned,   "1.4 identity, contact CP RW"},
    {case_manager, person_card, change, assigned,   "1.4 identity, contact CP RW"},
    {case_manager, recovery,    read,   assigned,   "1.4 absence facts CP RW; 1.1 cannot report recovery"},
    {case_manager, letter,      read,   assigned,   "1.4 feedback, advice letter CP R"},
    {case_manager, letter,      list,   assigned,   "1.4 feedback, advice letter CP R"},
    {case_manager, document,    read,   assigned,   "1.4 WVP documents CP RW"},
    {case_manager, document,    list,   assigned,   "1.4 WVP documents CP RW"},
    {case_manager, document,    create, assigned,   "1.4 WVP documents CP RW"},
    {case_manager, doctor_list, list,   any,        "1.1 case manager: names the doctor"},

    // The benefit specialist needs dates and ground of every case to calculate.
    {benefit_specialist, sick_report, read,   any, "1.4 permitted sick-report extras UD R"},
    {benefit_specialist, case_file,   read,   any, "1.4 absence facts UD R"},
    {benefit_specialist, case_list,   list,   any, "1.4 absence facts UD R"},
    {benefit_specialist, case_list,   search, any, "1.4 absence facts UD R"},
    {benefit_specialist, person_card, read,   any, "1.4 identity, contact UD R"},
    {benefit_specialist, recovery,    read,   any, "1.4 absence facts UD R"},
    {benefit_specialist, document,    read,   any, "1.4 WVP documents UD R"},
    {benefit_specialist, document,    list,   any, "1.4 WVP documents UD R"},

    // The functional administrator manages accounts and sees no client content.
    {functional_administrator, user, read,   any, "1.4 role/grant tables FB RW"},
    {functional_administrator, user, list,   any, "1.4 role/grant tables FB RW"},
    {functional_administrator, user, change, any, "1.4 role/grant tables FB RW"},
    {functional_administrator, account_proposal, create,  any,      "1.4 role/grant tables FB RW"},
    {functional_administrator, account_proposal, list,    any,      "1.4 role/grant tables FB RW"},
    {functional_administrator, account_proposal, approve, none,     "NEN 7510 5.3: by another than who proposes"},
    {functional_administrator, account_proposal, end,     any,      "1.4 role/grant tables FB RW"},

    // Who controls reads the log and the roles, and acts on no case.
    {privacy_officer,  user,      read,   any, "1.4 role/grant tables FG R"},
    {privacy_officer,  user,      list,   any, "1.4 role/grant tables FG R"},
    {privacy_officer,  audit_log, read,   any, "1.4 audit log FG R"},
    {privacy_officer,  audit_log, search, any, "1.4 audit log FG R"},
    {security_officer, audit_log, read,   any, "1.1 security officer: log review"},
    {security_officer, audit_log, search, any, "1.1 security officer: log review"},
    {auditor,          user,      read,   any, "1.4 role/grant tables AU R"},
    {auditor,          user,      list,   any, "1.4 role/grant tables AU R"},
    {auditor,          audit_log, read,   any, "1.4 audit log AU R"},
    {auditor,          audit_log, search, any, "1.4 audit log AU R"},

    // Everyone looks after the own session, password and second factor.
    {client,                   own_session, read,   own_user, "design 9"},
    {client,                   own_session, end,    own_user, "design 9"},
    {client,                   own_session, change, own_user, "design 9"},
    {client,                   own_factor,  read,   own_user, "design 9"},
    {client,                   own_factor,  change, own_user, "design 9"},
    {client,                   own_factor,  end,    own_user, "design 9"},
    {employer,                 own_session, read,   own_user, "design 9"},
    {employer,                 own_session, end,    own_user, "design 9"},
    {employer,                 own_session, change, own_user, "design 9"},
    {employer,                 own_factor,  read,   own_user, "design 9"},
    {employer,                 own_factor,  change, own_user, "design 9"},
    {employer,                 own_factor,  end,    own_user, "design 9"},
    {case_manager,             own_session, read,   own_user, "design 9"},
    {case_manager,             own_session, end,    own_user, "design 9"},
    {case_manager,             own_session, change, own_user, "design 9"},
    {case_manager,             own_factor,  read,   own_user, "design 9"},
    {case_manager,             own_factor,  change, own_user, "design 9"},
    {case_manager,             own_factor,  end,    own_user, "design 9"},
    {benefit_specialist,       own_session, read,   own_user, "design 9"},
    {benefit_specialist,       own_session, end,    own_user, "design 9"},
    {benefit_specialist,       own_session, change, own_user, "design 9"},
    {benefit_specialist,       own_factor,  read,   own_user, "design 9"},
    {benefit_specialist,       own_factor,  change, own_user, "design 9"},
    {benefit_specialist,       own_factor,  end,    own_user, "design 9"},
    {payments,                 own_session, read,   own_user, "design 9"},
    {payments,                 own_session, end,    own_user, "design 9"},
    {payments,                 own_session, change, own_user, "design 9"},
    {payments,                 own_factor,  read,   own_user, "design 9"},
    {payments,                 own_factor,  change, own_user, "design 9"},
    {payments,                 own_factor,  end,    own_user, "design 9"},
    {functional_administrator, own_session, read,   own_user, "design 9"},
    {functional_administrator, own_session, end,    own_user, "design 9"},
    {functional_administrator, own_session, change, own_user, "design 9"},
    {functional_administrator, own_factor,  read,   own_user, "design 9"},
    {functional_administrator, own_factor,  change, own_user, "design 9"},
    {functional_administrator, own_factor,  end,    own_user, "design 9"},
    {privacy_officer,          own_session, read,   own_user, "design 9"},
    {privacy_officer,          own_session, end,    own_user, "design 9"},
    {privacy_officer,          own_session, change, own_user, "design 9"},
    {privacy_officer,          own_factor,  read,   own_user, "design 9"},
    {privacy_officer,          own_factor,  change, own_user, "design 9"},
    {privacy_officer,          own_factor,  end,    own_user, "design 9"},
    {security_officer,         own_session, read,   own_user, "design 9"},
    {security_officer,         own_session, end,    own_user, "design 9"},
    {security_officer,         own_session, change, own_user, "design 9"},
    {security_officer,         own_factor,  read,   own_user, "design 9"},
    {security_officer,         own_factor,  change, own_user, "design 9"},
    {security_officer,         own_factor,  end,    own_user, "design 9"},
    {auditor,                  own_session, read,   own_user, "design 9"},
    {auditor,                  own_session, end,    own_user, "design 9"},
    {auditor,                  own_session, change, own_user, "design 9"},
    {auditor,                  own_factor,  read,   own_user, "design 9"},
    {auditor,                  own_factor,  change, own_user, "design 9"},
    {auditor,                  own_factor,  end,    own_user, "design 9"},
};

constexpr Grant medical_grants[] = {
    // The doctor of the case, whole.
    {company_doctor, case_file,    read,   assigned, "1.4 absence facts BA RW"},
    {company_doctor, case_list,    list,   assigned, "1.4 absence facts BA RW"},
    {company_doctor, case_list,    search, assigned, "1.4 absence facts BA RW"},
    {company_doctor, person_card,  read,   assigned, "1.4 identity, contact BA R"},
    {company_doctor, recovery,     create, assigned, "1.1 only doctor or client; 1.4 absence facts BA RW"},
    {company_doctor, recovery,     read,   assigned, "1.4 absence facts BA RW"},
    {company_doctor, medical_file, read,   assigned, "1.4 medical file BA RW"},
    {company_doctor, consult,      create, assigned, "1.4 medical file BA RW"},
    {company_doctor, consult,      read,   assigned, "1.4 medical file BA RW"},
    {company_doctor, consult,      list,   assigned, "1.4 medical file BA RW"},
    {company_doctor, consult,      write,  assigned, "1.4 medical file BA RW"},
    {company_doctor, document,     create, assigned, "1.4 medical file BA RW"},
    {company_doctor, document,     read,   assigned, "1.4 medical file BA RW"},
    {company_doctor, document,     list,   assigned, "1.4 medical file BA RW"},
    {company_doctor, letter,       create, assigned, "1.4 feedback, advice letter BA RW (sign)"},
    {company_doctor, letter,       read,   assigned, "1.4 feedback, advice letter BA RW (sign)"},
    {company_doctor, letter,       list,   assigned, "1.4 feedback, advice letter BA RW (sign)"},
    {company_doctor, letter,       change, assigned, "1.4 feedback, advice letter BA RW (sign)"},
    {company_doctor, letter,       sign,   assigned, "1.4 feedback, advice letter BA RW (sign)"},

    // The insurance doctor: cases assigned to this doctor only ("RW own"); reads the advice letter.
    {insurance_doctor, case_file,    read,   assigned, "1.4 absence facts VA R"},
    {insurance_doctor, case_list,    list,   assigned, "1.4 absence facts VA R"},
    {insurance_doctor, case_list,    search, assigned, "1.4 absence facts VA R"},
    {insurance_doctor, person_card,  read,   assigned, "1.4 identity, contact VA R"},
    {insurance_doctor, recovery,     read,   assigned, "1.4 absence facts VA R"},
    {insurance_doctor, medical_file, read,   assigned, "1.4 medical file VA RW own"},
    {insurance_doctor, consult,      create, assigned, "1.4 medical file VA RW own"},
    {insurance_doctor, consult,      read,   assigned, "1.4 medical file VA RW own"},
    {insurance_doctor, consult,      list,   assigned, "1.4 medical file VA RW own"},
    {insurance_doctor, consult,      write,  assigned, "1.4 medical file VA RW own"},
    {insurance_doctor, document,     create, assigned, "1.4 medical file VA RW own"},
    {insurance_doctor, document,     read,   assigned, "1.4 medical file VA RW own"},
    {insurance_doctor, document,     list,   assigned, "1.4 medical file VA RW own"},
    {insurance_doctor, letter,       read,   assigned, "1.4 feedback, advice letter VA RW: read in this issue"},
    {insurance_doctor, letter,       list,   assigned, "1.4 feedback, advice letter VA RW: read in this issue"},

    // Delegated staff, for one doctor: gathers facts and drafts; never signs, never reports recovery.
    {delegated_staff, case_file,   read,   delegated, "1.4 absence facts CT RW"},
    {delegated_staff, case_list,   list,   delegated, "1.4 absence facts CT RW"},
    {delegated_staff, case_list,   search, delegated, "1.4 absence facts CT RW"},
    {delegated_staff, person_card, read,   delegated, "1.4 identity, contact CT R"},
    {delegated_staff, recovery,    read,   delegated, "1.4 absence facts CT RW; 1.1 only doctor or client"},
    {delegated_staff, consult,     create, delegated, "1.4 medical file CT RW (delegated part)"},
    {delegated_staff, consult,     read,   delegated, "1.4 medical file CT RW (delegated part)"},
    {delegated_staff, consult,     list,   delegated, "1.4 medical file CT RW (delegated part)"},
    {delegated_staff, consult,     write,  delegated, "1.4 medical file CT RW (delegated part)"},
    {delegated_staff, document,    create, delegated, "1.4 medical file CT RW (delegated part)"},
    {delegated_staff, document,    read,   delegated, "1.4 medical file CT RW (delegated part)"},
    {delegated_staff, document,    list,   delegated, "1.4 medical file CT RW (delegated part)"},
    {delegated_staff, letter,      create, delegated, "1.4 feedback, advice letter CT RW (draft)"},
    {delegated_staff, letter,      read,   delegated, "1.4 feedback, advice letter CT RW (draft)"},
    {delegated_staff, letter,      list,   delegated, "1.4 feedback, advice letter CT RW (draft)"},
    {delegated_staff, letter,      change, delegated, "1.4 feedback, advice letter CT RW (draft)"},

    // The client reads the own medical file on request: what the doctor released, not working notes.
    {client, medical_file,   read, own_person, "1.4 medical file CL R (request); design 2"},
    {client, letter,         read, own_person, "1.4 feedback, advice letter CL R"},
    {client, letter,         list, own_person, "1.4 feedback, advice letter CL R"},
    {client, own_access_log, read, own_person, "1.4 audit log CL R (own file); design 8"},

    // Medical accounts are managed here, by nobody of an employer or of the office.
    {medical_account_manager, user, read,   any, "design 2; 1.3 accounts that open medical files"},
    {medical_account_manager, user, list,   any, "design 2; 1.3 accounts that open medical files"},
    {medical_account_manager, user, change, any, "design 2; 1.3 accounts that open medical files"},
    {medical_account_manager, account_proposal, create,  any,      "design 2; 1.3 accounts that open medical files"},
    {medical_account_manager, account_proposal, list,    any,      "design 2; 1.3 accounts that open medical files"},
    {medical_account_manager, account_proposal, approve, none,     "NEN 7510 5.3: by another than who proposes"},
    {medical_account_manager, account_proposal, end,     any,      "design 2; 1.3 accounts that open medical files"},

    // Who controls reads the log and the roles, no content. Sampling of files by the doctor-auditor is
    // time-boxed (1.1) and comes with its own mandate, not in this issue.
    {privacy_officer, user,      read,   any, "1.4 role/grant tables FG R"},
    {privacy_officer, user,      list,   any, "1.4 role/grant tables FG R"},
    {privacy_officer, audit_log, read,   any, "1.4 audit log FG R"},
    {privacy_officer, audit_log, search, any, "1.4 audit log FG R"},
    {doctor_auditor,  user,      read,   any, "1.4 role/grant tables AU R"},
    {doctor_auditor,  user,      list,   any, "1.4 role/grant tables AU R"},
    {doctor_auditor,  audit_log, read,   any, "1.4 audit log AU R"},
    {doctor_auditor,  audit_log, search, any, "1.4 audit log AU R"},

    {client,                  own_session, read,   own_user, "design 9"},
    {client,                  own_session, end,    own_user, "design 9"},
    {client,                  own_session, change, own_user, "design 9"},
    {client,                  own_factor,  read,   own_user, "design 9"},
    {client,                  own_factor,  change, own_user, "design 9"},
    {client,                  own_factor,  end,    own_user, "design 9"},
    {company_doctor,          own_session, read,   own_user, "design 9"},
    {company_doctor,          own_session, end,    own_user, "design 9"},
    {company_doctor,          own_session, change, own_user, "design 9"},
    {company_doctor,          own_factor,  read,   own_user, "design 9"},
    {company_doctor,          own_factor,  change, own_user, "design 9"},
    {company_doctor,          own_factor,  end,    own_user, "design 9"},
    {insurance_doctor,        own_session, read,   own_user, "design 9"},
    {insurance_doctor,        own_session, end,    own_user, "design 9"},
    {insurance_doctor,        own_session, change, own_user, "design 9"},
    {insurance_doctor,        own_factor,  read,   own_user, "design 9"},
    {insurance_doctor,        own_factor,  change, own_user, "design 9"},
    {insurance_doctor,        own_factor,  end,    own_user, "design 9"},
    {delegated_staff,         own_session, read,   own_user, "design 9"},
    {delegated_staff,         own_session, end,    own_user, "design 9"},
    {delegated_staff,         own_session, change, own_user, "design 9"},
    {delegated_staff,         own_factor,  read,   own_user, "design 9"},
    {delegated_staff,         own_factor,  change, own_user, "design 9"},
    {delegated_staff,         own_factor,  end,    own_user, "design 9"},
    {medical_account_manager, own_session, read,   own_user, "design 9"},
    {medical_account_manager, own_session, end,    own_user, "design 9"},
    {medical_account_manager, own_session, change, own_user, "design 9"},
    {medical_account_manager, own_factor,  read,   own_user, "design 9"},
    {medical_account_manager, own_factor,  change, own_user, "design 9"},
    {medical_account_manager, own_factor,  end,    own_user, "design 9"},
    {privacy_officer,         own_session, read,   own_user, "design 9"},
    {privacy_officer,         own_session, end,    own_user, "design 9"},
    {privacy_officer,         own_session, change, own_user, "design 9"},
    {privacy_officer,         own_factor,  read,   own_user, "design 9"},
    {privacy_officer,         own_factor,  change, own_user, "design 9"},
    {privacy_officer,         own_factor,  end,    own_user, "design 9"},
    {doctor_auditor,          own_session, read,   own_user, "design 9"},
    {doctor_auditor,          own_session, end,    own_user, "design 9"},
    {doctor_auditor,          own_session, change, own_user, "design 9"},
    {doctor_auditor,          own_factor,  read,   own_user, "design 9"},
    {doctor_auditor,          own_factor,  change, own_user, "design 9"},
    {doctor_auditor,          own_factor,  end,    own_user, "design 9"},
};
// clang-format on

}  // namespace

std::span<Grant const> grants_of(Side side) {
    return side == Side::office ? std::span<Grant const>{office_grants}
                                : std::span<Grant const>{medical_grants};
}

}  // namespace klout7::access
