#include "papers/cost_report.h"

#include <algorithm>

#include "contact.h"
#include "sheet.h"

namespace klout7::papers {
namespace {

bool is_too_small(CostReport::Month const& month) {
    return month.figures && month.figures->people != 0 && month.figures->people < smallest_group;
}

bool is_withheld(CostReport::Month const& month) { return !month.figures.has_value(); }

Sheet::Row row_of(Wording say, CostReport::Month const& month) {
    auto const name = say.month(month.month);
    if (is_withheld(month)) return {{name, "-", "-", "-", "-"}};
    auto const& figures = *month.figures;
    return {{name, std::to_string(figures.people), say.amount(figures.gross_benefit),
             say.amount(figures.zvw_levy), say.amount(figures.total())}};
}

// With the sum of all and the other months, a withheld month would be known.
Sheet::Row sums_of(Wording say, std::vector<CostReport::Month> const& months) {
    auto const name = say("Samen", "Together");
    if (std::ranges::any_of(months, is_withheld)) return {{name, "", "-", "-", "-"}, true};
    Money benefit;
    Money levy;
    for (auto const& month : months) {
        benefit += month.figures->gross_benefit;
        levy += month.figures->zvw_levy;
    }
    return {{name, "", say.amount(benefit), say.amount(levy), say.amount(benefit + levy)}, true};
}

}  // namespace

std::expected<std::string, PaperFault> to_pdf(CostReport const& report, Language language) {
    Wording const say{language};
    if (std::ranges::any_of(report.months, is_too_small)) return std::unexpected(PaperFault::group_too_small);

    auto const title = say("Kosten van de Ziektewet", "Costs of the Ziektewet");
    Sheet sheet{say, {.title = title, .date = report.date, .below = report.administrator.name}};
    sheet.letterhead(report.administrator, report.employer);
    sheet.facts({{say("Datum", "Date"), say.date(report.date)},
                 {say("Kenmerk", "Reference"), report.reference},
                 {say("Periode", "Period"), say.period(report.period)}});
    sheet.heading(title);
    sheet.paragraph(say(
        "Dit overzicht laat per maand zien wat er aan Ziektewet-uitkeringen is betaald, en welke bijdrage "
        "voor de Zorgverzekeringswet (Zvw) u daarover als werkgever betaalt.",
        "This report shows for each month what was paid in Ziektewet benefits, and the contribution for "
        "the health insurance act (Zvw) that you owe on it as an employer."));
    if (report.months.empty()) {
        sheet.paragraph(say("In deze periode is niets betaald.", "Nothing was paid in this period."));
        return sheet.bytes();
    }
    std::vector<Sheet::Row> rows;
    for (auto const& month : report.months) rows.push_back(row_of(say, month));
    rows.push_back(sums_of(say, report.months));
    sheet.table({{say("Maand", "Month"), 4},
                 {say("Aantal mensen", "Number of people"), 3, true},
                 {say("Bruto uitkering", "Gross benefit"), 4, true},
                 {say("Werkgeversheffing Zvw", "Employer's levy Zvw"), 5, true},
                 {say("Totaal in euro", "Total in euro"), 4, true}},
                rows);
    if (std::ranges::any_of(report.months, is_withheld)) {
        auto const fewest = std::to_string(smallest_group);
        sheet.small_print(say("- Het gaat om minder dan ", "- This is about fewer than ") + fewest +
                          say(" mensen. Om te voorkomen dat iemand te herkennen is, tonen wij de bedragen "
                              "niet. Daarom staan er ook geen "
                              "bedragen bij 'Samen'.",
                              " people. So that nobody can be recognised, we do not show the amounts. That "
                              "is why there are no amounts "
                              "at 'Together' either."));
    }
    put_contact(sheet, say, report.administrator);
    return sheet.bytes();
}

}  // namespace klout7::papers
