#include "zip.h"

#include <zlib.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "inflate.h"

namespace klout7::gate {
namespace {

// APPNOTE 4.3.16, 4.3.12, 4.3.7, 4.3.9
constexpr std::uint32_t end_signature = 0x06054b50;
constexpr std::uint32_t entry_signature = 0x02014b50;
constexpr std::uint32_t local_signature = 0x04034b50;
constexpr std::uint32_t descriptor_signature = 0x08074b50;
constexpr std::size_t end_bytes = 22;
constexpr std::size_t entry_bytes = 46;
constexpr std::size_t local_bytes = 30;

constexpr std::size_t most_entries = 4000;
constexpr std::size_t longest_directory = std::size_t{1} << 20U;
constexpr std::size_t longest_name = 512;
constexpr std::size_t longest_extra = 4096;
// What is short may be packed as well as it can.
constexpr std::uint64_t highest_ratio = 250;
constexpr std::uint64_t short_bytes = std::uint64_t{1} << 20U;

// APPNOTE 4.4.4: bits 0, 6 and 13 say that it is encrypted, bit 3 that sizes stand behind the content.
constexpr std::uint32_t encrypted_bits = 1U | 1U << 6U | 1U << 13U;
constexpr std::uint32_t sizes_behind = 1U << 3U;

struct Directory {
    std::uint64_t offset = 0;
    std::size_t size_bytes = 0;
    std::size_t entries = 0;
};

/// The end record stands at the very end, and the directory right before it.
std::expected<Directory, Refusal> directory_of(Window& window) {
    if (window.size() < end_bytes) return std::unexpected(Refusal::malformed);
    auto const at = window.size() - end_bytes;
    Bytes record(end_bytes);
    if (!window.read(at, record)) return std::unexpected(Refusal::malformed);
    // Cut off, or with something behind it.
    if (u32_little(record, 0) != end_signature)
        return std::unexpected(ends_as_zip(window) ? Refusal::disguised : Refusal::malformed);
    Directory const directory{u32_little(record, 16), u32_little(record, 12), u16_little(record, 10)};
    if (u32_little(record, 4) != 0 || u16_little(record, 8) != directory.entries ||
        u16_little(record, 20) != 0 || directory.entries == 0)
        return std::unexpected(Refusal::malformed);
    if (directory.entries > most_entries || directory.size_bytes > longest_directory)
        return std::unexpected(Refusal::limit);
    if (directory.offset + directory.size_bytes != at) return std::unexpected(Refusal::disguised);
    return directory;
}

/// Relative, and the same on every system.
bool is_safe_name(std::string_view name) {
    if (name.empty() || name.size() > longest_name || name.front() == '/' || !is_valid_utf8(name))
        return false;
    for (auto const c : name) {
        if (static_cast<unsigned char>(c) < ' ' || c == '\\' || c == ':' || c == 0x7f) return false;
    }
    while (!name.empty()) {
        auto const part = name.substr(0, name.find('/'));
        if (part == "." || part == ".." || part.empty()) return false;
        name.remove_prefix(std::min(name.size(), part.size() + 1));
    }
    return true;
}

/// What both headers of an entry say, at other places.
struct HeaderFields {
    std::uint32_t flags, method, crc, packed, plain, name_bytes, extra_bytes;
};
HeaderFields fields_of(BytesView header, std::size_t from) {
    return {u16_little(header, from),      u16_little(header, from + 2),  u32_little(header, from + 8),
            u32_little(header, from + 12), u32_little(header, from + 16), u16_little(header, from + 20),
            u16_little(header, from + 22)};
}

/// Reads the entry at the front of `rest`, and takes it off.
std::expected<ZipEntry, Refusal> take_entry(BytesView& rest, std::uint32_t& flags) {
    if (rest.size() < entry_bytes || u32_little(rest, 0) != entry_signature)
        return std::unexpected(Refusal::malformed);
    auto const said = fields_of(rest, 8);
    auto const comment_bytes = u16_little(rest, 32);
    auto const disk = u16_little(rest, 34);
    auto const all = entry_bytes + said.name_bytes + said.extra_bytes + comment_bytes;
    if (rest.size() < all) return std::unexpected(Refusal::malformed);
    flags = said.flags;
    if ((said.flags & encrypted_bits) != 0) return std::unexpected(Refusal::encrypted);
    ZipEntry entry{.name = std::string{text_of(rest.subspan(entry_bytes, said.name_bytes))},
                   .is_deflated = said.method == Z_DEFLATED,
                   .crc = said.crc,
                   .packed_bytes = said.packed,
                   .plain_bytes = said.plain,
                   .offset = u32_little(rest, 42)};
    rest = rest.subspan(all);
    if ((said.method != 0 && said.method != Z_DEFLATED) || disk != 0 || comment_bytes != 0 ||
        said.extra_bytes > longest_extra || (said.method == 0 && said.packed != said.plain) ||
        !is_safe_name(entry.name))
        return std::unexpected(Refusal::malformed);
    return entry;
}

/// Behind the content, with or without a signature; 0 when it is neither.
std::size_t descriptor_bytes(Window& window, std::uint64_t at, ZipEntry const& entry) {
    Bytes found(16);
    if (!window.read(at, BytesSpan{found}.first(12))) return 0;
    std::size_t from = 0;
    if (u32_little(found, 0) == descriptor_signature) {
        if (!window.read(at, found)) return 0;
        from = 4;
    }
    bool const is_same = u32_little(found, from) == entry.crc &&
                         u32_little(found, from + 4) == entry.packed_bytes &&
                         u32_little(found, from + 8) == entry.plain_bytes;
    return is_same ? from + 12 : 0;
}

/// Where the entry ends; its offset becomes that of its content. Nothing when its own header says other.
std::optional<std::uint64_t> end_of(Window& window, ZipEntry& entry, std::uint32_t flags) {
    Bytes header(local_bytes);
    if (!window.read(entry.offset, header) || u32_little(header, 0) != local_signature) return std::nullopt;
    auto const said = fields_of(header, 6);
    bool const has_sizes_behind = (flags & sizes_behind) != 0;
    bool const is_same =
        said.crc == entry.crc && said.packed == entry.packed_bytes && said.plain == entry.plain_bytes;
    bool const is_empty = said.crc == 0 && said.packed == 0 && said.plain == 0;
    if (said.flags != flags || (said.method == Z_DEFLATED) != entry.is_deflated ||
        (said.method != 0 && said.method != Z_DEFLATED) || said.name_bytes != entry.name.size() ||
        said.extra_bytes > longest_extra || (!is_same && !(has_sizes_behind && is_empty)) ||
        !window.holds(entry.offset + local_bytes, entry.name))
        return std::nullopt;
    entry.offset += local_bytes + said.name_bytes + said.extra_bytes;
    auto const end = entry.offset + entry.packed_bytes;
    if (!has_sizes_behind) return end;
    auto const behind = descriptor_bytes(window, end, entry);
    return behind == 0 ? std::nullopt : std::optional{end + behind};
}

}  // namespace

bool ends_as_zip(Window& window) {
    constexpr std::uint64_t longest_comment = 65'535;
    if (window.size() < end_bytes) return false;
    auto const last = window.size() - end_bytes;
    for (auto at = last - std::min(last, longest_comment); at <= last; ++at) {
        if (window.at(at) != 'P' || !window.holds(at, "PK\5\6")) continue;
        Bytes record(end_bytes);
        if (!window.read(at, record)) return false;
        auto const begin = std::uint64_t{u32_little(record, 16)} + u32_little(record, 12);
        if (u32_little(record, 4) == 0 && begin <= at) return true;
    }
    return false;
}

std::expected<std::vector<ZipEntry>, Refusal> entries_of(Window& window) {
    auto const directory = directory_of(window);
    if (!directory) return std::unexpected(directory.error());
    Bytes listed(directory->size_bytes);
    if (!window.read(directory->offset, listed)) return std::unexpected(Refusal::malformed);
    BytesView rest = listed;
    std::vector<std::pair<ZipEntry, std::uint32_t>> found;
    std::set<std::string> names;
    for (std::size_t i = 0; i < directory->entries; ++i) {
        std::uint32_t flags = 0;
        auto entry = take_entry(rest, flags);
        if (!entry) return std::unexpected(entry.error());
        if (!names.insert(ascii_lower(entry->name)).second) return std::unexpected(Refusal::disguised);
        found.emplace_back(std::move(*entry), flags);
    }
    if (!rest.empty()) return std::unexpected(Refusal::disguised);

    // From the first byte to the directory, one right behind the other.
    std::ranges::sort(found, {}, [](auto const& one) { return one.first.offset; });
    std::uint64_t next = 0;
    std::vector<ZipEntry> entries;
    for (auto& [entry, flags] : found) {
        if (entry.offset != next) return std::unexpected(Refusal::disguised);
        auto const end = end_of(window, entry, flags);
        if (!end || *end > directory->offset) return std::unexpected(Refusal::malformed);
        next = *end;
        entries.push_back(std::move(entry));
    }
    if (next != directory->offset) return std::unexpected(Refusal::disguised);
    return entries;
}

Fault unpack(Window& window, ZipEntry const& entry, Unpacked& unpacked,
             std::function<Fault(BytesView)> const& take) {
    if (entry.plain_bytes > most_inside_bytes ||
        (entry.plain_bytes > short_bytes && entry.plain_bytes / highest_ratio > entry.packed_bytes))
        return Refusal::limit;
    std::uint64_t size = 0;
    auto crc = crc32(0, nullptr, 0);
    auto const counted = [&](BytesView piece) -> Fault {
        size += piece.size();
        unpacked.bytes += piece.size();
        if (size > entry.plain_bytes) return Refusal::malformed;
        if (unpacked.bytes > most_inside_bytes) return Refusal::limit;
        crc = crc32(crc, piece.data(), static_cast<uInt>(piece.size()));
        return take(piece);
    };
    if (entry.is_deflated) {
        auto const used =
            inflate_pieces(window, {entry.offset, entry.packed_bytes}, DeflateForm::bare, counted);
        if (!used) return used.error();
        if (*used != entry.packed_bytes) return Refusal::disguised;
    } else {
        SecretBytes piece{32 * 1024};
        while (size < entry.packed_bytes) {
            auto const part = piece.span().first(
                static_cast<std::size_t>(std::min<std::uint64_t>(piece.size(), entry.packed_bytes - size)));
            if (!window.read(entry.offset + size, part)) return Refusal::malformed;
            if (auto fault = counted(part)) return fault;
        }
    }
    if (size != entry.plain_bytes || crc != entry.crc) return Refusal::malformed;
    return {};
}

}  // namespace klout7::gate
