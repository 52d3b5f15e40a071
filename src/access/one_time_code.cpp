#include "access/one_time_code.h"

#include <fmt/format.h>

#include "crypto/hash.h"

namespace klout7::access {

std::string totp_code(BytesView secret, std::int64_t step, int digits) {
    Bytes counter;
    append_u64(counter, static_cast<std::uint64_t>(step));
    auto const hash = crypto::hmac_sha1(secret, counter);
    // RFC 4226 5.3: dynamic truncation.
    std::size_t const offset = hash.back() & 0x0FU;
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < 4; ++i) number = number << 8U | hash[offset + i];
    number &= 0x7FFF'FFFFU;
    std::uint32_t modulus = 1;
    for (int i = 0; i < digits; ++i) modulus *= 10;
    return fmt::format("{:0{}}", number % modulus, digits);
}

std::optional<std::int64_t> matching_step(BytesView secret, std::string_view code, Instant now,
                                          std::int64_t last_used_step) {
    std::optional<std::int64_t> match;
    auto const current = totp_step_at(now);
    for (auto step = current - totp_drift_steps; step <= current + totp_drift_steps; ++step) {
        auto const expected = totp_code(secret, step);
        bool const same = equal_in_constant_time(bytes_of(expected), bytes_of(code));
        if (same && step > last_used_step && !match) match = step;
    }
    return match;
}

SecretBytes new_totp_secret(Random& random) {
    SecretBytes secret{totp_secret_bytes};
    random.fill(secret.span());
    return secret;
}

std::string otpauth_uri(std::string_view account, BytesView secret) {
    return fmt::format("otpauth://totp/Klout7:{}?secret={}&issuer=Klout7&algorithm=SHA1&digits={}&period={}",
                       account, to_base32(secret), totp_digits, totp_step_seconds);
}

}  // namespace klout7::access
