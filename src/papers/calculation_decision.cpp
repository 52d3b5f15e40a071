#include "papers/calculation_decision.h"

#include <algorithm>

#include "contact.h"
#include "sheet.h"

namespace klout7::papers {
namespace {

void put_wages(Sheet& sheet, Wording say, CalculationDecision const& decision) {
    sheet.subheading(say("Het loon dat meetelt", "The wages that count"));
    sheet.paragraph(say("Wij kijken naar het loon van ", "We look at the wages from ") +
                    say.period(decision.reference_period) +
                    say(". Dat heet de referteperiode. Vakantiegeld dat u in die tijd kreeg, telt niet mee. "
                        "Vakantiegeld dat "
                        "u in die tijd opbouwde, telt wel mee.",
                        ". This is called the reference period. Holiday pay that you received in that time "
                        "does not count. "
                        "Holiday pay that you built up in that time does."));
    if (decision.wages.empty()) {
        sheet.paragraph(say("In deze tijd was er geen loon dat meetelt.",
                            "There were no wages that count in this time."));
        return;
    }
    std::vector<Sheet::Row> rows;
    Money counted;
    for (auto const& wage : decision.wages) {
        auto const together = wage.sv_wage - wage.holiday_paid + wage.holiday_accrued;
        rows.push_back({{wage.job, say.amount(wage.sv_wage), say.amount(-wage.holiday_paid),
                         say.amount(wage.holiday_accrued), say.amount(together)}});
        counted += together;
    }
    rows.push_back({{say("Samen", "Together"), "", "", "", say.amount(counted)}, true});
    sheet.table({{say("Werk", "Job"), 6},
                 {say("Loon", "Wages"), 4, true},
                 {say("Vakantiegeld gekregen", "Received holiday pay"), 4, true},
                 {say("Vakantiegeld opgebouwd", "Built up holiday pay"), 4, true},
                 {say("Telt mee, in euro", "Counts, in euro"), 4, true}},
                rows);
}

void put_day(Sheet& sheet, Wording say, CalculationDecision const& decision) {
    sheet.subheading(say("Van loon naar uitkering", "From wages to benefit"));
    bool const is_capped = decision.dagloon_before_maximum > decision.maximum_dagloon;
    sheet.sums(
        {{{say("Aantal werkdagen waardoor wij delen", "Number of working days that we divide by"),
           std::to_string(decision.working_days)}},
         {{say("Loon per dag", "Wages per day"), say.euro(decision.dagloon_before_maximum)}},
         {{say("Het hoogste bedrag per dag volgens de wet", "The highest amount per day by law"),
           say.euro(decision.maximum_dagloon)}},
         {{is_capped ? say("Uw dagloon: het hoogste bedrag", "Your dagloon (daily wage): the highest amount")
                     : say("Uw dagloon", "Your dagloon (daily wage)"),
           say.euro(decision.dagloon)}},
         {{say("Deel van uw dagloon dat u krijgt", "Share of your dagloon that you get"),
           say.percent(decision.share)}},
         {{say("Uw uitkering per dag, bruto", "Your benefit per day, gross"), say.euro(decision.day_benefit)},
          true}});
    sheet.paragraph(say("U krijgt de uitkering voor maandag tot en met vrijdag. Er gaat nog loonheffing af.",
                        "You get the benefit for Monday to Friday. Wage tax is still taken off."));
}

void put_start(Sheet& sheet, Wording say, CalculationDecision const& decision) {
    sheet.subheading(say("Vanaf wanneer", "From when"));
    sheet.facts({{say("Eerste ziektedag", "First sick day"), say.date(decision.first_sick_day)},
                 {say("Wachtdagen", "Waiting days"),
                  decision.waiting_days == 0
                      ? say("geen", "none")
                      : say.days(decision.waiting_days) + say(" zonder uitkering", " without benefit")},
                 {say("Eerste dag die wij betalen", "First day that we pay"),
                  say.weekday_and_date(decision.first_paid_day)}});
}

void put_rights(Sheet& sheet, Wording say, CalculationDecision const& decision) {
    sheet.subheading(say("Bent u het er niet mee eens?", "Do you not agree?"));
    sheet.paragraph(
        say("Vraag ons eerst om uitleg. Bent u het dan nog niet met ons eens? Vraag ons om een beslissing "
            "van UWV. Een "
            "brief of een e-mail is genoeg: schrijf uw naam, het kenmerk van deze brief en dat u een "
            "beslissing van UWV "
            "wilt. Wij sturen uw vraag met alle papieren naar UWV. U krijgt daarna een brief van UWV. Tegen "
            "die beslissing "
            "kunt u bezwaar maken. In die brief staat hoe dat gaat, en tot wanneer het kan.",
            "Ask us to explain first. If you still do not agree, ask us for a decision by UWV. A letter or "
            "an e-mail is "
            "enough: write your name, the reference of this letter and that you want a decision by UWV. We "
            "send your "
            "request to UWV with all papers. UWV then sends you a letter. You can object to that decision. "
            "That letter "
            "says how to do that, and until when you can."));
    put_contact(sheet, say, decision.administrator);
}

}  // namespace

std::expected<std::string, PaperFault> to_pdf(CalculationDecision const& decision, Language language) {
    Wording const say{language};
    if (decision.dagloon != std::min(decision.dagloon_before_maximum, decision.maximum_dagloon)) {
        return std::unexpected(PaperFault::sums_differ);
    }
    auto const title =
        say("Zo berekenen wij uw Ziektewet-uitkering", "How we calculate your Ziektewet benefit");
    Sheet sheet{say, {.title = title, .date = decision.date, .below = decision.administrator.name}};
    sheet.letterhead(decision.administrator, decision.client);
    sheet.facts(
        {{say("Datum", "Date"), say.date(decision.date)}, {say("Kenmerk", "Reference"), decision.reference}});
    sheet.heading(title);
    sheet.highlight(
        say("Uw uitkering per dag, bruto", "Your benefit per day, gross"), say.euro(decision.day_benefit),
        say.percent(decision.share) + say(" van uw dagloon van ", " of your dagloon (daily wage) of ") +
            say.euro(decision.dagloon));
    put_wages(sheet, say, decision);
    put_day(sheet, say, decision);
    put_start(sheet, say, decision);
    if (!decision.why.empty()) {
        sheet.subheading(say("Uitleg", "Explanation"));
        sheet.list(decision.why);
    }
    put_rights(sheet, say, decision);
    return sheet.bytes();
}

}  // namespace klout7::papers
