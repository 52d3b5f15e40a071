#pragma once

#include <optional>
#include <string>

#include "passkeys/passkeys.h"

/// libfido2: what keys and signatures are. Nothing else of it is used; no device is ever spoken to.
namespace klout7::passkeys {

/// A passkey that was just made, as its authenticator and the browser tell of it.
struct Made {
    std::string const& relying_party;
    Algorithm algorithm;
    BytesView client_data;
    BytesView authenticator_data;
    int protection;  ///< what the authenticator says of how it is protected
};

/// The public key in there, when it is one of this algorithm and a valid one.
std::optional<Bytes> public_key_of(Made const& made);

/// Whether a `packed` statement signs all of it: with the key of its certificate, or with the passkey.
bool is_attested(Made const& made, BytesView statement, bool with_certificate);

/// Whether the passkey signed this.
bool is_signed(std::string const& relying_party, Passkey const& passkey, Assertion const& used);

}  // namespace klout7::passkeys
