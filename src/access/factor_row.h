#pragma once

#include <optional>
#include <vector>

#include "access/factors.h"
#include "crypto/keyring.h"
#include "passkeys/passkeys.h"
#include "store/database.h"

namespace klout7::access {

/// A second factor as its row says it. Whose it is and whether it still counts stands under a tag; the secret
/// is a sealed cell, which is bound to its row already. How far it was used is not: to set that back gives
/// nobody a factor who does not hold it.
struct FactorRow {
    FactorId factor;
    UserId user;
    FactorKind kind;
    crypto::BlindIndex handle;  ///< tells whether it comes again, and nothing else
    Instant created_at;
    std::optional<Instant> ended_at;
    Bytes name;                   ///< sealed
    Bytes secret;                 ///< sealed: of an app its key, of a passkey what is kept of it
    std::int64_t used_up_to = 0;  ///< the last step of an app, the counter of a passkey
    std::optional<Instant> last_used_at;
};

/// The factors of this user that count, oldest first. A row that carries another tag ends the work (broken).
template <class Zone>
std::vector<FactorRow> load_factors(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                                    UserId user);

struct NewFactor {
    UserId user;
    FactorKind kind;
    std::string_view name;
    BytesView secret;
    BytesView handle_of;  ///< what no other factor has: the key of an app, the id of a passkey
    std::int64_t used_up_to = 0;
};
/// One that somebody has already ends the work (already_there).
template <class Zone>
FactorId insert_factor(store::Transaction& tx, crypto::Keyring<Zone> const& keyring, NewFactor const& factor,
                       Instant now, Random& random);

/// It counts no more.
template <class Zone>
void end_factor(store::Transaction& tx, crypto::Keyring<Zone> const& keyring, FactorRow row, Instant now);

/// What a sealed cell of this row holds. Nothing when it was altered, which stands in the operating log then.
template <class Zone>
std::optional<SecretBytes> open_secret(crypto::Keyring<Zone> const& keyring, FactorRow const& row);
template <class Zone>
std::optional<SecretBytes> open_name(crypto::Keyring<Zone> const& keyring, FactorRow const& row);

/// What is kept of a passkey, but for its counter: CBOR. Format: docs/data-formats.md, "Passkey".
Bytes encode(passkeys::Passkey const& passkey);
std::optional<passkeys::Passkey> decode_passkey(BytesView bytes);

}  // namespace klout7::access
