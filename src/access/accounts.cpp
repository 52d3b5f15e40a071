#include "access/accounts.h"

#include "access/one_time_code.h"
#include "account_row.h"
#include "base/check.h"
#include "base/text.h"
#include "crypto/password_hash.h"
#include "factor_row.h"

namespace klout7::access {
namespace {

template <class Zone>
AccountView view_of(crypto::Keyring<Zone> const& keyring, AccountRow const& row) {
    auto const cells = keyring.cells();
    auto const open = [&](std::string_view column, Bytes const& cell) {
        auto const text = cells.open({"user_account", column, row.user.uuid()}, cell);
        return text ? std::string{text->text()} : std::string{};
    };
    return {row.user,     open("user_name", row.user_name), open("display_name", row.display_name), row.role,
            row.employer, row.closed_at.has_value()};
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
    AccountRow const row{
        .user = welcome.user,
        .name_index = keyring.blind_index(crypto::IndexColumn::user_name, account.user_name.text()),
        .role = account.role,
        .person = account.person,
        .employer = account.employer,
        .responsible = account.responsible,
        .password_is_welcome = true,
        .welcome_until = welcome.password_until,
        .closed_at = {},
        .user_name = seal("user_name", bytes_of(account.user_name.text())),
        .display_name = seal("display_name", bytes_of(account.display_name))};
    tx.execute(
        "INSERT INTO user_account (id, name_index, user_name, display_name, role, person_id, employer_id, "
        "responsible_id, password_hash, password_is_welcome, welcome_until, created_at, tag) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        row.user, row.name_index, row.user_name, row.display_name, name_of(row.role), row.person,
        row.employer, row.responsible, seal("password_hash", bytes_of(hash)), row.password_is_welcome,
        row.welcome_until, now, tag_of(keyring, row));
    insert_factor(tx, keyring,
                  {.user = welcome.user,
                   .kind = FactorKind::authenticator_app,
                   .name = "Authenticator",
                   .secret = welcome.totp_secret.view(),
                   .handle_of = welcome.totp_secret.view()},
                  now, random);
    return welcome;
}

template <class Zone>
std::optional<AccountView> find_account(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                                        UserId user) {
    auto const row = load_account(tx, keyring, user);
    if (!row) return std::nullopt;
    return view_of(keyring, *row);
}

template <class Zone>
std::vector<AccountView> accounts_of_role(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                                          Role role) {
    std::vector<AccountView> views;
    for (auto const& row : load_accounts(tx, keyring, role)) views.push_back(view_of(keyring, row));
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
