#pragma once

#include <expected>
#include <optional>
#include <string>

#include "access/accounts.h"
#include "access/factors.h"
#include "access/frame.h"

namespace klout7::access {

struct SignInRequest {
    std::string_view user_name;
    std::string_view password;
    Proof const& proof;
    std::string_view device;  ///< the token of a device that signed in before; may be empty
    std::string source;       ///< network address
};

struct SignedIn {
    SessionId session;
    std::string token;         ///< for the cookie; only its hash is kept
    std::string device_token;  ///< for the device cookie; empty when it has one
    bool must_change_password = false;
    bool must_add_factor = false;  ///< it came with a code that stands in for a second factor
    Role role;
};

enum class SignInError {
    wrong,  ///< name, password or second factor: which one is not told, but to the log
    wait,   ///< too many guesses
    store,  ///< the store does not take it
};
struct SignInRefusal {
    SignInError error;
    std::int64_t seconds = 0;                                ///< of `wait`
    store::StoreError why = store::StoreError::unavailable;  ///< of `store`
};

/// A session that a request came with.
struct Session {
    Actor actor;
    bool must_change_password = false;
};

/// Signing in, on one side. Every try is counted before it is looked at, so that many at once gain nothing,
/// and written in the log. Many threads.
template <class Zone>
class SignIn {
public:
    explicit SignIn(Frame<Zone> const& frame);

    /// Name, password and second factor together; each proof counts once.
    std::expected<SignedIn, SignInRefusal> sign_in(SignInRequest const& request) const;

    /// A question that a passkey answers at signing in. Anybody may ask for one; nothing is kept of it.
    Bytes challenge() const;

    /// The actor of a session that is not ended, idle or too old, by the token of its cookie. Used from where
    /// its role or employer may not come from, there is none, and a line in the log says so.
    std::expected<std::optional<Session>, store::StoreError> find(std::string_view token,
                                                                  std::string source) const;

private:
    struct Found;
    std::optional<Found> find_by_name(store::Transaction& tx, std::string_view user_name) const;
    audit::Event event(std::string action, std::optional<UserId> user, audit::Outcome outcome,
                       std::string const& source) const;
    Frame<Zone> frame_;
    std::string
        nobodys_hash_;  ///< verified against when there is no such user, so that it takes the same time
};

extern template class SignIn<OfficeZone>;
extern template class SignIn<MedicalZone>;

}  // namespace klout7::access
