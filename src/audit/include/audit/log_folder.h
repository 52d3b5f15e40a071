#pragma once

#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "audit/tree.h"

namespace klout7::audit {

/// The files of a log in the tlog-tiles layout: `checkpoint`, `tile/<level>/<index>`, `tile/entries/<index>`;
/// unfinished tiles as `<index>.p/<width>`. A file is whole or not there. Source: c2sp.org/tlog-tiles.
class LogFolder {
public:
    explicit LogFolder(std::filesystem::path folder) : folder_(std::move(folder)) {}

    /// Tiles and entries get their names when the checkpoint that speaks of them is written, and are on disk
    /// before it: synced together, the disk is waited for a few times and not twice for each. False: a file
    /// could not be written, and what was not under a checkpoint yet is gone.
    bool write_tile(unsigned level, std::uint64_t index, std::span<Hash const> hashes);
    bool write_entries(std::uint64_t index, std::span<Bytes const> entries);
    bool write_checkpoint(std::string_view note);
    /// Removes the unfinished tiles that only a checkpoint of size `older` needs, and not one of `kept` or
    /// more.
    void tidy(std::uint64_t older, std::uint64_t kept) const;

    /// Nothing when there is no such file or it is not of this width.
    std::optional<std::vector<Hash>> read_tile(unsigned level, std::uint64_t index, std::size_t width) const;
    std::optional<std::vector<Bytes>> read_entries(std::uint64_t index, std::size_t width) const;
    std::optional<std::string> read_checkpoint() const;
    /// The entries with this index, and the head of a subtree, of a log that has a checkpoint of `size`.
    std::optional<std::vector<Bytes>> read_entries_under(std::uint64_t size, std::uint64_t index) const;
    std::optional<Hash> read_head_under(std::uint64_t size, Subtree tree) const;

    std::filesystem::path const& path() const { return folder_; }

private:
    std::filesystem::path tile_path(std::string_view kind, std::uint64_t index, std::size_t width) const;
    void tidy_kind(std::string_view kind, std::uint64_t older, std::uint64_t kept) const;
    bool put(std::filesystem::path file, BytesView content);
    bool settle();
    void forget();

    std::filesystem::path folder_;
    std::vector<std::filesystem::path> unsettled_;  ///< written under a name of their own, not synced
};

/// Reads the state back that a checkpoint of `size` speaks of. Errors: a sentence naming the file at fault.
struct LoadedLog {
    TreeEdge edge;
    std::vector<Bytes> last_entries;  ///< of the unfinished entry bundle
};
std::expected<LoadedLog, std::string> load_log(LogFolder const& folder, std::uint64_t size);

}  // namespace klout7::audit
