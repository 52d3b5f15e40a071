#include "audit/log_folder.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <fstream>
#include <iterator>
#include <set>

namespace klout7::audit {
namespace {

namespace fs = std::filesystem;

std::optional<Bytes> read_file(fs::path const& file) {
    std::ifstream in{file, std::ios::binary};
    if (!in) return std::nullopt;
    Bytes content{std::istreambuf_iterator<char>{in}, {}};
    if (in.bad()) return std::nullopt;
    return content;
}

bool sync(fs::path const& path) {
    int const fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) return false;
    bool const done = fsync(fd) == 0;
    close(fd);
    return done;
}

/// The name that a file has until it is on disk.
fs::path unsettled(fs::path file) { return file.concat(".new"); }

bool write_unsettled(fs::path const& file, BytesView content) {
    std::error_code failed;
    fs::create_directories(file.parent_path(), failed);
    if (failed) return false;
    int const fd = open(unsettled(file).c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);
    if (fd < 0) return false;
    bool done = true;
    while (done && !content.empty()) {
        auto const written = write(fd, content.data(), content.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0)
            done = false;
        else
            content = content.subspan(static_cast<std::size_t>(written));
    }
    return close(fd) == 0 && done;
}

bool settle_all(std::span<fs::path const> files) {
    for (auto const& file : files) {
        if (!sync(unsettled(file))) return false;
    }
    std::set<fs::path> folders;
    for (auto const& file : files) {
        std::error_code failed;
        fs::rename(unsettled(file), file, failed);
        if (failed) return false;
        folders.insert(file.parent_path());
    }
    return std::ranges::all_of(folders, sync);
}

/// 1234067 is "x001/x234/067". Source: c2sp.org/tlog-tiles.
std::string index_path(std::uint64_t index) {
    auto path = fmt::format("{:03}", index % 1000);
    for (index /= 1000; index > 0; index /= 1000) path = fmt::format("x{:03}/{}", index % 1000, path);
    return path;
}

/// Of the tile with this index of a level that has `size` hashes.
std::size_t width_of(std::uint64_t size, std::uint64_t index) {
    return static_cast<std::size_t>(std::min<std::uint64_t>(tile_width, size - index * tile_width));
}

}  // namespace

fs::path LogFolder::tile_path(std::string_view kind, std::uint64_t index, std::size_t width) const {
    auto path = folder_ / "tile" / kind / index_path(index);
    if (width < tile_width) path = fs::path{path.concat(".p")} / std::to_string(width);
    return path;
}

void LogFolder::tidy(std::uint64_t older, std::uint64_t kept) const {
    tidy_kind("entries", older, kept);
    for (unsigned level = 0; kept > 0; ++level, older /= tile_width, kept /= tile_width)
        tidy_kind(std::to_string(level), older, kept);
}

void LogFolder::tidy_kind(std::string_view kind, std::uint64_t older, std::uint64_t kept) const {
    auto const unfinished = [&](std::uint64_t size) {
        return tile_path(kind, size / tile_width, 1).parent_path();
    };
    std::error_code ignored;
    if (older / tile_width < kept / tile_width) fs::remove_all(unfinished(older), ignored);
    for (auto const& entry : fs::directory_iterator{unfinished(kept), ignored}) {
        auto const name = entry.path().filename().string();
        bool const is_width = name.find_first_not_of("0123456789") == std::string::npos;
        if (is_width && std::stoull(name) < kept % tile_width) fs::remove(entry.path(), ignored);
    }
}

bool LogFolder::put(fs::path file, BytesView content) {
    unsettled_.push_back(std::move(file));
    if (write_unsettled(unsettled_.back(), content)) return true;
    forget();
    return false;
}

bool LogFolder::settle() {
    bool const done = settle_all(unsettled_);
    if (done)
        unsettled_.clear();
    else
        forget();
    return done;
}

void LogFolder::forget() {
    std::error_code ignored;
    for (auto const& file : unsettled_) fs::remove(unsettled(file), ignored);
    unsettled_.clear();
}

bool LogFolder::write_tile(unsigned level, std::uint64_t index, std::span<Hash const> hashes) {
    Bytes content;
    for (auto const& hash : hashes) append(content, hash);
    return put(tile_path(std::to_string(level), index, hashes.size()), content);
}

bool LogFolder::write_entries(std::uint64_t index, std::span<Bytes const> entries) {
    Bytes content;
    for (auto const& entry : entries) {
        append_u16(content, static_cast<std::uint16_t>(entry.size()));
        append(content, entry);
    }
    return put(tile_path("entries", index, entries.size()), content);
}

bool LogFolder::write_checkpoint(std::string_view note) {
    return settle() && put(folder_ / "checkpoint", bytes_of(note)) && settle();
}

std::optional<std::vector<Hash>> LogFolder::read_tile(unsigned level, std::uint64_t index,
                                                      std::size_t width) const {
    auto content = read_file(tile_path(std::to_string(level), index, width));
    if (!content || content->size() != width * sizeof(Hash)) return std::nullopt;
    std::vector<Hash> hashes(width);
    for (std::size_t i = 0; i < width; ++i)
        std::copy_n(content->begin() + static_cast<std::ptrdiff_t>(i * sizeof(Hash)), sizeof(Hash),
                    hashes[i].begin());
    return hashes;
}

std::optional<std::vector<Bytes>> LogFolder::read_entries(std::uint64_t index, std::size_t width) const {
    auto const content = read_file(tile_path("entries", index, width));
    if (!content) return std::nullopt;
    std::vector<Bytes> entries;
    BytesView left = *content;
    while (left.size() >= 2) {
        std::size_t const size = std::size_t{left[0]} << 8U | left[1];
        left = left.subspan(2);
        if (size > left.size()) return std::nullopt;
        entries.emplace_back(left.begin(), left.begin() + static_cast<std::ptrdiff_t>(size));
        left = left.subspan(size);
    }
    if (!left.empty() || entries.size() != width) return std::nullopt;
    return entries;
}

std::optional<std::vector<Bytes>> LogFolder::read_entries_under(std::uint64_t size,
                                                                std::uint64_t index) const {
    return read_entries(index, width_of(size, index));
}

std::optional<Hash> LogFolder::read_head_under(std::uint64_t size, Subtree tree) const {
    auto const leaves = tree.end - tree.first;
    if (!std::has_single_bit(leaves)) {
        auto const split = tree.first + std::bit_floor(leaves);
        auto const left = read_head_under(size, {tree.first, split});
        auto const right = read_head_under(size, {split, tree.end});
        if (!left || !right) return std::nullopt;
        return node_hash(*left, *right);
    }
    // A complete subtree: some hashes in a row in one tile of the highest level that has them.
    unsigned level = 0;
    for (; leaves >> (8 * (level + 1)) > 0; ++level) size /= tile_width;
    auto const first = tree.first >> (8 * level);
    auto const tile = read_tile(level, first / tile_width, width_of(size, first / tile_width));
    if (!tile) return std::nullopt;
    return tree_head(
        std::span{*tile}.subspan(static_cast<std::size_t>(first % tile_width), leaves >> (8 * level)));
}

std::optional<std::string> LogFolder::read_checkpoint() const {
    auto const content = read_file(folder_ / "checkpoint");
    if (!content) return std::nullopt;
    return std::string{text_of(*content)};
}

std::expected<LoadedLog, std::string> load_log(LogFolder const& folder, std::uint64_t size) {
    // The full tiles of level 0 give everything above them again; so only leaves are read, and what lies on
    // disk above is compared by `verify`, not trusted here.
    LoadedLog loaded;
    for (std::uint64_t index = 0; index * tile_width < size; ++index) {
        auto const width = width_of(size, index);
        auto const hashes = folder.read_tile(0, index, width);
        if (!hashes) return std::unexpected(fmt::format("tile 0/{} of the log is missing or damaged", index));
        for (auto const& hash : *hashes) loaded.edge.append(hash);
        if (width < tile_width) {
            auto entries = folder.read_entries(index, width);
            if (!entries)
                return std::unexpected(fmt::format("entries {} of the log are missing or damaged", index));
            loaded.last_entries = std::move(*entries);
        }
    }
    return loaded;
}

}  // namespace klout7::audit
