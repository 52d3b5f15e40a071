#pragma once

#include <expected>
#include <optional>
#include <string_view>
#include <vector>

#include "base/cbor.h"
#include "benefits/entitlement.h"
#include "benefits/wage_tax.h"

/// What a benefit specialist records of a case so that its benefit can be reckoned.
namespace klout7::benefits {

struct CaseFacts {
    Job job;
    /// The parts of the same absence before this case, in order, none within 28 days of the next left out
    /// (ZW 29(5)).
    std::vector<Period> earlier = {};
    std::vector<LocalDate> weekend_work = {};
    std::vector<Income> income = {};
    std::vector<Sanction> sanctions = {};
    /// The client wants the tax credits settled here.
    bool has_declared_credit = false;
    /// Another table than the usual one.
    std::optional<TaxTable> table = {};
};

/// What the case itself says: when somebody was ill, and on which ground.
struct CaseCourse {
    LocalDate first_sick_day;  ///< of this case
    std::optional<LocalDate> first_fit_day = {};
    /// Ground b: fell ill within four weeks after the insurance ended.
    bool is_after_insurance = false;
    /// Ground c: the contract ended while ill; paid from the day after.
    std::optional<LocalDate> employment_end = {};
};

/// Why a benefit cannot be reckoned: the code of a DagloonFault or a BenefitFault, or
/// "earlier_periods_unclear" or "tax_year_missing".
struct CaseFault {
    std::string_view code;
    friend bool operator==(CaseFault const&, CaseFault const&) = default;
};

/// The days of incapacity that a right to benefit lasts, all parts of an absence together. Source: ZW 29(5).
inline constexpr int days_of_entitlement = 728;

/// The dagloon and what else decides about amounts. The dagloon is of the first sick day of the whole
/// absence (reading: domain rules, section 8, question 11).
std::expected<EntitlementFacts, CaseFault> entitlement_of(CaseFacts const& facts, CaseCourse const& course,
                                                          Parameters const& parameters);

/// The bytes that are sealed. Format: docs/data-formats.md, "Benefit facts".
Bytes encode(CaseFacts const& facts);
std::expected<CaseFacts, CborError> decode_case_facts(BytesView bytes);

}  // namespace klout7::benefits
