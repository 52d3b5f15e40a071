#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "audit/tree.h"
#include "base/id.h"
#include "base/side.h"
#include "crypto/signature.h"

namespace klout7::audit {

/// The state of a log under a signature: a signed note. Source: c2sp.org/tlog-checkpoint,
/// c2sp.org/signed-note.
struct Checkpoint {
    std::string origin;
    std::uint64_t size = 0;
    Hash head{};
};

/// "klout7/<installation>/<side>".
std::string log_origin(Uuid installation, Side side);

std::string sign_checkpoint(Checkpoint const& checkpoint, crypto::SigningKey const& key);
/// Nothing unless the signature of this key, under the origin as name, holds.
std::optional<Checkpoint> read_checkpoint(std::string_view note, crypto::Ed25519PublicKey const& key);
/// What an auditor's own program needs to check the log: name+key hash+key. Source: c2sp.org/signed-note.
std::string verifier_key(std::string_view origin, crypto::Ed25519PublicKey const& key);

}  // namespace klout7::audit
