#pragma once

#include <expected>
#include <functional>
#include <memory>

#include "base/bytes.h"
#include "base/id.h"
#include "base/side.h"
#include "crypto/errors.h"
#include "crypto/keyring.h"

namespace klout7::crypto {

/// What a sealed document is bound to. Opened as anything else, it is altered.
struct DocumentContext {
    PersonId person;
    DocumentId document;
    std::uint32_t version = 1;
};

// Documents: "K7D1" | key version(2) | reserved(2) | C2SP chunked encryption, Cobblestone-256:
// HKDF-Expand-SHA-512, AES-256-GCM, 16 KiB chunks, 24-byte salt, 32-byte key commitment, last chunk
// always short. Source: c2sp.org/chunked-encryption; docs/data-formats.md "Document".
// The plain text ends in zero bytes of padding (padded_size); the true size stands in a sealed cell.
// Memory: two chunks, at any size.

/// Size after padding: the next step of a ladder whose steps are at most 12 % apart (Padmé:
/// Nikitin et al., PETS 2019), at least 4 KiB.
std::uint64_t padded_size(std::uint64_t size);
/// Bytes that a padded document takes in the store.
std::uint64_t sealed_size(std::uint64_t padded);

/// Seals a stream. `write` receives sealed bytes in order; it returns false to stop (store failed).
template <class Zone>
class DocumentSealer {
public:
    using Write = std::function<bool(BytesView)>;
    DocumentSealer(PersonKey<Zone> const& key, Environment environment, DocumentContext const& context,
                   Random& random, Write write);
    ~DocumentSealer();
    DocumentSealer(DocumentSealer&&) noexcept;
    /// False when `write` said stop; nothing more is written then.
    bool add(BytesView plain);
    /// Pads, seals the last chunk. Call once, after the last byte.
    bool finish();
    std::uint64_t plain_bytes() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// Opens any part of a sealed document. `read` fills the whole span from an offset in the sealed
/// file, or returns false.
template <class Zone>
class DocumentOpener {
public:
    using Read = std::function<bool(std::uint64_t offset, BytesSpan out)>;
    static std::expected<DocumentOpener, OpenError> open(PersonKey<Zone> const& key, Environment environment,
                                                         DocumentContext const& context,
                                                         std::uint64_t sealed_bytes, Read read);
    ~DocumentOpener();
    DocumentOpener(DocumentOpener&&) noexcept;
    std::uint64_t padded_bytes() const;
    /// Fills `out` from `offset` of the plain text. Nothing of a chunk is given out before its tag held.
    std::expected<void, OpenError> read(std::uint64_t offset, BytesSpan out);

private:
    struct State;
    explicit DocumentOpener(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

extern template class DocumentSealer<OfficeZone>;
extern template class DocumentSealer<MedicalZone>;
extern template class DocumentOpener<OfficeZone>;
extern template class DocumentOpener<MedicalZone>;

}  // namespace klout7::crypto
