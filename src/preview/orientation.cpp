#include <algorithm>
#include <string_view>

#include "base/big_endian.h"
#include "drawn.h"

namespace klout7::preview {
namespace {

using namespace std::string_view_literals;

constexpr unsigned is_upright = 1;

/// What a camera wrote beside its picture. Source: Exif 2.32, 4.5.2; TIFF 6.0, section 2.
unsigned orientation_in(BytesView tiff) {
    constexpr std::uint64_t orientation_tag = 0x0112;
    if (tiff.size() < 8) return is_upright;
    bool const is_little = tiff[0] == 'I';
    auto const number = [&](std::size_t at, std::size_t bytes) {
        auto const part = tiff.subspan(at, bytes);
        Bytes ordered{part.begin(), part.end()};
        if (is_little) std::ranges::reverse(ordered);
        return big_endian(ordered);
    };
    auto const directory = static_cast<std::size_t>(number(4, 4));
    if (directory > tiff.size() - 2) return is_upright;
    auto const entries = number(directory, 2);
    for (std::size_t i = 0; i < entries; ++i) {
        auto const entry = directory + 2 + 12 * i;
        if (entry + 12 > tiff.size()) break;
        if (number(entry, 2) == orientation_tag) return static_cast<unsigned>(number(entry + 8, 2));
    }
    return is_upright;
}

}  // namespace

unsigned orientation_of_jpeg(BytesView content) {
    constexpr auto exif = "Exif\0\0"sv;
    constexpr std::uint8_t application_data = 0xe1;
    constexpr std::uint8_t picture_begins = 0xda;
    // Segments, each with its marker and its length, until the picture itself.
    for (std::size_t at = 2; at + 4 <= content.size() && content[at] == 0xff;) {
        auto const kind = content[at + 1];
        auto const length = static_cast<std::size_t>(big_endian(content.subspan(at + 2, 2)));
        if (kind == picture_begins || length < 2 || length > content.size() - at - 2) break;
        auto const data = content.subspan(at + 4, length - 2);
        if (kind == application_data && text_of(data).starts_with(exif))
            return orientation_in(data.subspan(exif.size()));
        at += 2 + length;
    }
    return is_upright;
}

Pixels upright(Pixels pixels, unsigned orientation) {
    if (orientation <= is_upright || orientation > 8) return pixels;
    // 5 to 8 lie on their side.
    bool const is_turned = orientation >= 5;
    Pixels made{is_turned ? pixels.height : pixels.width, is_turned ? pixels.width : pixels.height, {}};
    made.rgb.reserve(pixels.rgb.size());
    for (std::size_t y = 0; y < made.height; ++y) {
        for (std::size_t x = 0; x < made.width; ++x) {
            auto from_x = is_turned ? y : x;
            auto from_y = is_turned ? x : y;
            if (orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8)
                from_x = pixels.width - 1 - from_x;
            if (orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7)
                from_y = pixels.height - 1 - from_y;
            append(made.rgb, BytesView{pixels.rgb}.subspan(3 * (from_y * pixels.width + from_x), 3));
        }
    }
    return made;
}

}  // namespace klout7::preview
