#pragma once

#include <optional>
#include <vector>

#include "access/accounts.h"
#include "access/roles.h"
#include "crypto/keyring.h"
#include "store/database.h"

namespace klout7::access {

/// An account as its row says it. Whose it is and what it may do stands under a tag; the names are sealed
/// cells, which are bound to their row already, as are password hash and second factor.
struct AccountRow {
    UserId user;
    crypto::BlindIndex name_index;
    Role role;
    std::optional<PersonId> person;
    std::optional<EmployerId> employer;
    std::optional<UserId> responsible;
    bool password_is_welcome = true;
    std::optional<Instant> welcome_until;
    std::optional<Instant> closed_at;
    Bytes user_name;     ///< sealed
    Bytes display_name;  ///< sealed
    /// Nothing of a client, and of accounts from before it was asked for.
    std::optional<crypto::BlindIndex> e_mail_index = {};
    std::optional<Bytes> e_mail = {};  ///< sealed
};

template <class Zone>
crypto::Sha256 tag_of(crypto::Keyring<Zone> const& keyring, AccountRow const& row);

/// The account, when there is one. A row that carries another tag ends the work (broken).
template <class Zone>
std::optional<AccountRow> load_account(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                                       UserId user);
/// The accounts behind this one, by id, closed ones too; so many at most.
template <class Zone>
std::vector<AccountRow> load_accounts_after(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                                            UserId after, int at_most);
/// The account as it is shown.
template <class Zone>
AccountView view_of(crypto::Keyring<Zone> const& keyring, AccountRow const& row);

/// An account with a welcome password, of which this is the hash. A user name that is taken ends the work
/// (already_there).
template <class Zone>
void insert_account(store::Transaction& tx, crypto::Keyring<Zone> const& keyring, UserId user,
                    NewAccount const& account, std::string_view password_hash, Instant now, Random& random);
/// What may change of it: the role and what belongs to it, whether its password is a welcome one, whether it
/// is closed.
template <class Zone>
void update_account(store::Transaction& tx, crypto::Keyring<Zone> const& keyring, AccountRow const& row);

/// By what an address is found again, in every table of the side.
template <class Zone>
crypto::BlindIndex index_of(crypto::Keyring<Zone> const& keyring, EMail const& e_mail);
/// The accounts with this e-mail address that are not closed.
template <class Zone>
std::vector<AccountRow> load_accounts_of(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                                         EMail const& e_mail);
/// The accounts of this role that are not closed, by id.
template <class Zone>
std::vector<AccountRow> load_accounts(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                                      Role role);

}  // namespace klout7::access
