#pragma once

#include <functional>
#include <initializer_list>
#include <optional>

#include "base/secret_bytes.h"
#include "gate/gate.h"

namespace klout7::gate {

/// Nothing when all is well.
using Fault = std::optional<Refusal>;

/// A content read through a window of 256 KiB, byte by byte or in parts, forth and back. A part that cannot
/// be read is as if it were behind the end; `failed` tells, and a verdict then means nothing.
class Window {
public:
    explicit Window(Content const& content) : content_(content) {}
    std::uint64_t size() const { return content_.size_bytes; }
    bool failed() const { return failed_; }
    /// -1 behind the end.
    int at(std::uint64_t offset) {
        // A difference below the beginning is a large number.
        if (offset - begin_ < filled_) return buffer_.view()[static_cast<std::size_t>(offset - begin_)];
        return slide(offset);
    }
    /// False when not all of it is there.
    bool read(std::uint64_t offset, BytesSpan out);
    bool holds(std::uint64_t offset, std::string_view bytes);
    /// Where it is first, at or behind `from`; its end when it is not there.
    std::uint64_t find(std::string_view bytes, std::uint64_t from);
    /// Tells of every place where one of these words stands, of none twice, in no order.
    void find_all(std::initializer_list<std::string_view> words,
                  std::function<void(std::string_view word, std::uint64_t offset)> const& found);

private:
    int slide(std::uint64_t offset);
    BytesView in_sight(std::uint64_t from) const {
        return buffer_.view().first(filled_).subspan(static_cast<std::size_t>(from - begin_));
    }
    Content const& content_;
    SecretBytes buffer_{256 * 1024};
    std::uint64_t begin_ = 0;
    std::size_t filled_ = 0;
    bool failed_ = false;
};

/// Integers of a content; the caller knows that they are there.
inline std::uint32_t u16_little(BytesView bytes, std::size_t at) {
    return static_cast<std::uint32_t>(bytes[at]) | static_cast<std::uint32_t>(bytes[at + 1]) << 8U;
}
inline std::uint32_t u32_little(BytesView bytes, std::size_t at) {
    return u16_little(bytes, at) | u16_little(bytes, at + 2) << 16U;
}
inline std::uint32_t u16_big(BytesView bytes, std::size_t at) {
    return static_cast<std::uint32_t>(bytes[at]) << 8U | static_cast<std::uint32_t>(bytes[at + 1]);
}
inline std::uint32_t u32_big(BytesView bytes, std::size_t at) {
    return u16_big(bytes, at) << 16U | u16_big(bytes, at + 2);
}

/// How much is looked at of what is packed, in one content and all together.
inline constexpr std::uint64_t most_inside_bytes = std::uint64_t{100} << 20U;

}  // namespace klout7::gate
