#pragma once

#include <vector>

#include "actions/office.h"
#include "api/site.h"

namespace klout7::office {

/// Payments on paper: the specification of one, and the statement of a year.
std::vector<api::Route<OfficeZone>> paper_routes(actions::Office const& office);

}  // namespace klout7::office
