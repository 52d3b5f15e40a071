#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "audit/checkpoint.h"
#include "audit/log_folder.h"
#include "crypto/keyring.h"

namespace klout7::audit {

enum class ProofError {
    not_there,  ///< not under the newest checkpoint; of a log without one, nothing is
    damaged,    ///< the files of the log are not whole: `verify` says what is wrong
};

/// The newest checkpoint: as it was signed, and what it says.
struct SignedCheckpoint {
    std::string note;
    Checkpoint checkpoint;
};

/// A line and what it takes to see that it stands in the log.
struct LineProof {
    SignedCheckpoint newest;
    std::uint64_t index = 0;
    Bytes entry;
    std::vector<Hash> hashes;  ///< from the leaf up
};

/// What anyone can check of the log of a side without its keys, read from its files while it grows.
template <class Zone>
class Proofs {
public:
    Proofs(crypto::Keyring<Zone> const& keyring, std::filesystem::path folder)
        : keyring_(keyring), folder_(std::move(folder)) {}

    /// What the signatures are checked with (checkpoint.h).
    std::string key() const;
    std::expected<SignedCheckpoint, ProofError> newest() const;
    /// The line with this number of this program. It is searched for by halves: numbers only grow.
    std::expected<LineProof, ProofError> of_line(std::string_view program, std::int64_t number) const;
    /// That the log of `to` lines begins with that of `from`. Errors: not_there also when there are not so
    /// many, or `from` is more than `to`.
    std::expected<std::vector<Hash>, ProofError> of_growth(std::uint64_t from, std::uint64_t to) const;

private:
    crypto::Keyring<Zone> const& keyring_;
    LogFolder folder_;
};

extern template class Proofs<OfficeZone>;
extern template class Proofs<MedicalZone>;

}  // namespace klout7::audit
