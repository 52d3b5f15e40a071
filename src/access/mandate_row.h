#pragma once

#include <optional>
#include <vector>

#include "access/mandates.h"

namespace klout7::access {

/// A mandate as its row says it; all of it stands under a tag.
struct MandateRow {
    MandateId mandate;
    Mandate what;
    Instant given_at;
    std::optional<Instant> ended_at = {};
};

// A row that carries another tag ends the work (broken).

template <class Zone>
void insert_mandate(store::Transaction& tx, crypto::Keyring<Zone> const& keyring, MandateRow const& row);
template <class Zone>
std::optional<MandateRow> load_mandate(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                                       MandateId mandate);
/// Those that this one gave or received, not ended, and not over on this day; the first to end first.
template <class Zone>
std::vector<MandateRow> load_mandates_of(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                                         UserId user, LocalDate today);
/// What the one may do for the other on this day; nothing without a mandate.
template <class Zone>
std::optional<Tasks> find_mandate(store::Transaction& tx, crypto::Keyring<Zone> const& keyring, UserId by,
                                  UserId to, LocalDate today);
template <class Zone>
void end_mandate(store::Transaction& tx, crypto::Keyring<Zone> const& keyring, MandateRow row, Instant now);
/// All that this one gave and received: the account is no longer what it was.
template <class Zone>
void end_mandates_of(store::Transaction& tx, crypto::Keyring<Zone> const& keyring, UserId user, Instant now);

}  // namespace klout7::access
