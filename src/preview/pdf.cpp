#include <poppler-document.h>
#include <poppler-global.h>
#include <poppler-image.h>
#include <poppler-page-renderer.h>
#include <poppler-page.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>

#include "drawn.h"

namespace klout7::preview {
namespace {

constexpr double points_per_inch = 72;
/// A small page is not blown up beyond what a screen shows.
constexpr double most_dots_per_inch = 200;

void say_nothing(std::string const&, void*) {}

/// So many that the long side of the page fills the picture.
double dots_per_inch_of(poppler::page const& page) {
    auto const box = page.page_rect();
    auto const longest = std::max(box.width(), box.height());
    if (!std::isfinite(longest) || longest <= 0) return most_dots_per_inch;
    return std::min(most_dots_per_inch, most_side_pixels * points_per_inch / longest);
}

Drawing drawn(poppler::image const& image, std::uint32_t pages) {
    if (!image.is_valid() || image.width() <= 0 || image.height() <= 0)
        return std::unexpected(NoPreview::not_shown);
    Pixels pixels{static_cast<std::size_t>(image.width()), static_cast<std::size_t>(image.height()), {}};
    auto const* const from = reinterpret_cast<std::uint8_t const*>(image.const_data());
    for (std::size_t row = 0; row < pixels.height; ++row)
        append(pixels.rgb, {from + row * static_cast<std::size_t>(image.bytes_per_row()), 3 * pixels.width});
    return Drawn{pages, std::move(pixels)};
}

}  // namespace

Drawing draw_pdf(BytesView content, std::uint32_t number) {
    if (content.size() > std::numeric_limits<int>::max()) return std::unexpected(NoPreview::too_large);
    poppler::set_debug_error_function(say_nothing, nullptr);
    std::unique_ptr<poppler::document> const document{poppler::document::load_from_raw_data(
        reinterpret_cast<char const*>(content.data()), static_cast<int>(content.size()))};
    if (!document || document->is_locked()) return std::unexpected(NoPreview::not_shown);
    auto const pages = static_cast<std::uint32_t>(std::max(0, document->pages()));
    if (number > pages) return std::unexpected(NoPreview::no_page);
    std::unique_ptr<poppler::page> const page{document->create_page(static_cast<int>(number - 1))};
    if (!page) return std::unexpected(NoPreview::not_shown);
    poppler::page_renderer renderer;
    renderer.set_render_hints(poppler::page_renderer::antialiasing |
                              poppler::page_renderer::text_antialiasing);
    renderer.set_image_format(poppler::image::format_rgb24);
    auto const dots = dots_per_inch_of(*page);
    return drawn(renderer.render_page(page.get(), dots, dots), pages);
}

}  // namespace klout7::preview
