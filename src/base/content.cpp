#include "base/content.h"

#include <algorithm>

#include "base/secret_bytes.h"

namespace klout7 {

bool read_in_pieces(Content const& content, std::function<bool(BytesView)> const& take) {
    constexpr std::uint64_t most = 64 * 1024;
    SecretBytes piece{most};
    for (std::uint64_t offset = 0; offset < content.size_bytes; offset += most) {
        auto const part =
            piece.span().first(static_cast<std::size_t>(std::min(most, content.size_bytes - offset)));
        if (!content.read(offset, part) || !take(part)) return false;
    }
    return true;
}

}  // namespace klout7
