#include "actions/benefit_facts.h"

#include <algorithm>
#include <array>

#include "case_course.h"

namespace klout7::actions {
namespace {

using access::FailureKind;
using access::FieldFault;

constexpr std::size_t most_wages = 40, most_parts = 20, most_incomes = 300, most_sanctions = 20;
constexpr std::size_t longest_decision = 60;  // characters

std::unexpected<Failure> invalid(FieldFault const& fault) {
    return std::unexpected(Failure{FailureKind::invalid, {fault}});
}

/// The words for each code of a benefits::CaseFault that a specialist can mend.
constexpr std::array fault_words{
    FieldFault{"job_first_day", "sick_before_job", "De eerste ziektedag ligt voor het begin van de baan.",
               "The first sick day lies before the job began."},
    FieldFault{"job_last_day", "job_ends_first", "De baan eindigt voordat zij begint.",
               "The job ends before it begins."},
    FieldFault{"wages", "not_a_wage_period",
               "Een periode is geen heel aangiftetijdvak (een kalendermaand, of vier weken).",
               "A period is no whole wage-return period (a calendar month, or four weeks)."},
    FieldFault{"wages", "overlapping_wages", "Twee loonopgaven gaan over dezelfde periode.",
               "Two wage returns are of the same period."},
    FieldFault{"wages", "wages_missing",
               "Een periode in het refertejaar heeft geen loonopgave. Vul 0 in als er geen loon was.",
               "A period of the reference year has no wage return. Fill in 0 when there was no wage."},
    FieldFault{"wages", "negative_amount", "Een bedrag is kleiner dan nul.", "An amount is below zero."},
    FieldFault{"agreed_wage", "no_agreed_wage",
               "Er is geen loon om mee te rekenen. Vul het afgesproken loon in.",
               "There is no wage to reckon with. Fill in the agreed wage."},
    FieldFault{"earlier", "earlier_periods_unclear",
               "De eerdere ziekteperioden staan niet op volgorde, overlappen, of er liggen 28 dagen of meer "
               "tussen.",
               "The earlier periods of illness are not in order, overlap, or lie 28 days or more apart."},
    FieldFault{"earlier", "incapacity_unclear",
               "Er is geen dag waarop de cliënt ziek was. Controleer de herstelmelding.",
               "There is no day on which the client was ill. Check the report of recovery."},
    FieldFault{"income", "income_period_backwards", "Een periode van inkomen eindigt voordat zij begint.",
               "A period of income ends before it begins."},
    FieldFault{"sanctions", "sanction_without_decision",
               "Een maatregel wordt pas toegepast met een beslissing van UWV: vul kenmerk en datum in.",
               "A sanction is applied only with a decision of UWV: fill in its reference and date."},
    FieldFault{"sanctions", "sanction_unclear",
               "Een maatregel eindigt voordat zij begint, of het percentage is geen 1 tot 100.",
               "A sanction ends before it begins, or its percentage is not 1 to 100."}};

/// What is wrong with the facts as such; nothing when they can be reckoned, or could with figures of the law
/// that are not known yet.
std::optional<FieldFault> fault_in(benefits::CaseFacts const& facts, benefits::CaseCourse const& course,
                                   LocalDate today) {
    auto const& law = benefits::law_parameters();
    auto const entitlement = benefits::entitlement_of(facts, course, law);
    std::string_view code = entitlement ? std::string_view{} : entitlement.error().code;
    if (entitlement) {
        auto const week = benefits::benefit_of_week(*entitlement, today, law);
        if (!week) code = name_of(week.error());
    }
    auto const* const words = std::ranges::find(fault_words, code, &FieldFault::code);
    return words == fault_words.end() ? std::nullopt : std::optional{*words};
}

std::optional<FieldFault> fault_in(NewFacts const& given) {
    auto const& facts = given.facts;
    if (facts.job.wages.size() > most_wages || facts.earlier.size() > most_parts ||
        facts.weekend_work.size() > 2 || facts.income.size() > most_incomes ||
        facts.sanctions.size() > most_sanctions)
        return FieldFault{
            "", "too_many",
            "Er zijn te veel regels: ten hoogste 40 loonopgaven, 20 eerdere "
            "perioden, 300 inkomsten en 20 maatregelen.",
            "There are too many lines: at most 40 wage returns, 20 earlier periods, 300 incomes "
            "and 20 sanctions."};
    if (std::ranges::any_of(facts.sanctions, [](benefits::Sanction const& one) {
            return one.decision.size() > longest_decision;
        }))
        return FieldFault{"sanctions", "too_long", "Een kenmerk is te lang: ten hoogste 60 tekens.",
                          "A reference is too long: at most 60 characters."};
    if (facts.job.agreed_wage && *facts.job.agreed_wage < Money{})
        return FieldFault{"agreed_wage", "negative_amount", "Een bedrag is kleiner dan nul.",
                          "An amount is below zero."};
    Money total;
    for (auto const& wage : facts.job.wages) total += wage.sv_wage;
    if (given.wages_total && *given.wages_total != total)
        return FieldFault{"wages_total", "does_not_add_up",
                          "De loonopgaven tellen niet op tot dit totaal. Controleer de regels.",
                          "The wage returns do not add up to this total. Check the lines."};
    return std::nullopt;
}

}  // namespace

std::expected<std::int64_t, Failure> record_benefit_facts(Office const& office, Actor const& actor, CaseId id,
                                                          Given<NewFacts> const& given) {
    return access::change(office.frame, actor, [&](Unit& unit) -> std::expected<std::int64_t, Failure> {
        auto const found = course_of(unit, access::Resource::benefit_facts, access::Action::write, id);
        if (!found) return std::unexpected(found.error());
        if (!given) return std::unexpected(given.error());
        auto const newest = payments::newest_facts(unit.tx, unit.keyring(), found->key, id);
        if (!newest) return std::unexpected(newest.error());
        auto const number = *newest ? (*newest)->number : 0;
        if (number != given->seen_number) return std::unexpected(Failure{FailureKind::changed_meanwhile});
        if (number >= payments::most_versions_of_facts) return std::unexpected(Failure{FailureKind::not_now});
        if (auto const fault = fault_in(*given)) return invalid(*fault);
        if (auto const fault = fault_in(given->facts, payments::course_of(found->course), unit.today()))
            return invalid(*fault);
        payments::add_facts(unit.tx, unit.keyring(), found->key, found->course.row,
                            {number + 1, given->facts, actor.user, unit.now}, unit.frame.random);
        return number + 1;
    });
}

std::expected<std::optional<payments::RecordedFacts>, Failure> read_benefit_facts(Office const& office,
                                                                                  Actor const& actor,
                                                                                  CaseId id) {
    using Found = std::expected<std::optional<payments::RecordedFacts>, Failure>;
    return access::look(office.frame, actor, [&](Unit& unit) -> Found {
        auto const found = course_of(unit, access::Resource::benefit_facts, access::Action::read, id);
        if (!found) return std::unexpected(found.error());
        return payments::newest_facts(unit.tx, unit.keyring(), found->key, id);
    });
}

}  // namespace klout7::actions
