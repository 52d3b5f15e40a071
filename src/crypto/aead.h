#pragma once

#include <array>
#include <memory>

#include "base/bytes.h"
#include "crypto/key.h"

struct evp_cipher_ctx_st;

namespace klout7::crypto {

/// AES-256-GCM with one key. The key schedule is done once; each message only sets its nonce.
/// One thread at a time. Source: NIST SP 800-38D.
class Aes256Gcm {
public:
    static constexpr std::size_t nonce_bytes = 12;
    static constexpr std::size_t tag_bytes = 16;

    explicit Aes256Gcm(Key256 const& key);
    /// Writes ciphertext and tag: `out` is plain.size() + 16 long.
    void seal(BytesView nonce, BytesView associated_data, BytesView plain, BytesSpan out) const;
    /// Reads ciphertext and tag into `out`, which is sealed.size() - 16 long; false when altered, and
    /// `out` is wiped then.
    bool open(BytesView nonce, BytesView associated_data, BytesView sealed, BytesSpan out) const;

private:
    struct Free {
        void operator()(evp_cipher_ctx_st* context) const noexcept;
    };
    using Context = std::unique_ptr<evp_cipher_ctx_st, Free>;
    Context sealing_;
    Context opening_;
};

}  // namespace klout7::crypto
