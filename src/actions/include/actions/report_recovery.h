#pragma once

#include <vector>

#include "actions/office.h"
#include "cases/recoveries.h"

namespace klout7::actions {

/// From which day on the client is fit again, or (nothing) that what was reported is taken back.
struct NewRecovery {
    std::optional<LocalDate> first_fit_day;
    std::int64_t version = 0;  ///< of the case, as the client saw it
};
/// The client reports the own recovery, or takes the report back. What the case waits for follows, and the
/// doctor of the case hears of it. Errors: changed_meanwhile when the case has another version; invalid when
/// it cannot be reported so (handover/recovery.h).
std::expected<void, Failure> report_recovery(Office const& office, Actor const& actor, CaseId id,
                                             Given<NewRecovery> const& given);

struct Recoveries {
    std::vector<cases::Recovery> reported;  ///< newest first
    std::optional<LocalDate> client_changes_until;
};
/// What was reported of a case, by whom and when.
std::expected<Recoveries, Failure> read_recoveries(Office const& office, Actor const& actor, CaseId id);

}  // namespace klout7::actions
