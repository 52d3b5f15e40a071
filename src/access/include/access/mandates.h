#pragma once

#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "access/frame.h"
#include "access/tasks.h"
#include "base/local_date.h"

namespace klout7::access {

using MandateId = Id<struct MandateIdKind>;

/// Somebody may act in the place of somebody else, on the days from the first to the last, both whole: a
/// colleague of the same role with all of the cases (substitution), or delegated staff of a doctor for these
/// tasks. Source: KNMG, "Taakdelegatie" (the doctor stays responsible; in writing, for a time, withdrawn at
/// any moment).
struct Mandate {
    UserId given_by;
    UserId given_to;
    Tasks tasks = {};  ///< of delegated staff
    LocalDate starts_on;
    LocalDate ends_on;
};
inline constexpr int mandate_longest_days = 366;

/// As it was typed.
struct NewMandate {
    std::string given_to;
    std::string tasks;      ///< "consults letters": of delegated staff, and then at least one
    std::string starts_on;  ///< YYYY-MM-DD; empty: today
    std::string ends_on;    ///< YYYY-MM-DD
};

struct MandateView {
    MandateId mandate;
    Mandate what;
    std::string given_by_name;
    std::string given_to_name;
};
struct Colleague {
    UserId user;
    std::string name;
    Role role;
};
struct OwnMandates {
    std::vector<MandateView> mandates;  ///< given and received ones that are not over, the first to end first
    std::vector<Colleague> can_be_given_to;
};

/// What somebody hands over for a time, and takes back. Each attempt is a line in the log. Many threads.
template <class Zone>
class Mandates {
public:
    explicit Mandates(Frame<Zone> const& frame) : frame_(frame) {}

    std::expected<OwnMandates, Failure> list(Actor const& actor) const;
    /// Asks for a fresh session. Errors: invalid.
    std::expected<MandateId, Failure> give(Actor const& actor, Given<NewMandate> const& given) const;
    /// Takes it back, at once. Errors: not_found.
    std::expected<void, Failure> end(Actor const& actor, MandateId mandate) const;

private:
    Frame<Zone> frame_;
};

/// Keeps it and asks nobody: for installations that are made with people in them.
template <class Zone>
MandateId add_mandate(store::Transaction& tx, crypto::Keyring<Zone> const& keyring, Mandate const& mandate,
                      Instant now, Random& random);

extern template class Mandates<OfficeZone>;
extern template class Mandates<MedicalZone>;

}  // namespace klout7::access
