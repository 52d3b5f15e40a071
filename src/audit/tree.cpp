#include "audit/tree.h"

#include <algorithm>
#include <bit>
#include <optional>
#include <utility>

#include "base/check.h"

namespace klout7::audit {
namespace {

Hash empty_head() { return crypto::sha256({}); }

/// Where the left part of a subtree of more than one leaf ends: it is the largest power of two smaller than
/// the whole. Source: RFC 6962, 2.1.
std::uint64_t split_of(Subtree tree) { return tree.first + std::bit_floor(tree.end - tree.first - 1); }

}  // namespace

Hash leaf_hash(BytesView entry) {
    Bytes input;
    input.reserve(entry.size() + 1);
    input.push_back(0x00);
    append(input, entry);
    return crypto::sha256(input);
}

Hash node_hash(Hash const& left, Hash const& right) {
    std::array<std::uint8_t, 65> input{0x01};
    std::copy(left.begin(), left.end(), input.begin() + 1);
    std::copy(right.begin(), right.end(), input.begin() + 33);
    return crypto::sha256(input);
}

Hash tree_head(std::span<Hash const> subtrees) {
    if (subtrees.empty()) return empty_head();
    if (subtrees.size() == 1) return subtrees.front();
    // RFC 6962, 2.1: the left part is the largest power of two smaller than the whole.
    auto const left = std::bit_floor(subtrees.size() - 1);
    return node_hash(tree_head(subtrees.first(left)), tree_head(subtrees.subspan(left)));
}

std::vector<Subtree> inclusion_path(std::uint64_t index, std::uint64_t size) {
    std::vector<Subtree> path;
    for (Subtree tree{0, size}; tree.end - tree.first > 1;) {
        auto const split = split_of(tree);
        if (index < split) {
            path.push_back({split, tree.end});
            tree.end = split;
        } else {
            path.push_back({tree.first, split});
            tree.first = split;
        }
    }
    std::ranges::reverse(path);
    return path;
}

std::vector<Subtree> consistency_path(std::uint64_t from, std::uint64_t to) {
    if (from == 0) return {};  // everything begins with nothing
    std::vector<Subtree> path;
    Subtree tree{0, to};
    while (tree.end != from) {
        auto const split = split_of(tree);
        if (from <= split) {
            path.push_back({split, tree.end});
            tree.end = split;
        } else {
            path.push_back({tree.first, split});
            tree.first = split;
        }
    }
    // The older head itself need not be proven: whoever asks has it.
    if (tree.first > 0) path.push_back(tree);
    std::ranges::reverse(path);
    return path;
}

std::vector<TreeEdge::FullTile> TreeEdge::append(Hash const& leaf) {
    std::vector<FullTile> completed;
    ++size_;
    Hash hash = leaf;
    for (unsigned level = 0;; ++level) {
        if (levels_.size() == level) {
            levels_.emplace_back();
            full_.push_back(0);
        }
        auto& tile = levels_[level];
        tile.push_back(hash);
        if (tile.size() < tile_width) return completed;
        hash = tree_head(tile);
        completed.push_back({level, full_[level]++, std::exchange(tile, {})});
    }
}

Hash TreeEdge::head() const {
    // From the lowest level up: what is unfinished below is the last, smaller subtree of the level above.
    std::optional<Hash> below;
    for (auto const& level : levels_) {
        auto subtrees = level;
        if (below) subtrees.push_back(*below);
        if (!subtrees.empty()) below = tree_head(subtrees);
    }
    return below.value_or(empty_head());
}

}  // namespace klout7::audit
