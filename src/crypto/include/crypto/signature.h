#pragma once

#include <array>
#include <memory>

#include "base/bytes.h"
#include "crypto/key.h"

namespace klout7::crypto {

using Ed25519PublicKey = std::array<std::uint8_t, 32>;
using Ed25519Signature = std::array<std::uint8_t, 64>;

/// An Ed25519 key from a 32-byte seed. Source: RFC 8032.
class SigningKey {
public:
    explicit SigningKey(Key256 seed);
    Ed25519Signature sign(BytesView message) const;
    Ed25519PublicKey const& public_key() const { return public_key_; }

private:
    Key256 seed_;
    Ed25519PublicKey public_key_;
};

bool verify(Ed25519PublicKey const& key, BytesView message, Ed25519Signature const& signature);

}  // namespace klout7::crypto
