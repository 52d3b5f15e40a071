#pragma once

#include <algorithm>
#include <chrono>

namespace klout7::server {

/// When a program that fell is started again: at once after the first fall, later and later while it keeps
/// falling. One that served well for a while starts anew, so that rare falls never add up to a long pause.
class Restarts {
public:
    using Instant = std::chrono::steady_clock::time_point;
    static constexpr std::chrono::milliseconds first_pause{200};
    static constexpr std::chrono::milliseconds longest_pause{6400};
    static constexpr std::chrono::seconds served_well{10};

    void started(Instant now) { started_at_ = now; }
    void fell(Instant now) {
        if (now - started_at_ >= served_well) falls_ = 0;
        auto const pause = std::min(longest_pause, first_pause * (1 << std::min(falls_, 10)));
        ++falls_;
        start_at_ = now + pause;
    }
    bool may_start(Instant now) const { return now >= start_at_; }
    /// Since it last served well.
    int falls() const { return falls_; }

private:
    int falls_ = 0;
    Instant started_at_{};
    Instant start_at_{};
};

}  // namespace klout7::server
