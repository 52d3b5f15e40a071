#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/account_life.h"
#include "access/accounts.h"
#include "access/frame.h"

namespace klout7::access {

/// Why the operator does not get what was asked for.
enum class AdministratorFault {
    bad_e_mail,  ///< no e-mail address
    conflict,    ///< this person has another account (roles.h, may_be_one_person)
    bad_name,    ///< how the administrator is called: nothing, too long, or no text
    unknown,     ///< no account has this user name
    other_role,  ///< it is not an administrator's: the administrators of its side manage it
    closed,      ///< it is closed
    taken,       ///< an account has this user name
    waits,       ///< the same was proposed already, and waits for an administrator
    store,       ///< the database does not answer
};

/// What the operator hands to an administrator, once.
struct HandedOut {
    UserId user;
    std::optional<SecretBytes> welcome_password = {};
    /// What stands in for a second factor until there is one; half of it when another administrator has to
    /// approve, who gets the other half.
    std::optional<SecretBytes> code = {};
    bool is_half = false;
    Instant until;  ///< of the code, or of the password when there is none; of the proposal when it waits
};

/// What the operator does, at the server itself, with the accounts of those who manage accounts: the
/// functional administrators of the office, the account managers of the medical side. They manage everybody's
/// but their own. What gives a way in takes two here too: the operator proposes, and another administrator of
/// that side approves (AccountLife::approve); only where there is none, as in a new installation, the
/// operator is enough. Each is a line in the log, and every administrator of that side hears of it. `by` is
/// who the operator is, for the log. Source: NEN 7510 (5.18), OWASP ASVS 5 (6.4.4).
template <class Zone>
class Administrators {
public:
    explicit Administrators(Frame<Zone> const& frame) : frame_(frame) {}

    std::expected<HandedOut, AdministratorFault> add(UserName const& name, std::string_view display_name,
                                                     std::string_view e_mail, std::string_view by) const;
    /// For who lost them. Errors: unknown, other_role, closed, waits.
    std::expected<HandedOut, AdministratorFault> new_factors(UserName const& name, std::string_view by) const;
    /// For who forgot the own; it opens nothing without the second factor, so that one is enough. Errors:
    /// unknown, other_role, closed.
    std::expected<HandedOut, AdministratorFault> new_welcome(UserName const& name, std::string_view by) const;
    /// Errors: unknown, other_role, closed.
    std::expected<void, AdministratorFault> close(UserName const& name, std::string_view by) const;
    /// Those of this side that are not closed.
    std::expected<std::vector<AccountView>, AdministratorFault> list() const;

private:
    Frame<Zone> frame_;
};

extern template class Administrators<OfficeZone>;
extern template class Administrators<MedicalZone>;

}  // namespace klout7::access
