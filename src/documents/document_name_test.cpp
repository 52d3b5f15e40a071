#include <doctest/doctest.h>

#include "documents/documents.h"

using namespace klout7;
using namespace klout7::documents;

TEST_CASE("a file name is kept as people write it, in any script, in one normal form") {
    CHECK(document_name("Plan van aanpak.pdf") == "Plan van aanpak.pdf");
    CHECK(document_name("  brief.pdf\t") == "brief.pdf");
    CHECK(document_name("Re\xCC\x81sume\xCC\x81.pdf") == "R\xC3\xA9sum\xC3\xA9.pdf");
    CHECK(document_name("\xF0\x9F\x93\x84") == "\xF0\x9F\x93\x84");
    CHECK(document_name("...") == "...");
    for (std::string_view const name :
         {"Ünïcode.pdf", "письмо.pdf", "信件.pdf", "رسالة.pdf", "מכתב.pdf", "पत्र.pdf",
          "👩🏽‍⚕️ dossier.pdf", "a'b\"c;d|e$f<g>.pdf", "%2e%2e%2f", "con", "-rf", "~root"}) {
        CAPTURE(name);
        CHECK(document_name(name) == name);
    }
    CHECK(document_name(*document_name(" a b ")) == "a b");
}

TEST_CASE("a file name has 1 to 1,024 bytes, in however many characters") {
    CHECK_FALSE(document_name(""));
    CHECK_FALSE(document_name(" \t "));
    CHECK(document_name("a"));
    std::string longest;
    for (int i = 0; i < 256; ++i) longest += "\xF0\x9F\x93\x84";
    CHECK(document_name(longest) == longest);
    CHECK_FALSE(document_name(longest + "a"));
    CHECK(document_name(std::string(1024, 'a')));
    CHECK_FALSE(document_name(std::string(1025, 'a')));
    // What counts is the normal form: 3 bytes each become 2.
    std::string decomposed;
    std::string composed;
    for (int i = 0; i < 512; ++i) {
        decomposed += "e\xCC\x81";
        composed += "\xC3\xA9";
    }
    CHECK(document_name(decomposed) == composed);
    CHECK_FALSE(document_name(decomposed + "e"));
    CHECK(document_name("a" + std::string(2000, ' ')) == "a");
    CHECK_FALSE(document_name(std::string(1'000'000, 'a')));
}

TEST_CASE("a file name that could lead elsewhere or look like another is refused") {
    for (std::string_view const text :
         {".", "..", "../a.pdf", "a/b.pdf", "a\\b.pdf", "a\nb.pdf", "a\rb.pdf", "a\x7F.pdf", "a\xC2\x85.pdf",
          "a\xE2\x80\xAE"
          "fdp.exe",
          "a\xE2\x81\xA6.pdf", "a\xE2\x80\xA8.pdf", "a\xEF\xBB\xBF.pdf", "a\xC3.pdf", "\xFF"}) {
        CAPTURE(text);
        CHECK_FALSE(document_name(text));
    }
    CHECK_FALSE(document_name(std::string_view{"a\0b.pdf", 7}));
}
