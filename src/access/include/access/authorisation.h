#pragma once

#include <array>
#include <optional>
#include <span>
#include <string_view>

#include "access/roles.h"

namespace klout7::access {

/// The kinds of things a grant can speak of.
enum class Resource {
    sick_report,               ///< the report and its permitted extras, no cause
    import_file,               ///< a file of sick reports and what became of its rows
    case_file,                 ///< one case: dates, tasks, who works on it
    case_list,                 ///< finding cases
    person_card,               ///< identity and contact data
    recovery,                  ///< the report of recovery
    task,                      ///< a step of a case that somebody must take
    letter,                    ///< the feedback of the doctor: fixed fields
    document,                  ///< sealed files of the side they are on
    consult,                   ///< a contact with the doctor and the note of it
    medical_file,              ///< the medical file as a whole
    functional_abilities,      ///< what somebody can still do, in six sections (FML), without a diagnosis
    doctor_list,               ///< which doctors can be assigned
    user,                      ///< accounts
    account_proposal,          ///< what one administrator wants of an account and another must approve
    service_account,           ///< the machine of an employer that comes in by its certificate
    service_account_proposal,  ///< one that an administrator wants and another must approve
    mandate,                   ///< what somebody hands over for a time
    emergency_access,          ///< a case that a doctor opens in an emergency without having it
    audit_log,                 ///< the log as its controllers read it
    own_access_log,            ///< who looked at my file, in plain Dutch
    own_session,               ///< one's own sign-in and password
    own_factor,                ///< one's own second factors
    draft,                     ///< what somebody typed and has not sent yet
    headcount,                 ///< how many people an employer had in a month
    absence_figures,           ///< how much of the time an employer's people were ill, without small groups
    quarantine_release,        ///< that a document the scanner closed may be read after all
    benefit_facts,             ///< what the benefit of a case is reckoned from: job, wages, income, decisions
    benefit,                   ///< what a case is worth, with its steps; not what was paid
    payee_account,             ///< to which bank account somebody is paid
    pay_run,                   ///< what is due of all cases up to a week, and what could not be reckoned
    payment,                   ///< what came of one case in a run, and where it is on its way
    payment_batch,             ///< the transfers of one day in files, and who released them
    bank_answer,               ///< a file that the bank sent back
};

enum class Action { create, read, list, search, change, write, sign, assign, approve, end };

/// How the actor stands to the thing. `any` stands only in grants: whatever the relation is.
enum class Relation {
    none,
    own_person,    ///< the client is the subject
    own_employer,  ///< the subject works, or worked, for the actor's employer
    assigned,      ///< the actor is the case manager or doctor of the case
    unassigned,    ///< nobody is yet
    delegated,     ///< the actor works for the doctor of the case, who gave this task for these days
    standing_in,   ///< a colleague's, who handed the cases over for these days
    emergency,     ///< of nobody near the actor, who opened it in an emergency within the hour
    own_user,      ///< the actor's own account, session, proposal or mandate
    any,
};

inline constexpr std::array all_resources{Resource::sick_report,
                                          Resource::import_file,
                                          Resource::case_file,
                                          Resource::case_list,
                                          Resource::person_card,
                                          Resource::recovery,
                                          Resource::task,
                                          Resource::letter,
                                          Resource::document,
                                          Resource::consult,
                                          Resource::medical_file,
                                          Resource::functional_abilities,
                                          Resource::doctor_list,
                                          Resource::user,
                                          Resource::account_proposal,
                                          Resource::service_account,
                                          Resource::service_account_proposal,
                                          Resource::mandate,
                                          Resource::emergency_access,
                                          Resource::audit_log,
                                          Resource::own_access_log,
                                          Resource::own_session,
                                          Resource::own_factor,
                                          Resource::draft,
                                          Resource::headcount,
                                          Resource::absence_figures,
                                          Resource::quarantine_release,
                                          Resource::benefit_facts,
                                          Resource::benefit,
                                          Resource::payee_account,
                                          Resource::pay_run,
                                          Resource::payment,
                                          Resource::payment_batch,
                                          Resource::bank_answer};
inline constexpr std::array all_actions{Action::create,  Action::read,  Action::list, Action::search,
                                        Action::change,  Action::write, Action::sign, Action::assign,
                                        Action::approve, Action::end};
/// Every relation that an actor can have; `any` is none of them.
inline constexpr std::array all_relations{Relation::none,        Relation::own_person, Relation::own_employer,
                                          Relation::assigned,    Relation::unassigned, Relation::delegated,
                                          Relation::standing_in, Relation::emergency,  Relation::own_user};

std::string_view name_of(Resource resource);
std::string_view name_of(Action action);
std::string_view name_of(Relation relation);

/// One line of the table.
struct Grant {
    Role role;
    Resource resource;
    Action action;
    Relation relation;
    std::string_view source;
};

/// The whole table of one side: authorisation_table.cpp.
std::span<Grant const> grants_of(Side side);

/// Denied unless a grant of this side says otherwise. Pure.
bool decide(Side side, Role role, Resource resource, Action action, Relation relation);

/// Whether this asks for a fresh session: what would do most harm in the hands of who finds a browser open.
bool needs_fresh_session(Resource resource, Action action);

/// Why not. What someone may not know of looks like what does not exist, so `not_allowed_here` is only
/// for those who may read or list that very thing.
enum class Refusal { not_found, not_allowed_here };

/// The refusal that fits a denied action. Pure.
Refusal refusal_for(Side side, Role role, Resource resource, Relation relation);

}  // namespace klout7::access
