#include <tiffio.h>

#include <algorithm>
#include <cstring>
#include <memory>

#include "drawn.h"

namespace klout7::preview {
namespace {

/// A file in memory, as libtiff reads one.
struct File {
    BytesView bytes;
    std::uint64_t at = 0;
};

tmsize_t read(thandle_t handle, void* out, tmsize_t size) {
    auto& file = *static_cast<File*>(handle);
    if (size <= 0 || file.at >= file.bytes.size()) return 0;
    auto const count = std::min(static_cast<std::uint64_t>(size), file.bytes.size() - file.at);
    std::memcpy(out, file.bytes.data() + file.at, static_cast<std::size_t>(count));
    file.at += count;
    return static_cast<tmsize_t>(count);
}
tmsize_t never_write(thandle_t, void*, tmsize_t) { return 0; }
toff_t seek(thandle_t handle, toff_t offset, int from) {
    auto& file = *static_cast<File*>(handle);
    file.at = offset + (from == SEEK_CUR ? file.at : from == SEEK_END ? file.bytes.size() : 0);
    return file.at;
}
int close_nothing(thandle_t) { return 0; }
toff_t size_of(thandle_t handle) { return static_cast<File*>(handle)->bytes.size(); }

Pixels without_alpha(std::size_t width, std::size_t height, std::vector<std::uint32_t> const& raster) {
    Pixels pixels{width, height, {}};
    pixels.rgb.reserve(3 * raster.size());
    for (auto const pixel : raster) {
        pixels.rgb.push_back(static_cast<std::uint8_t>(TIFFGetR(pixel)));
        pixels.rgb.push_back(static_cast<std::uint8_t>(TIFFGetG(pixel)));
        pixels.rgb.push_back(static_cast<std::uint8_t>(TIFFGetB(pixel)));
    }
    return pixels;
}

}  // namespace

Drawing draw_tiff(BytesView content, std::uint32_t page) {
    TIFFSetErrorHandler(nullptr);
    TIFFSetWarningHandler(nullptr);
    File file{content};
    std::unique_ptr<TIFF, void (*)(TIFF*)> const opened{
        TIFFClientOpen("document", "rm", &file, read, never_write, seek, close_nothing, size_of, nullptr,
                       nullptr),
        &TIFFClose};
    if (!opened) return std::unexpected(NoPreview::not_shown);
    auto const pages = static_cast<std::uint32_t>(TIFFNumberOfDirectories(opened.get()));
    if (page > pages) return std::unexpected(NoPreview::no_page);
    std::uint32_t width = 0;
    std::uint32_t height = 0;
    if (TIFFSetDirectory(opened.get(), static_cast<tdir_t>(page - 1)) == 0 ||
        TIFFGetField(opened.get(), TIFFTAG_IMAGEWIDTH, &width) == 0 ||
        TIFFGetField(opened.get(), TIFFTAG_IMAGELENGTH, &height) == 0 || width == 0 || height == 0)
        return std::unexpected(NoPreview::not_shown);
    if (std::uint64_t{width} * height > most_pixels) return std::unexpected(NoPreview::too_large);
    std::vector<std::uint32_t> raster(std::size_t{width} * height);
    if (TIFFReadRGBAImageOriented(opened.get(), width, height, raster.data(), ORIENTATION_TOPLEFT, 0) == 0)
        return std::unexpected(NoPreview::not_shown);
    return Drawn{pages, without_alpha(width, height, raster)};
}

}  // namespace klout7::preview
