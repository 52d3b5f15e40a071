#pragma once

#include <string>
#include <vector>

#include "window.h"

namespace klout7::gate {

struct ZipEntry {
    std::string name;
    bool is_deflated = false;
    std::uint32_t crc = 0;
    std::uint64_t packed_bytes = 0;
    std::uint64_t plain_bytes = 0;
    std::uint64_t offset = 0;  ///< of its local header, and behind `entries_of` of its content
};

/// The entries of a ZIP file of which every byte belongs to an entry or to its one directory, where both
/// headers of an entry say the same: so every program sees the same files in it. Names are relative, without
/// "..", and differ in more than upper and lower case. Without 64-bit sizes. At most 4,000 entries.
/// Errors: malformed, disguised, encrypted, limit. Source: PKWARE APPNOTE 6.3.10, 4.3.
std::expected<std::vector<ZipEntry>, Refusal> entries_of(Window& window);

/// Counts what is unpacked of one content, all entries together.
struct Unpacked {
    std::uint64_t bytes = 0;
};
/// The content of an entry in pieces; `take` may end it with a refusal. Refused: what is not as long as the
/// entry says or has another checksum (malformed), is more than 250 times as long as when packed, or too much
/// in all (limit).
Fault unpack(Window& window, ZipEntry const& entry, Unpacked& unpacked,
             std::function<Fault(BytesView)> const& take);

/// Whether programs could take the content for a ZIP file by what stands at its end.
bool ends_as_zip(Window& window);

}  // namespace klout7::gate
