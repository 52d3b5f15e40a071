#pragma once

#include <expected>
#include <string_view>

#include "base/bytes.h"
#include "base/id.h"
#include "base/secret_bytes.h"
#include "base/side.h"
#include "crypto/errors.h"
#include "crypto/key.h"

namespace klout7::crypto {

/// Where a cell stands. A cell opened anywhere else is altered.
struct CellPlace {
    std::string_view table;
    std::string_view column;
    Uuid row;
};

/// Seals and opens the cells of one key: AES-256-GCM, with the place as associated data.
/// Format: docs/data-formats.md "Cell". Keeps a prepared cipher, so use one for many cells.
/// One thread at a time. Speed: script/bench cells.
///
/// Without protection (base/protection.h) cells stay plain.
template <class Zone>
class CellCipher {
public:
    /// `environment` goes into the associated data, like the zone's side.
    CellCipher(Key256 const& key, std::uint16_t key_version, Environment environment);
    ~CellCipher();
    CellCipher(CellCipher&&) noexcept;
    CellCipher& operator=(CellCipher&&) noexcept;

    /// The nonce is drawn from `random`: at most 2^32 cells under one key (NIST SP 800-38D 8.3).
    Bytes seal(CellPlace const& place, BytesView plain, Random& random) const;
    Bytes seal(CellPlace const& place, std::string_view plain, Random& random) const {
        return seal(place, bytes_of(plain), random);
    }
    /// Errors: malformed, altered; unknown_key when the cell names another key version.
    std::expected<SecretBytes, OpenError> open(CellPlace const& place, BytesView cell) const;

    static constexpr std::size_t overhead_bytes = 1 + 2 + 12 + 16;

private:
    struct State;
    std::unique_ptr<State> state_;
};

extern template class CellCipher<OfficeZone>;
extern template class CellCipher<MedicalZone>;

}  // namespace klout7::crypto
