#include "base/iban.h"

#include <doctest/doctest.h>

#include <type_traits>

#include "testing/refusals.h"

namespace klout7 {

TEST_CASE("IBANs with right check digits are read") {
    for (auto const* text : {"NL91ABNA0417164300", "NL02ABNA0123456789", "NL44RABO0123456789",
                             "NL20INGB0001234567", "NL13TEST0123456789", "DE89370400440532013000",
                             "GB82WEST12345698765432", "BE68539007547034", "FR1420041010050500013M02606"}) {
        CAPTURE(text);
        REQUIRE(Iban::parse(text));
        CHECK(Iban::parse(text)->text() == text);
    }
}

TEST_CASE("spaces and small letters are taken as they are typed") {
    CHECK(Iban::parse(" nl91 abna 0417 1643 00 ").value().text() == "NL91ABNA0417164300");
}

TEST_CASE("a wrong digit is a wrong check") {
    CHECK(Iban::parse("NL92ABNA0417164300").error() == IbanError::wrong_check_digits);
    CHECK(Iban::parse("NL91ABNA0417164301").error() == IbanError::wrong_check_digits);
    CHECK(Iban::parse("NL19ABNA0417164300").error() == IbanError::wrong_check_digits);
    // 99 is 02 modulo 97, yet never a check digit.
    CHECK(Iban::parse("NL99ABNA0123456789").error() == IbanError::wrong_check_digits);
}

TEST_CASE("each country has its own length") {
    CHECK(Iban::parse("NL91ABNA041716430").error() == IbanError::wrong_length);
    CHECK(Iban::parse("NL91ABNA04171643000").error() == IbanError::wrong_length);
    CHECK(Iban::parse("DE8937040044053201300").error() == IbanError::wrong_length);
    CHECK(Iban::parse("US91ABNA0417164300").error() == IbanError::unknown_country);
}

TEST_CASE("what is no IBAN at all is refused") {
    for (auto const* text :
         {"", "NL", "NL91", "N191ABNA0417164300", "NLX1ABNA0417164300", "NL91-ABNA-0417164300",
          "NL91ABNA04171643é0", "NL91ABNA0417164300NL91ABNA0417164300", "\tNL91ABNA0417164300"}) {
        CAPTURE(text);
        CHECK(Iban::parse(text).error() == IbanError::not_an_iban);
    }
}

TEST_CASE("an IBAN is shown grouped to its owner and masked to others") {
    auto const iban = Iban::parse("NL91ABNA0417164300").value();
    CHECK(iban.grouped() == "NL91 ABNA 0417 1643 00");
    CHECK(iban.masked() == "NL •••• 4300");
    CHECK(iban.country() == "NL");
    CHECK(iban.is_dutch());
    CHECK_FALSE(Iban::parse("BE68539007547034").value().is_dutch());
    CHECK(iban == Iban::parse("nl91abna0417164300").value());
}

TEST_CASE("check digits are computed for made-up accounts") {
    CHECK(iban_check_digits("NL", "TEST0123456789") == "13");
    CHECK(iban_check_digits("NL", "ABNA0123456789") == "02");
}

static_assert(!refusals::CanBeStreamed<Iban>);
static_assert(!std::is_convertible_v<Iban, std::string> && !std::is_constructible_v<Iban, std::string>);

}  // namespace klout7
