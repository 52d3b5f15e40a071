#include "password_shapes.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

using namespace klout7;
using namespace klout7::access;

namespace {

using Texts = std::vector<std::string>;

Texts texts_of(std::vector<SecretBytes> const& shapes) {
    Texts texts;
    for (auto const& shape : shapes) texts.emplace_back(shape.text());
    return texts;
}
Texts whole(std::string_view password) { return texts_of(readings_of(password)); }

}  // namespace

TEST_CASE("digits, signs, separators and capitals leave no trace in the shape of a password") {
    CHECK(whole("Blauwe-Fietsen 2025!") == whole("blauweFIETSEN#7"));
    CHECK(whole("Blauwe-Fietsen 2025!") == Texts{"blauwefietsen"});
    CHECK(whole("1234567890-+") == Texts{""});
    CHECK(whole("") == Texts{""});
}

TEST_CASE("a look-alike between letters is read as its letter, beside the reading without it") {
    CHECK(whole("fi3t$en") == Texts{"fiten", "fietsen"});
    CHECK(whole("w0rd") == Texts{"drw", "drow"});
    CHECK(whole("f!ets") == Texts{"fets", "fiets"});
    // A run of them; and at an end, where a digit is put for its own sake.
    CHECK(whole("pa$$word") == Texts{"drowap", "drowssap"});
    CHECK(whole("fietsen1") == Texts{"fietsen"});
    CHECK(whole("1fietsen") == Texts{"fietsen"});
    // Separators stand in nobody's way.
    CHECK(whole("blauw3 fiets") == Texts{"blauwfiets", "blauwefiets"});
    CHECK(whole("fiets-4-en") == Texts{"fietsen", "fietsaen"});
}

TEST_CASE("months and seasons leave no trace, in Dutch, English and shortened") {
    for (std::string const name :
         {"januari",  "January", "jan",     "februari", "February", "feb",    "maart",    "March",
          "mrt",      "mar",     "april",   "apr",      "mei",      "May",    "juni",     "June",
          "jun",      "juli",    "July",    "jul",      "augustus", "August", "aug",      "september",
          "sept",     "sep",     "oktober", "October",  "okt",      "oct",    "november", "nov",
          "december", "dec",     "lente",   "voorjaar", "zomer",    "najaar", "herfst",   "winter",
          "spring",   "summer",  "autumn",  "fall"}) {
        CAPTURE(name);
        CHECK(whole("Fietsen-" + name + "-2026") == Texts{"fietsen"});
        CHECK(whole(name + "Fietsen") == Texts{"fietsen"});
    }
}

TEST_CASE("a text repeated or turned round is that text") {
    CHECK(whole("fietsenfietsen") == Texts{"fietsen"});
    CHECK(whole("Fietsen-Fietsen-Fietsen") == Texts{"fietsen"});
    CHECK(whole("nesteif") == Texts{"fietsen"});
    CHECK(whole("nesteifnesteif") == Texts{"fietsen"});
    CHECK(whole("fietsenfiets") == Texts{"fietsenfiets"});
}

TEST_CASE("letters of other alphabets are letters, and those that only look different are one") {
    CHECK(whole("Ёлка-2026") == Texts{"акл\u0451"});
    CHECK(whole("ﬁetsen") == Texts{"fietsen"});          // a ligature
    CHECK(whole("Ｆｉｅｔｓｅｎ") == Texts{"fietsen"});  // full width
    CHECK(whole("FIETSEN") == Texts{"fietsen"});
    CHECK(whole("straße") == whole("STRASSE"));
}

TEST_CASE("shortened shapes have one to four letters off, and never too few left") {
    auto shapes = texts_of(shapes_of("fietsen"));  // seven letters: two may go
    std::ranges::sort(shapes);
    Texts expected{"fietsen", "ietsen", "esteif", "etsen", "estei", "fiets"};
    std::ranges::sort(expected);
    CHECK(shapes == expected);
    CHECK(texts_of(shapes_of("fiets")) == Texts{"fiets"});
    CHECK(shapes_of("zeven blauwe fi3tsen").size() == most_shapes);
}

TEST_CASE("nearly the same is four characters of difference at most") {
    CHECK(is_nearly_the_same("Blauwe-Fietsen", "Blauwe-Fietsen"));
    CHECK(is_nearly_the_same("Blauwe-Fietsen", "blauwe fietsen"));
    CHECK(is_nearly_the_same("Blauwe-Fietsen", "Blauwe-Fietsenabcd"));
    CHECK_FALSE(is_nearly_the_same("Blauwe-Fietsen", "Blauwe-Fietsenabcde"));
    CHECK(is_nearly_the_same("Blauwe-Fietsen", "xxxxwe-Fietsen"));
    CHECK_FALSE(is_nearly_the_same("Blauwe-Fietsen", "xxxxxe-Fietsen"));
    CHECK(is_nearly_the_same("", "abcd"));
    CHECK_FALSE(is_nearly_the_same("", "abcde"));
}
