#pragma once

#include <atomic>
#include <cstdint>
#include <expected>

#include "base/content.h"
#include "base/secret_bytes.h"
#include "gate/gate.h"

namespace klout7::preview {

/// The long side of a picture of a page, at most.
inline constexpr std::uint32_t most_side_pixels = 1600;

/// Why there is no picture of a page.
enum class NoPreview {
    other_type,  ///< nothing is made of this type
    no_page,     ///< it has no page of this number
    too_large,   ///< more bytes or pixels than is looked at
    not_shown,   ///< it cannot be drawn, or took too much memory or time
    too_many,    ///< as many are being made as may be at once
};

/// A page as a picture of our own making: whatever is in the document, in the picture are pixels alone.
struct Page {
    std::uint32_t pages = 0;  ///< how many the document has
    SecretBytes png;          ///< at most `most_side_pixels` wide and high
};

/// Whether pictures are made of documents of this type.
bool can_show(gate::FileType type);

/// Makes pictures of pages, each in a process of its own: klout7-preview, which lies beside this program. It
/// has no key, reads fonts and no other file, reaches nobody, and gets the document over one socket; a flaw
/// in what draws hostile bytes ends there. It may take 20 seconds of processor time, half a minute in all,
/// and 512 MiB of memory. Any thread may ask.
class Previews {
public:
    explicit Previews(int most_at_once) : left_(most_at_once) {}
    Previews(Previews const&) = delete;
    Previews& operator=(Previews const&) = delete;
    /// The page of that number, counted from 1.
    std::expected<Page, NoPreview> page_of(Content const& content, gate::FileType type, std::uint32_t number);

private:
    std::atomic<int> left_;
};

}  // namespace klout7::preview
