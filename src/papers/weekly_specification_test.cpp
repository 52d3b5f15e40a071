#include "papers/weekly_specification.h"

#include <doctest/doctest.h>

#include "testing/as_others_read.h"
#include "testing/samples.h"
#include "wording.h"

using namespace klout7;
using namespace klout7::papers;
using namespace klout7::papers::testing;

namespace {

PaperFault fault_of(WeeklySpecification const& specification) {
    auto const pdf = to_pdf(specification, Language::dutch);
    REQUIRE_FALSE(pdf);
    return pdf.error();
}

}  // namespace

TEST_CASE("a specification tells each amount and how it came to be, in Dutch") {
    auto const text = text_of(to_pdf(samples::weekly_specification(), Language::dutch).value());
    for (std::string_view const part : {"Voorbeeld Uitvoering B.V.",
                                        "Postbus 100",
                                        "Datum 24 november 2026",
                                        "Kenmerk ZW-2026-000123",
                                        "Specificatie van uw Ziektewet-uitkering",
                                        "U ontvangt",
                                        "op donderdag 26 november 2026, op rekening NL",
                                        "16 november 2026 5 453,60",
                                        "9 november 2026 453,60 278,60 -175,00",
                                        "2 november 2026 90,72 1.453,60 1.362,88",
                                        "Samen 1.187,88",
                                        "Afgesproken terugbetaling (2 van 4) € -25,00",
                                        "Loonheffing (groene tabel, met loonheffingskorting) € -102,26",
                                        "Netto: dit ontvangt u € 1.514,22",
                                        "Waarom dit bedrag?",
                                        "€ 90,72 per dag",
                                        "bezwaar maken bij UWV",
                                        "bel 024 000 00 00 of mail naar vragen@voorbeeld.example",
                                        "pagina 1 van 2",
                                        "pagina 2 van 2"}) {
        CHECK_MESSAGE(has(text, part), part);
    }
}

TEST_CASE("a specification tells the same in English") {
    auto const text = text_of(to_pdf(samples::weekly_specification(), Language::english).value());
    for (std::string_view const part :
         {"Date 24 November 2026", "Reference ZW-2026-000123", "Specification of your Ziektewet benefit",
          "You receive", "on Thursday 26 November 2026, in account NL", "16 November 2026 5 453.60",
          "9 November 2026 453.60 278.60 -175.00", "2 November 2026 90.72 1,453.60 1,362.88",
          "Together 1,187.88", "Wage tax (green table, with tax credit) -€102.26",
          "Net: this is what you receive €1,514.22", "Why this amount?", "object to that decision at UWV",
          "call 024 000 00 00 or mail", "page 1 of 2"}) {
        CHECK_MESSAGE(has(text, part), part);
    }
}

TEST_CASE("of the account only the country and the last four characters are shown") {
    auto const specification = samples::weekly_specification();
    auto const text = text_of(to_pdf(specification, Language::dutch).value());
    auto const& iban = specification.account.text();
    CHECK(has(text, iban.substr(iban.size() - 4)));
    CHECK_FALSE(has(text, iban));
    CHECK_FALSE(has(text, iban.substr(4, iban.size() - 8)));
    CHECK_FALSE(has(text, specification.account.grouped()));
}

TEST_CASE("a specification of no, one and 300 weeks") {
    auto const none = text_of(to_pdf(samples::specification_of_weeks(0), Language::dutch).value());
    CHECK(has(none, "In deze betaling zit geen nieuwe week."));
    CHECK_FALSE(has(none, "Wijzigingen in eerdere weken"));

    auto const one = text_of(to_pdf(samples::specification_of_weeks(1), Language::dutch).value());
    CHECK(has(one, "4 januari 2021 5 453,60"));
    CHECK(has(one, "Netto: dit ontvangt u € 351,34"));

    auto const specification = samples::specification_of_weeks(300);
    auto const pdf = to_pdf(specification, Language::dutch).value();
    auto const many = text_of(pdf);
    for (auto const& week : specification.weeks) {
        CHECK(has(many, " " + Wording{Language::dutch}.date(week.monday) + " 5 453,60 "));
    }
    CHECK(times(many, " 5 453,60 ") == 300);
    CHECK(has(many, "Samen 1500 136.080,00"));
    auto const pages = times(many, "pagina ");
    CHECK(pages >= 9);
    CHECK(has(many, "pagina 1 van " + std::to_string(pages)));
    CHECK(has(many, "pagina " + std::to_string(pages) + " van " + std::to_string(pages)));
    // The heading stands on each page of the table, but for a reader of the structure once.
    CHECK(times(many, "Week die begint op maandag Betaalde dagen Bruto in euro") >= pages - 1);
    auto const structure = say_of(pdf, "pdfinfo -struct-text").words;
    CHECK(times(structure, "Week die begint op maandag") == 1);
    CHECK(times(structure, "TR\n") >= 302);
    CHECK_FALSE(has(structure, "pagina 1 van"));
}

TEST_CASE("what is not known is left out") {
    auto specification = samples::specification_of_weeks(1);
    specification.payer = {.name = "Voorbeeld Uitvoering B.V."};
    specification.client.address.clear();
    specification.reference.clear();
    specification.why.clear();
    auto const text = text_of(to_pdf(specification, Language::dutch).value());
    for (std::string_view const part :
         {"Kenmerk", "Waarom dit bedrag", "Hebt u vragen", "Wijzigingen in eerdere weken"}) {
        CHECK_FALSE_MESSAGE(has(text, part), part);
    }
    CHECK(has(text, "Klopt er iets niet?"));
}

TEST_CASE("the letters of all Dutch names come out, also when they came in two parts") {
    auto specification = samples::specification_of_weeks(1);
    specification.client.name = "Zoë ï é ń ş Łukasz Groß Ĳ Ő ř ť Ø æ đ İ ı Αθήνα Жанна";
    CHECK(has(text_of(to_pdf(specification, Language::dutch).value()), specification.client.name));
    specification.client.name = "Zoe\u0308";
    CHECK(has(text_of(to_pdf(specification, Language::dutch).value()), "Zoë"));
}

TEST_CASE("a name of 200 characters is whole, in words or in one") {
    auto specification = samples::weekly_specification();
    specification.client.name = "Begin";
    while (specification.client.name.size() < 190) specification.client.name += " Lang-Naam";
    specification.client.name += " Slot";
    CHECK(has(text_of(to_pdf(specification, Language::dutch).value()), specification.client.name));

    specification.client.name = std::string(200, 'W');
    CHECK(times(text_of(to_pdf(specification, Language::dutch).value()), "W") >= 200);
    auto const pages = say_of(to_pdf(specification, Language::dutch).value(), "pdfinfo").words;
    CHECK(has(pages, "Pages:           2"));
}

TEST_CASE("a specification whose amounts do not add up is none") {
    auto specification = samples::weekly_specification();
    specification.net += Money::cents(1);
    CHECK(fault_of(specification) == PaperFault::sums_differ);
    specification = samples::weekly_specification();
    specification.weeks.clear();
    CHECK(fault_of(specification) == PaperFault::sums_differ);
}

TEST_CASE("what cannot be printed is said, and no paper has a gap instead") {
    auto specification = samples::weekly_specification();
    specification.client.name = "漢字";
    CHECK(fault_of(specification) == PaperFault::character_missing);
    specification.client.name = "יוסף";  // runs from right to left
    CHECK(fault_of(specification) == PaperFault::character_missing);
    specification.client.name = "A\u202eB";  // turns the direction
    CHECK(fault_of(specification) == PaperFault::character_missing);
    specification.client.name = "A\nB";
    CHECK(fault_of(specification) == PaperFault::not_text);
    specification.client.name = "A\xff";
    CHECK(fault_of(specification) == PaperFault::not_text);
    specification.client.name = " ";
    CHECK(fault_of(specification) == PaperFault::part_missing);
    specification.client.name = std::string(longest_text + 1, 'a');
    CHECK(fault_of(specification) == PaperFault::too_long);
    specification.client.name = std::string(longest_text, 'a');
    CHECK(to_pdf(specification, Language::dutch));
    CHECK(to_pdf(samples::specification_of_weeks(most_rows - 1), Language::dutch));
    CHECK(fault_of(samples::specification_of_weeks(most_rows)) == PaperFault::too_long);  // its sum is a row
}

TEST_CASE("a row higher than a page goes on on the next") {
    auto specification = samples::weekly_specification();
    specification.other_parts[0].text = std::string(longest_text - 5, 'W') + " Slot";
    auto const pdf = to_pdf(specification, Language::dutch).value();
    CHECK(times(text_of(pdf), "W") >= longest_text - 5);
    CHECK(has(text_of(pdf), "Slot"));
}
