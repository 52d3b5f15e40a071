#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "crypto/hash.h"

namespace klout7::audit {

using Hash = crypto::Sha256;

/// Source: RFC 6962, 2.1.
Hash leaf_hash(BytesView entry);
Hash node_hash(Hash const& left, Hash const& right);
/// The Merkle tree head of a list of subtrees; all but the last are complete and of one size.
Hash tree_head(std::span<Hash const> subtrees);

inline constexpr std::size_t tile_width = 256;

/// Some leaves in a row that are a subtree: from `first` up to, and without, `end`.
struct Subtree {
    std::uint64_t first = 0;
    std::uint64_t end = 0;
    friend bool operator==(Subtree, Subtree) = default;
};
/// The subtrees whose heads prove, with the leaf, the head of a tree of `size`: from the leaf up. `index` is
/// smaller than `size`. Source: RFC 6962, 2.1.1.
std::vector<Subtree> inclusion_path(std::uint64_t index, std::uint64_t size);
/// The subtrees whose heads prove that a tree of `to` leaves begins with that of `from`, which are not more.
/// Source: RFC 6962, 2.1.2.
std::vector<Subtree> consistency_path(std::uint64_t from, std::uint64_t to);

/// A Merkle tree that grows at its right edge and keeps only that edge: per level the hashes of the tile
/// that is not full yet. Level n holds the heads of complete tiles of level n-1.
/// Source: RFC 6962; c2sp.org/tlog-tiles.
class TreeEdge {
public:
    /// A tile that became full by an append.
    struct FullTile {
        unsigned level;
        std::uint64_t index;
        std::vector<Hash> hashes;
    };

    /// Adds a leaf; returns the tiles that it completed, from level 0 upward.
    std::vector<FullTile> append(Hash const& leaf);
    std::uint64_t size() const { return size_; }
    Hash head() const;
    /// The hashes of the unfinished tile of each level.
    std::vector<std::vector<Hash>> const& unfinished() const { return levels_; }

private:
    std::uint64_t size_ = 0;
    std::vector<std::vector<Hash>> levels_;
    std::vector<std::uint64_t> full_;  // complete tiles per level
};

}  // namespace klout7::audit
