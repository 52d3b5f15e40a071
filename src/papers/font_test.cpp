#include "font.h"

#include <doctest/doctest.h>

using namespace klout7::papers;

TEST_CASE("both weights have the letters of names in Europe") {
    for (auto const weight : {Weight::regular, Weight::bold}) {
        for (char32_t const letter : std::u32string_view{U"ëïéńşŁßĳŐřțØæœđıİŽ€•·–’ΑЖ"}) {
            CHECK(font_of(weight).glyph_of(letter));
        }
        CHECK_FALSE(font_of(weight).glyph_of(U'漢'));
        CHECK_FALSE(font_of(weight).glyph_of(U'😀'));
    }
}

TEST_CASE("a subset is a font of its own with only what was used") {
    auto const& font = font_of(Weight::regular);
    FontSubset subset{font};
    auto const plain = subset.use(U'H');
    auto const made_of_two = subset.use(U'é');
    CHECK(subset.use(U'H') == plain);
    CHECK(subset.count() == 5);  // no character at all, H, é, and the e and the accent that it is made of

    auto const file = subset.file();
    CHECK(file == subset.file());
    CHECK(file.size() < 6'000);
    TrueType const read_back{file};
    auto const original = font.glyph_of(U'H').value();
    CHECK(read_back.units_per_em() == font.units_per_em());
    CHECK(read_back.advance_of(plain) == font.advance_of(original));
    CHECK(read_back.outline_of(plain).starts_with(font.outline_of(original)));
    // Its parts have other numbers now, within the subset.
    auto const outline = read_back.outline_of(made_of_two);
    CHECK(outline.substr(0, 2) == "\xff\xff");
    CHECK(outline.substr(12, 2) == std::string_view{"\x00\x03", 2});
    CHECK(read_back.outline_of(3).starts_with(font.outline_of(font.glyph_of(U'e').value())));
}

TEST_CASE("the sums of a subset are those of its bytes") {
    FontSubset subset{font_of(Weight::bold)};
    for (char32_t const letter : std::u32string_view{U"Jaaropgaaf ëŁş"}) subset.use(letter);
    auto const file = subset.file();
    std::uint32_t sum = 0;
    for (std::size_t at = 0; at < file.size(); ++at) {
        sum += std::uint32_t{static_cast<unsigned char>(file[at])} << (24 - 8 * (at % 4));
    }
    CHECK(sum == 0xB1B0AFBAu);  // OpenType, head, checksumAdjustment
}
