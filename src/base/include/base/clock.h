#pragma once

#include <atomic>

#include "base/instant.h"

namespace klout7 {

/// What time it is. Passed to what needs it, so that a test can hold time still.
class Clock {
public:
    virtual ~Clock() = default;
    virtual Instant now() const = 0;
};

class SystemClock final : public Clock {
public:
    Instant now() const override;
};

/// A clock that stands where the test put it.
class FixedClock final : public Clock {
public:
    explicit FixedClock(Instant at) : at_(at.microseconds()) {}
    Instant now() const override { return Instant::from_microseconds(at_); }
    void set(Instant at) { at_ = at.microseconds(); }
    void advance(Duration by) { at_ += by.microseconds; }

private:
    std::atomic<std::int64_t> at_;
};

}  // namespace klout7
