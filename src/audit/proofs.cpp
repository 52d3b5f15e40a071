#include "audit/proofs.h"

#include <algorithm>
#include <optional>
#include <type_traits>

#include "audit/event.h"

namespace klout7::audit {
namespace {

/// The lines of one program in one bundle.
struct Lines {
    std::vector<Bytes> entries;
    std::vector<std::int64_t> numbers;  ///< of each entry; 0 for one of another program

    static Lines of(std::vector<Bytes> entries, std::string_view program) {
        Lines lines{std::move(entries), {}};
        for (auto const& bytes : lines.entries) {
            auto const entry = decode_entry(bytes);
            lines.numbers.push_back(entry && entry->program == program ? entry->number : 0);
        }
        return lines;
    }
    bool has_any() const {
        return std::ranges::any_of(numbers, [](auto number) { return number > 0; });
    }
    /// Whether all of them come before this number.
    bool are_before(std::int64_t number) const { return std::ranges::max(numbers) < number; }
    std::optional<std::size_t> place_of(std::int64_t number) const {
        auto const found = std::ranges::find(numbers, number);
        if (found == numbers.end()) return std::nullopt;
        return static_cast<std::size_t>(found - numbers.begin());
    }
};

struct Found {
    std::uint64_t index = 0;
    Bytes entry;
};

/// By halves, among the bundles: where one has no line of this program, the next that has one decides.
std::expected<Found, ProofError> find_line(LogFolder const& folder, std::uint64_t size,
                                           std::string_view program, std::int64_t number) {
    std::uint64_t first = 0;
    auto end = (size + tile_width - 1) / tile_width;
    while (number > 0 && first < end) {
        auto const middle = first + (end - first) / 2;
        std::optional<Lines> lines;
        auto at = middle;
        for (; at < end; ++at) {
            auto entries = folder.read_entries_under(size, at);
            if (!entries) return std::unexpected(ProofError::damaged);
            lines = Lines::of(std::move(*entries), program);
            if (lines->has_any()) break;
        }
        if (at == end) {
            end = middle;
        } else if (auto const place = lines->place_of(number)) {
            return Found{at * tile_width + *place, std::move(lines->entries[*place])};
        } else if (lines->are_before(number)) {
            first = at + 1;
        } else {
            end = middle;
        }
    }
    return std::unexpected(ProofError::not_there);
}

std::expected<std::vector<Hash>, ProofError> heads_of(LogFolder const& folder, std::uint64_t size,
                                                      std::vector<Subtree> const& path) {
    std::vector<Hash> hashes;
    for (auto const& tree : path) {
        auto const head = folder.read_head_under(size, tree);
        if (!head) return std::unexpected(ProofError::damaged);
        hashes.push_back(*head);
    }
    return hashes;
}

/// Reads again when the log grew meanwhile: what a checkpoint leaves unfinished is taken away later.
template <class Zone, class Read>
auto under_newest(Proofs<Zone> const& proofs, Read read) {
    using Result = std::invoke_result_t<Read, SignedCheckpoint const&>;
    constexpr int most = 3;
    for (int attempt = 1;; ++attempt) {
        auto const before = proofs.newest();
        if (!before) return Result{std::unexpected(before.error())};
        auto result = read(*before);
        if (result || result.error() != ProofError::damaged || attempt == most) return result;
        if (auto const after = proofs.newest(); after && after->note == before->note) return result;
    }
}

}  // namespace

template <class Zone>
std::string Proofs<Zone>::key() const {
    return verifier_key(log_origin(keyring_.identity().installation, Zone::side),
                        keyring_.audit_signing_key().public_key());
}

template <class Zone>
std::expected<SignedCheckpoint, ProofError> Proofs<Zone>::newest() const {
    auto note = folder_.read_checkpoint();
    if (!note) return std::unexpected(ProofError::not_there);
    auto checkpoint = read_checkpoint(*note, keyring_.audit_signing_key().public_key());
    if (!checkpoint) return std::unexpected(ProofError::damaged);
    return SignedCheckpoint{std::move(*note), std::move(*checkpoint)};
}

template <class Zone>
std::expected<LineProof, ProofError> Proofs<Zone>::of_line(std::string_view program,
                                                           std::int64_t number) const {
    return under_newest(*this, [&](SignedCheckpoint const& newest) -> std::expected<LineProof, ProofError> {
        auto const size = newest.checkpoint.size;
        auto found = find_line(folder_, size, program, number);
        if (!found) return std::unexpected(found.error());
        auto hashes = heads_of(folder_, size, inclusion_path(found->index, size));
        if (!hashes) return std::unexpected(hashes.error());
        return LineProof{newest, found->index, std::move(found->entry), std::move(*hashes)};
    });
}

template <class Zone>
std::expected<std::vector<Hash>, ProofError> Proofs<Zone>::of_growth(std::uint64_t from,
                                                                     std::uint64_t to) const {
    return under_newest(*this,
                        [&](SignedCheckpoint const& newest) -> std::expected<std::vector<Hash>, ProofError> {
                            auto const size = newest.checkpoint.size;
                            if (from > to || to > size) return std::unexpected(ProofError::not_there);
                            return heads_of(folder_, size, consistency_path(from, to));
                        });
}

template class Proofs<OfficeZone>;
template class Proofs<MedicalZone>;

}  // namespace klout7::audit
