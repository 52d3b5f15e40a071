#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/failure.h"
#include "base/id.h"
#include "base/instant.h"
#include "base/random.h"
#include "base/side.h"
#include "crypto/keyring.h"
#include "store/database.h"

namespace klout7::access {

using EmergencyId = Id<struct EmergencyIdKind>;

/// A doctor opened one case that is not his or hers, for reading, for an hour; somebody who controls looks at
/// it within a day. Source: NEN 7510 (5.15), NEN 7513. On the medical side only.
struct EmergencyAccess {
    EmergencyId id;
    UserId user;
    CaseId case_id;
    Instant opened_at;
    std::optional<UserId> reviewed_by = {};
    std::optional<Instant> reviewed_at = {};
    std::optional<bool> is_justified = {};
};
inline constexpr Duration emergency_lasts = Duration::minutes(60);
inline constexpr Duration emergency_reviewed_within = Duration::hours(24);

using MedicalKeyring = crypto::Keyring<MedicalZone>;

// The rows carry a tag, and the reason is a sealed cell: one that was not written by a program with this
// keyring ends the work (broken).

void insert_emergency(store::Transaction& tx, MedicalKeyring const& keyring, EmergencyAccess const& access,
                      std::string_view reason, Random& random);
/// Whether this user opened this case within the hour.
bool is_open_in_emergency(store::Transaction& tx, MedicalKeyring const& keyring, UserId user, CaseId case_id,
                          Instant now);
/// Whether one of this user's was not looked at within its day.
bool has_overdue_emergency(store::Transaction& tx, MedicalKeyring const& keyring, UserId user, Instant now);

struct EmergencyWithReason {
    EmergencyAccess access;
    std::string reason;
};
/// Those that nobody looked at yet, the oldest first; at most 100.
std::vector<EmergencyWithReason> unreviewed_emergencies(store::Transaction& tx,
                                                        MedicalKeyring const& keyring);
std::optional<EmergencyAccess> find_emergency(store::Transaction& tx, MedicalKeyring const& keyring,
                                              EmergencyId id);
/// False when somebody looked at it meanwhile.
bool review_emergency(store::Transaction& tx, MedicalKeyring const& keyring, EmergencyAccess access,
                      UserId by, bool is_justified, Instant now);

}  // namespace klout7::access
