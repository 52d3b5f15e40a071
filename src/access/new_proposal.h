#pragma once

#include <expected>
#include <optional>

#include "access/account_life.h"
#include "proposal_row.h"

namespace klout7::access {

/// What an administrator asked for, when it can be done as things stand; the proposal gets the id of the user
/// whom it makes, or whom it is about. Behind the gate. Errors: invalid, not_allowed, not_now.
template <class Zone>
std::expected<ProposalRow, Failure> checked(Unit<Zone>& unit, NewProposal const& given,
                                            typename AccountLife<Zone>::FindEmployer const& find_employer);

/// Whether this one may answer for delegated staff: a doctor, whose account is not closed.
template <class Zone>
bool may_be_responsible(Unit<Zone>& unit, UserId doctor);

}  // namespace klout7::access
