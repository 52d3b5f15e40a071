#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "base/random.h"
#include "base/secret_bytes.h"
#include "crypto/hash.h"

namespace klout7::access {

/// The recovery codes that a user has left: for who lost the other factors. Only hashes are kept; a code has
/// 120 random bits, so that a plain hash tells nobody what it is. Source: OWASP ASVS 5, 6.5.2.
class RecoveryCodes {
public:
    static constexpr std::size_t count = 10;

    struct Made;
    static Made make(Random& random);

    /// Half of a set-up code, "7k3m-x9qa-2bcd", 60 random bits: handed out by two people, so that neither can
    /// sign in with what the one of them knows.
    static SecretBytes new_half(Random& random);
    /// The one code that two halves make, one behind the other; until then it counts.
    static RecoveryCodes of_halves(std::string_view first, std::string_view second, Instant until);

    /// What is kept, inside a sealed cell: CBOR, a list of hashes; of a set-up code, until when it counts
    /// goes before.
    static std::optional<RecoveryCodes> decode(BytesView bytes);
    Bytes encode() const;

    std::size_t left() const { return hashes_.size(); }
    /// Whether this is one of them: in either case, with or without hyphens and blanks, o for 0, i or l
    /// for 1.
    bool has(std::string_view code, Instant now) const {
        return (!until_ || now <= *until_) && find(code).has_value();
    }
    /// Those that are left when this one was used.
    RecoveryCodes without(std::string_view code) const;

private:
    std::optional<std::size_t> find(std::string_view code) const;
    std::vector<crypto::Sha256> hashes_;
    std::optional<Instant> until_;  ///< of a set-up code
};

struct RecoveryCodes::Made {
    RecoveryCodes kept;
    std::vector<SecretBytes> codes;  ///< "7k3m-x9qa-2bcd-w4ef-0gh1-ymn8"
};

}  // namespace klout7::access
