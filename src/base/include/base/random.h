#pragma once

#include <array>
#include <cstdint>

#include "base/bytes.h"

namespace klout7 {

/// Where random bytes come from. Passed to what needs it, so that a test can repeat itself.
class Random {
public:
    virtual ~Random() = default;
    virtual void fill(BytesSpan out) = 0;
    /// A number below `limit`, each equally likely.
    std::uint64_t below(std::uint64_t limit);
};

/// The kernel's generator; never fails once the system is up. Safe from many threads. Small
/// requests are served from a buffer per thread, each byte handed out once and then wiped.
class SystemRandom final : public Random {
public:
    void fill(BytesSpan out) override;
};

/// The same bytes for the same seed: for tests and made-up data, never for keys. One thread.
class SeededRandom final : public Random {
public:
    explicit SeededRandom(std::uint64_t seed) : state_(seed) {}
    void fill(BytesSpan out) override;

private:
    std::uint64_t state_;
};

}  // namespace klout7
