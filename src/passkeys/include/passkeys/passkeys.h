#pragma once

#include <array>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

#include "base/bytes.h"

/// Passkeys: what a browser sends when one is made or used, checked step by step. Pure: no clock, no store.
/// Source: Web Authentication (WebAuthn), level 2, sections 7.1 and 7.2; CTAP 2.1, section 8 (CBOR).
namespace klout7::passkeys {

/// For whom passkeys are made: one side of one installation.
struct RelyingParty {
    std::string id;      ///< the host name, as browsers write it: "klout7.example"
    std::string origin;  ///< what the pages are served from: "https://klout7.example:8443"
};

/// The signatures that we take, by their COSE number, best first; RSA with 2,048 bits only.
/// Source: RFC 9053, section 2; RFC 8812, section 2.
enum class Algorithm : std::int32_t { es256 = -7, ed25519 = -8, rs256 = -257 };
inline constexpr std::array algorithms{Algorithm::es256, Algorithm::ed25519, Algorithm::rs256};

/// What is kept of a passkey.
struct Passkey {
    Bytes credential_id;  ///< 16 to 1,023 bytes
    Algorithm algorithm = Algorithm::es256;
    Bytes public_key;            ///< as libfido2 holds it: x, y; the Ed25519 key; modulus and exponent
    std::uint32_t counter = 0;   ///< 0 as long as the authenticator does not count
    bool may_be_copied = false;  ///< it can be on more than one device of its owner ("backup eligible")
    std::array<std::uint8_t, 16> model{};  ///< AAGUID; all zero when it was not told
};

/// Why something that calls itself a passkey is none. The caller is told none of this: it is for the log.
enum class Fault {
    too_large,
    client_data_not_json,
    wrong_type,       ///< made for the other ceremony
    wrong_challenge,  ///< not an answer to our question
    wrong_origin,     ///< another site asked
    cross_origin,     ///< a page within a page of another site asked
    not_cbor,
    unknown_format,  ///< an attestation other than `none` and `packed`
    malformed,       ///< too short, or something follows that does not belong
    wrong_relying_party,
    user_not_present,
    user_not_verified,
    wrong_flags,  ///< flags that contradict each other, or what is known of this passkey
    no_credential,
    credential_id_size,
    unknown_algorithm,
    bad_key,
    wrong_attestation,  ///< the statement does not fit, or its signature is wrong
    wrong_user,
    wrong_signature,
    old_counter,  ///< no higher than the last one: a copy of the passkey may be about
};

/// The code of a fault in the log. Never changes.
std::string_view name_of(Fault fault);

/// What a browser sends when a passkey was made.
struct Registration {
    BytesView client_data;  ///< JSON, as the browser wrote it
    BytesView attestation;  ///< CBOR
};

/// Attestation `none` or `packed`; the signature of the latter must be right, its maker is not judged.
std::expected<Passkey, Fault> check_registration(RelyingParty const& party, BytesView challenge,
                                                 Registration const& made);

/// What a browser sends when a passkey was used.
struct Assertion {
    BytesView client_data;
    BytesView authenticator_data;
    BytesView signature;
    BytesView user_handle;  ///< empty when the authenticator keeps none
};

/// The counter to keep from now on. `user_handle` is what its owner was registered with.
std::expected<std::uint32_t, Fault> check_assertion(RelyingParty const& party, BytesView challenge,
                                                    Passkey const& passkey, BytesView user_handle,
                                                    Assertion const& used);

}  // namespace klout7::passkeys
