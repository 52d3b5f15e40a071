#include "new_proposal.h"

#include "account_row.h"
#include "short_text.h"

namespace klout7::access {
namespace {

constexpr FieldFault unknown_kind{"kind", "not_a_choice", "Kies invite, move, new_factors of reopen.",
                                  "Choose invite, move, new_factors or reopen."};
constexpr FieldFault unknown_user{"user", "unknown", "Kies een account uit de lijst.",
                                  "Choose an account of the list."};
constexpr FieldFault bad_user_name{
    "user_name", "wrong",
    "Kies een naam van 3 tot 64 tekens: letters a-z, cijfers, punt, streepje, liggend streepje of @.",
    "Choose a name of 3 to 64 characters: letters a-z, digits, dot, hyphen, underscore or @."};
constexpr FieldFault taken_user_name{"user_name", "taken", "Deze naam is al in gebruik: kies een andere.",
                                     "This name is in use: choose another."};
constexpr FieldFault no_display_name{"display_name", "missing", "Vul in hoe deze persoon heet.",
                                     "Say what this person is called."};
constexpr FieldFault display_name_not_text{
    "display_name", "not_text", "Hier staan tekens die geen leesbare tekst zijn. Typ de naam opnieuw.",
    "There are signs here that are no readable text. Type the name again."};
constexpr FieldFault display_name_too_long{"display_name", "too_long",
                                           "Kort de naam in tot ten hoogste 100 tekens.",
                                           "Shorten the name to at most 100 characters."};
constexpr FieldFault not_your_role{"role", "not_a_choice", "Kies een rol van deze kant, die u beheert.",
                                   "Choose a role of this side, which you manage."};
constexpr FieldFault unknown_employer{"employer", "unknown_employer",
                                      "Vul de code in van een werkgever die hier bekend is.",
                                      "Give the code of an employer who is known here."};
constexpr FieldFault unknown_person{
    "person", "unknown", "Kies de persoon van wie dit account is; zij of hij is hier nog niet bekend.",
    "Choose the person whose account this is; nobody is known here as this."};
constexpr FieldFault no_doctor{"responsible", "unknown_doctor",
                               "Kies de arts voor wie deze medewerker werkt, met een open account.",
                               "Choose the doctor for whom this one works, with an open account."};
constexpr FieldFault employer_not_for_role{
    "employer", "not_for_role", "Laat dit leeg: alleen een account van een werkgever hoort bij een.",
    "Leave this empty: only an employer's account belongs to one."};
constexpr FieldFault person_not_for_role{
    "person", "not_for_role", "Laat dit leeg: alleen een account van een client is van een persoon.",
    "Leave this empty: only a client's account is a person's."};
constexpr FieldFault doctor_not_for_role{
    "responsible", "not_for_role", "Laat dit leeg: alleen een gedelegeerde medewerker werkt voor een arts.",
    "Leave this empty: only delegated staff works for a doctor."};

constexpr FieldFault no_e_mail{"e_mail", "wrong", "Vul het zakelijke e-mailadres van deze persoon in.",
                               "Give the work e-mail address of this person."};
constexpr FieldFault roles_conflict{"e_mail", "roles_conflict",
                                    "Deze persoon heeft al een account, hier of aan de andere kant, en mag "
                                    "die rollen niet tegelijk hebben: laat eerst het andere sluiten.",
                                    "This person has an account already, here or on the other side, and must "
                                    "not have both roles: have the other closed first."};

using Faults = std::vector<FieldFault>;

std::string checked_display_name(std::string_view given, Faults& faults) {
    auto name = short_text(given, display_name_longest);
    if (name) return std::move(*name);
    faults.push_back(name.error() == TextFault::missing    ? no_display_name
                     : name.error() == TextFault::not_text ? display_name_not_text
                                                           : display_name_too_long);
    return {};
}

/// A field that belongs to one role: there for that role and found, empty for every other.
template <class T>
std::optional<T> of_role(bool belongs, std::string_view given, std::optional<T> found,
                         FieldFault const& not_found, FieldFault const& not_for_role, Faults& faults) {
    if (!belongs && !given.empty()) faults.push_back(not_for_role);
    if (belongs && !found) faults.push_back(not_found);
    return belongs ? found : std::nullopt;
}

/// The role and what belongs to it.
template <class Zone>
void check_role(Unit<Zone>& unit, NewProposal const& given,
                typename AccountLife<Zone>::FindEmployer const& find_employer, ProposedAccount& account,
                Faults& faults) {
    auto const role = parse_role(given.role);
    if (!role || !may_manage(Zone::side, unit.actor.role, *role)) {
        faults.push_back(not_your_role);
        return;
    }
    account.role = *role;
    auto const employer = given.employer.empty() ? std::nullopt : find_employer(unit.tx, given.employer);
    auto person = PersonId::parse(given.person);
    if (person && !unit.frame.keys.load(unit.tx, *person)) person.reset();
    auto doctor = UserId::parse(given.responsible);
    if (doctor && !may_be_responsible(unit, *doctor)) doctor.reset();
    account.employer = of_role(role == Role::employer, given.employer, employer, unknown_employer,
                               employer_not_for_role, faults);
    account.person =
        of_role(role == Role::client, given.person, person, unknown_person, person_not_for_role, faults);
    account.responsible = of_role(role == Role::delegated_staff, given.responsible, doctor, no_doctor,
                                  doctor_not_for_role, faults);
}

/// Whose account it is: somebody who may have it beside what they have already.
template <class Zone>
void check_person(Unit<Zone>& unit, NewProposal const& given, ProposalRow const& row, Faults& faults) {
    auto const& account = row.account;
    bool const may_lack = account.role == Role::client && given.e_mail.empty();
    if (row.kind == ProposalKind::invite && !account.e_mail && !may_lack) faults.push_back(no_e_mail);
    if (account.e_mail &&
        holds_another_account(unit.tx, unit.keyring(), *account.e_mail, account.role, row.user))
        faults.push_back(roles_conflict);
}

}  // namespace

template <class Zone>
bool may_be_responsible(Unit<Zone>& unit, UserId doctor) {
    auto const row = load_account(unit.tx, unit.keyring(), doctor);
    return row && !row->closed_at && may_have_cases(row->role);
}

template <class Zone>
std::expected<ProposalRow, Failure> checked(Unit<Zone>& unit, NewProposal const& given,
                                            typename AccountLife<Zone>::FindEmployer const& find_employer) {
    auto const invalid = [](Faults faults) {
        return std::unexpected(Failure{FailureKind::invalid, std::move(faults)});
    };
    auto const kind = parse_proposal_kind(given.kind);
    if (!kind) return invalid({unknown_kind});
    ProposalRow row{.proposal = ProposalId::make(unit.now, unit.frame.random),
                    .kind = *kind,
                    .user = {},
                    .account = {},
                    .proposed_by = unit.actor.user,
                    .proposed_at = unit.now};
    Faults faults;
    if (kind == ProposalKind::invite) {
        row.user = UserId::make(unit.now, unit.frame.random);
        auto const name = UserName::parse(given.user_name);
        if (!name) faults.push_back(bad_user_name);
        if (name && find_user(unit.tx, unit.keyring(), *name)) faults.push_back(taken_user_name);
        if (name) row.account.user_name = name->text();
        row.account.display_name = checked_display_name(given.display_name, faults);
        row.account.e_mail = EMail::parse(given.e_mail);
    } else {
        auto const user = UserId::parse(given.user);
        auto const account = user ? load_account(unit.tx, unit.keyring(), *user) : std::nullopt;
        if (!account) return invalid({unknown_user});
        if (!may_manage(Zone::side, unit.actor.role, account->role))
            return std::unexpected(Failure{FailureKind::not_allowed});
        if (account->closed_at.has_value() != (kind == ProposalKind::reopen))
            return std::unexpected(Failure{FailureKind::not_now});
        auto const view = view_of(unit.keyring(), *account);
        row.user = *user;
        row.account = {view.user_name,           view.display_name, account->role,
                       account->person,          account->employer, account->responsible,
                       EMail::parse(view.e_mail)};
    }
    if (kind == ProposalKind::invite || kind == ProposalKind::move)
        check_role(unit, given, find_employer, row.account, faults);
    check_person(unit, given, row, faults);
    if (!faults.empty()) return invalid(std::move(faults));
    return row;
}

#define KLOUT7_FOR(Zone)                                                                  \
    template bool may_be_responsible(Unit<Zone>&, UserId);                                \
    template std::expected<ProposalRow, Failure> checked(Unit<Zone>&, NewProposal const&, \
                                                         AccountLife<Zone>::FindEmployer const&);
KLOUT7_FOR(OfficeZone)
KLOUT7_FOR(MedicalZone)
#undef KLOUT7_FOR

}  // namespace klout7::access
