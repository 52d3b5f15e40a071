#pragma once

#include <vector>

#include "access/sign_in.h"
#include "api/site.h"

namespace klout7::api {

/// Signing in. `sign_in` outlives the routes.
template <class Zone>
PublicRoute sign_in_route(access::SignIn<Zone> const& sign_in, Environment environment);

/// What a passkey answers at signing in.
template <class Zone>
PublicRoute challenge_route(access::SignIn<Zone> const& sign_in, passkeys::RelyingParty party);

/// What a user does with the own session: see it, end it, change the password, show a second factor again.
template <class Zone>
std::vector<Route<Zone>> session_routes(Environment environment);

}  // namespace klout7::api
