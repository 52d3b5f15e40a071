#include "account_row.h"

#include "base/check.h"
#include "base/text.h"
#include "store/row_tag.h"

namespace klout7::access {

template <class Zone>
crypto::Sha256 tag_of(crypto::Keyring<Zone> const& keyring, AccountRow const& row) {
    std::vector<store::Value> values{
        row.user,        row.name_index,          name_of(row.role), row.person,   row.employer,
        row.responsible, row.password_is_welcome, row.welcome_until, row.closed_at};
    // Of accounts from before there was an e-mail address the tag stays as it was.
    if (row.e_mail_index) values.emplace_back(*row.e_mail_index);
    return store::row_tag(keyring, "user_account", values);
}

template <class Zone>
crypto::BlindIndex index_of(crypto::Keyring<Zone> const& keyring, EMail const& e_mail) {
    return keyring.blind_index(crypto::IndexColumn::account_e_mail, e_mail.text());
}

namespace {

/// The accounts that a statement finds.
template <class Zone>
std::vector<AccountRow> accounts_where(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                                       store::Sql sql, auto const&... parameters) {
    std::vector<AccountRow> accounts;
    for (auto& [user, index, role_name, person, employer, responsible, is_welcome, until, closed, user_name,
                display_name, e_mail_index, e_mail, tag] :
         tx.rows<UserId, crypto::BlindIndex, std::string, std::optional<PersonId>, std::optional<EmployerId>,
                 std::optional<UserId>, bool, std::optional<Instant>, std::optional<Instant>, Bytes, Bytes,
                 std::optional<crypto::BlindIndex>, std::optional<Bytes>, crypto::Sha256>(sql,
                                                                                          parameters...)) {
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
                       std::move(display_name),
                       e_mail_index,
                       std::move(e_mail)};
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
        "welcome_until, closed_at, user_name, display_name, e_mail_index, e_mail, tag FROM user_account "
        "WHERE id = ?",
        user);
    return found.empty() ? std::nullopt : std::optional{std::move(found.front())};
}

template <class Zone>
std::vector<AccountRow> load_accounts(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                                      Role role) {
    return accounts_where(
        tx, keyring,
        "SELECT id, name_index, role, person_id, employer_id, responsible_id, password_is_welcome, "
        "welcome_until, closed_at, user_name, display_name, e_mail_index, e_mail, tag FROM user_account "
        "WHERE role = ? AND closed_at IS NULL ORDER BY id",
        name_of(role));
}

template <class Zone>
std::vector<AccountRow> load_accounts_of(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                                         EMail const& e_mail) {
    return accounts_where(
        tx, keyring,
        "SELECT id, name_index, role, person_id, employer_id, responsible_id, password_is_welcome, "
        "welcome_until, closed_at, user_name, display_name, e_mail_index, e_mail, tag FROM user_account "
        "WHERE e_mail_index = ? AND closed_at IS NULL ORDER BY id",
        index_of(keyring, e_mail));
}

template <class Zone>
std::vector<AccountRow> load_accounts_after(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                                            UserId after, int at_most) {
    return accounts_where(
        tx, keyring,
        "SELECT id, name_index, role, person_id, employer_id, responsible_id, password_is_welcome, "
        "welcome_until, closed_at, user_name, display_name, e_mail_index, e_mail, tag FROM user_account "
        "WHERE id > ? ORDER BY id OFFSET 0 ROWS FETCH NEXT ? ROWS ONLY",
        after, at_most);
}

template <class Zone>
AccountView view_of(crypto::Keyring<Zone> const& keyring, AccountRow const& row) {
    auto const cells = keyring.cells();
    auto const open = [&](std::string_view column, Bytes const& cell) {
        auto const text = cells.open({"user_account", column, row.user.uuid()}, cell);
        return text ? std::string{text->text()} : std::string{};
    };
    return {.user = row.user,
            .user_name = open("user_name", row.user_name),
            .display_name = open("display_name", row.display_name),
            .role = row.role,
            .employer = row.employer,
            .is_closed = row.closed_at.has_value(),
            .e_mail = row.e_mail ? open("e_mail", *row.e_mail) : std::string{}};
}

template <class Zone>
void insert_account(store::Transaction& tx, crypto::Keyring<Zone> const& keyring, UserId user,
                    NewAccount const& account, std::string_view password_hash, Instant now, Random& random) {
    require(exists_on(Zone::side, account.role) && !is_of_machine(account.role),
            "an account has a role of people of its side");
    require(count_code_points(account.display_name) <= display_name_longest, "a name within its limit");
    auto const seal = [&](std::string_view column, std::string_view plain) {
        return keyring.cells().seal({"user_account", column, user.uuid()}, bytes_of(plain), random);
    };
    AccountRow const row{
        .user = user,
        .name_index = keyring.blind_index(crypto::IndexColumn::user_name, account.user_name.text()),
        .role = account.role,
        .person = account.person,
        .employer = account.employer,
        .responsible = account.responsible,
        .password_is_welcome = true,
        .welcome_until = now + welcome_lasts,
        .closed_at = {},
        .user_name = seal("user_name", account.user_name.text()),
        .display_name = seal("display_name", account.display_name),
        .e_mail_index = account.e_mail ? std::optional{index_of(keyring, *account.e_mail)} : std::nullopt,
        .e_mail = account.e_mail ? std::optional{seal("e_mail", account.e_mail->text())} : std::nullopt};
    tx.execute(
        "INSERT INTO user_account (id, name_index, user_name, display_name, role, person_id, employer_id, "
        "responsible_id, password_hash, password_is_welcome, welcome_until, created_at, e_mail_index, "
        "e_mail, tag) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        row.user, row.name_index, row.user_name, row.display_name, name_of(row.role), row.person,
        row.employer, row.responsible, seal("password_hash", password_hash), row.password_is_welcome,
        row.welcome_until, now, row.e_mail_index, row.e_mail, tag_of(keyring, row));
}

template <class Zone>
void update_account(store::Transaction& tx, crypto::Keyring<Zone> const& keyring, AccountRow const& row) {
    tx.execute(
        "UPDATE user_account SET role = ?, person_id = ?, employer_id = ?, responsible_id = ?, "
        "password_is_welcome = ?, welcome_until = ?, closed_at = ?, tag = ? WHERE id = ?",
        name_of(row.role), row.person, row.employer, row.responsible, row.password_is_welcome,
        row.welcome_until, row.closed_at, tag_of(keyring, row), row.user);
}

#define KLOUT7_FOR(Zone)                                                                                     \
    template crypto::Sha256 tag_of(crypto::Keyring<Zone> const&, AccountRow const&);                         \
    template crypto::BlindIndex index_of(crypto::Keyring<Zone> const&, EMail const&);                        \
    template std::optional<AccountRow> load_account(store::Transaction&, crypto::Keyring<Zone> const&,       \
                                                    UserId);                                                 \
    template std::vector<AccountRow> load_accounts(store::Transaction&, crypto::Keyring<Zone> const&, Role); \
    template std::vector<AccountRow> load_accounts_of(store::Transaction&, crypto::Keyring<Zone> const&,     \
                                                      EMail const&);                                         \
    template std::vector<AccountRow> load_accounts_after(store::Transaction&, crypto::Keyring<Zone> const&,  \
                                                         UserId, int);                                       \
    template AccountView view_of(crypto::Keyring<Zone> const&, AccountRow const&);                           \
    template void insert_account(store::Transaction&, crypto::Keyring<Zone> const&, UserId,                  \
                                 NewAccount const&, std::string_view, Instant, Random&);                     \
    template void update_account(store::Transaction&, crypto::Keyring<Zone> const&, AccountRow const&);
KLOUT7_FOR(OfficeZone)
KLOUT7_FOR(MedicalZone)
#undef KLOUT7_FOR

}  // namespace klout7::access
