#pragma once

#include <cstdint>

#include "base/instant.h"

namespace klout7::access {

/// How often may be guessed, and how long one waits then: `free` failures cost nothing, the next ones a
/// delay that doubles up to the longest. What was counted is forgotten a fixed time after counting began:
/// not after a quiet time, which an attacker who keeps on would never grant the others.
struct GuessingRule {
    std::int64_t free;
    Duration first_delay;
    Duration longest_delay;
    Duration forgotten_after;
};

/// One user from one network address, or from one known device: about 35 guesses a day.
inline constexpr GuessingRule one_user_one_source{5, Duration::seconds(30), Duration::hours(1),
                                                  Duration::hours(24)};
/// One user from all devices we do not know. One attacker at one address never gets here, since the rule
/// above stops that one first: so a single attacker delays only himself. Many addresses together do get
/// here, and then delay unknown devices only.
inline constexpr GuessingRule one_user_unknown_devices{100, Duration::seconds(30), Duration::minutes(15),
                                                       Duration::hours(24)};
/// All users from one address: against trying one password on many names. Wide, because a whole
/// office may share an address; known devices do not count here.
inline constexpr GuessingRule one_source_all_users{50, Duration::seconds(30), Duration::minutes(15),
                                                   Duration::hours(1)};

/// What a counter remembers.
struct Guesses {
    std::int64_t failures = 0;
    Instant since;    ///< when counting began
    Instant last_at;  ///< the newest failure
};

/// How long until the next guess is looked at; zero when now. Pure.
Duration wait_left(GuessingRule const& rule, Guesses const& guesses, Instant now);

/// The counter with one failure more. Pure.
Guesses counted(GuessingRule const& rule, Guesses const& guesses, Instant now);

/// Whole seconds to tell a person, rounded up.
std::int64_t seconds_to_wait(Duration left);

}  // namespace klout7::access
