#include "papers/yearly_statement.h"

#include "contact.h"
#include "sheet.h"

namespace klout7::papers {
namespace {

void put_amounts(Sheet& sheet, Wording say, YearlyStatement const& statement) {
    sheet.subheading(say("Bedragen voor uw aangifte", "Amounts for your tax return"));
    std::vector<Sheet::Row> rows;
    rows.push_back(
        {{say("Loon voor de loonheffing (Ziektewet-uitkering)", "Wages for the wage tax (Ziektewet benefit)"),
          say.euro(statement.wage)}});
    if (statement.supplement) {
        rows.push_back({{say("Aanvulling volgens de cao", "Supplement by collective agreement"),
                         say.euro(*statement.supplement)}});
    }
    rows.push_back({{say("Ingehouden loonheffing", "Wage tax withheld"), say.euro(statement.wage_tax)}});
    rows.push_back(
        {{say("Verrekende arbeidskorting", "Labour tax credit settled"), say.euro(statement.labour_credit)}});
    if (statement.life_course_credit) {
        rows.push_back({{say("Levensloopverlofkorting", "Life-course leave credit (levensloopverlofkorting)"),
                         say.euro(*statement.life_course_credit)}});
    }
    rows.push_back(
        {{say("Loon voor de Zorgverzekeringswet (Zvw)", "Wages for the health insurance act (Zvw)"),
          say.euro(statement.zvw_wage)}});
    rows.push_back(
        {{say("Ingehouden bijdrage Zvw", "Zvw contribution withheld"), say.euro(statement.zvw_withheld)}});
    sheet.sums(rows);
}

void put_tax_credit(Sheet& sheet, Wording say, YearlyStatement const& statement) {
    sheet.subheading(say("Loonheffingskorting", "Tax credit (loonheffingskorting)"));
    if (statement.tax_credit.empty()) {
        sheet.paragraph(say("Wij hebben dit jaar geen loonheffingskorting toegepast (code 0).",
                            "We did not apply the tax credit this year (code 0)."));
        return;
    }
    std::vector<Sheet::Row> rows;
    for (auto const& credit : statement.tax_credit) {
        rows.push_back({{say.date(credit.from), credit.is_applied ? say("ja", "yes") : say("nee", "no"),
                         credit.is_applied ? "1" : "0"}});
    }
    sheet.table({{say("Vanaf", "From"), 4}, {say("Toegepast", "Applied"), 4}, {"Code", 2, true}}, rows);
}

void put_corrections(Sheet& sheet, Wording say, YearlyStatement const& statement) {
    if (statement.corrections.empty()) return;
    sheet.subheading(say("Wijzigingen die hierin zitten", "Changes that are part of this"));
    std::vector<Sheet::Row> rows;
    for (auto const& correction : statement.corrections)
        rows.push_back({{correction.text, say.euro(correction.amount)}});
    sheet.sums(rows);
}

}  // namespace

std::expected<std::string, PaperFault> to_pdf(YearlyStatement const& statement, Language language) {
    Wording const say{language};
    auto const title = say("Jaaropgaaf ", "Yearly statement ") + std::to_string(statement.year);
    Sheet sheet{say, {.title = title, .date = statement.date, .below = statement.payer.name}};
    sheet.needs(statement.wage_tax_number);
    sheet.letterhead(statement.payer, statement.client);
    sheet.heading(title);
    sheet.paragraph(say("Deze gegevens hebt u nodig voor uw belastingaangifte over ",
                        "You need these figures for your tax return over ") +
                    std::to_string(statement.year) +
                    say(". Bewaar deze jaaropgaaf goed.", ". Keep this statement in a safe place."));
    sheet.facts(
        {{say("Jaar", "Year"), std::to_string(statement.year)},
         {say("Datum", "Date"), say.date(statement.date)},
         {say("Burgerservicenummer (BSN)", "Citizen service number (BSN)"), statement.bsn.text()},
         {say("Betaald door", "Paid by"), statement.payer.name},
         {say("Loonheffingennummer", "Wage tax number (loonheffingennummer)"), statement.wage_tax_number}});
    put_amounts(sheet, say, statement);
    put_tax_credit(sheet, say, statement);
    put_corrections(sheet, say, statement);
    sheet.subheading(say("Klopt er iets niet?", "Is something wrong?"));
    sheet.paragraph(
        say("Laat het ons weten voordat u aangifte doet. Is het fout, dan krijgt u een nieuwe jaaropgaaf.",
            "Let us know before you file your tax return. If it is wrong, you get a new statement."));
    put_contact(sheet, say, statement.payer);
    return sheet.bytes();
}

}  // namespace klout7::papers
