#pragma once

#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/random.h"

namespace klout7::crypto {

/// Argon2id, version 0x13. Source: RFC 9106; OWASP password storage.
struct Argon2Cost {
    std::uint32_t memory_kib = 64 * 1024;
    std::uint32_t passes = 3;
};

/// The PHC string ($argon2id$v=19$...) of a password with a fresh 16-byte salt. At most two run at a
/// time in a process, others wait: memory is not an attacker's to exhaust.
std::string hash_password(std::string_view password, Argon2Cost cost, Random& random);
/// Argon2id itself, for what must come out the same again: `pepper` is its secret value K (RFC 9106, 3.1).
Bytes stretch_password(std::string_view password, BytesView salt, BytesView pepper, Argon2Cost cost,
                       std::size_t size_bytes);
/// Constant time in the password. False for a string that is not a PHC string of Argon2id.
bool verify_password(std::string_view password, std::string_view phc);

}  // namespace klout7::crypto
