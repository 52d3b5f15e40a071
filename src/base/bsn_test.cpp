#include "base/bsn.h"

#include <doctest/doctest.h>

#include <type_traits>

#include "testing/refusals.h"

namespace klout7 {

TEST_CASE("numbers that pass the eleven-test are read") {
    for (auto const* text : {"999990019", "999990020", "123456782", "111222333", "249566758", "012345672"}) {
        CAPTURE(text);
        REQUIRE(Bsn::parse(text));
        CHECK(Bsn::parse(text)->text() == text);
    }
}

TEST_CASE("numbers that fail the eleven-test are refused") {
    for (auto const* text : {"123456789", "999990100", "111222334", "000000000", "00000000", "999990018"}) {
        CAPTURE(text);
        CHECK_FALSE(Bsn::parse(text));
    }
}

TEST_CASE("eight digits are read with their leading zero") {
    REQUIRE(Bsn::parse("12345672"));
    CHECK(Bsn::parse("12345672") == Bsn::parse("012345672"));
    CHECK(Bsn::parse("12345672")->text() == "012345672");
}

TEST_CASE("anything but eight or nine digits is refused") {
    for (auto const* text : {"", "1234567", "1234567820", " 123456782", "123456782 ", "123.456.782",
                             "1234567x2", "-23456782", "+23456782", "١٢٣٤"}) {
        CAPTURE(text);
        CHECK_FALSE(Bsn::parse(text));
    }
    CHECK_FALSE(Bsn::from_number(1'000'000'000));
    CHECK_FALSE(Bsn::from_number(0));
}

TEST_CASE("changing one digit, or swapping two neighbours, never gives another valid number") {
    std::string const valid = "123456782";
    for (std::size_t at = 0; at < valid.size(); ++at) {
        for (char digit = '0'; digit <= '9'; ++digit) {
            auto changed = valid;
            changed[at] = digit;
            CHECK(Bsn::parse(changed).has_value() == (changed == valid));
        }
        if (at + 1 == valid.size()) break;
        auto swapped = valid;
        std::swap(swapped[at], swapped[at + 1]);
        CHECK_FALSE(Bsn::parse(swapped));
    }
}

TEST_CASE("a masked number shows its last three digits") {
    CHECK(Bsn::parse("123456782")->masked() == "••••••782");
    CHECK(Bsn::parse("12345672")->masked() == "••••••672");
}

static_assert(!refusals::CanBeStreamed<Bsn>);
static_assert(!std::is_convertible_v<Bsn, std::string>);
static_assert(!std::is_default_constructible_v<Bsn> && !std::is_constructible_v<Bsn, std::uint32_t>);

}  // namespace klout7
