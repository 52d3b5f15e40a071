#include <libheif/heif.h>

#include <memory>

#include "drawn.h"

/// The library that unpacks HEIC calls this, which is its own, to start a thread without being asked to. Who
/// draws may start nothing. This one is found first, and starts none: it then unpacks in the thread it is in.
extern "C" int de265_start_worker_threads(void* /*decoder*/, int /*count*/) { return 0; }

namespace klout7::preview {
namespace {

template <class T, void (*release)(T const*)>
struct Releaser {
    void operator()(T const* one) const { release(one); }
};
using Image = std::unique_ptr<heif_image const, Releaser<heif_image, heif_image_release>>;
using Handle =
    std::unique_ptr<heif_image_handle const, Releaser<heif_image_handle, heif_image_handle_release>>;

bool is_well(heif_error const& said) { return said.code == heif_error_Ok; }

Drawing drawn(heif_image const* image) {
    constexpr auto colours = heif_channel_interleaved;
    auto const width = heif_image_get_width(image, colours);
    auto const height = heif_image_get_height(image, colours);
    int row_bytes = 0;
    auto const* const from = heif_image_get_plane_readonly(image, colours, &row_bytes);
    if (from == nullptr || width <= 0 || height <= 0 || row_bytes < 3 * width)
        return std::unexpected(NoPreview::not_shown);
    Pixels pixels{static_cast<std::size_t>(width), static_cast<std::size_t>(height), {}};
    for (std::size_t row = 0; row < pixels.height; ++row)
        append(pixels.rgb, {from + row * static_cast<std::size_t>(row_bytes), 3 * pixels.width});
    return Drawn{1, std::move(pixels)};
}

}  // namespace

Drawing draw_heic(BytesView content, std::uint32_t page) {
    if (page != 1) return std::unexpected(NoPreview::no_page);
    std::unique_ptr<heif_context, void (*)(heif_context*)> const context{heif_context_alloc(),
                                                                         &heif_context_free};
    if (!context) return std::unexpected(NoPreview::not_shown);
    heif_context_set_max_decoding_threads(context.get(), 0);
    heif_image_handle* found = nullptr;
    if (!is_well(heif_context_read_from_memory_without_copy(context.get(), content.data(), content.size(),
                                                            nullptr)) ||
        !is_well(heif_context_get_primary_image_handle(context.get(), &found)))
        return std::unexpected(NoPreview::not_shown);
    Handle const handle{found};
    auto const width = static_cast<std::uint64_t>(heif_image_handle_get_width(found));
    auto const height = static_cast<std::uint64_t>(heif_image_handle_get_height(found));
    if (width * height > most_pixels) return std::unexpected(NoPreview::too_large);
    heif_image* unpacked = nullptr;
    // It is turned as the camera was held.
    if (!is_well(
            heif_decode_image(found, &unpacked, heif_colorspace_RGB, heif_chroma_interleaved_RGB, nullptr)))
        return std::unexpected(NoPreview::not_shown);
    Image const image{unpacked};
    return drawn(unpacked);
}

}  // namespace klout7::preview
