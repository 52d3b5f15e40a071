#include "base/encoding.h"

#include <doctest/doctest.h>

namespace klout7 {

TEST_CASE("the start of a file tells its encoding, or leaves it open") {
    CHECK(FileEncoding{"Ren\xC3\xA9"}.decided() == TextEncoding::utf8);
    CHECK(FileEncoding{"Ren\xE9 en"}.decided() == TextEncoding::windows_1252);
    CHECK(FileEncoding{"\xEF\xBB\xBFnaam"}.decided() == TextEncoding::utf8);
    CHECK_FALSE(FileEncoding{"naam;bsn"}.decided());
    CHECK_FALSE(FileEncoding{""}.decided());
}

TEST_CASE("a character cut off at the end of the first part is still UTF-8") {
    CHECK(FileEncoding{"\xC3\xA9 \xC3"}.decided() == TextEncoding::utf8);
    CHECK(FileEncoding{"\xC3\xA9 \xF0\x9F\x98"}.decided() == TextEncoding::utf8);
    CHECK(FileEncoding{"\xC3\xA9 \x80"}.decided() == TextEncoding::windows_1252);
    auto const filler = std::string(encoding_sniffed_bytes - 1, 'a');
    CHECK(FileEncoding{filler + "\xC3\xA9"}.decided() == TextEncoding::utf8);
    CHECK_FALSE(FileEncoding{filler + "a\xE9"}.decided());
}

TEST_CASE("the first text outside ASCII decides what the start left open, for good") {
    FileEncoding late{"naam"};
    CHECK(late.decode("Jan").value() == "Jan");
    CHECK_FALSE(late.decided());
    CHECK(late.decode("Ren\xE9").value() == "Ren\u00E9");
    CHECK(late.decided() == TextEncoding::windows_1252);
    CHECK(late.decode("\xC3\xA9").value() == "\u00C3\u00A9");

    FileEncoding utf8{"naam"};
    CHECK(utf8.decode("Ren\xC3\xA9").value() == "Ren\u00E9");
    CHECK(utf8.decode("Ren\xE9").error() == EncodingError::not_utf8);
    CHECK(utf8.decode("Ren\xC3\xA9").value() == "Ren\u00E9");
}

TEST_CASE("Windows-1252 is decoded, its five open bytes are errors") {
    CHECK(utf8_from_windows_1252("\x80\x8A\x9F\xA0\xFF").value() == "\u20AC\u0160\u0178\u00A0\u00FF");
    CHECK(utf8_from_windows_1252("\x91\x92\x93\x94\x96\x97").value() ==
          "\u2018\u2019\u201C\u201D\u2013\u2014");
    for (auto const* bytes : {"\x81", "a\x8D", "\x8F", "\x90", "\x9Dz"})
        CHECK(utf8_from_windows_1252(bytes).error() == EncodingError::not_in_windows_1252);
}

TEST_CASE("every other byte of Windows-1252 is one character") {
    std::size_t characters = 0;
    for (int byte = 0; byte < 256; ++byte) {
        std::string const one(1, static_cast<char>(byte));
        characters += utf8_from_windows_1252(one).has_value() ? 1U : 0U;
    }
    CHECK(characters == 251);
}

}  // namespace klout7
