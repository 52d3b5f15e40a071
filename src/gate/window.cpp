#include "window.h"

#include <algorithm>
#include <cstring>

namespace klout7::gate {

int Window::slide(std::uint64_t offset) {
    if (failed_ || offset >= size()) return -1;
    // Some before it stays in sight for who looks back.
    constexpr std::uint64_t behind = 4096;
    begin_ = offset - std::min(offset, behind);
    filled_ = static_cast<std::size_t>(std::min<std::uint64_t>(buffer_.size(), size() - begin_));
    if (!content_.read(begin_, buffer_.span().first(filled_))) {
        failed_ = true;
        filled_ = 0;
        return -1;
    }
    return buffer_.view()[static_cast<std::size_t>(offset - begin_)];
}

bool Window::read(std::uint64_t offset, BytesSpan out) {
    if (failed_ || offset > size() || out.size() > size() - offset) return false;
    if (!out.empty() && !content_.read(offset, out)) failed_ = true;
    return !failed_;
}

bool Window::holds(std::uint64_t offset, std::string_view bytes) {
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (at(offset + i) != static_cast<std::uint8_t>(bytes[i])) return false;
    }
    return true;
}

std::uint64_t Window::find(std::string_view bytes, std::uint64_t from) {
    for (auto offset = from; offset + bytes.size() <= size() && at(offset) >= 0;) {
        auto const in_sight =
            buffer_.view().first(filled_).subspan(static_cast<std::size_t>(offset - begin_));
        auto const* const first = std::memchr(in_sight.data(), bytes.front(), in_sight.size());
        if (first == nullptr) {
            offset += in_sight.size();
            continue;
        }
        offset += static_cast<std::uint64_t>(static_cast<std::uint8_t const*>(first) - in_sight.data());
        if (holds(offset, bytes)) return offset;
        ++offset;
    }
    return size();
}

}  // namespace klout7::gate
