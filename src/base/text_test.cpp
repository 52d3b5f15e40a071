#include "base/text.h"

#include <doctest/doctest.h>

#include <string>

namespace klout7 {

TEST_CASE("well-formed UTF-8 is accepted up to the last code point") {
    for (std::string_view const text : {"", "abc", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF",
                                        "\xEE\x80\x80", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"}) {
        CAPTURE(text);
        CHECK(is_valid_utf8(text));
    }
    CHECK(is_valid_utf8(std::string_view{"\0", 1}));
}

TEST_CASE("overlong forms, surrogates, stray and missing bytes are no UTF-8") {
    for (std::string_view const text :
         {"\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xC2", "\xC2\x41", "\xE0\x9F\xBF", "\xE0\xA0",
          "\xED\xA0\x80", "\xED\xBF\xBF", "\xF0\x8F\xBF\xBF", "\xF0\x90\x80", "\xF4\x90\x80\x80",
          "\xF5\x80\x80\x80", "\xFF", "ok\xE9 niet"}) {
        CAPTURE(text);
        CHECK_FALSE(is_valid_utf8(text));
    }
}

TEST_CASE("trim takes white space of every kind from both ends and none from the middle") {
    CHECK(trim("  a b\t\r\n") == "a b");
    CHECK(trim("\u00A0\u2003Jan\u3000\u2028") == "Jan");
    CHECK(trim("caf\u00E9") == "caf\u00E9");
    CHECK(trim(" \u00A0 ") == "");
    CHECK(trim("") == "");
    CHECK(trim("\xFF ") == "\xFF");
}

TEST_CASE("lengths are counted in code points and in UTF-16 units") {
    CHECK(count_code_points("") == 0);
    CHECK(count_code_points("a\u00E9\u6C34\U0001F600") == 4);
    CHECK(utf16_length("a\u00E9\u6C34\U0001F600") == 5);
    CHECK(utf16_length("\uFFFF") == 1);
    CHECK(utf16_length("\U00010000") == 2);
}

TEST_CASE("to_nfc composes letters and marks and refuses what is no UTF-8") {
    CHECK(to_nfc("Rene\u0301e") == "Ren\u00E9e");
    CHECK(to_nfc("Ren\u00E9e") == "Ren\u00E9e");
    CHECK(to_nfc("\u212B") == "\u00C5");
    // Compatibility forms keep their look: only the blind index folds them.
    CHECK(to_nfc("\u0133\uFB01") == "\u0133\uFB01");
    CHECK(to_nfc("") == "");
    CHECK_FALSE(to_nfc("\xC3").has_value());
}

TEST_CASE("names that people take for the same fold to the same letters") {
    CHECK(fold_name("M\u00FCller-IJssel") == fold_name("muller yssel"));
    CHECK(fold_name("Ren\u00E9e") == "renee");
    CHECK(fold_name("Rene\u0301e") == "renee");
    CHECK(fold_name("IJzerman") == "yzerman");
    CHECK(fold_name("\u0132zerman") == "yzerman");
    CHECK(fold_name("Yzerman") == "yzerman");
    CHECK(fold_name("\u00FFzerman") == "yzerman");
    CHECK(fold_name("Jan\u00DFen") == "jansen");
    CHECK(fold_name("Janssen") == "jansen");
    CHECK(fold_name("JAN\u1E9EEN") == "jansen");
    CHECK(fold_name("van der  Berg-\u2019t Hoen 3") == "vanderbergthoen");
    CHECK(fold_name("\uFF2A\uFF41\uFF4E") == "jan");
    CHECK(fold_name("\u0130nci") == "inci");
    CHECK(fold_name("\u0391\u03B8\u03AE\u03BD\u03B1") == fold_name("\u03B1\u03B8\u03B7\u03BD\u03B1"));
}

TEST_CASE("names that differ in a letter stay apart") {
    CHECK(fold_name("Bakker") != fold_name("Baker"));
    CHECK(fold_name("Meijer") == fold_name("Meyer"));
    CHECK(fold_name("Meier") != fold_name("Meyer"));
}

TEST_CASE("a name without letters or outside UTF-8 folds to nothing") {
    CHECK(fold_name("") == "");
    CHECK(fold_name(" -'3 ") == "");
    CHECK(fold_name("Jan\xFF") == "");
}

TEST_CASE("ascii_lower touches A to Z only") { CHECK(ascii_lower("AZaz09[@`{\u00C9") == "azaz09[@`{\u00C9"); }

TEST_CASE("a text is split at each character, and never into nothing") {
    using Parts = std::vector<std::string_view>;
    CHECK(split("a,b", ',') == Parts{"a", "b"});
    CHECK(split(",a,,b,", ',') == Parts{"", "a", "", "b", ""});
    CHECK(split("a", ',') == Parts{"a"});
    CHECK(split("", ',') == Parts{""});
}

}  // namespace klout7
