#include "access/accounts.h"

#include <algorithm>

#include "access/one_time_code.h"
#include "account_changes.h"
#include "account_row.h"
#include "factor_row.h"
#include "other_side_row.h"

namespace klout7::access {

template <class Zone>
Welcome create_account(Frame<Zone> const& frame, store::Transaction& tx, NewAccount const& account) {
    auto const now = frame.clock.now();
    auto& random = frame.random;
    auto made = make_welcome(random);
    Welcome welcome{UserId::make(now, random), std::move(made.password), new_totp_secret(random),
                    now + welcome_lasts};
    add_account<Zone>({frame, tx, now}, welcome.user, account, made.hash);
    insert_factor(tx, frame.keys.keyring(),
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
bool holds_another_account(store::Transaction& tx, crypto::Keyring<Zone> const& keyring, EMail const& e_mail,
                           Role role, UserId but) {
    auto const own = load_accounts_of(tx, keyring, e_mail);
    auto const others = load_other_side_rows(tx, keyring, index_of(keyring, e_mail));
    return std::ranges::any_of(own,
                               [&](AccountRow const& row) {
                                   return row.user != but &&
                                          !may_be_one_person(Zone::side, role, Zone::side, row.role);
                               }) ||
           std::ranges::any_of(others, [&](OtherSideRow const& row) {
               return !may_be_one_person(Zone::side, role, other(Zone::side), row.role);
           });
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
    template Welcome create_account(Frame<Zone> const&, store::Transaction&, NewAccount const&);          \
    template std::optional<AccountView> find_account(store::Transaction&, crypto::Keyring<Zone> const&,   \
                                                     UserId);                                             \
    template std::vector<AccountView> accounts_of_role(store::Transaction&, crypto::Keyring<Zone> const&, \
                                                       Role);                                             \
    template bool holds_another_account(store::Transaction&, crypto::Keyring<Zone> const&, EMail const&,  \
                                        Role, UserId);                                                    \
    template std::optional<UserId> find_user(store::Transaction&, crypto::Keyring<Zone> const&,           \
                                             UserName const&);
KLOUT7_FOR(OfficeZone)
KLOUT7_FOR(MedicalZone)
#undef KLOUT7_FOR

}  // namespace klout7::access
