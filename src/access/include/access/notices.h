#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "access/frame.h"

namespace klout7::access {

using NoticeId = Id<struct NoticeIdKind>;

/// What a user hears of the own sign-in, and a client of where the money goes, so that a stranger's doing is
/// seen. Source: OWASP ASVS 5, 6.3.5 and 6.3.7; domain rules 4.2.
enum class NoticeKind {
    new_device,        ///< somebody signed in from a device that was not known
    password_changed,  ///< by the user
    password_reset,    ///< by an administrator
    factor_added,      ///< by the user; so too the next two
    factor_removed,
    recovery_codes_renewed,
    factors_replaced,       ///< by two administrators
    administrator_changed,  ///< the operator made, changed or closed the account of another administrator
    account_closed,         ///< of somebody who has an account on the other side, made at the same time
    payee_account_changed,  ///< another bank account of the client was approved, and is used in some days
};
inline constexpr std::array all_notice_kinds{NoticeKind::new_device,       NoticeKind::password_changed,
                                             NoticeKind::password_reset,   NoticeKind::factor_added,
                                             NoticeKind::factor_removed,   NoticeKind::recovery_codes_renewed,
                                             NoticeKind::factors_replaced, NoticeKind::administrator_changed,
                                             NoticeKind::account_closed,   NoticeKind::payee_account_changed};
/// The code of a kind in tables and answers. Never changes.
std::string_view name_of(NoticeKind kind);
std::optional<NoticeKind> parse_notice_kind(std::string_view name);

/// Tells this user, in the transaction of what was done. `source` is the network address of who did it; empty
/// for what administrators did.
template <class Zone>
void notify(store::Transaction& tx, crypto::Keyring<Zone> const& keyring, UserId user, NoticeKind kind,
            std::string_view source, Instant now, Random& random);

/// Tells everybody who signs in as this client.
template <class Zone>
void notify_client(store::Transaction& tx, crypto::Keyring<Zone> const& keyring, PersonId person,
                   NoticeKind kind, Instant now, Random& random);

struct NoticeView {
    NoticeId notice;
    NoticeKind kind;
    std::string source;
    Instant at;
    bool is_seen = false;
};
inline constexpr int notices_shown = 50;

/// What a user does with the own notices. Many threads.
template <class Zone>
class Notices {
public:
    explicit Notices(Frame<Zone> const& frame) : frame_(frame) {}

    /// The newest, the newest first.
    std::expected<std::vector<NoticeView>, Failure> list(Actor const& actor) const;
    /// All of them are seen from now on.
    std::expected<void, Failure> mark_seen(Actor const& actor) const;

private:
    Frame<Zone> frame_;
};

extern template class Notices<OfficeZone>;
extern template class Notices<MedicalZone>;

}  // namespace klout7::access
