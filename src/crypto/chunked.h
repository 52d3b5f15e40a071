#pragma once

#include <functional>
#include <optional>

#include "aead.h"
#include "base/bytes.h"
#include "base/random.h"
#include "crypto/hash.h"

/// Chunked encryption with HKDF-Expand-SHA-512 and AES-256-GCM. Source: c2sp.org/chunked-encryption.
namespace klout7::crypto::chunked {

inline constexpr std::size_t salt_bytes = 24;
inline constexpr std::size_t commitment_bytes = 32;
inline constexpr std::size_t prefix_bytes = salt_bytes + commitment_bytes;
inline constexpr std::size_t chunk_bytes = 16 * 1024;
inline constexpr std::size_t sealed_chunk_bytes = chunk_bytes + Aes256Gcm::tag_bytes;

/// Size of the message in `sealed` bytes (prefix included); nothing when no message has that size.
std::optional<std::uint64_t> plain_size(std::uint64_t sealed);

/// What a message's input key, salt and context derive.
struct Derived {
    Key256 key;
    std::array<std::uint8_t, Aes256Gcm::nonce_bytes> base_nonce;
    std::array<std::uint8_t, commitment_bytes> commitment;
};
Derived derive(Key256 const& input_key, BytesView salt, BytesView context);

using Write = std::function<bool(BytesView)>;

class Sealer {
public:
    Sealer(Key256 const& input_key, BytesView context, Random& random);
    BytesView prefix() const { return prefix_; }
    /// False when `write` said stop.
    bool add(BytesView plain, Write const& write);
    bool finish(Write const& write);

private:
    Sealer(Key256 const& input_key, BytesView context, Bytes salt);
    bool seal_chunk(BytesView plain, Write const& write);
    Bytes prefix_;
    Derived derived_;
    Aes256Gcm cipher_;
    SecretBytes pending_{chunk_bytes};
    std::size_t pending_size_ = 0;
    Bytes sealed_ = Bytes(sealed_chunk_bytes);
    std::uint64_t number_ = 0;
};

class Opener {
public:
    /// Nothing when the commitment in `prefix` is not that of this key and context.
    static std::optional<Opener> open(Key256 const& input_key, BytesView context, BytesView prefix);
    bool open(std::uint64_t number, BytesView sealed, BytesSpan out) const;

private:
    explicit Opener(Derived derived) : base_nonce_(derived.base_nonce), cipher_(derived.key) {}
    std::array<std::uint8_t, Aes256Gcm::nonce_bytes> base_nonce_;
    Aes256Gcm cipher_;
};

}  // namespace klout7::crypto::chunked
