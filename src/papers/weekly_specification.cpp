#include "papers/weekly_specification.h"

#include "contact.h"
#include "sheet.h"

namespace klout7::papers {
namespace {

std::string table_name(WageTaxTable table, Wording say) {
    switch (table) {
        case WageTaxTable::white:
            return say("witte tabel", "white table");
        case WageTaxTable::green:
            return say("groene tabel", "green table");
        case WageTaxTable::anonymous:
            return say("anoniementarief", "anonymous rate");
    }
    return {};
}

struct Sums {
    Money weeks;
    Money corrections;
    Money before_tax;
};
Sums sums_of(WeeklySpecification const& specification) {
    Sums sums;
    for (auto const& week : specification.weeks) sums.weeks += week.gross;
    for (auto const& correction : specification.corrections) sums.corrections += correction.difference();
    sums.before_tax = sums.weeks + sums.corrections;
    for (auto const& part : specification.other_parts) sums.before_tax += part.amount;
    return sums;
}

void put_weeks(Sheet& sheet, Wording say, WeeklySpecification const& specification, Money sum) {
    sheet.subheading(say("De weken die wij betalen", "The weeks that we pay"));
    if (specification.weeks.empty()) {
        sheet.paragraph(
            say("In deze betaling zit geen nieuwe week.", "There is no new week in this payment."));
        return;
    }
    std::vector<Sheet::Row> rows;
    int days = 0;
    for (auto const& week : specification.weeks) {
        rows.push_back({{say.date(week.monday), std::to_string(week.days), say.amount(week.gross)}});
        days += week.days;
    }
    rows.push_back({{say("Samen", "Together"), std::to_string(days), say.amount(sum)}, true});
    sheet.table({{say("Week die begint op maandag", "Week that starts on Monday"), 5},
                 {say("Betaalde dagen", "Days paid"), 2, true},
                 {say("Bruto in euro", "Gross in euro"), 3, true}},
                rows);
}

void put_corrections(Sheet& sheet, Wording say, WeeklySpecification const& specification, Money sum) {
    if (specification.corrections.empty()) return;
    sheet.subheading(say("Wijzigingen in eerdere weken", "Changes to earlier weeks"));
    sheet.paragraph(say(
        "Wij hebben deze weken opnieuw berekend. U ziet wat u al kreeg, wat het moet zijn, en het verschil.",
        "We calculated these weeks again. You see what you received, what it should be, and the "
        "difference."));
    std::vector<Sheet::Row> rows;
    for (auto const& correction : specification.corrections) {
        rows.push_back({{say.date(correction.monday), say.amount(correction.paid), say.amount(correction.due),
                         say.amount(correction.difference())}});
    }
    rows.push_back({{say("Samen", "Together"), "", "", say.amount(sum)}, true});
    sheet.table({{say("Week die begint op maandag", "Week that starts on Monday"), 4},
                 {say("Al betaald", "Already paid"), 2, true},
                 {say("Moet zijn", "Should be"), 2, true},
                 {say("Verschil in euro", "Difference in euro"), 2, true}},
                rows);
}

void put_net(Sheet& sheet, Wording say, WeeklySpecification const& specification, Sums const& sums) {
    sheet.subheading(say("Van bruto naar netto", "From gross to net"));
    std::vector<Sheet::Row> rows;
    rows.push_back({{say("Bruto over de weken", "Gross for the weeks"), say.euro(sums.weeks)}});
    if (!specification.corrections.empty()) {
        rows.push_back(
            {{say("Wijzigingen in eerdere weken", "Changes to earlier weeks"), say.euro(sums.corrections)}});
    }
    for (auto const& part : specification.other_parts) rows.push_back({{part.text, say.euro(part.amount)}});
    auto const credit = specification.has_tax_credit
                            ? say("met loonheffingskorting", "with tax credit")
                            : say("zonder loonheffingskorting", "without tax credit");
    rows.push_back(
        {{say("Loonheffing", "Wage tax") + " (" + table_name(specification.table, say) + ", " + credit + ")",
          say.euro(-specification.wage_tax)}});
    rows.push_back(
        {{say("Netto: dit ontvangt u", "Net: this is what you receive"), say.euro(specification.net)}, true});
    sheet.sums(rows);
}

void put_rights(Sheet& sheet, Wording say, WeeklySpecification const& specification) {
    sheet.subheading(say("Klopt er iets niet?", "Is something wrong?"));
    sheet.paragraph(
        say("Laat het ons weten. Wij leggen uit hoe wij rekenen, en als het fout is, maken wij het goed. "
            "Bent u het daarna "
            "nog niet met ons eens? Vraag ons dan om een beslissing van UWV. Tegen die beslissing kunt u "
            "bezwaar maken bij "
            "UWV. In de brief van UWV staat hoe dat gaat, en tot wanneer het kan.",
            "Let us know. We explain how we calculate, and if it is wrong, we put it right. If you still do "
            "not agree with "
            "us after that, ask us for a decision by UWV. You can object to that decision at UWV. The letter "
            "from UWV says "
            "how to do that, and until when you can."));
    put_contact(sheet, say, specification.payer);
}

}  // namespace

std::expected<std::string, PaperFault> to_pdf(WeeklySpecification const& specification, Language language) {
    Wording const say{language};
    auto const sums = sums_of(specification);
    if (sums.before_tax - specification.wage_tax != specification.net)
        return std::unexpected(PaperFault::sums_differ);

    Sheet sheet{
        say,
        {.title = say("Specificatie van uw Ziektewet-uitkering", "Specification of your Ziektewet benefit"),
         .date = specification.date,
         .below = specification.payer.name}};
    sheet.letterhead(specification.payer, specification.client);
    sheet.facts({{say("Datum", "Date"), say.date(specification.date)},
                 {say("Kenmerk", "Reference"), specification.reference}});
    sheet.heading(say("Specificatie van uw Ziektewet-uitkering", "Specification of your Ziektewet benefit"));
    sheet.highlight(say("U ontvangt", "You receive"), say.euro(specification.net),
                    say("op ", "on ") + say.weekday_and_date(specification.paid_on) +
                        say(", op rekening ", ", in account ") + specification.account.masked());
    put_weeks(sheet, say, specification, sums.weeks);
    put_corrections(sheet, say, specification, sums.corrections);
    put_net(sheet, say, specification, sums);
    if (!specification.why.empty()) {
        sheet.subheading(say("Waarom dit bedrag?", "Why this amount?"));
        sheet.list(specification.why);
    }
    put_rights(sheet, say, specification);
    return sheet.bytes();
}

}  // namespace klout7::papers
