#pragma once

#include <vector>

#include "api/site.h"

namespace klout7::api {

/// What a user does with the own second factors.
template <class Zone>
std::vector<Route<Zone>> factor_routes();

}  // namespace klout7::api
