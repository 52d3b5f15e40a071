#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/local_date.h"

namespace klout7::handover {

// What both sides hold to when a recovery is reported: the client does so at the office, the doctor on the
// medical side, and nobody else anywhere. Source: domain rules 1.1; ZW art. 38a(4), 38aa(2).

enum class RecoveryBy { client, company_doctor };

/// How it stands: what was reported last, if anything was.
struct RecoveryNow {
    LocalDate first_sick_day;
    LocalDate today;
    std::optional<LocalDate> first_fit_day = {};  ///< nothing: not reported, or taken back
    RecoveryBy by = RecoveryBy::client;
    std::optional<LocalDate> reported_on = {};  ///< nothing: not known here
    std::int64_t times = 0;                     ///< how often something was reported of this case
};

/// What is wrong with a report; its words stand beside it.
enum class RecoveryFault {
    none,
    not_after_the_illness,  ///< somebody is fit again on the day after the first sick day at the earliest
    too_far_ahead,          ///< more than `recovery_days_ahead` from now
    nothing_to_take_back,
    reported_already,  ///< as of that very day
    too_late,          ///< the client may change it for `recovery_days_to_change` only: then the doctor does
    of_the_doctor,     ///< the client does not change what the doctor reported
    too_often,         ///< more than `recovery_most_reports`
};
/// "From tomorrow", or from the day after.
inline constexpr int recovery_days_ahead = 2;
inline constexpr int recovery_days_to_change = 7;
inline constexpr std::int64_t recovery_most_reports = 50;

/// Whether it can be reported so. `first_fit_day` is nothing when the report is taken back.
RecoveryFault check_recovery(RecoveryNow const& now, RecoveryBy by, std::optional<LocalDate> first_fit_day);
/// The last day on which the client may change or take back what was reported; nothing when never.
std::optional<LocalDate> client_changes_until(RecoveryNow const& now);

struct RecoveryWords {
    std::string_view code, dutch, english;
};
RecoveryWords words_of(RecoveryFault fault);

}  // namespace klout7::handover
