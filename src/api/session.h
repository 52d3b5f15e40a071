#pragma once

#include <vector>

#include "access/sign_in.h"
#include "api/site.h"

namespace klout7::api {

/// Signing in. `sign_in` outlives the routes.
template <class Zone>
PublicRoute sign_in_route(access::SignIn<Zone> const& sign_in, Environment environment);

/// What a user does with the own session: see it, end it, change the password.
template <class Zone>
std::vector<Route<Zone>> session_routes(access::SignIn<Zone> const& sign_in, Environment environment);

}  // namespace klout7::api
