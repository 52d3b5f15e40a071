#pragma once

#include <vector>

#include "actions/office.h"
#include "payments/pay_runs.h"

/// The weekly run. Starting one is an action of a benefit specialist; the program then takes its steps, each
/// in one transaction with its lines in the log in the name of who started it, and goes on where it stopped.
namespace klout7::actions {

/// Up to the week of this day. Errors: invalid when that week is not closed or too long ago, or while another
/// one runs.
std::expected<payments::PayRunId, Failure> start_pay_run(Office const& office, Actor const& actor,
                                                         Given<LocalDate> const& week);

struct PayRunView {
    payments::PayRun run;
    std::int64_t cases_left = 0;
};
inline constexpr std::int64_t runs_shown = 30;
/// Newest first.
std::expected<std::vector<PayRunView>, Failure> list_pay_runs(Office const& office, Actor const& actor);

struct PayRunDetail {
    PayRunView view;
    std::vector<payments::Obstacle> obstacles;  ///< by case
    std::optional<CaseId> next;                 ///< there are more behind this one
};
inline constexpr std::int64_t obstacles_per_page = 100;
std::expected<PayRunDetail, Failure> read_pay_run(Office const& office, Actor const& actor,
                                                  payments::PayRunId id, CaseId after);

enum class RunStep {
    nothing,   ///< no run is to be done
    done,      ///< a step; there may be more
    finished,  ///< the run came to its end
    raced,     ///< somebody else took the step
    failed,    ///< the database did not answer, or there is no room: later again
};
/// One step of the run that is not finished, if there is one.
RunStep step_pay_run(Office const& office, std::int64_t cases_per_step = 500);

}  // namespace klout7::actions
