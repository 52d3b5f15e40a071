#pragma once

#include <optional>
#include <string>

#include "access/roles.h"
#include "crypto/keyring.h"
#include "store/database.h"

namespace klout7::access {

/// The columns of an account that say whose it is and what it may do: they stand under a tag. Password hash
/// and second factor are sealed cells, which are bound to their row already.
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
};

template <class Zone>
crypto::Sha256 tag_of(crypto::Keyring<Zone> const& keyring, AccountRow const& row);

/// The account, when there is one. A row that carries another tag ends the work (broken).
template <class Zone>
std::optional<AccountRow> load_account(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                                       UserId user);

extern template crypto::Sha256 tag_of(crypto::Keyring<OfficeZone> const&, AccountRow const&);
extern template crypto::Sha256 tag_of(crypto::Keyring<MedicalZone> const&, AccountRow const&);
extern template std::optional<AccountRow> load_account(store::Transaction&,
                                                       crypto::Keyring<OfficeZone> const&, UserId);
extern template std::optional<AccountRow> load_account(store::Transaction&,
                                                       crypto::Keyring<MedicalZone> const&, UserId);

}  // namespace klout7::access
