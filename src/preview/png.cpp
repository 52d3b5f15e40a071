#include <png.h>

#include "drawn.h"

namespace klout7::preview {

Drawing draw_png(BytesView content, std::uint32_t page) {
    if (page != 1) return std::unexpected(NoPreview::no_page);
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    if (png_image_begin_read_from_memory(&image, content.data(), content.size()) == 0)
        return std::unexpected(NoPreview::not_shown);
    if (std::uint64_t{image.width} * image.height > most_pixels) {
        png_image_free(&image);
        return std::unexpected(NoPreview::too_large);
    }
    image.format = PNG_FORMAT_RGB;
    // What is see-through lies on paper.
    png_color const paper{255, 255, 255};
    Drawn drawn{1, {image.width, image.height, Bytes(PNG_IMAGE_SIZE(image))}};
    if (png_image_finish_read(&image, &paper, drawn.pixels.rgb.data(), 0, nullptr) == 0)
        return std::unexpected(NoPreview::not_shown);
    return drawn;
}

Bytes png_of(Pixels const& pixels) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.width = static_cast<png_uint_32>(pixels.width);
    image.height = static_cast<png_uint_32>(pixels.height);
    image.format = PNG_FORMAT_RGB;
    png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(image);
    Bytes made(size);
    if (png_image_write_to_memory(&image, made.data(), &size, 0, pixels.rgb.data(), 0, nullptr) == 0)
        return {};
    made.resize(size);
    return made;
}

}  // namespace klout7::preview
