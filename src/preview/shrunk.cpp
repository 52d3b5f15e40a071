#include <algorithm>
#include <array>

#include "drawn.h"

namespace klout7::preview {
namespace {

/// The part of `from` pixels in a row that the one at `at` of `to` stands for: at least one.
struct Part {
    std::size_t first;
    std::size_t last;
};
Part part_of(std::size_t at, std::size_t to, std::size_t from) {
    auto const first = at * from / to;
    return {first, std::max(first + 1, (at + 1) * from / to)};
}

void append_mean(Pixels const& pixels, Part columns, Part rows, Bytes& out) {
    std::array<std::uint64_t, 3> sum{};
    for (auto row = rows.first; row < rows.last; ++row) {
        for (auto column = columns.first; column < columns.last; ++column) {
            for (std::size_t colour = 0; colour < 3; ++colour)
                sum[colour] += pixels.rgb[3 * (row * pixels.width + column) + colour];
        }
    }
    auto const count = (columns.last - columns.first) * (rows.last - rows.first);
    for (auto const one : sum) out.push_back(static_cast<std::uint8_t>(one / count));
}

}  // namespace

Pixels shrunk(Pixels pixels) {
    auto const longest = std::max(pixels.width, pixels.height);
    if (longest <= most_side_pixels) return pixels;
    auto const scaled = [&](std::size_t side) {
        return std::max<std::size_t>(1, side * most_side_pixels / longest);
    };
    Pixels made{scaled(pixels.width), scaled(pixels.height), {}};
    made.rgb.reserve(3 * made.width * made.height);
    for (std::size_t y = 0; y < made.height; ++y) {
        auto const rows = part_of(y, made.height, pixels.height);
        for (std::size_t x = 0; x < made.width; ++x)
            append_mean(pixels, part_of(x, made.width, pixels.width), rows, made.rgb);
    }
    return made;
}

}  // namespace klout7::preview
