#include <turbojpeg.h>

#include <memory>
#include <span>

#include "drawn.h"

namespace klout7::preview {
namespace {

struct Size {
    int width = 0;
    int height = 0;
    std::uint64_t pixels() const {
        return static_cast<std::uint64_t>(width) * static_cast<std::uint64_t>(height);
    }
};

/// The smallest that is still no smaller than the picture is to be: less to unpack.
Size unpacked_size(Size whole) {
    int count = 0;
    auto const* const factors = tjGetScalingFactors(&count);
    auto smallest = whole;
    for (auto const factor : std::span{factors, static_cast<std::size_t>(count)}) {
        Size const scaled{TJSCALED(whole.width, factor), TJSCALED(whole.height, factor)};
        auto const longest = static_cast<std::uint32_t>(std::max(scaled.width, scaled.height));
        if (longest >= most_side_pixels && scaled.pixels() < smallest.pixels()) smallest = scaled;
    }
    return smallest;
}

/// Inks as a printer mixes them; cameras and Adobe keep them the other way round.
void mix_inks(BytesView inks, Bytes& rgb) {
    for (std::size_t at = 0; at + 4 <= inks.size(); at += 4) {
        for (std::size_t ink = 0; ink < 3; ++ink)
            rgb.push_back(static_cast<std::uint8_t>(inks[at + ink] * inks[at + 3] / 255));
    }
}

}  // namespace

Drawing draw_jpeg(BytesView content, std::uint32_t page) {
    if (page != 1) return std::unexpected(NoPreview::no_page);
    std::unique_ptr<void, int (*)(tjhandle)> const reader{tjInitDecompress(), &tjDestroy};
    Size whole;
    int sampling = 0;
    int colours = 0;
    auto const bytes = static_cast<unsigned long>(content.size());
    if (!reader || tjDecompressHeader3(reader.get(), content.data(), bytes, &whole.width, &whole.height,
                                       &sampling, &colours) != 0)
        return std::unexpected(NoPreview::not_shown);
    if (whole.pixels() > most_pixels) return std::unexpected(NoPreview::too_large);
    bool const is_in_inks = colours == TJCS_CMYK || colours == TJCS_YCCK;
    auto const size = unpacked_size(whole);
    Bytes unpacked(static_cast<std::size_t>(size.pixels()) * (is_in_inks ? 4 : 3));
    // A picture of thousands of layers takes for ever.
    auto const failed = tjDecompress2(reader.get(), content.data(), bytes, unpacked.data(), size.width, 0,
                                      size.height, is_in_inks ? TJPF_CMYK : TJPF_RGB, TJFLAG_LIMITSCANS);
    if (failed != 0 && tjGetErrorCode(reader.get()) != TJERR_WARNING)
        return std::unexpected(NoPreview::not_shown);
    Drawn drawn{1, {static_cast<std::size_t>(size.width), static_cast<std::size_t>(size.height), {}}};
    if (is_in_inks)
        mix_inks(unpacked, drawn.pixels.rgb);
    else
        drawn.pixels.rgb = std::move(unpacked);
    // Shrunk first: less to turn.
    drawn.pixels = upright(shrunk(std::move(drawn.pixels)), orientation_of_jpeg(content));
    return drawn;
}

}  // namespace klout7::preview
