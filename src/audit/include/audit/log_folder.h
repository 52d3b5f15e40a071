#pragma once

#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "audit/tree.h"

namespace klout7::audit {

/// The files of a log in the tlog-tiles layout: `checkpoint`, `tile/<level>/<index>`, `tile/entries/<index>`;
/// unfinished tiles as `<index>.p/<width>`. Every write is whole and synced before anything refers to it.
/// Source: c2sp.org/tlog-tiles.
class LogFolder {
public:
    explicit LogFolder(std::filesystem::path folder) : folder_(std::move(folder)) {}

    bool write_tile(unsigned level, std::uint64_t index, std::span<Hash const> hashes) const;
    bool write_entries(std::uint64_t index, std::span<Bytes const> entries) const;
    bool write_checkpoint(std::string_view note) const;
    /// Removes the unfinished tiles that only a checkpoint of size `older` needs, and not one of `kept` or
    /// more.
    void tidy(std::uint64_t older, std::uint64_t kept) const;

    /// Nothing when there is no such file or it is not of this width.
    std::optional<std::vector<Hash>> read_tile(unsigned level, std::uint64_t index, std::size_t width) const;
    std::optional<std::vector<Bytes>> read_entries(std::uint64_t index, std::size_t width) const;
    std::optional<std::string> read_checkpoint() const;

    std::filesystem::path const& path() const { return folder_; }

private:
    std::filesystem::path tile_path(std::string_view kind, std::uint64_t index, std::size_t width) const;
    void tidy_kind(std::string_view kind, std::uint64_t older, std::uint64_t kept) const;
    std::filesystem::path folder_;
};

/// Reads the state back that a checkpoint of `size` speaks of. Errors: a sentence naming the file at fault.
struct LoadedLog {
    TreeEdge edge;
    std::vector<Bytes> last_entries;  ///< of the unfinished entry bundle
};
std::expected<LoadedLog, std::string> load_log(LogFolder const& folder, std::uint64_t size);

}  // namespace klout7::audit
