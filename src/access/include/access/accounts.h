#pragma once

#include <expected>
#include <optional>
#include <string>

#include "access/e_mail.h"
#include "access/frame.h"
#include "access/password_rules.h"
#include "access/roles.h"

namespace klout7::access {

/// Someone who shall be able to sign in.
struct NewAccount {
    UserName user_name;
    std::string display_name;  ///< at most `display_name_longest` characters, valid UTF-8
    Role role;
    std::optional<PersonId> person = {};
    std::optional<EmployerId> employer = {};
    std::optional<UserId> responsible = {};
    std::optional<EMail> e_mail = {};
};

/// What the new user gets, once.
struct Welcome {
    UserId user;
    SecretBytes password;
    SecretBytes totp_secret;
    Instant password_until;
};

inline constexpr std::size_t display_name_longest = 100;
inline constexpr Duration welcome_lasts = Duration::hours(24);

/// Makes the account with a welcome password, which opens nothing but the change of itself, and an
/// authenticator app: for installations that are made with people in them. All other accounts come of two
/// administrators (account_life.h).
/// A user name that is taken ends the work (already_there).
template <class Zone>
Welcome create_account(Frame<Zone> const& frame, store::Transaction& tx, NewAccount const& account);

/// An account as lists of accounts show it. A row of an account that was not written by a program with this
/// keyring ends the work (broken).
struct AccountView {
    UserId user;
    std::string user_name;
    std::string display_name;
    Role role;
    std::optional<EmployerId> employer;
    bool is_closed = false;
    std::string e_mail = {};  ///< empty when it is not known
};
template <class Zone>
std::optional<AccountView> find_account(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                                        UserId user);
template <class Zone>
std::vector<AccountView> accounts_of_role(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                                          Role role);

/// Somebody who must not be the user of an account of this role at the same time: another open account with
/// the same e-mail address, on this side or, as far as it told, on the other (roles.h, may_be_one_person).
/// `but` is the account itself.
template <class Zone>
bool holds_another_account(store::Transaction& tx, crypto::Keyring<Zone> const& keyring, EMail const& e_mail,
                           Role role, UserId but);

/// The user who signs in with this name.
template <class Zone>
std::optional<UserId> find_user(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                                UserName const& name);

}  // namespace klout7::access
