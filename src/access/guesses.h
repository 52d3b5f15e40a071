#pragma once

#include <string>
#include <vector>

#include "access/guessing_limits.h"
#include "crypto/keyring.h"
#include "store/database.h"

namespace klout7::access {

/// One counter that a try to sign in falls under.
struct GuessCounter {
    crypto::BlindIndex id;
    GuessingRule rule;
};

/// How long the strictest of the counters says to wait; zero when the try may be looked at. Then it is
/// counted as a failure in each of them beforehand; `take_back` undoes that when it was right.
Duration wait_or_count(store::Transaction& tx, std::vector<GuessCounter> const& counters, Instant now);
void take_back(store::Transaction& tx, std::vector<GuessCounter> const& counters);

}  // namespace klout7::access
