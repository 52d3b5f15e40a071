#pragma once

#include <expected>
#include <string>
#include <vector>

#include "access/factors.h"
#include "access/frame.h"

namespace klout7::access {

/// How long a session lasts: without a request, and at all. Shorter for who manages accounts, and for
/// visitors. Source: NIST SP 800-63B-4, 2.2.3 (an hour, 24 hours at most).
struct SessionLimits {
    Duration idle;
    Duration longest;
};
SessionLimits session_limits(Role role);

struct PasswordChange {
    SecretBytes old_password;
    SecretBytes new_password;
};

/// A session as its user sees it.
struct SessionView {
    SessionId session;
    std::string source;  ///< network address from where it was opened
    Instant created_at;
    Instant last_seen_at;  ///< to the minute
    bool is_open = false;
};
/// What a page shows of who is signed in.
struct OwnState {
    std::string display_name;
    std::int64_t unseen_notices = 0;
    Duration idle;    ///< it ends when nothing is asked for so long; up to a minute sooner
    Instant ends_at;  ///< whatever is asked
};
/// How many of a user's newest sessions are shown, those that ended too: then a stranger's is seen
/// afterwards.
inline constexpr int sessions_shown = 50;

/// What someone who is signed in does with the own sign-in. Each attempt is a line in the log. Many threads.
template <class Zone>
class OwnSignIn {
public:
    explicit OwnSignIn(Frame<Zone> const& frame) : frame_(frame) {}

    /// Asked with every page, and no line of its own: it tells users nothing but their own name and numbers.
    std::expected<OwnState, store::StoreError> state(Actor const& actor) const;
    /// Ends this session at once.
    std::expected<void, Failure> end(Actor const& actor) const;
    /// The newest sessions of the user, the newest first.
    std::expected<std::vector<SessionView>, Failure> sessions(Actor const& actor) const;
    /// Ends another session of the same user at once; asks for a fresh one. Errors: not_found.
    std::expected<void, Failure> end(Actor const& actor, SessionId session) const;
    /// Ends all other sessions of the user at once; asks for a fresh one.
    std::expected<void, Failure> end_others(Actor const& actor) const;

    /// The own new password, with the old one as proof. Ends the other sessions of the user. The new token
    /// of this one: the old one is none any more.
    std::expected<std::string, Failure> change_password(Actor const& actor,
                                                        Given<PasswordChange> const& given) const;

    /// A question that a passkey answers when it is shown again; nothing is kept of it.
    Bytes challenge(Actor const& actor) const;
    /// Shows a second factor again, which makes the session fresh. The new token of the session: the old one
    /// is none any more. Errors: invalid, too_often.
    std::expected<std::string, Failure> show_again(Actor const& actor, Given<Proof> const& given) const;

private:
    Frame<Zone> frame_;
};

}  // namespace klout7::access
