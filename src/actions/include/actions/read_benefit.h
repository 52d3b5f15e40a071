#pragma once

#include <optional>
#include <string>
#include <vector>

#include "actions/office.h"
#include "benefits/case_payment.h"
#include "payments/batches.h"
#include "payments/pay_runs.h"

namespace klout7::actions {

/// What a case is worth by what is known today, and why.
struct Benefit {
    std::int64_t facts_number = 0;   ///< 0: nothing was recorded yet
    std::string_view obstacle = {};  ///< why it cannot be reckoned: the code of a benefits::CaseFault
    std::optional<benefits::EntitlementFacts> entitlement = {};
    /// To the week of today, or of the last day of the right. Each with its steps.
    std::vector<benefits::WeekBenefit> weeks = {};
};
std::expected<Benefit, Failure> read_benefit(Office const& office, Actor const& actor, CaseId id);

/// What came of a case in the runs, newest first, and where it is on its way.
struct PaymentOfCase {
    payments::Payable payable;
    LocalDate pay_day;  ///< of its run
    std::optional<payments::OnItsWay> way;
};
std::expected<std::vector<PaymentOfCase>, Failure> list_payments(Office const& office, Actor const& actor,
                                                                 CaseId id);

}  // namespace klout7::actions
