#include "audit/proofs.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>

#include "audit/event.h"

using namespace klout7;
using namespace klout7::audit;

TEST_CASE("the head of a subtree is read from the tiles of any level") {
    auto pattern = (std::filesystem::temp_directory_path() / "klout7-tiles-XXXXXX").string();
    LogFolder folder{mkdtemp(pattern.data())};
    constexpr std::uint64_t size = 256 * 256 + 256 * 3 + 7;
    TreeEdge edge;
    std::vector<Hash> leaves;
    for (std::uint32_t i = 0; i < size; ++i) {
        Bytes entry;
        append_u32(entry, i);
        leaves.push_back(leaf_hash(entry));
        for (auto const& tile : edge.append(leaves.back()))
            REQUIRE(folder.write_tile(tile.level, tile.index, tile.hashes));
    }
    for (unsigned level = 0; level < 3; ++level)
        REQUIRE(folder.write_tile(level, size >> (8 * (level + 1)), edge.unfinished()[level]));
    REQUIRE(folder.write_checkpoint("of these tiles"));
    auto const is_right = [&](Subtree tree) {
        auto const all = std::span{leaves}.subspan(static_cast<std::size_t>(tree.first),
                                                   static_cast<std::size_t>(tree.end - tree.first));
        return folder.read_head_under(size, tree) == tree_head(all);
    };
    CHECK(is_right({0, size}));
    for (std::uint64_t const index :
         {std::uint64_t{0}, std::uint64_t{255}, std::uint64_t{65535}, size - 8, size - 1}) {
        for (auto const tree : inclusion_path(index, size)) CHECK(is_right(tree));
        for (auto const tree : consistency_path(index + 1, size)) CHECK(is_right(tree));
    }
    std::filesystem::remove_all(folder.path());
}

namespace {

/// A log whose every byte is known, as JSON for whoever checks it elsewhere:
/// tests/pages/transparency.test.mjs.
class KnownLog {
public:
    explicit KnownLog(std::uint64_t lines) {
        for (std::uint64_t i = 0; i < lines; ++i) {
            entries_.push_back(
                encode_entry(event(i), {"klout7-office", static_cast<std::int64_t>(i) + 1,
                                        i % 2 == 0 ? std::optional{leaf_hash({})} : std::nullopt}));
            leaves_.push_back(leaf_hash(entries_.back()));
        }
    }
    std::string key() const { return quoted(verifier_key(origin_, key_.public_key())); }
    std::string checkpoint(std::uint64_t size) const {
        return quoted(sign_checkpoint({origin_, size, head({0, size})}, key_));
    }
    std::string line(std::uint64_t index, std::uint64_t size) const {
        return fmt::format(R"({{"size": {}, "index": {}, "entry": "{}", "hashes": [{}]}})", size, index,
                           to_base64(entries_[index]), heads(inclusion_path(index, size)));
    }
    std::string growth(std::uint64_t from, std::uint64_t to) const {
        return fmt::format(R"({{"from": {}, "to": {}, "hashes": [{}]}})", from, to,
                           heads(consistency_path(from, to)));
    }

private:
    static Uuid id(std::uint8_t last) {
        std::array<std::uint8_t, 16> bytes{};
        bytes.back() = last;
        return *Uuid::from_bytes(bytes);
    }
    static Event event(std::uint64_t i) {
        Event event{.at = Instant::from_microseconds(1'795'000'000'000'000 + static_cast<std::int64_t>(i)),
                    .action = "read",
                    .object_class = "case_file"};
        if (i % 3 != 0) return event;
        event.object = id(2);
        event.person = PersonId{id(4)};
        event.user = UserId{id(3)};
        event.role = "delegated_staff";
        event.responsible = UserId{id(6)};
        event.organisation = EmployerId{id(7)};
        event.ground = "assigned";
        event.outcome = Outcome::refused;
        event.session = SessionId{id(5)};
        return event;
    }
    static std::string quoted(std::string text) {
        for (auto at = text.find('\n'); at != std::string::npos; at = text.find('\n'))
            text.replace(at, 1, "\\n");
        return fmt::format("\"{}\"", text);
    }
    Hash head(Subtree tree) const {
        return tree_head(std::span{leaves_}.subspan(static_cast<std::size_t>(tree.first),
                                                    static_cast<std::size_t>(tree.end - tree.first)));
    }
    std::string heads(std::vector<Subtree> const& path) const {
        std::string text;
        for (auto const tree : path)
            text += fmt::format("{}\"{}\"", text.empty() ? "" : ", ", to_base64(head(tree)));
        return text;
    }

    std::string origin_ = log_origin(Uuid{}, Side::office);
    crypto::SigningKey key_{crypto::Key256{Bytes(32, 7)}};
    std::vector<Bytes> entries_;
    std::vector<Hash> leaves_;
};

std::string known_proofs() {
    constexpr std::array<std::uint64_t, 11> sizes{1, 2, 3, 4, 7, 8, 9, 100, 256, 257, 300};
    KnownLog const log{sizes.back()};
    std::string checkpoints;
    std::string lines;
    std::string growths;
    auto const add = [](std::string& list, std::string const& more) {
        list += (list.empty() ? "    " : ",\n    ") + more;
    };
    for (auto const size : sizes) {
        add(checkpoints, log.checkpoint(size));
        for (std::uint64_t const index : std::set<std::uint64_t>{0, size / 2, size - 1})
            add(lines, log.line(index, size));
        for (auto const from : sizes)
            if (from <= size) add(growths, log.growth(from, size));
    }
    return fmt::format(
        "{{\n  \"key\": {},\n  \"checkpoints\": [\n{}\n  ],\n  \"lines\": [\n{}\n  ],\n  \"growths\": "
        "[\n{}\n  ]\n}}\n",
        log.key(), checkpoints, lines, growths);
}

}  // namespace

TEST_CASE("the proofs that the pages are tested with are the ones that we make") {
    std::ifstream in{KLOUT7_VECTORS "/log_proofs.json"};
    REQUIRE(in);
    CHECK(std::string{std::istreambuf_iterator<char>{in}, {}} == known_proofs());
}
