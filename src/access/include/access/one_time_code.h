#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/instant.h"
#include "base/random.h"
#include "base/secret_bytes.h"

namespace klout7::access {

inline constexpr std::int64_t totp_step_seconds = 30;
inline constexpr int totp_digits = 6;
/// Steps that a clock may be wrong, either way.
inline constexpr std::int64_t totp_drift_steps = 1;
inline constexpr std::size_t totp_secret_bytes = 20;

constexpr std::int64_t totp_step_at(Instant at) { return at.seconds() / totp_step_seconds; }

/// The code of a step: HMAC-SHA-1, as authenticator programs implement it. Source: RFC 6238, RFC 4226 5.3.
std::string totp_code(BytesView secret, std::int64_t step, int digits = totp_digits);

/// The step that this code belongs to, if it is near enough and after the last one used; each step once.
std::optional<std::int64_t> matching_step(BytesView secret, std::string_view code, Instant now,
                                          std::int64_t last_used_step);

SecretBytes new_totp_secret(Random& random);
/// What an authenticator program reads: otpauth://totp/... with the secret in base32.
std::string otpauth_uri(std::string_view account, BytesView secret);

}  // namespace klout7::access
