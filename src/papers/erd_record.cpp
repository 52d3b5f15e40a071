#include "papers/erd_record.h"

#include <fmt/format.h>

#include "sheet.h"

namespace klout7::papers {
namespace {

std::string group_name(InsuredGroup group, Wording say) {
    switch (group) {
        case InsuredGroup::a:
            return say("Groep a: werk dat de wet gelijkstelt met een dienstverband, zoals uitzendwerk",
                       "Group a: work that the law treats as employment, such as agency work");
        case InsuredGroup::b:
            return say("Groep b: ziek geworden binnen vier weken na het einde van de verzekering (nawerking)",
                       "Group b: fell ill within four weeks after the insurance ended");
        case InsuredGroup::c:
            return say("Groep c: ziek bij het einde van het dienstverband",
                       "Group c: ill when the employment ended");
    }
    return {};
}

std::string length_of(Period period, Wording say) {
    auto const weeks = period.days() / 7;
    auto const days = period.days() % 7;
    auto text = weeks == 0
                    ? std::string{}
                    : fmt::format("{} {}", weeks, weeks == 1 ? say("week", "week") : say("weken", "weeks"));
    if (days > 0 || weeks == 0) text += (text.empty() ? "" : say(" en ", " and ")) + say.days(days);
    return text;
}

void put_periods(Sheet& sheet, Wording say, std::string const& heading, std::vector<Period> const& periods) {
    sheet.subheading(heading);
    if (periods.empty()) return sheet.paragraph(say("Geen.", "None."));
    std::vector<Sheet::Row> rows;
    for (auto const& period : periods) {
        rows.push_back({{say.date(period.first), say.date(period.last), length_of(period, say)}});
    }
    sheet.table({{say("Eerste dag", "First day"), 4},
                 {say("Laatste dag", "Last day"), 4},
                 {say("Duur", "Duration"), 3, true}},
                rows);
}

void put_reasons(Sheet& sheet, Wording say, std::vector<std::string> const& reasons) {
    if (reasons.empty())
        return sheet.paragraph(say("Er is geen motivering vastgelegd.", "No reasons were recorded."));
    sheet.list(reasons);
}

void put_refusals(Sheet& sheet, Wording say, ErdRecord const& record) {
    sheet.subheading(say("Weigeringen", "Refusals"));
    if (record.refusals.empty()) return sheet.paragraph(say("Geen.", "None."));
    std::vector<Sheet::Row> rows;
    for (auto const& refusal : record.refusals)
        rows.push_back({{say.date(refusal.decided_on), refusal.reason}});
    sheet.table({{say("Datum", "Date"), 3}, {say("Reden", "Reason"), 7}}, rows);
}

void put_right(Sheet& sheet, Wording say, ErdRecord::Right const& right) {
    sheet.subheading(say("Recht op uitkering", "Right to benefit"));
    sheet.facts(
        {{say("Begin", "Start"), say.date(right.first)},
         {say("Einde", "End"), right.last ? say.date(*right.last) : say("loopt nog", "still running")},
         {say("Duur", "Duration"), right.last ? length_of({right.first, *right.last}, say) : std::string{}}});
    put_reasons(sheet, say, right.reasons);
}

}  // namespace

std::expected<std::string, PaperFault> to_pdf(ErdRecord const& record, Language language) {
    Wording const say{language};
    auto const title =
        say("Administratie Ziektewet per verzekerde", "Ziektewet record of one insured person");
    Sheet sheet{say, {.title = title, .date = record.date, .below = record.administrator.name}};
    sheet.needs(record.employer);
    sheet.needs(record.name);
    sheet.letterhead(record.administrator, {.name = record.employer});
    sheet.heading(title);
    sheet.paragraph(say(
        "Wat een eigenrisicodrager vastlegt volgens artikel 3 van de Regeling eigenrisicodragen Ziektewet.",
        "What an employer that bears its own risk records by article 3 of the Regeling eigenrisicodragen "
        "Ziektewet."));
    sheet.facts({{say("Naam", "Name"), record.name},
                 {say("Burgerservicenummer (BSN)", "Citizen service number (BSN)"), record.bsn.text()},
                 {say("Werkgever", "Employer"), record.employer},
                 {say("Kenmerk", "Reference"), record.reference},
                 {say("Opgemaakt op", "Made on"), say.date(record.date)}});
    put_periods(sheet, say, say("Ongeschikt tot werken", "Unfit for work"), record.incapacity);
    put_periods(sheet, say, say("Eerdere perioden", "Earlier periods"), record.earlier_incapacity);
    sheet.subheading(say("Waarom bij deze werkgever verzekerd", "Why insured with this employer"));
    sheet.paragraph(group_name(record.group, say) + ".");
    put_reasons(sheet, say, record.group_reasons);
    put_refusals(sheet, say, record);
    sheet.subheading(say("Dagloon", "Dagloon (daily wage)"));
    sheet.facts({{say("Bedrag", "Amount"), say.euro(record.dagloon.amount)}});
    put_reasons(sheet, say, record.dagloon.reasons);
    sheet.subheading(say("Uitkering per dag, bruto", "Benefit per day, gross"));
    sheet.facts({{say("Bedrag", "Amount"), say.euro(record.day_benefit.amount)}});
    put_reasons(sheet, say, record.day_benefit.reasons);
    put_right(sheet, say, record.right);
    put_periods(sheet, say, say("Betaalde perioden", "Periods paid"), record.paid);
    put_periods(sheet, say, say("Betaald als voorschot", "Paid as an advance"), record.paid_as_advance);
    return sheet.bytes();
}

}  // namespace klout7::papers
