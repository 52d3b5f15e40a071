#pragma once

#include "actions/benefit_facts.h"
#include "actions/read_benefit.h"
#include "api/call.h"

/// Facts and benefit of a case as JSON. Amounts are whole cents in what is told, and "1234.56" in what is
/// given.
namespace klout7::office {

access::Given<actions::NewFacts> facts_of(api::Call<OfficeZone> const& call);
api::json::object facts_json(benefits::CaseFacts const& facts);
/// `week`: of which the steps are told.
api::json::object benefit_json(actions::Benefit const& benefit, std::optional<LocalDate> week);
api::json::object payment_json(actions::PaymentOfCase const& one);

}  // namespace klout7::office
