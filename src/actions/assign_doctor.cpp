#include "actions/assign_doctor.h"

#include <algorithm>

#include "cases/recoveries.h"
#include "people/people.h"

namespace klout7::actions {

std::expected<std::vector<cases::Doctor>, Failure> list_doctors(Office const& office, Actor const& actor) {
    return access::look(
        office.frame, actor, [&](Unit& unit) -> std::expected<std::vector<cases::Doctor>, Failure> {
            auto const access =
                unit.gate.ask(access::Action::list, {.resource = access::Resource::doctor_list});
            if (!access) return std::unexpected(access.error());
            return cases::available_doctors(unit.tx, unit.keyring());
        });
}

std::expected<void, Failure> assign_doctor(Office const& office, Actor const& actor, CaseId id,
                                           Given<DoctorChoice> const& choice) {
    return access::change(office.frame, actor, [&](Unit& unit) -> std::expected<void, Failure> {
        auto const row = cases::find_case(unit.tx, unit.keyring(), id);
        auto const access = unit.gate.ask(access::Action::assign,
                                          cases::facts_of(access::Resource::case_file, row), id.uuid());
        if (!access) return std::unexpected(access.error());
        if (!choice) return std::unexpected(choice.error());
        if (choice->version != row->version)
            return std::unexpected(Failure{access::FailureKind::changed_meanwhile});
        auto const doctors = cases::available_doctors(unit.tx, unit.keyring());
        if (!doctors) return std::unexpected(doctors.error());
        auto const is_this = [&](cases::Doctor const& one) { return one.id == choice->doctor; };
        if (std::none_of(doctors->begin(), doctors->end(), is_this)) {
            return std::unexpected(
                Failure{access::FailureKind::invalid,
                        {{"doctor", "unknown_doctor", "Deze arts is er niet, of niet meer.",
                          "This doctor is not there, or no longer."}}});
        }
        auto const key = key_of(unit, row->person);
        if (!key) return std::unexpected(key.error());
        auto const who = people::identity_of(unit.tx, *key, row->person, *access);
        if (!who) return std::unexpected(who.error());

        if (!cases::set_doctor(unit.tx, unit.keyring(), *row, choice->doctor))
            return std::unexpected(Failure{access::FailureKind::changed_meanwhile});
        office.exchange.send(unit.tx, handover::PersonCard{row->person, who->bsn, who->last_name, who->prefix,
                                                           who->initials, who->birth_date, who->phone});
        auto const recovery = cases::newest_recovery(unit.tx, unit.keyring(), id);
        office.exchange.send(unit.tx, handover::CaseDates{id, row->person, row->first_sick_day,
                                                          recovery ? recovery->first_fit_day : std::nullopt});
        office.exchange.send(unit.tx, handover::Assignment{id, choice->doctor});
        return {};
    });
}

}  // namespace klout7::actions
