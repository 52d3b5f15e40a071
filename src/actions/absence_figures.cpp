#include "actions/absence_figures.h"

namespace klout7::actions {
namespace {

LocalDate first_shown(LocalDate today) { return cases::months_before(today, absence_months - 1); }

Failure wrong(access::FieldFault fault) { return {access::FailureKind::invalid, {fault}}; }

}  // namespace

std::expected<Absence, Failure> read_absence(Office const& office, Actor const& actor) {
    return access::look(office.frame, actor, [&](Unit& unit) -> std::expected<Absence, Failure> {
        auto const access =
            unit.gate.ask(access::Action::read,
                          {.resource = access::Resource::absence_figures, .employer = actor.employer});
        if (!access) return std::unexpected(access.error());
        auto const from = first_shown(unit.today());
        auto const employees = cases::headcounts_of(unit.tx, unit.keyring(), *actor.employer, from);
        auto const illnesses = cases::illnesses_since(unit.tx, unit.keyring(), *actor.employer, from);
        Absence absence{cases::people_ill(illnesses, unit.today()), {}};
        for (int before = absence_months - 1; before >= 0; --before) {
            auto const month = cases::months_before(unit.today(), before);
            auto const told = employees.find(month);
            absence.months.push_back(cases::absence_figure(
                month, told == employees.end() ? std::nullopt : std::optional{told->second}, illnesses,
                unit.today()));
        }
        return absence;
    });
}

std::expected<void, Failure> tell_headcount(Office const& office, Actor const& actor,
                                            Given<NewHeadcount> const& given) {
    return access::change(office.frame, actor, [&](Unit& unit) -> std::expected<void, Failure> {
        auto const access = unit.gate.ask(
            access::Action::change, {.resource = access::Resource::headcount, .employer = actor.employer}, {},
            given ? given->first_of_month.to_string() : std::string{});
        if (!access) return std::unexpected(access.error());
        if (!given) return std::unexpected(given.error());
        auto const& [month, employees] = *given;
        if (month < first_shown(unit.today()) || month > unit.today())
            return std::unexpected(wrong({"month", "out_of_range", "Kies een van de laatste dertien maanden.",
                                          "Choose one of the last thirteen months."}));
        if (employees < 1 || employees > cases::most_employees)
            return std::unexpected(
                wrong({"employees", "out_of_range", "Vul een aantal in van 1 tot 1.000.000.",
                       "Fill in a number from 1 to 1,000,000."}));
        cases::set_headcount(unit.tx, unit.keyring(),
                             {*actor.employer, month, employees, actor.user, unit.now}, unit.frame.random);
        return {};
    });
}

}  // namespace klout7::actions
