#include "libmagic.h"

#include <magic.h>

#include <algorithm>
#include <utility>

namespace klout7::gate {

std::optional<Magic> Magic::load() {
    // Only what tells a type by its bytes: it must unpack nothing and start nothing.
    constexpr int flags = MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_TAR |
                          MAGIC_NO_CHECK_ELF | MAGIC_NO_CHECK_CDF | MAGIC_NO_CHECK_APPTYPE;
    Handle handle{magic_open(flags), &magic_close};
    if (!handle || magic_load(handle.get(), nullptr) != 0) return std::nullopt;
    return Magic{std::move(handle)};
}

std::optional<std::string> Magic::type_of(Window& window) const {
    constexpr std::uint64_t looked_at = 64 * 1024;
    SecretBytes first{static_cast<std::size_t>(std::min(looked_at, window.size()))};
    if (!window.read(0, first.span())) return std::nullopt;
    auto const* const said = magic_buffer(handle_.get(), first.view().data(), first.size());
    if (said == nullptr) return std::nullopt;
    return std::string{said};
}

}  // namespace klout7::gate
