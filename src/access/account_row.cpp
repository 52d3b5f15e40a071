#include "account_row.h"

#include "store/row_tag.h"

namespace klout7::access {

template <class Zone>
crypto::Sha256 tag_of(crypto::Keyring<Zone> const& keyring, AccountRow const& row) {
    return store::row_tag(keyring, "user_account",
                          {row.user, row.name_index, name_of(row.role), row.person, row.employer,
                           row.responsible, row.password_is_welcome, row.welcome_until, row.closed_at});
}

namespace {

/// The accounts that a statement with one parameter finds.
template <class Zone>
std::vector<AccountRow> accounts_where(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                                       store::Sql sql, store::Value const& parameter) {
    std::vector<AccountRow> accounts;
    for (auto& [user, index, role_name, person, employer, responsible, is_welcome, until, closed, user_name,
                display_name, tag] :
         tx.rows<UserId, crypto::BlindIndex, std::string, std::optional<PersonId>, std::optional<EmployerId>,
                 std::optional<UserId>, bool, std::optional<Instant>, std::optional<Instant>, Bytes, Bytes,
                 crypto::Sha256>(sql, parameter)) {
        auto const role = parse_role(role_name);
        if (!role) store::unexpected_cell();
        AccountRow row{user,
                       index,
                       *role,
                       person,
                       employer,
                       responsible,
                       is_welcome,
                       until,
                       closed,
                       std::move(user_name),
                       std::move(display_name)};
        store::require_row_tag(tag, tag_of(keyring, row));
        accounts.push_back(std::move(row));
    }
    return accounts;
}

}  // namespace

template <class Zone>
std::optional<AccountRow> load_account(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                                       UserId user) {
    auto found = accounts_where(
        tx, keyring,
        "SELECT id, name_index, role, person_id, employer_id, responsible_id, password_is_welcome, "
        "welcome_until, closed_at, user_name, display_name, tag FROM user_account WHERE id = ?",
        user);
    return found.empty() ? std::nullopt : std::optional{std::move(found.front())};
}

template <class Zone>
std::vector<AccountRow> load_accounts(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                                      Role role) {
    return accounts_where(
        tx, keyring,
        "SELECT id, name_index, role, person_id, employer_id, responsible_id, password_is_welcome, "
        "welcome_until, closed_at, user_name, display_name, tag FROM user_account "
        "WHERE role = ? AND closed_at IS NULL ORDER BY id",
        name_of(role));
}

template crypto::Sha256 tag_of(crypto::Keyring<OfficeZone> const&, AccountRow const&);
template crypto::Sha256 tag_of(crypto::Keyring<MedicalZone> const&, AccountRow const&);
template std::optional<AccountRow> load_account(store::Transaction&, crypto::Keyring<OfficeZone> const&,
                                                UserId);
template std::optional<AccountRow> load_account(store::Transaction&, crypto::Keyring<MedicalZone> const&,
                                                UserId);
template std::vector<AccountRow> load_accounts(store::Transaction&, crypto::Keyring<OfficeZone> const&, Role);
template std::vector<AccountRow> load_accounts(store::Transaction&, crypto::Keyring<MedicalZone> const&,
                                               Role);

}  // namespace klout7::access
