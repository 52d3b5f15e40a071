#pragma once

#include <array>
#include <optional>

#include "base/bytes.h"

namespace klout7::passkeys {

/// What an authenticator says of itself at the moment it is used. A view: the bytes outlive it.
/// Source: WebAuthn level 2, section 6.1.
struct AuthenticatorData {
    struct Flags {
        bool user_present;
        bool user_verified;
        bool backup_eligible;  ///< level 3, 6.1.3; older authenticators leave both at zero
        bool backed_up;
    };
    /// A passkey that was just made. Source: WebAuthn level 2, section 6.5.1.
    struct Credential {
        std::array<std::uint8_t, 16> model;
        BytesView id;
        BytesView public_key;  ///< COSE, one CBOR map
    };
    BytesView relying_party_hash;  ///< 32 bytes
    Flags flags{};
    std::uint32_t counter = 0;
    std::optional<Credential> credential;
    /// What the authenticator says of how the passkey is protected (CTAP 2.1, 12.1); 0 when nothing.
    int protection = 0;

    /// Nothing when the bytes are too few, too many, or not what the flags announce.
    static std::optional<AuthenticatorData> parse(BytesView bytes);
};

}  // namespace klout7::passkeys
