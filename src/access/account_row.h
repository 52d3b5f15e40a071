#pragma once

#include <optional>
#include <vector>

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
};

template <class Zone>
crypto::Sha256 tag_of(crypto::Keyring<Zone> const& keyring, AccountRow const& row);

/// The account, when there is one. A row that carries another tag ends the work (broken).
template <class Zone>
std::optional<AccountRow> load_account(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                                       UserId user);
/// The accounts of this role that are not closed, by id.
template <class Zone>
std::vector<AccountRow> load_accounts(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                                      Role role);

extern template crypto::Sha256 tag_of(crypto::Keyring<OfficeZone> const&, AccountRow const&);
extern template crypto::Sha256 tag_of(crypto::Keyring<MedicalZone> const&, AccountRow const&);
extern template std::optional<AccountRow> load_account(store::Transaction&,
                                                       crypto::Keyring<OfficeZone> const&, UserId);
extern template std::optional<AccountRow> load_account(store::Transaction&,
                                                       crypto::Keyring<MedicalZone> const&, UserId);
extern template std::vector<AccountRow> load_accounts(store::Transaction&, crypto::Keyring<OfficeZone> const&,
                                                      Role);
extern template std::vector<AccountRow> load_accounts(store::Transaction&,
                                                      crypto::Keyring<MedicalZone> const&, Role);

}  // namespace klout7::access
