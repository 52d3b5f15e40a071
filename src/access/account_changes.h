#pragma once

#include <string>
#include <string_view>

#include "access/frame.h"
#include "access/notices.h"
#include "account_row.h"
#include "base/secret_bytes.h"

namespace klout7::access {

/// Where a change of an account is written.
template <class Zone>
struct AccountWork {
    Frame<Zone> const& frame;
    store::Transaction& tx;
    Instant now;

    crypto::Keyring<Zone> const& keyring() const { return frame.keys.keyring(); }
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

/// A new account with a welcome password, of which this is the hash.
template <class Zone>
void add_account(AccountWork<Zone> const& work, UserId user, NewAccount const& account,
                 std::string_view password_hash);

/// Nobody signs in with the account any more: mandates, drafts and sessions end.
template <class Zone>
void close_account(AccountWork<Zone> const& work, AccountRow account);

/// The other side hears of the account of somebody who works here, as it stands now.
template <class Zone>
void tell_other_side(AccountWork<Zone> const& work, AccountRow const& account);

/// Every administrator of the side hears of something, but for `but`.
template <class Zone>
void tell_administrators(AccountWork<Zone> const& work, NoticeKind kind, UserId but = {});

}  // namespace klout7::access
