#include "account_changes.h"

#include "access/account_life.h"
#include "access/drafts.h"
#include "crypto/password_hash.h"
#include "factor_row.h"
#include "mandate_row.h"
#include "recovery_codes.h"
#include "second_factor.h"
#include "session_row.h"

namespace klout7::access {
namespace {

/// The user hears of it, and not from where somebody else did it.
template <class Zone>
void tell(AccountWork<Zone> const& work, UserId user, NoticeKind kind) {
    notify(work.tx, work.keyring(), user, kind, {}, work.now, work.frame.random);
}

}  // namespace

template <class Zone>
void end_all_factors(AccountWork<Zone> const& work, UserId user) {
    for (auto& factor : load_factors(work.tx, work.keyring(), user))
        end_factor(work.tx, work.keyring(), std::move(factor), work.now);
    work.tx.execute("DELETE FROM known_device WHERE user_id = ?", user);
    tell(work, user, NoticeKind::factors_replaced);
}

template <class Zone>
SecretBytes keep_set_up_code(AccountWork<Zone> const& work, UserId user, std::string_view first_half) {
    auto second = RecoveryCodes::new_half(work.frame.random);
    auto const code = RecoveryCodes::of_halves(first_half, second.text(), work.now + set_up_code_lasts);
    work.tx.execute("UPDATE user_account SET recovery_codes = ? WHERE id = ?",
                    sealed(work.keyring(), user, code, work.frame.random), user);
    return second;
}

HashedWelcome make_welcome(Random& random) {
    auto password = new_welcome_password(random);
    auto hash = crypto::hash_password(password.text(), {}, random);
    return {std::move(password), std::move(hash)};
}

template <class Zone>
Instant keep_welcome(AccountWork<Zone> const& work, AccountRow account, std::string_view password_hash) {
    auto const until = work.now + welcome_lasts;
    account.password_is_welcome = true;
    account.welcome_until = until;
    update_account(work.tx, work.keyring(), account);
    work.tx.execute("UPDATE user_account SET password_hash = ? WHERE id = ?",
                    work.keyring().cells().seal({"user_account", "password_hash", account.user.uuid()},
                                                bytes_of(password_hash), work.frame.random),
                    account.user);
    end_sessions(work.tx, account.user, work.now);
    tell(work, account.user, NoticeKind::password_reset);
    return until;
}

template <class Zone>
void add_account(AccountWork<Zone> const& work, UserId user, NewAccount const& account,
                 std::string_view password_hash) {
    insert_account(work.tx, work.keyring(), user, account, password_hash, work.now, work.frame.random);
    if (account.role != Role::client && account.e_mail)
        work.frame.tell_other_side(work.tx,
                                   {user, account.e_mail->text(), std::string{name_of(account.role)}, true});
}

template <class Zone>
void close_account(AccountWork<Zone> const& work, AccountRow account) {
    account.closed_at = work.now;
    update_account(work.tx, work.keyring(), account);
    end_mandates_of(work.tx, work.keyring(), account.user, work.now);
    end_drafts_of(work.tx, account.user);
    end_sessions(work.tx, account.user, work.now);
    tell_other_side(work, account);
}

template <class Zone>
void tell_other_side(AccountWork<Zone> const& work, AccountRow const& account) {
    if (account.role == Role::client || !account.e_mail) return;
    work.frame.tell_other_side(work.tx, {account.user, view_of(work.keyring(), account).e_mail,
                                         std::string{name_of(account.role)}, !account.closed_at});
}

template <class Zone>
void tell_administrators(AccountWork<Zone> const& work, NoticeKind kind, UserId but) {
    for (auto const& row : load_accounts(work.tx, work.keyring(), administrator_of(Zone::side))) {
        if (row.user != but) tell(work, row.user, kind);
    }
}

#define KLOUT7_FOR(Zone)                                                                              \
    template void end_all_factors(AccountWork<Zone> const&, UserId);                                  \
    template SecretBytes keep_set_up_code(AccountWork<Zone> const&, UserId, std::string_view);        \
    template Instant keep_welcome(AccountWork<Zone> const&, AccountRow, std::string_view);            \
    template void add_account(AccountWork<Zone> const&, UserId, NewAccount const&, std::string_view); \
    template void close_account(AccountWork<Zone> const&, AccountRow);                                \
    template void tell_other_side(AccountWork<Zone> const&, AccountRow const&);                       \
    template void tell_administrators(AccountWork<Zone> const&, NoticeKind, UserId);
KLOUT7_FOR(OfficeZone)
KLOUT7_FOR(MedicalZone)
#undef KLOUT7_FOR

}  // namespace klout7::access
