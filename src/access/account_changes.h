#pragma once

#include <string>
#include <string_view>

#include "account_row.h"
#include "base/secret_bytes.h"

namespace klout7::access {

/// Where a change of an account is written.
template <class Zone>
struct AccountWork {
    store::Transaction& tx;
    crypto::Keyring<Zone> const& keyring;
    Random& random;
    Instant now;
};

/// The second factors of a user are gone and no device is known any more; the user hears of it.
template <class Zone>
void end_all_factors(AccountWork<Zone> const& work, UserId user);

/// This half of a code and the one it returns stand in together for a second factor, until there is one.
template <class Zone>
SecretBytes keep_set_up_code(AccountWork<Zone> const& work, UserId user, std::string_view first_half);

/// A new welcome password and its hash. Hashing takes long: before the database is asked for anything.
struct HashedWelcome {
    SecretBytes password;
    std::string hash;
};
HashedWelcome make_welcome(Random& random);

/// A welcome password, of which this is the hash, in the place of the own one; sessions end, the user hears
/// of it. Until when it counts.
template <class Zone>
Instant keep_welcome(AccountWork<Zone> const& work, AccountRow account, std::string_view password_hash);

/// Nobody signs in with the account any more: mandates and sessions end.
template <class Zone>
void close_account(AccountWork<Zone> const& work, AccountRow account);

}  // namespace klout7::access
