#pragma once

#include <vector>

#include "access/service_account_life.h"
#include "api/site.h"

namespace klout7::api {

/// What functional administrators do with the machines of employers.
std::vector<Route<OfficeZone>> service_account_routes(access::ServiceAccountLife::Outside outside);

}  // namespace klout7::api
