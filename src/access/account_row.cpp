#include "account_row.h"

#include "base/check.h"
#include "store/row_tag.h"

namespace klout7::access {

template <class Zone>
crypto::Sha256 tag_of(crypto::Keyring<Zone> const& keyring, AccountRow const& row) {
    return store::row_tag(keyring, "user_account",
                          {row.user, row.name_index, name_of(row.role), row.person, row.employer,
                           row.responsible, row.password_is_welcome, row.welcome_until, row.closed_at});
}

template <class Zone>
std::optional<AccountRow> load_account(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                                       UserId user) {
    auto const found =
        tx.row<crypto::BlindIndex, std::string, std::optional<PersonId>, std::optional<EmployerId>,
               std::optional<UserId>, bool, std::optional<Instant>, std::optional<Instant>, crypto::Sha256>(
            "SELECT name_index, role, person_id, employer_id, responsible_id, password_is_welcome, "
            "welcome_until, closed_at, tag FROM user_account WHERE id = ?",
            user);
    if (!found) return std::nullopt;
    auto const& [index, role_name, person, employer, responsible, is_welcome, until, closed, tag] = *found;
    auto const role = parse_role(role_name);
    if (!role) store::unexpected_cell();
    AccountRow const row{user, index, *role, person, employer, responsible, is_welcome, until, closed};
    store::require_row_tag(tag, tag_of(keyring, row));
    return row;
}

template crypto::Sha256 tag_of(crypto::Keyring<OfficeZone> const&, AccountRow const&);
template crypto::Sha256 tag_of(crypto::Keyring<MedicalZone> const&, AccountRow const&);
template std::optional<AccountRow> load_account(store::Transaction&, crypto::Keyring<OfficeZone> const&,
                                                UserId);
template std::optional<AccountRow> load_account(store::Transaction&, crypto::Keyring<MedicalZone> const&,
                                                UserId);

}  // namespace klout7::access
