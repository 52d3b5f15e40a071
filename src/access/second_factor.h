#pragma once

#include <expected>
#include <string_view>
#include <variant>
#include <vector>

#include "access/factors.h"
#include "challenge.h"
#include "crypto/keyring.h"
#include "factor_row.h"
#include "recovery_codes.h"
#include "store/database.h"

namespace klout7::access {

/// A proof that fits. It counts when it is taken, once.
struct FittingProof {
    struct Code {
        FactorId factor;
        std::int64_t step;
    };
    struct Passkey {
        FactorId factor;
        std::int64_t counter;
        Bytes challenge;
    };
    struct Recovery {
        Bytes found;  ///< the sealed cell that the code was found in
        RecoveryCodes left;
    };
    std::variant<Code, Passkey, Recovery> what;
};

/// What a user can show beside the password, as it stood at one moment. Looking at a proof takes no database.
template <class Zone>
class SecondFactor {
public:
    static SecondFactor load(store::Transaction& tx, crypto::Keyring<Zone> const& keyring, UserId user);

    /// The reason why not is a code for the log; whoever shows it is not told.
    std::expected<FittingProof, std::string_view> check(Frame<Zone> const& frame, Proof const& proof,
                                                        Asked asked, Uuid session) const;
    std::size_t recovery_codes_left() const { return recovery_ ? recovery_->left() : 0; }
    std::vector<FactorRow> const& rows() const { return rows_; }

private:
    UserId user_;
    std::vector<FactorRow> rows_;
    std::optional<Bytes> recovery_cell_;
    std::optional<RecoveryCodes> recovery_;

    std::expected<FittingProof, std::string_view> check_code(crypto::Keyring<Zone> const& keyring,
                                                             std::string_view code, Instant now) const;
    std::expected<FittingProof, std::string_view> check_passkey(Frame<Zone> const& frame,
                                                                PasskeyAnswer const& answer, Asked asked,
                                                                Uuid session) const;
};

/// False when it was taken already, or the factor ended: two at the same moment cannot both have it.
template <class Zone>
bool take(store::Transaction& tx, crypto::Keyring<Zone> const& keyring, UserId user,
          FittingProof const& proof, Instant now, Random& random);

/// Keeps these codes and no others.
template <class Zone>
Bytes sealed(crypto::Keyring<Zone> const& keyring, UserId user, RecoveryCodes const& codes, Random& random);

extern template class SecondFactor<OfficeZone>;
extern template class SecondFactor<MedicalZone>;

}  // namespace klout7::access
