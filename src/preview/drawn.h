#pragma once

#include <cstdint>
#include <expected>

#include "preview/preview.h"

namespace klout7::preview {

/// A picture in memory: rows of red, green and blue without gaps, from the top.
struct Pixels {
    std::size_t width = 0;
    std::size_t height = 0;
    Bytes rgb;
};

/// A page that was drawn.
struct Drawn {
    std::uint32_t pages = 1;
    Pixels pixels;
};
using Drawing = std::expected<Drawn, NoPreview>;

/// A picture of more pixels is refused before it is unpacked.
inline constexpr std::uint64_t most_pixels = 100'000'000;

/// Each draws that page of a document that the gate found to be of its type. What is damaged is drawn as far
/// as it goes, or not shown.
Drawing draw_pdf(BytesView content, std::uint32_t page);
Drawing draw_jpeg(BytesView content, std::uint32_t page);
Drawing draw_png(BytesView content, std::uint32_t page);
Drawing draw_heic(BytesView content, std::uint32_t page);
Drawing draw_tiff(BytesView content, std::uint32_t page);

/// No side longer than `most_side_pixels`; each pixel is the mean of those it stands for. Never grows.
Pixels shrunk(Pixels pixels);
/// Turned and mirrored so that it is upright. 1 is upright already. Source: TIFF 6.0, Orientation.
Pixels upright(Pixels pixels, unsigned orientation);
/// How a camera says in a JPEG that it was held; 1 when it says nothing that can be read.
unsigned orientation_of_jpeg(BytesView content);

/// As a PNG; empty when it could not be made.
Bytes png_of(Pixels const& pixels);

}  // namespace klout7::preview
