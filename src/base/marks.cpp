#include "base/marks.h"

#include <utf8proc.h>

#include <vector>

#include "base/bytes.h"

namespace klout7 {

std::u32string without_marks(std::string_view text) {
    constexpr auto options = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPAT |
                                                            UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK);
    auto const* const bytes = bytes_of(text).data();
    auto const size = static_cast<utf8proc_ssize_t>(text.size());
    // Without room it tells how much it takes; below zero, that this is no UTF-8.
    auto const most = utf8proc_decompose(bytes, size, nullptr, 0, options);
    if (most <= 0) return {};
    std::vector<utf8proc_int32_t> found(static_cast<std::size_t>(most));
    auto const count = utf8proc_decompose(bytes, size, found.data(), most, options);
    if (count < 0) return {};
    return {found.begin(), found.begin() + count};
}

}  // namespace klout7
