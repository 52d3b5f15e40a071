#pragma once

#include <vector>

#include "actions/office.h"
#include "api/site.h"

namespace klout7::office {

/// What a case is worth, to which account, the runs of a week, and batches for the bank.
std::vector<api::Route<OfficeZone>> payment_routes(actions::Office const& office);

}  // namespace klout7::office
