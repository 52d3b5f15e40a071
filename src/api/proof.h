#pragma once

#include "access/factors.h"
#include "api/json.h"

namespace klout7::api {

/// Bytes as browsers write them, base64url; what is none becomes nothing, which fits nothing.
Bytes bytes_in(JsonInput const& input, std::string_view name);

/// What is shown beside the password: `code`, or the fields of a passkey.
access::Proof proof_of(JsonInput const& input);

/// The question that a passkey answers, and for whom.
json::object to_json(BytesView challenge, passkeys::RelyingParty const& party);

}  // namespace klout7::api
