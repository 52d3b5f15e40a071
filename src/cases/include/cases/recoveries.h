#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "cases/case_files.h"
#include "handover/recovery.h"

/// What was reported of recoveries. Nothing is written over: the newest of a case counts. Each row carries a
/// tag, as it decides about dates and later about money.
namespace klout7::cases {

struct Recovery {
    CaseId case_id;
    std::int64_t number = 1;                 ///< within its case, from 1
    std::optional<LocalDate> first_fit_day;  ///< nothing: taken back
    handover::RecoveryBy by = handover::RecoveryBy::client;
    UserId user;
    Instant reported_at;
    friend bool operator==(Recovery const&, Recovery const&) = default;
};
/// The code of the role: "company_doctor".
std::string_view name_of(handover::RecoveryBy by);

/// Newest first: all of them, as there are at most handover::recovery_most_reports.
std::vector<Recovery> recoveries_of(store::Transaction& tx, Keyring const& keyring, CaseId id);
std::optional<Recovery> newest_recovery(store::Transaction& tx, Keyring const& keyring, CaseId id);
/// Of many cases, those that have one.
std::map<CaseId, Recovery> newest_recoveries(store::Transaction& tx, Keyring const& keyring,
                                             std::span<CaseId const> ids);
void add_recovery(store::Transaction& tx, Keyring const& keyring, Recovery const& recovery, Instant now,
                  Random& random);

/// How it stands with a case, for the rules of both sides.
handover::RecoveryNow recovery_now(CaseRow const& row, std::optional<Recovery> const& newest,
                                   LocalDate today);

/// `row` as it was just read: from when it is recovered, for lists, and what must be done first now. False:
/// somebody else changed it since.
bool set_recovered(store::Transaction& tx, CaseRow const& row, std::optional<LocalDate> recovered_from,
                   std::optional<NextStep> const& next);

}  // namespace klout7::cases
