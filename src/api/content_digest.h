#pragma once

#include <optional>

#include "access/failure.h"
#include "crypto/hash.h"
#include "transport/http.h"

namespace klout7::api {

/// The SHA-256 that the header Content-Digest gives of the content; nothing when there is none, or only ones
/// of other kinds. Errors: invalid. Source: RFC 9530 2; RFC 8941 3.2, 3.3.5.
access::Given<std::optional<crypto::Sha256>> declared_digest(transport::Headers const& headers);

}  // namespace klout7::api
