#pragma once

#include <array>
#include <expected>

#include "base/bytes.h"
#include "base/random.h"
#include "base/secret_bytes.h"
#include "crypto/errors.h"
#include "crypto/key.h"

namespace klout7::crypto {

// Hybrid public key encryption, one message per context. Source: RFC 9180.
// Suite: DHKEM(X25519, HKDF-SHA256) 0x0020, HKDF-SHA256 0x0001, AES-256-GCM 0x0002; mode_auth (0x02),
// so that only the holder of the sender's key can have made a message.

using HpkePublicKey = std::array<std::uint8_t, 32>;

class HpkePrivateKey {
public:
    explicit HpkePrivateKey(Key256 key);
    static HpkePrivateKey random(Random& random) { return HpkePrivateKey{Key256::random(random)}; }
    HpkePublicKey const& public_key() const { return public_key_; }
    Key256 const& key() const { return key_; }

private:
    Key256 key_;
    HpkePublicKey public_key_;
};

/// enc(32) | ciphertext | tag(16).
Bytes hpke_seal(HpkePublicKey const& recipient, HpkePrivateKey const& sender, BytesView info,
                BytesView associated_data, BytesView plain, Random& random);
/// Errors: malformed, altered.
std::expected<SecretBytes, OpenError> hpke_open(HpkePrivateKey const& recipient, HpkePublicKey const& sender,
                                                BytesView info, BytesView associated_data, BytesView sealed);

}  // namespace klout7::crypto
