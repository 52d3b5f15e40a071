#include "font.h"

#include <algorithm>

#include "base/check.h"
#include "font_files.h"

namespace klout7::papers {
namespace {

std::uint32_t number_at(std::string_view bytes, std::size_t at, int count) {
    require(at + static_cast<std::size_t>(count) <= bytes.size(), "a font file as long as its tables say");
    std::uint32_t value = 0;
    for (int i = 0; i < count; ++i) {
        value = value << 8 | static_cast<unsigned char>(bytes[at + static_cast<std::size_t>(i)]);
    }
    return value;
}

std::uint32_t u16(std::string_view bytes, std::size_t at) { return number_at(bytes, at, 2); }
std::uint32_t u32(std::string_view bytes, std::size_t at) { return number_at(bytes, at, 4); }

void append(std::string& bytes, std::uint32_t value, int count) {
    for (int shift = 8 * (count - 1); shift >= 0; shift -= 8) {
        bytes += static_cast<char>(value >> shift & 0xff);
    }
}

void put(std::string& bytes, std::size_t at, std::uint32_t value, int count) {
    std::string written;
    append(written, value, count);
    bytes.replace(at, written.size(), written);
}

std::uint32_t checksum_of(std::string_view table) {
    std::uint32_t sum = 0;
    for (std::size_t at = 0; at < table.size(); ++at) {
        sum += std::uint32_t{static_cast<unsigned char>(table[at])} << (24 - 8 * (at % 4));
    }
    return sum;
}

// Where a composite glyph names those it is made of. Source: OpenType, glyf, "Composite glyph description".
std::vector<std::size_t> places_of_components(std::string_view outline) {
    std::vector<std::size_t> places;
    bool const is_composite = !outline.empty() && (u16(outline, 0) & 0x8000u) != 0;
    std::size_t at = 10;
    for (bool more = is_composite; more;) {
        auto const flags = u16(outline, at);
        places.push_back(at + 2);
        at += 4 + ((flags & 0x0001u) != 0 ? 4 : 2);  // ARG_1_AND_2_ARE_WORDS
        at += (flags & 0x0008u) != 0
                  ? 2                                                             // WE_HAVE_A_SCALE
                  : ((flags & 0x0040u) != 0 ? 4                                   // an x and y scale
                                            : ((flags & 0x0080u) != 0 ? 8 : 0));  // two by two
        more = (flags & 0x0020u) != 0;                                            // MORE_COMPONENTS
    }
    return places;
}

std::string font_file_of(std::vector<std::pair<std::string_view, std::string>> const& tables) {
    auto const count = static_cast<std::uint32_t>(tables.size());
    std::uint32_t log = 0;
    while ((2u << log) <= count) ++log;
    std::string file;
    append(file, 0x00010000, 4);
    append(file, count, 2);
    append(file, 16u << log, 2);
    append(file, log, 2);
    append(file, 16 * count - (16u << log), 2);
    auto offset = static_cast<std::uint32_t>(12 + 16 * tables.size());
    for (auto const& [name, table] : tables) {
        file += name;
        append(file, checksum_of(table), 4);
        append(file, offset, 4);
        append(file, static_cast<std::uint32_t>(table.size()), 4);
        offset += static_cast<std::uint32_t>((table.size() + 3) / 4 * 4);
    }
    std::size_t head = 0;
    for (auto const& [name, table] : tables) {
        if (name == "head") head = file.size();
        file += table;
        file.append((4 - table.size() % 4) % 4, '\0');
    }
    put(file, head + 8, 0xB1B0AFBAu - checksum_of(file), 4);  // checksumAdjustment
    return file;
}

}  // namespace

TrueType::TrueType(std::string_view file) {
    auto const count = u16(file, 4);
    for (std::size_t i = 0; i < count; ++i) {
        auto const at = 12 + 16 * i;
        tables_.emplace(file.substr(at, 4), file.substr(u32(file, at + 8), u32(file, at + 12)));
    }
    units_per_em_ = static_cast<int>(u16(table("head"), 18));
    has_long_offsets_ = u16(table("head"), 50) == 1;
    wide_glyphs_ = static_cast<int>(u16(table("hhea"), 34));
    auto const cmap = table("cmap");
    for (std::size_t i = 0; !cmap.empty() && i < u16(cmap, 2); ++i) {
        auto const at = 4 + 8 * i;
        bool const is_unicode = u16(cmap, at) == 3 && u16(cmap, at + 2) == 1;
        if (is_unicode) characters_ = cmap.substr(u32(cmap, at + 4));
    }
}

std::string_view TrueType::table(std::string_view name) const {
    auto const found = tables_.find(name);
    return found == tables_.end() ? std::string_view{} : found->second;
}

// Source: OpenType, cmap, "Format 4: segment mapping to delta values".
std::optional<std::uint16_t> TrueType::glyph_of(char32_t character) const {
    require(u16(characters_, 0) == 4, "a font with characters of format 4");
    if (character > 0xffff) return std::nullopt;
    auto const code = static_cast<std::uint32_t>(character);
    std::size_t const twice = u16(characters_, 6);
    std::size_t at = 14;
    while (u16(characters_, at) < code) at += 2;
    auto const start_at = at + twice + 2;
    if (u16(characters_, start_at) > code) return std::nullopt;
    auto const delta = u16(characters_, start_at + twice);
    auto const range_at = start_at + 2 * twice;
    auto const range = u16(characters_, range_at);
    std::uint32_t glyph = code;
    if (range != 0) glyph = u16(characters_, range_at + range + 2 * (code - u16(characters_, start_at)));
    if (range != 0 && glyph == 0) return std::nullopt;
    glyph = (glyph + delta) & 0xffffu;
    return glyph == 0 ? std::nullopt : std::optional{static_cast<std::uint16_t>(glyph)};
}

int TrueType::advance_of(std::uint16_t glyph) const {
    auto const of = std::min(int{glyph}, wide_glyphs_ - 1);
    return static_cast<int>(u16(table("hmtx"), 4 * static_cast<std::size_t>(of)));
}

std::string_view TrueType::outline_of(std::uint16_t glyph) const {
    auto const offset = [&](std::size_t of) {
        return has_long_offsets_ ? u32(table("loca"), 4 * of) : 2 * u16(table("loca"), 2 * of);
    };
    auto const from = offset(glyph);
    return table("glyf").substr(from, offset(std::size_t{glyph} + 1) - from);
}

TrueType const& font_of(Weight weight) {
    static TrueType const regular{regular_font_file()};
    static TrueType const bold{bold_font_file()};
    return weight == Weight::bold ? bold : regular;
}

std::uint16_t FontSubset::number_of(std::uint16_t glyph) {
    auto const [place, is_new] = numbers_.try_emplace(glyph, static_cast<std::uint16_t>(glyphs_.size()));
    if (is_new) {
        glyphs_.push_back(glyph);
        auto const outline = font_->outline_of(glyph);
        for (auto const at : places_of_components(outline)) {
            number_of(static_cast<std::uint16_t>(u16(outline, at)));
        }
    }
    return numbers_.at(glyph);
}

std::uint16_t FontSubset::use(char32_t character) {
    auto const glyph = font_->glyph_of(character);
    require(glyph.has_value(), "a character that was looked for before");
    auto const number = number_of(*glyph);
    characters_.try_emplace(number, character);
    return number;
}

std::string FontSubset::file() const {
    std::string glyf;
    std::string loca;
    std::string hmtx;
    auto const bearings = font_->table("hmtx");
    for (auto const glyph : glyphs_) {
        append(loca, static_cast<std::uint32_t>(glyf.size()), 4);
        auto outline = std::string{font_->outline_of(glyph)};
        for (auto const at : places_of_components(outline)) {
            put(outline, at, numbers_.at(static_cast<std::uint16_t>(u16(outline, at))), 2);
        }
        glyf += outline;
        glyf.append((4 - glyf.size() % 4) % 4, '\0');
        // Each gets an advance of its own; the bearing lies behind it, or in the row behind all of those.
        std::size_t const wide = u16(font_->table("hhea"), 34);
        auto const bearing_at = glyph < wide ? 4 * std::size_t{glyph} + 2 : 4 * wide + 2 * (glyph - wide);
        append(hmtx, static_cast<std::uint32_t>(font_->advance_of(glyph)), 2);
        append(hmtx, u16(bearings, bearing_at), 2);
    }
    append(loca, static_cast<std::uint32_t>(glyf.size()), 4);

    auto const count = static_cast<std::uint32_t>(glyphs_.size());
    auto head = std::string{font_->table("head")};
    put(head, 8, 0, 4);
    put(head, 50, 1, 2);  // indexToLocFormat: long
    auto hhea = std::string{font_->table("hhea")};
    put(hhea, 34, count, 2);
    auto maxp = std::string{font_->table("maxp")};
    put(maxp, 4, count, 2);
    return font_file_of({{"cvt ", std::string{font_->table("cvt ")}},
                         {"fpgm", std::string{font_->table("fpgm")}},
                         {"glyf", std::move(glyf)},
                         {"head", std::move(head)},
                         {"hhea", std::move(hhea)},
                         {"hmtx", std::move(hmtx)},
                         {"loca", std::move(loca)},
                         {"maxp", std::move(maxp)},
                         {"prep", std::string{font_->table("prep")}}});
}

}  // namespace klout7::papers
