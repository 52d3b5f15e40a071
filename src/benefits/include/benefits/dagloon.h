#pragma once

#include <expected>
#include <optional>
#include <string_view>
#include <vector>

#include "base/local_date.h"
#include "base/money.h"
#include "benefits/calendar.h"
#include "benefits/explanation.h"
#include "benefits/parameters.h"

namespace klout7::benefits {

/// Why less wage came in than usual, as far as it matters (Dagloonbesluit 12f).
enum class LessWage { no, leave, strike, sickness };

/// What one wage return says of one job. The letters are those of the article.
struct WagePeriod {
    Period period;          ///< a whole wage-return period
    Money sv_wage;          ///< A (Wfsv 16)
    Money holiday_paid;     ///< B, paid out from what had been accrued
    Money holiday_accrued;  ///< C
    LessWage less = LessWage::no;
};

/// The job in which somebody fell ill (12c).
struct Job {
    LocalDate first_day;
    std::optional<LocalDate> last_day;
    WageReturns returns = WageReturns::monthly;
    std::vector<WagePeriod> wages;
    /// For a whole wage-return period: where no wage shows what was usual.
    std::optional<Money> agreed_wage;
};

enum class DagloonFault {
    formula_unknown,    ///< no formula is known for a first sick day so early
    no_maximum,         ///< no maximum dagloon is known for the first sick day
    sick_before_job,    ///< the first sick day is before the job
    job_ends_first,     ///< the job ends before it begins
    not_a_wage_period,  ///< the dates are of no wage-return period
    overlapping_wages,  ///< two returns of one period
    wages_missing,      ///< a period that counts has no return; no wage is said with zero
    negative_amount,
    no_agreed_wage,  ///< there is nothing to reckon with but the agreed wage, and that is not known
};
std::string_view name_of(DagloonFault fault);

/// The reference period (Dagloonbesluit 12b): the year that ends with the second wage-return period before
/// the one of the first sick day; or before the one in which the job ended, where that was earlier or the
/// insurance had ended with it (ZW 46).
Period reference_period(LocalDate first_sick_day, WageReturns returns, std::optional<LocalDate> job_end,
                        bool is_after_insurance);

struct Dagloon {
    Period reference;
    Money per_day;  ///< before the maximum
    Money capped;   ///< at the maximum of the first sick day
    Explanation explanation;
};

/// (A - B + C) / D with all its branches, rounded half up to whole cents, then the maximum.
/// `is_after_insurance`: fell ill within four weeks after the insurance ended.
/// Source: Dagloonbesluit (BWBR0033471) art. 12b to 12f, text of 2025-01-01; ZW 15, Wfsv 17. Readings: domain
/// rules 3.14.
std::expected<Dagloon, DagloonFault> dagloon_of(Job const& job, LocalDate first_sick_day,
                                                bool is_after_insurance, Parameters const& parameters);

/// A dagloon as it stands from a day on.
struct IndexedDagloon {
    LocalDate from;
    Money per_day;
    Money capped;
    friend bool operator==(IndexedDagloon const&, IndexedDagloon const&) = default;
};

/// How it moves with the minimum wage on each 1 January and 1 July up to `until` (ZW 16): what is below the
/// maximum by the factor, rounded half up each time; never above the maximum of that day. The first is of the
/// first sick day. Nothing when the factor or the maximum of such a day is not known.
std::optional<std::vector<IndexedDagloon>> indexed(Dagloon const& dagloon, LocalDate first_sick_day,
                                                   LocalDate until, Parameters const& parameters);

}  // namespace klout7::benefits
