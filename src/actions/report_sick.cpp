#include "actions/report_sick.h"

#include "actions/take_reports.h"
#include "people/people.h"

namespace klout7::actions {
namespace {

access::FieldFault fault_of(cases::FieldProblem const& problem) {
    return {cases::name_of(problem.field), cases::name_of(problem.problem),
            cases::text_for(problem.problem, cases::Language::dutch),
            cases::text_for(problem.problem, cases::Language::english)};
}

Failure unknown_employer() {
    return {
        access::FailureKind::invalid,
        {{"employer", "unknown_employer", "Deze werkgever is niet bekend.", "This employer is not known."}}};
}

Failure not_own() {
    return {access::FailureKind::invalid,
            {{"bsn", "not_own", "U kunt alleen uzelf ziek melden.", "You can report only yourself sick."}}};
}

}  // namespace

std::expected<CaseId, Failure> report_sick(Office const& office, Actor const& actor,
                                           Given<cases::SickReportInput> const& given) {
    return access::change(office.frame, actor, [&](Unit& unit) -> std::expected<CaseId, Failure> {
        // An employer reports for itself and need not say so.
        auto const own =
            actor.employer ? people::find_employer(unit.tx, unit.keyring(), *actor.employer) : std::nullopt;
        auto named = given.value_or(cases::SickReportInput{});
        if (own && named.employer.empty()) named.employer = own->code;
        auto const employer = people::find_employer(unit.tx, unit.keyring(), named.employer);
        auto const about = employer ? std::optional{employer->id} : actor.employer;

        auto const access = unit.gate.ask(
            access::Action::create,
            {.resource = access::Resource::sick_report, .person = actor.person, .employer = about});
        if (!access) return std::unexpected(access.error());
        if (!given) return std::unexpected(given.error());

        auto const report = cases::check(named, unit.today());
        if (!report) {
            Failure failure{access::FailureKind::invalid};
            for (auto const& problem : report.error()) failure.fields.push_back(fault_of(problem));
            return std::unexpected(failure);
        }
        if (actor.person && employer) {
            // A client reports the own illness: the BSN must be the own.
            people::PersonQuery const query{employer->id, report->bsn};
            if (people::find_people(unit.tx, unit.frame.keys, {&query, 1}).front() != *actor.person)
                return std::unexpected(not_own());
        }
        auto const* one = &*report;
        auto const taken =
            take_reports(unit.tx, unit.frame.keys, {&one, 1}, actor.employer, unit.now, unit.frame.random);
        switch (taken.front().outcome) {
            case TakeOutcome::added:
                unit.gate.about(taken.front().case_id.uuid(), taken.front().person);
                return taken.front().case_id;
            case TakeOutcome::already_there:
                return std::unexpected(Failure{access::FailureKind::already_there});
            case TakeOutcome::unknown_employer:
                return std::unexpected(unknown_employer());
            case TakeOutcome::shredded:
                return std::unexpected(Failure{access::FailureKind::not_found});
        }
        return std::unexpected(unknown_employer());
    });
}

}  // namespace klout7::actions
