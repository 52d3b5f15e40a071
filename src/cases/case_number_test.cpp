#include "cases/case_number.h"

#include <doctest/doctest.h>

using klout7::cases::CaseNumber;

TEST_CASE("a case number is told by telephone and comes back as the same") {
    for (std::int64_t const sequence : {1LL, 9LL, 10LL, 12'345LL, 99'999LL, 100'000LL, 99'999'999'999LL}) {
        auto const number = CaseNumber::of(sequence);
        REQUIRE(number);
        CHECK(CaseNumber::parse(number->text()) == number);
        CHECK(number->text().size() >= 7);
    }
    // By hand: of 1 2 3 4 5 the 5, 3 and 1 count double, 10 as 1: 1 + 4 + 6 + 2 + 2 = 15, and 5 are missing
    // to 20.
    CHECK(CaseNumber::of(12'345)->text() == "Z123455");
    CHECK(CaseNumber::of(1)->text() == "Z000018");
    CHECK_FALSE(CaseNumber::of(0));
    CHECK_FALSE(CaseNumber::of(-1));
    CHECK_FALSE(CaseNumber::of(100'000'000'000));
}

TEST_CASE("it is read as people write it") {
    auto const number = CaseNumber::of(12'345);
    for (auto const* written : {"Z123455", "z123455", "Z 123.455", "Z-12345-5", " Z123455 "})
        CHECK(CaseNumber::parse(written) == number);
}

TEST_CASE("what is no case number is none") {
    for (auto const* written : {"", "Z", "Z0", "Z00", "123455", "Z123454", "ZZ123455", "Z12345 5x",
                                "Z1234 55 Z", "Z0000000000000000000", "Z-", "\xc2\xb2"})
        CHECK_FALSE(CaseNumber::parse(written));
}

TEST_CASE("one wrong digit, or two neighbours that changed places, name no case") {
    auto const right = CaseNumber::of(4'827'136)->text();
    for (std::size_t at = 1; at < right.size(); ++at) {
        for (char digit = '0'; digit <= '9'; ++digit) {
            auto wrong = right;
            wrong[at] = digit;
            CHECK(CaseNumber::parse(wrong).has_value() == (wrong == right));
        }
        if (at + 1 == right.size()) break;
        auto swapped = right;
        std::swap(swapped[at], swapped[at + 1]);
        // The one pair that the check digit does not tell apart is 0 and 9; there is none here.
        CHECK(CaseNumber::parse(swapped).has_value() == (swapped == right));
    }
}
