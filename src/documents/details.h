#pragma once

#include <optional>

#include "base/secret_bytes.h"
#include "documents/documents.h"

namespace klout7::documents {

/// What the sealed cell `details` says: deterministic CBOR, a map of 1 case id, 2 file name, 3 content type,
/// 4 size in bytes, 5 SHA-256 of the content. The case is in it so that a row moved to another case tells.
SecretBytes encode_details(CaseId case_id, DocumentDetails const& details);
/// Nothing when it is not that, or speaks of another case.
std::optional<DocumentDetails> decode_details(CaseId case_id, BytesView bytes);

}  // namespace klout7::documents
