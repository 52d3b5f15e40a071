#pragma once

#include <optional>

#include "actions/office.h"
#include "payments/recorded_facts.h"

namespace klout7::actions {

/// What a benefit specialist records, in the place of what was recorded before.
struct NewFacts {
    benefits::CaseFacts facts;
    std::optional<Money> wages_total;  ///< what the wages (A) must add up to, where it was typed too
    std::int64_t seen_number = 0;      ///< of the version that was seen; 0: there was none
};
/// The number of the new version. The next pay run reckons with it. Errors: changed_meanwhile when there is a
/// newer version than the one seen; invalid when the benefit cannot be reckoned of it. What cannot be
/// reckoned only because a figure of the law is not known yet is kept.
std::expected<std::int64_t, Failure> record_benefit_facts(Office const& office, Actor const& actor, CaseId id,
                                                          Given<NewFacts> const& given);

/// The newest; nothing when none were recorded.
std::expected<std::optional<payments::RecordedFacts>, Failure> read_benefit_facts(Office const& office,
                                                                                  Actor const& actor,
                                                                                  CaseId id);

}  // namespace klout7::actions
