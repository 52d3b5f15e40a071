#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace klout7::papers {

/// A measure on paper: thousandths of a point, of which 72 make an inch.
using Length = int;

enum class Weight { regular, bold };

/// A font file of ours: one that the build put into the program, or a subset of it, which has no characters.
/// Source: OpenType 1.9, of which cmap 4, glyf, head, hhea, hmtx, loca and maxp are read.
class TrueType {
public:
    explicit TrueType(std::string_view file);

    /// Where the outline of a character is; nothing if the font has none.
    std::optional<std::uint16_t> glyph_of(char32_t character) const;
    int units_per_em() const { return units_per_em_; }
    int advance_of(std::uint16_t glyph) const;
    std::string_view outline_of(std::uint16_t glyph) const;
    std::string_view table(std::string_view name) const;  ///< empty if it is not there

private:
    std::map<std::string, std::string_view, std::less<>> tables_;
    std::string_view characters_;  // the subtable of cmap
    int units_per_em_ = 0;
    int wide_glyphs_ = 0;  // those with an advance of their own
    bool has_long_offsets_ = false;
};
TrueType const& font_of(Weight weight);

/// The part of a font that one paper uses, with numbers of its own for the glyphs, in the order of their
/// first use.
class FontSubset {
public:
    explicit FontSubset(TrueType const& font) : font_(&font) { number_of(0); }

    TrueType const& font() const { return *font_; }
    /// Of a character that the font has.
    std::uint16_t use(char32_t character);
    /// A font file of what was used, as a PDF wants it.
    std::string file() const;
    /// The characters by the numbers of their glyphs.
    std::map<std::uint16_t, char32_t> const& characters() const { return characters_; }
    int advance_of(std::uint16_t number) const { return font_->advance_of(glyphs_[number]); }
    std::size_t count() const { return glyphs_.size(); }

private:
    std::uint16_t number_of(std::uint16_t glyph);

    TrueType const* font_;
    std::vector<std::uint16_t> glyphs_;  // of the whole font
    std::map<std::uint16_t, std::uint16_t> numbers_;
    std::map<std::uint16_t, char32_t> characters_;
};

}  // namespace klout7::papers
