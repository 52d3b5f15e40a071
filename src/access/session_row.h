#pragma once

#include <string>
#include <string_view>

#include "access/frame.h"
#include "crypto/hash.h"

namespace klout7::access {

/// What a session's row says that must not be made up: under a tag. When it was seen last and when it ended
/// are not: to set them back gives nobody a session who does not hold its token.
struct SessionRow {
    SessionId session;
    crypto::Sha256 token_hash;
    UserId user;
    bool must_change_password;
    Instant created_at;
    Instant fresh_at;
    bool must_add_factor;
};
template <class Zone>
crypto::Sha256 tag_of(crypto::Keyring<Zone> const& keyring, SessionRow const& row);

/// A new secret for a cookie; only its hash is kept.
std::string new_token(Random& random);
inline crypto::Sha256 hash_of_token(std::string_view token) { return crypto::sha256(bytes_of(token)); }

/// Where the network address is sealed from which a session was opened.
inline crypto::CellPlace source_cell(SessionId session) { return {"user_session", "source", session.uuid()}; }

/// Whether the session of someone with this role is neither idle nor too old.
bool is_within_limits(Role role, Instant created, Instant seen, Instant now);

/// All sessions of this user end at once.
void end_sessions(store::Transaction& tx, UserId user, Instant now);
void end_other_sessions(store::Transaction& tx, Actor const& actor, Instant now);

/// What the session of this actor is from now on: fresh or not, open for everything; under another token, so
/// that whoever knew the old one is out. Source: OWASP ASVS 5, 7.2.4.
template <class Zone>
std::string renew_session(Unit<Zone>& unit, Instant fresh_at);

}  // namespace klout7::access
