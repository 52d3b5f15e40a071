#include "access/accounts.h"

#include "access/one_time_code.h"
#include "base/check.h"
#include "base/text.h"
#include "crypto/password_hash.h"

namespace klout7::access {
namespace {

using AccountRow =
    store::Row<UserId, Bytes, Bytes, std::string, std::optional<EmployerId>, std::optional<std::int64_t>>;

template <class Zone>
AccountView view_of(crypto::CellCipher<Zone> const& cells, AccountRow const& row) {
    auto const& [user, name, display, role, employer, closed] = row;
    auto const open = [&](std::string_view column, Bytes const& cell) {
        auto const text = cells.open({"user_account", column, user.uuid()}, cell);
        return text ? std::string{text->text()} : std::string{};
    };
    auto const parsed = parse_role(role);
    require(parsed.has_value(), "a stored role is one of ours");
    return {user,     open("user_name", name), open("display_name", display), *parsed,
            employer, closed.has_value()};
}

}  // namespace

template <class Zone>
Welcome create_account(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                       NewAccount const& account, Instant now, Random& random) {
    require(exists_on(Zone::side, account.role), "an account has a role of its side");
    require(count_code_points(account.display_name) <= 100, "a display name within its limit");
    Welcome welcome{UserId::make(now, random), new_welcome_password(random), new_totp_secret(random),
                    now + welcome_lasts};
    auto const cells = keyring.cells();
    auto const seal = [&](std::string_view column, BytesView plain) {
        return cells.seal({"user_account", column, welcome.user.uuid()}, plain, random);
    };
    auto const hash = crypto::hash_password(welcome.password.text(), {}, random);
    tx.execute(
        "INSERT INTO user_account (id, name_index, user_name, display_name, role, person_id, employer_id, "
        "responsible_id, password_hash, password_is_welcome, welcome_until, totp_secret, totp_last_step, "
        "created_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, 0, ?)",
        welcome.user, keyring.blind_index(crypto::IndexColumn::user_name, account.user_name.text()),
        seal("user_name", bytes_of(account.user_name.text())),
        seal("display_name", bytes_of(account.display_name)), name_of(account.role), account.person,
        account.employer, account.responsible, seal("password_hash", bytes_of(hash)), welcome.password_until,
        seal("totp_secret", welcome.totp_secret.view()), now);
    return welcome;
}

template <class Zone>
std::optional<AccountView> find_account(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                                        UserId user) {
    auto const row =
        tx.row<UserId, Bytes, Bytes, std::string, std::optional<EmployerId>, std::optional<std::int64_t>>(
            "SELECT id, user_name, display_name, role, employer_id, closed_at FROM user_account WHERE id = ?",
            user);
    if (!row) return std::nullopt;
    return view_of(keyring.cells(), *row);
}

template <class Zone>
std::vector<AccountView> accounts_of_role(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                                          Role role) {
    auto const cells = keyring.cells();
    std::vector<AccountView> views;
    for (auto const& row :
         tx.rows<UserId, Bytes, Bytes, std::string, std::optional<EmployerId>, std::optional<std::int64_t>>(
             "SELECT id, user_name, display_name, role, employer_id, closed_at FROM user_account "
             "WHERE role = ? AND closed_at IS NULL ORDER BY id",
             name_of(role))) {
        views.push_back(view_of(cells, row));
    }
    return views;
}

template <class Zone>
std::optional<UserId> find_user(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                                UserName const& name) {
    auto const row = tx.row<UserId>("SELECT id FROM user_account WHERE name_index = ?",
                                    keyring.blind_index(crypto::IndexColumn::user_name, name.text()));
    if (!row) return std::nullopt;
    return std::get<0>(*row);
}

#define KLOUT7_FOR(Zone)                                                                                  \
    template Welcome create_account(store::Transaction&, crypto::Keyring<Zone> const&, NewAccount const&, \
                                    Instant, Random&);                                                    \
    template std::optional<AccountView> find_account(store::Transaction&, crypto::Keyring<Zone> const&,   \
                                                     UserId);                                             \
    template std::vector<AccountView> accounts_of_role(store::Transaction&, crypto::Keyring<Zone> const&, \
                                                       Role);                                             \
    template std::optional<UserId> find_user(store::Transaction&, crypto::Keyring<Zone> const&,           \
                                             UserName const&);
KLOUT7_FOR(OfficeZone)
KLOUT7_FOR(MedicalZone)
#undef KLOUT7_FOR

}  // namespace klout7::access
