#pragma once

#include <vector>

#include "api/site.h"

namespace klout7::api {

/// What somebody hands over for a time, and takes back.
template <class Zone>
std::vector<Route<Zone>> mandate_routes();

}  // namespace klout7::api
