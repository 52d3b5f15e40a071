#include "papers/letter.h"

#include <doctest/doctest.h>

#include "testing/as_others_read.h"
#include "testing/samples.h"

using namespace klout7;
using namespace klout7::papers;
using namespace klout7::papers::testing;

namespace {

LetterFault fault_of(Letter const& letter) {
    auto const pdf = to_pdf(letter, Language::dutch);
    REQUIRE_FALSE(pdf);
    return pdf.error();
}

LetterFault fault_with(std::string const& paragraph) {
    auto letter = samples::letter();
    letter.text.paragraphs.push_back(paragraph);
    return fault_of(letter);
}

}  // namespace

TEST_CASE("a letter is its template with every place filled, and names its version") {
    auto const text = text_of(to_pdf(samples::letter(), Language::dutch).value());
    for (std::string_view const part :
         {"U bent weer beter gemeld", "vanaf 27 november 2026 weer kunt werken",
          "op 3 december 2026. Wordt u", "vier weken na 27 november 2026 weer ziek?", "herstel-bevestigd 3",
          "Datum 28 november 2026", "pagina 1 van 1"}) {
        CHECK_MESSAGE(has(text, part), part);
    }
    CHECK(has(text, "Beste " + samples::letter().values.at("name") + ","));
    CHECK_FALSE(has(text, "{"));
    CHECK(has(text_of(to_pdf(samples::letter(), Language::english).value()), "Date 28 November 2026"));
}

TEST_CASE("a place that the template does not list is refused") {
    CHECK(fault_with("Uw {dagloon}.") == LetterFault{PaperFault::place_unknown, "dagloon"});
}

TEST_CASE("a place without a value is refused, and so is an empty value") {
    auto letter = samples::letter();
    letter.values.erase("sender");
    CHECK(fault_of(letter) == LetterFault{PaperFault::place_without_value, "sender"});
    letter.values["sender"] = " ";
    CHECK(fault_of(letter) == LetterFault{PaperFault::place_without_value, "sender"});
}

TEST_CASE("a value that no place uses is refused") {
    auto letter = samples::letter();
    letter.values["amount"] = "1,00";
    CHECK(fault_of(letter) == LetterFault{PaperFault::value_unused, "amount"});
    letter.text.places.insert("amount");
    CHECK(fault_of(letter) == LetterFault{PaperFault::value_unused, "amount"});
    letter.text.heading += " {amount}";
    CHECK(to_pdf(letter, Language::dutch));
}

TEST_CASE("braces that are no place are refused") {
    for (std::string const broken :
         {"{", "}", "{}", "{name", "name}", "{{name}}", "{Name}", "{na me}", "{name{", "a } b { c"}) {
        CHECK_MESSAGE(fault_with(broken) == LetterFault{PaperFault::template_broken}, broken);
    }
}

TEST_CASE("a value is never read as a place") {
    auto letter = samples::letter();
    letter.values["name"] = "{sender}";
    CHECK(has(text_of(to_pdf(letter, Language::dutch).value()), "Beste {sender},"));
}

TEST_CASE("an empty heading, paragraph or code is refused") {
    auto letter = samples::letter();
    letter.text.heading.clear();
    CHECK(fault_of(letter) == LetterFault{PaperFault::part_missing});
    letter = samples::letter();
    letter.text.code.clear();
    CHECK(fault_of(letter) == LetterFault{PaperFault::part_missing});
    CHECK(fault_with("") == LetterFault{PaperFault::part_missing});
}

TEST_CASE("what fills a heading is not the title of the file") {
    auto letter = samples::letter();
    letter.text.heading = "Beste {name}";
    auto const pdf = to_pdf(letter, Language::dutch).value();
    CHECK(has(say_of(pdf, "pdfinfo").words, "Title:           Brief\n"));
    CHECK(has(say_of(to_pdf(samples::letter(), Language::dutch).value(), "pdfinfo").words,
              "Title:           U bent weer beter gemeld\n"));
}
