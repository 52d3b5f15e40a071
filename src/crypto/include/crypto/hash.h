#pragma once

#include <array>

#include "base/bytes.h"
#include "base/secret_bytes.h"

namespace klout7::crypto {

using Sha256 = std::array<std::uint8_t, 32>;

/// Source: FIPS 180-4.
Sha256 sha256(BytesView data);

/// SHA-256 of what arrives in pieces.
class Sha256Stream {
public:
    Sha256Stream();
    ~Sha256Stream();
    Sha256Stream(Sha256Stream&&) noexcept;
    Sha256Stream& operator=(Sha256Stream&&) noexcept;
    void add(BytesView data);
    Sha256 finish();

private:
    void* context_;
};

/// Source: FIPS 198-1, RFC 2104.
Sha256 hmac_sha256(BytesView key, BytesView data);
/// Only for one-time codes: RFC 6238 as authenticator programs implement it.
std::array<std::uint8_t, 20> hmac_sha1(BytesView key, BytesView data);

/// Only for passwords of database accounts, as MariaDB keeps them. Source: RFC 3174.
std::array<std::uint8_t, 20> sha1(BytesView data);

/// Source: RFC 5869.
SecretBytes hkdf_sha256_extract(BytesView salt, BytesView input_key);
SecretBytes hkdf_sha256_expand(BytesView pseudo_random_key, BytesView info, std::size_t size);
SecretBytes hkdf_sha512_expand(BytesView pseudo_random_key, BytesView info, std::size_t size);

}  // namespace klout7::crypto
