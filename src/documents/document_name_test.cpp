#include "documents/document_name.h"

#include <doctest/doctest.h>

#include "base/log.h"

using namespace klout7;
using namespace klout7::documents;

static_assert(!Loggable<DocumentName>);

TEST_CASE("a file name is kept as people write it, in one normal form") {
    CHECK(DocumentName::parse("Plan van aanpak.pdf")->text() == "Plan van aanpak.pdf");
    CHECK(DocumentName::parse("  brief.pdf\t")->text() == "brief.pdf");
    CHECK(DocumentName::parse("Re\xCC\x81sume\xCC\x81.pdf")->text() == "R\xC3\xA9sum\xC3\xA9.pdf");
    CHECK(DocumentName::parse("\xF0\x9F\x93\x84")->text() == "\xF0\x9F\x93\x84");
    CHECK(DocumentName::parse("...")->text() == "...");
    CHECK(DocumentName::parse(DocumentName::parse(" a b ")->text())->text() == "a b");
}

TEST_CASE("a file name has 1 to 200 code points") {
    CHECK_FALSE(DocumentName::parse(""));
    CHECK_FALSE(DocumentName::parse("   "));
    CHECK(DocumentName::parse("a"));
    std::string name;
    for (int i = 0; i < 200; ++i) name += "\xF0\x9F\x93\x84";
    CHECK(DocumentName::parse(name));
    CHECK_FALSE(DocumentName::parse(name + "a"));
    CHECK_FALSE(DocumentName::parse(std::string(1'000'000, 'a')));
}

TEST_CASE("a file name that could lead elsewhere or look like another is refused") {
    for (std::string_view const text :
         {".", "..", "../a.pdf", "a/b.pdf", "a\\b.pdf", "a\nb.pdf", "a\rb.pdf", "a\x7F.pdf", "a\xC2\x85.pdf",
          "a\xE2\x80\xAE"
          "fdp.exe",
          "a\xE2\x81\xA6.pdf", "a\xE2\x80\xA8.pdf", "a\xEF\xBB\xBF.pdf", "a\xC3.pdf", "\xFF"}) {
        CHECK_FALSE(DocumentName::parse(text));
    }
    CHECK_FALSE(DocumentName::parse(std::string_view{"a\0b.pdf", 7}));
}
