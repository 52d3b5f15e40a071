#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <vector>

#include "testing/as_others_read.h"
#include "testing/samples.h"

using namespace klout7;
using namespace klout7::papers;
using namespace klout7::papers::testing;

namespace {

struct Sample {
    std::string name;
    std::string pdf;
};

/// One paper of each kind, in both languages.
std::vector<Sample> samples_of_all() {
    std::vector<Sample> all;
    for (auto const language : {Language::dutch, Language::english}) {
        auto const end = language == Language::dutch ? std::string{"-nl"} : std::string{"-en"};
        all.push_back({"weekly" + end, to_pdf(samples::weekly_specification(), language).value()});
        all.push_back({"decision" + end, to_pdf(samples::calculation_decision(), language).value()});
        all.push_back({"yearly" + end, to_pdf(samples::yearly_statement(), language).value()});
        all.push_back({"costs" + end, to_pdf(samples::cost_report(), language).value()});
        all.push_back({"erd" + end, to_pdf(samples::erd_record(), language).value()});
        all.push_back({"letter" + end, to_pdf(samples::letter(), language).value()});
    }
    return all;
}

}  // namespace

TEST_CASE("samples to look at go into the folder that KLOUT7_PAPERS_SAMPLES names") {
    auto const* const folder = std::getenv("KLOUT7_PAPERS_SAMPLES");
    if (folder == nullptr) return;
    auto all = samples_of_all();
    all.push_back({"weeks-60-nl", to_pdf(samples::specification_of_weeks(60), Language::dutch).value()});
    auto long_name = samples::weekly_specification();
    long_name.client.name = "Ł. Şahin-Groß van der Müller-ńëïé " + std::string(166, 'W');
    all.push_back({"long-name-nl", to_pdf(long_name, Language::dutch).value()});
    auto withheld = samples::cost_report();
    withheld.months[1].figures.reset();
    all.push_back({"costs-withheld-nl", to_pdf(withheld, Language::dutch).value()});
    for (auto const& [name, pdf] : all) {
        std::ofstream{std::filesystem::path{folder} / (name + ".pdf"), std::ios::binary} << pdf;
    }
}

TEST_CASE("the same paper is the same bytes, and another is not") {
    auto const first = samples_of_all();
    auto const second = samples_of_all();
    REQUIRE(first.size() == second.size());
    for (std::size_t i = 0; i < first.size(); ++i)
        CHECK_MESSAGE((first[i].pdf == second[i].pdf), first[i].name);
    auto other = samples::weekly_specification();
    other.date = other.date.plus_days(1);
    CHECK((to_pdf(other, Language::dutch).value() != first[0].pdf));
}

TEST_CASE("others take each paper for a sound and tagged PDF with its title, language and letters") {
    for (auto const& [name, pdf] : samples_of_all()) {
        CAPTURE(name);
        auto const check = say_of(pdf, "qpdf --check");
        CHECK_MESSAGE(check.exit_code == 0, check.words);
        CHECK(has(check.words, "No syntax or stream encoding errors found"));

        auto const information = say_of(pdf, "pdfinfo").words;
        CHECK(has(information, "Tagged:          yes"));
        CHECK(has(information, "Suspects:        no"));
        CHECK(has(information, "JavaScript:      no"));
        CHECK(has(information, "Encrypted:       no"));
        CHECK(has(information, "(A4)"));
        CHECK(has(information, "Title:           "));
        CHECK_FALSE(has(information, "Title:           \n"));
        CHECK_FALSE(has(information, "Error"));

        auto const structure = say_of(pdf, "pdfinfo -struct").words;
        CHECK(times(structure, "H1 (block)") == 1);
        CHECK(has(structure, "Table (block)"));
        CHECK(has(structure, "TH"));
        CHECK(has(structure, "/Scope /"));

        auto const letters = say_of(pdf, "pdffonts").words;
        CHECK(times(letters, "CID TrueType      Identity-H       yes yes yes") == 2);
        CHECK(times(letters, "\n") == 4);  // two lines of heading, two fonts

        CHECK(has(pdf, name.ends_with("nl") ? "/Lang(nl-NL)" : "/Lang(en-GB)"));
        for (std::string_view const part : {"/JavaScript", "/JS", "/URI", "/Launch", "/OpenAction", "/AA",
                                            "/Annots", "/EmbeddedFile", "http://www.w3.org/1999/xlink"}) {
            CHECK_FALSE_MESSAGE(has(pdf, part), part);
        }
        CHECK(say_of(pdf, "pdftoppm -r 30 -png", "/dev/null").words.empty());
    }
}

TEST_CASE("no paper tells outside its pages whose it is") {
    for (auto const& [name, pdf] : samples_of_all()) {
        auto const told = say_of(pdf, "pdfinfo").words + say_of(pdf, "pdfinfo -meta").words;
        CHECK(has(told, "Klout7"));
        CHECK_FALSE_MESSAGE(has(told, samples::someone().last_name), name);
        CHECK_FALSE_MESSAGE(has(told, samples::someone().bsn.text()), name);
    }
}

TEST_CASE("what is only for the eye is no part of what is read aloud") {
    auto const structure = say_of(samples_of_all()[0].pdf, "pdfinfo -struct-text").words;
    CHECK(has(structure, "Loonheffing (groene tabel"));
    CHECK_FALSE(has(structure, "pagina 1"));
    // Lines that only look apart stay apart for the ear.
    CHECK(has(structure, samples::client().name + " " + samples::client().address.at(0)));
}

TEST_CASE("the decision tells how the benefit was calculated") {
    auto const dutch = text_of(to_pdf(samples::calculation_decision(), Language::dutch).value());
    for (std::string_view const part :
         {"Zo berekenen wij uw Ziektewet-uitkering", "70% van uw dagloon van € 145,00",
          "van 1 oktober 2025 tot en met 30 september 2026",
          "Bakkerij Het Voorbeeld 31.320,00 0,00 2.505,60 33.825,60", "4.000,00 -300,00 320,00 4.020,00",
          "Samen 37.845,60", "Aantal werkdagen waardoor wij delen 261",
          "Het hoogste bedrag per dag volgens de wet € 309,91", "Uw dagloon € 145,00",
          "Deel van uw dagloon dat u krijgt 70%", "Uw uitkering per dag, bruto € 101,50",
          "Eerste ziektedag 4 november 2026", "Wachtdagen 2 dagen zonder uitkering",
          "Eerste dag die wij betalen vrijdag 6 november 2026", "Uitleg",
          "Vraag ons om een beslissing van UWV"}) {
        CHECK_MESSAGE(has(dutch, part), part);
    }
    auto const english = text_of(to_pdf(samples::calculation_decision(), Language::english).value());
    for (std::string_view const part :
         {"How we calculate your Ziektewet benefit", "1 October 2025 to 30 September 2026",
          "Bakkerij Het Voorbeeld 31,320.00 0.00 2,505.60 33,825.60",
          "The highest amount per day by law €309.91", "Your benefit per day, gross €101.50",
          "Waiting days 2 days without benefit", "Friday 6 November 2026", "ask us for a decision by UWV"}) {
        CHECK_MESSAGE(has(english, part), part);
    }
}

TEST_CASE("a dagloon above the maximum is told as the maximum, and another is refused") {
    auto decision = samples::calculation_decision();
    decision.dagloon_before_maximum = Money::cents(393'10);
    CHECK(to_pdf(decision, Language::dutch).error() == PaperFault::sums_differ);
    decision.dagloon = Money::cents(309'91);
    CHECK(has(text_of(to_pdf(decision, Language::dutch).value()), "Uw dagloon: het hoogste bedrag € 309,91"));
    decision.waiting_days = 0;
    decision.wages.clear();
    auto const text = text_of(to_pdf(decision, Language::dutch).value());
    CHECK(has(text, "Wachtdagen geen"));
    CHECK(has(text, "geen loon dat meetelt"));
}

TEST_CASE("the yearly statement has every field that a tax return asks for") {
    auto const dutch = text_of(to_pdf(samples::yearly_statement(), Language::dutch).value());
    for (std::string_view const part :
         {"Jaaropgaaf 2026", "Loonheffingennummer 999990019L01",
          "Loon voor de loonheffing (Ziektewet-uitkering) € 4.536,00", "Aanvulling volgens de cao € 648,12",
          "Ingehouden loonheffing € 1.022,60", "Verrekende arbeidskorting € 17,03",
          "Levensloopverlofkorting € 223,00", "Loon voor de Zorgverzekeringswet (Zvw) € 5.184,12",
          "Ingehouden bijdrage Zvw € 0,00", "1 september 2026 ja 1", "1 december 2026 nee 0",
          "Week van 9 november 2026 € -175,00"}) {
        CHECK_MESSAGE(has(dutch, part), part);
    }
    CHECK(has(dutch, "(BSN) " + samples::someone().bsn.text()));
    CHECK(has(dutch, samples::client().name));
    auto const english = text_of(to_pdf(samples::yearly_statement(), Language::english).value());
    for (std::string_view const part :
         {"Yearly statement 2026", "Wages for the wage tax (Ziektewet benefit) €4,536.00",
          "Wage tax withheld €1,022.60", "Labour tax credit settled €17.03", "1 September 2026 yes 1",
          "Zvw contribution withheld €0.00"}) {
        CHECK_MESSAGE(has(english, part), part);
    }

    auto statement = samples::yearly_statement();
    statement.supplement.reset();
    statement.life_course_credit.reset();
    statement.tax_credit.clear();
    statement.corrections.clear();
    auto const bare = text_of(to_pdf(statement, Language::dutch).value());
    CHECK(has(bare, "geen loonheffingskorting toegepast (code 0)"));
    for (std::string_view const part : {"Aanvulling", "Levensloop", "Wijzigingen"})
        CHECK_FALSE_MESSAGE(has(bare, part), part);
    statement.wage_tax_number.clear();
    CHECK(to_pdf(statement, Language::dutch).error() == PaperFault::part_missing);
}

TEST_CASE("the record of one insured person has every item of article 3") {
    auto const dutch = text_of(to_pdf(samples::erd_record(), Language::dutch).value());
    for (std::string_view const part :
         {"Administratie Ziektewet per verzekerde", "4 november 2026 26 november 2026 3 weken en 2 dagen",
          "2 maart 2026 15 maart 2026 2 weken", "Groep c: ziek bij het einde van het dienstverband",
          "Het contract eindigde op 31 oktober 2026", "10 november 2026 Voor 4 en 5 november",
          "Bedrag € 129,60", "gedeeld door 261 dagen", "Bedrag € 90,72", "70% van het dagloon",
          "Begin 6 november 2026", "Einde 26 november 2026", "Duur 3 weken", "Hersteld gemeld",
          "16 november 2026 22 november 2026 1 week", "Betaald als voorschot",
          "23 november 2026 26 november 2026 4 dagen"}) {
        CHECK_MESSAGE(has(dutch, part), part);
    }
    CHECK(has(dutch, samples::someone().bsn.text()));
    CHECK(has(dutch, "Naam " + samples::erd_record().name));
    auto record = samples::erd_record();
    record.right.last.reset();
    record.refusals.clear();
    record.paid.clear();
    record.dagloon.reasons.clear();
    auto const english = text_of(to_pdf(record, Language::english).value());
    for (std::string_view const part :
         {"Ziektewet record of one insured person", "End still running", "Refusals None.",
          "Periods paid None.", "No reasons were recorded.", "Group c: ill when the employment ended"}) {
        CHECK_MESSAGE(has(english, part), part);
    }
}

TEST_CASE("every fault has a name") {
    CHECK(name_of(PaperFault::not_text) == "not_text");
    CHECK(name_of(PaperFault::value_unused) == "value_unused");
}
