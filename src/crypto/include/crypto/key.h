#pragma once

#include <cstdint>
#include <memory>

#include "base/bytes.h"
#include "base/random.h"

namespace klout7::crypto {

/// A 256-bit secret key in memory that is locked, kept out of core dumps, and wiped when it goes.
class Key256 {
public:
    static constexpr std::size_t size_bytes = 32;

    static Key256 random(Random& random);
    /// `bytes` must be 32 long; the caller wipes its own copy.
    explicit Key256(BytesView bytes);
    Key256 copy() const { return Key256{view()}; }
    Key256(Key256&&) noexcept = default;
    Key256& operator=(Key256&&) noexcept = default;

    BytesView view() const { return {bytes_.get(), size_bytes}; }

private:
    struct WipeAndRelease {
        void operator()(std::uint8_t* bytes) const noexcept;
    };
    std::unique_ptr<std::uint8_t[], WipeAndRelease> bytes_;
};

/// Call once, first thing in main: locked memory for keys, no core dumps, no tracing by others.
/// False when the system refuses to lock memory (RLIMIT_MEMLOCK); the program should say so and stop.
bool protect_process_memory();

}  // namespace klout7::crypto
