#include "proof.h"

namespace klout7::api {

Bytes bytes_in(JsonInput const& input, std::string_view name) {
    return from_base64url(input.text(name)).value_or(Bytes{});
}

access::Proof proof_of(JsonInput const& input) {
    access::Proof proof{.code = input.text("code")};
    if (input.text("passkey").empty()) return proof;
    proof.passkey = {.challenge = bytes_in(input, "challenge"),
                     .credential_id = bytes_in(input, "passkey"),
                     .client_data = bytes_in(input, "client_data"),
                     .authenticator_data = bytes_in(input, "authenticator_data"),
                     .signature = bytes_in(input, "signature"),
                     .user_handle = bytes_in(input, "user_handle")};
    return proof;
}

json::object to_json(BytesView challenge, passkeys::RelyingParty const& party) {
    return {{"challenge", to_base64url(challenge)}, {"relying_party", party.id}};
}

}  // namespace klout7::api
