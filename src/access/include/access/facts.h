#pragma once

#include "access/actor.h"
#include "crypto/keyring.h"
#include "store/database.h"

namespace klout7::access {

/// Completes the facts about a thing with what was written down about this actor: that the one whose it is
/// handed it over, or that the glass of it was broken. Reads the database only when that can matter.
template <class Zone>
void complete(store::Transaction& tx, crypto::Keyring<Zone> const& keyring, Actor const& actor, Instant now,
              ObjectFacts& facts);

}  // namespace klout7::access
