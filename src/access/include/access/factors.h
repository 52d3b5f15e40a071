#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/frame.h"
#include "base/id.h"
#include "base/secret_bytes.h"

namespace klout7::access {

using FactorId = Id<struct FactorIdKind>;

/// What someone has beside the password. A user has at least one, and may have more.
enum class FactorKind { authenticator_app, passkey };
/// The code of a kind in tables and answers. Never changes.
std::string_view name_of(FactorKind kind);
std::optional<FactorKind> parse_factor_kind(std::string_view name);

/// What a browser sends when a passkey was used, and the question that it answers.
struct PasskeyAnswer {
    Bytes challenge;
    Bytes credential_id;
    Bytes client_data;
    Bytes authenticator_data;
    Bytes signature;
    Bytes user_handle;
};

/// What someone shows: a code of an authenticator app, a recovery code, or else a passkey.
struct Proof {
    std::string code;
    std::optional<PasskeyAnswer> passkey = {};
};

/// A factor as its owner sees it.
struct FactorView {
    FactorId factor;
    FactorKind kind;
    std::string name;
    Instant created_at;
    std::optional<Instant> last_used_at;
};
struct OwnFactors {
    std::vector<FactorView> factors;
    std::size_t recovery_codes_left = 0;
};

inline constexpr std::size_t factors_at_most = 10;
inline constexpr std::size_t factor_name_longest = 100;  ///< characters

/// A new authenticator app. Nothing is kept until a code of it is shown: `offer` holds the secret, sealed for
/// this session, for a quarter of an hour.
struct AppOffer {
    std::string offer;
    SecretBytes secret;
    std::string uri;  ///< otpauth://...
};
struct NewApp {
    std::string name;
    std::string offer;
    std::string code;
};

/// What a browser needs to make a passkey. Source: WebAuthn level 2, section 5.4.
struct PasskeyOffer {
    Bytes challenge;
    Bytes user_handle;
    std::string user_name;
    std::string display_name;
    std::vector<Bytes> have;  ///< the passkeys that this user has: none of them again
};
struct NewPasskey {
    std::string name;
    Bytes challenge;
    Bytes client_data;
    Bytes attestation;
};

/// What a user does with the own second factors. Changing them asks for a fresh one. Many threads.
template <class Zone>
class Factors {
public:
    explicit Factors(Frame<Zone> const& frame) : frame_(frame) {}

    std::expected<OwnFactors, Failure> list(Actor const& actor) const;

    std::expected<AppOffer, Failure> offer_app(Actor const& actor) const;
    /// Errors: invalid (name; offer that is none or too old; code), already_there, not_now when there are
    /// `factors_at_most`.
    std::expected<FactorId, Failure> add_app(Actor const& actor, Given<NewApp> const& given) const;

    std::expected<PasskeyOffer, Failure> offer_passkey(Actor const& actor) const;
    /// Errors: invalid (name; a passkey that is none: why is in the log only), already_there, not_now.
    std::expected<FactorId, Failure> add_passkey(Actor const& actor, Given<NewPasskey> const& given) const;

    /// Errors: not_found, not_now for the last one.
    std::expected<void, Failure> remove(Actor const& actor, FactorId factor) const;

    /// Ten new codes, each of which counts once in the place of another factor; those of before count no
    /// more. They are told this once.
    std::expected<std::vector<SecretBytes>, Failure> renew_recovery_codes(Actor const& actor) const;

private:
    Frame<Zone> frame_;
};

extern template class Factors<OfficeZone>;
extern template class Factors<MedicalZone>;

}  // namespace klout7::access
