#include "audit/tree.h"

#include <doctest/doctest.h>

#include <bit>
#include <optional>

#include "audit/checkpoint.h"

using namespace klout7;
using namespace klout7::audit;

namespace {

Bytes from_hex(std::string_view text) {
    Bytes bytes;
    for (std::size_t i = 0; i + 1 < text.size(); i += 2)
        bytes.push_back(static_cast<std::uint8_t>(std::stoul(std::string{text.substr(i, 2)}, nullptr, 16)));
    return bytes;
}

}  // namespace

TEST_CASE("the tree has the heads of the public RFC 6962 test data") {
    // Source: the reference inputs and roots of Certificate Transparency's merkle tree tests.
    constexpr std::array<std::string_view, 8> inputs{
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"};
    constexpr std::array<std::string_view, 8> heads{
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
    TreeEdge edge;
    CHECK(to_hex(edge.head()) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        edge.append(leaf_hash(from_hex(inputs[i])));
        CHECK(to_hex(edge.head()) == heads[i]);
    }
}

namespace {

/// The leaves of a tree of which each holds its own number.
std::vector<Hash> numbered_leaves(std::uint32_t count) {
    std::vector<Hash> leaves;
    for (std::uint32_t i = 0; i < count; ++i) {
        Bytes entry;
        append_u32(entry, i);
        leaves.push_back(leaf_hash(entry));
    }
    return leaves;
}

std::vector<Hash> heads_of(std::span<Hash const> leaves, std::vector<Subtree> const& path) {
    std::vector<Hash> heads;
    for (auto const [first, end] : path)
        heads.push_back(tree_head(
            leaves.subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(end - first))));
    return heads;
}

/// The head that a proof of inclusion leads to. Source: RFC 9162, 2.1.3.2.
std::optional<Hash> included_in(std::uint64_t index, std::uint64_t size, Hash leaf,
                                std::span<Hash const> path) {
    auto fn = index;
    auto sn = size - 1;
    for (auto const& p : path) {
        if (sn == 0) return std::nullopt;
        if (fn % 2 == 1 || fn == sn) {
            leaf = node_hash(p, leaf);
            while (fn % 2 == 0 && fn != 0) fn >>= 1U, sn >>= 1U;
        } else {
            leaf = node_hash(leaf, p);
        }
        fn >>= 1U;
        sn >>= 1U;
    }
    if (sn != 0) return std::nullopt;
    return leaf;
}

/// Whether a proof of consistency holds. Source: RFC 9162, 2.1.4.2.
bool grew_into(std::uint64_t from, Hash const& older, std::uint64_t to, Hash const& newer,
               std::vector<Hash> path) {
    if (from == to) return path.empty() && older == newer;
    if (std::has_single_bit(from)) path.insert(path.begin(), older);
    if (path.empty()) return false;
    auto fn = from - 1;
    auto sn = to - 1;
    while (fn % 2 == 1) fn >>= 1U, sn >>= 1U;
    auto fr = path.front();
    auto sr = path.front();
    for (auto const& c : std::span{path}.subspan(1)) {
        if (sn == 0) return false;
        if (fn % 2 == 1 || fn == sn) {
            fr = node_hash(c, fr);
            sr = node_hash(c, sr);
            while (fn % 2 == 0 && fn != 0) fn >>= 1U, sn >>= 1U;
        } else {
            sr = node_hash(sr, c);
        }
        fn >>= 1U;
        sn >>= 1U;
    }
    return fr == older && sr == newer && sn == 0;
}

}  // namespace

TEST_CASE("proofs are those of the public RFC 6962 test data") {
    // Source: the reference proofs of Certificate Transparency's merkle tree tests, over the inputs above.
    std::vector<Hash> leaves;
    for (auto const* input :
         {"", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"})
        leaves.push_back(leaf_hash(from_hex(input)));
    auto const hex = [&](std::vector<Subtree> const& path) {
        std::vector<std::string> hashes;
        for (auto const& hash : heads_of(leaves, path)) hashes.push_back(to_hex(hash));
        return hashes;
    };
    using Hashes = std::vector<std::string>;
    CHECK(hex(inclusion_path(0, 1)) == Hashes{});
    CHECK(hex(inclusion_path(0, 8)) ==
          Hashes{"96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                 "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                 "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"});
    CHECK(hex(inclusion_path(2, 3)) ==
          Hashes{"fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"});
    CHECK(hex(consistency_path(1, 1)) == Hashes{});
    CHECK(hex(consistency_path(6, 8)) ==
          Hashes{"0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                 "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                 "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"});
    CHECK(hex(consistency_path(2, 5)) ==
          Hashes{"5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                 "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"});
}

TEST_CASE(
    "every leaf of every tree of up to 300 is proven in it, and every tree begins with every smaller one") {
    auto const leaves = numbered_leaves(300);
    std::vector<Hash> heads{tree_head({})};
    bool all_hold = true;
    for (std::size_t size = 1; size <= leaves.size(); ++size) {
        auto const tree = std::span{leaves}.first(size);
        heads.push_back(tree_head(tree));
        for (std::size_t i = 0; i < size; ++i) {
            auto const path = heads_of(tree, inclusion_path(i, size));
            all_hold = all_hold && included_in(i, size, leaves[i], path) == heads[size] &&
                       grew_into(i + 1, heads[i + 1], size, heads[size],
                                 heads_of(tree, consistency_path(i + 1, size)));
        }
    }
    CHECK(all_hold);
    CHECK(consistency_path(0, 300).empty());
}

TEST_CASE("an edge of tiles has the head of the whole list, at every size around a full tile") {
    TreeEdge edge;
    auto const leaves = numbered_leaves(1030);
    std::size_t full_tiles = 0;
    for (std::size_t i = 0; i < leaves.size(); ++i) {
        full_tiles += edge.append(leaves[i]).size();
        if (i < 3 || (i % 256 > 253 || i % 256 < 3))
            CHECK(edge.head() == tree_head(std::span{leaves}.first(i + 1)));
    }
    CHECK(full_tiles == 4);
    CHECK(edge.size() == 1030);
}

TEST_CASE("a checkpoint is read back only with its own key, origin and every byte of it") {
    crypto::SigningKey const key{crypto::Key256{Bytes(32, 7)}};
    crypto::SigningKey const other{crypto::Key256{Bytes(32, 8)}};
    auto const origin = log_origin(Uuid{}, Side::medical);
    CHECK(origin == "klout7/00000000-0000-0000-0000-000000000000/medical");
    auto const note = sign_checkpoint({origin, 42, leaf_hash({})}, key);
    auto const read = read_checkpoint(note, key.public_key());
    REQUIRE(read);
    CHECK(read->size == 42);
    CHECK(read->head == leaf_hash({}));
    CHECK_FALSE(read_checkpoint(note, other.public_key()));
    for (std::size_t i = 0; i < note.size(); ++i) {
        auto changed = note;
        changed[i] = static_cast<char>(changed[i] ^ 1);
        CHECK_FALSE(read_checkpoint(changed, key.public_key()));
    }
    CHECK_FALSE(read_checkpoint("", key.public_key()));
    CHECK(verifier_key("o", key.public_key()).starts_with("o+"));
}
