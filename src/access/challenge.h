#pragma once

#include <string_view>

#include "base/id.h"
#include "base/instant.h"
#include "base/random.h"
#include "crypto/keyring.h"
#include "store/database.h"

namespace klout7::access {

/// A question that a passkey answers. Nothing is kept of it until it is answered, so that asking, which
/// anybody may, costs nothing: it carries its own proof that we asked it, when, for what and whom.

inline constexpr Duration challenge_lasts = Duration::minutes(5);

/// What it is asked for. A question about one thing is no question about another.
enum class Asked { signing_in, new_passkey, showing_again };

/// `whom` is the session, or nil for who has none yet.
template <class Zone>
Bytes new_challenge(crypto::Keyring<Zone> const& keyring, Asked asked, Uuid whom, Instant now,
                    Random& random);

/// Whether we asked this, not too long ago.
template <class Zone>
bool is_challenge(crypto::Keyring<Zone> const& keyring, Asked asked, Uuid whom, Instant now,
                  BytesView challenge);

/// Answers it, once. False when it was answered before; two at the same moment end as already_there.
bool take_challenge(store::Transaction& tx, BytesView challenge, Instant now);

}  // namespace klout7::access
