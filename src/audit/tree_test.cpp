#include "audit/tree.h"

#include <doctest/doctest.h>

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

TEST_CASE("an edge of tiles has the head of the whole list, at every size around a full tile") {
    TreeEdge edge;
    std::vector<Hash> leaves;
    std::size_t full_tiles = 0;
    for (std::uint32_t i = 0; i < 1030; ++i) {
        Bytes entry;
        append_u32(entry, i);
        leaves.push_back(leaf_hash(entry));
        full_tiles += edge.append(leaves.back()).size();
        if (i < 3 || (i % 256 > 253 || i % 256 < 3)) CHECK(edge.head() == tree_head(leaves));
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
