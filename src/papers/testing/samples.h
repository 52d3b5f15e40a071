#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/made_up.h"
#include "papers/calculation_decision.h"
#include "papers/cost_report.h"
#include "papers/erd_record.h"
#include "papers/letter.h"
#include "papers/weekly_specification.h"
#include "papers/yearly_statement.h"

/// Papers of people who do not exist, with the figures of the vectors of the benefit (docs/benefit.md).
namespace klout7::papers::samples {

inline LocalDate day(int year, unsigned month, unsigned of_month) {
    return LocalDate::from(year, month, of_month).value();
}

inline MadeUpPerson someone() {
    MadeUpPeople people{7};
    return people.next_person(people.next_employer());
}

inline std::string name_of(MadeUpPerson const& person) {
    return person.initials + " " + person.prefix + (person.prefix.empty() ? "" : " ") + person.last_name;
}

inline Recipient client() {
    auto const person = someone();
    return {name_of(person),
            {person.address.street + " " + std::to_string(person.address.number),
             person.address.postcode + "  " + person.address.town}};
}

inline Sender administrator() {
    return {"Voorbeeld Uitvoering B.V.",
            {"Postbus 100", "6500 AA Voorbeeldstad"},
            "024 000 00 00",
            "vragen@voorbeeld.example"};
}

inline WeeklySpecification weekly_specification() {
    return {
        .payer = administrator(),
        .client = client(),
        .date = day(2026, 11, 24),
        .reference = "ZW-2026-000123",
        .weeks = {{day(2026, 11, 16), 5, Money::cents(453'60)}},
        .corrections = {{day(2026, 11, 9), Money::cents(453'60), Money::cents(278'60)},
                        {day(2026, 11, 2), Money::cents(90'72), Money::cents(1'453'60)}},
        .other_parts = {{"Afgesproken terugbetaling (2 van 4)", Money::cents(-25'00)}},
        .table = WageTaxTable::green,
        .has_tax_credit = true,
        .wage_tax = Money::cents(102'26),
        .net = Money::cents(1'514'22),
        .account = someone().iban,
        .paid_on = day(2026, 11, 26),
        .why = {"Uw dagloon is € 129,60. U krijgt daarvan 70%: € 90,72 per dag.",
                "In de week van 9 november verdiende u € 250,00. Daarvan telt 70% mee: € 35,00 per dag."}};
}

inline WeeklySpecification specification_of_weeks(int count) {
    auto specification = weekly_specification();
    specification.weeks.clear();
    specification.corrections.clear();
    specification.other_parts.clear();
    specification.wage_tax = count * Money::cents(102'26);
    specification.net = count * Money::cents(351'34);
    for (int i = 0; i < count; ++i) {
        specification.weeks.push_back({day(2021, 1, 4).plus_weeks(i), 5, Money::cents(453'60)});
    }
    return specification;
}

inline CalculationDecision calculation_decision() {
    return {.administrator = administrator(),
            .client = client(),
            .date = day(2026, 11, 13),
            .reference = "ZW-2026-000123",
            .first_sick_day = day(2026, 11, 4),
            .reference_period = {day(2025, 10, 1), day(2026, 9, 30)},
            .wages = {{"Bakkerij Het Voorbeeld", Money::cents(31'320'00), Money::cents(0),
                       Money::cents(2'505'60)},
                      {"Uitzendbureau Voorbeeldwerk, filiaal Noord", Money::cents(4'000'00),
                       Money::cents(300'00), Money::cents(320'00)}},
            .working_days = 261,
            .dagloon_before_maximum = Money::cents(145'00),
            .maximum_dagloon = Money::cents(309'91),
            .dagloon = Money::cents(145'00),
            .share = {70, 100},
            .waiting_days = 2,
            .first_paid_day = day(2026, 11, 6),
            .day_benefit = Money::cents(101'50),
            .why = {"Uw laatste volle aangiftetijdvak voor u ziek werd, eindigde op 30 september 2026.",
                    "Uw dagloon is lager dan het hoogste bedrag. Daarom telt uw hele dagloon mee."}};
}

inline YearlyStatement yearly_statement() {
    return {.payer = administrator(),
            .wage_tax_number = "999990019L01",
            .client = client(),
            .bsn = someone().bsn,
            .date = day(2027, 1, 20),
            .year = 2026,
            .wage = Money::cents(4'536'00),
            .supplement = Money::cents(648'12),
            .wage_tax = Money::cents(1'022'60),
            .labour_credit = Money::cents(17'03),
            .tax_credit = {{day(2026, 9, 1), true}, {day(2026, 12, 1), false}},
            .zvw_wage = Money::cents(5'184'12),
            .zvw_withheld = Money::cents(0),
            .life_course_credit = Money::cents(223'00),
            .corrections = {{"Week van 9 november 2026", Money::cents(-175'00)}}};
}

inline CostReport cost_report() {
    using std::chrono::month;
    using std::chrono::year;
    return {
        .administrator = administrator(),
        .employer = {"Bakkerij Het Voorbeeld B.V.", {"Voorbeeldweg 1", "6500 AB  Voorbeeldstad"}},
        .date = day(2026, 11, 28),
        .reference = "K-2026-10",
        .period = {day(2026, 8, 1), day(2026, 10, 31)},
        .months = {
            {year{2026} / month{8}, CostReport::Figures{12, Money::cents(21'772'80), Money::cents(1'328'14)}},
            {year{2026} / month{9}, CostReport::Figures{10, Money::cents(18'144'00), Money::cents(1'106'78)}},
            {year{2026} / month{10},
             CostReport::Figures{11, Money::cents(19'958'40), Money::cents(1'217'46)}}}};
}

inline ErdRecord erd_record() {
    return {
        .administrator = administrator(),
        .employer = "Bakkerij Het Voorbeeld B.V.",
        .date = day(2026, 11, 28),
        .reference = "ZW-2026-000123",
        .name = name_of(someone()),
        .bsn = someone().bsn,
        .incapacity = {{day(2026, 11, 4), day(2026, 11, 26)}},
        .earlier_incapacity = {{day(2026, 3, 2), day(2026, 3, 15)}},
        .group = InsuredGroup::c,
        .group_reasons = {"Het contract eindigde op 31 oktober 2026. Toen was betrokkene al ziek gemeld."},
        .refusals = {{day(2026, 11, 10), "Voor 4 en 5 november bestaat geen recht: dat zijn wachtdagen."}},
        .dagloon = {Money::cents(129'60), {"Het loon van 33.825,60 euro gedeeld door 261 dagen."}},
        .day_benefit = {Money::cents(90'72), {"70% van het dagloon."}},
        .right = {day(2026, 11, 6), day(2026, 11, 26), {"Hersteld gemeld per 27 november 2026."}},
        .paid = {{day(2026, 11, 6), day(2026, 11, 15)}, {day(2026, 11, 16), day(2026, 11, 22)}},
        .paid_as_advance = {{day(2026, 11, 23), day(2026, 11, 26)}}};
}

inline Letter letter() {
    return {
        .sender = administrator(),
        .recipient = client(),
        .date = day(2026, 11, 28),
        .reference = "ZW-2026-000123",
        .text = {.code = "herstel-bevestigd",
                 .version = 3,
                 .heading = "U bent weer beter gemeld",
                 .paragraphs =
                     {"Beste {name},",
                      "U hebt laten weten dat u vanaf {first_fit_day} weer kunt werken. Fijn dat het beter "
                      "gaat. Uw Ziektewet-uitkering stopt op die dag.",
                      "De laatste betaling krijgt u op {last_payment}. Wordt u binnen vier weken na "
                      "{first_fit_day} weer ziek? Laat het ons dan dezelfde dag weten.",
                      "Met vriendelijke groet,", "{sender}"},
                 .places = {"name", "first_fit_day", "last_payment", "sender"}},
        .values = {{"name", name_of(someone())},
                   {"first_fit_day", "27 november 2026"},
                   {"last_payment", "3 december 2026"},
                   {"sender", "Voorbeeld Uitvoering B.V."}}};
}

}  // namespace klout7::papers::samples
