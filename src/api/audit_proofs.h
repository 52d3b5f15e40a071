#pragma once

#include <vector>

#include "api/site.h"

namespace klout7::api {

/// With which anyone who may read the log checks it without trusting this program: the signed checkpoint, a
/// line's place under it, and that it only grew.
template <class Zone>
std::vector<Route<Zone>> audit_proof_routes();

}  // namespace klout7::api
