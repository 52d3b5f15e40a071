#include "base/random.h"

#include <sys/random.h>

#include <algorithm>
#include <cerrno>

#include "base/check.h"
#include "base/secret_bytes.h"

namespace klout7 {
namespace {

void fill_from_kernel(BytesSpan out) {
    while (!out.empty()) {
        auto const got = getrandom(out.data(), out.size(), 0);
        if (got < 0 && errno == EINTR) continue;
        require(got > 0, "the kernel gives random bytes");
        out = out.subspan(static_cast<std::size_t>(got));
    }
}

/// Unused random bytes of one thread. A fork would hand out the same bytes twice: Klout7's programs
/// start others only by exec.
struct Reserve {
    std::array<std::uint8_t, 4096> bytes{};
    std::size_t used = bytes.size();
    ~Reserve() { wipe(bytes); }
};

}  // namespace

std::uint64_t Random::below(std::uint64_t limit) {
    require(limit > 0, "a limit above zero");
    // Values past the last whole multiple of the limit would favour the small numbers: draw again.
    auto const too_high = UINT64_MAX - UINT64_MAX % limit;
    for (;;) {
        std::array<std::uint8_t, 8> bytes{};
        fill(bytes);
        std::uint64_t value = 0;
        for (auto const byte : bytes) value = value << 8U | byte;
        if (value < too_high) return value % limit;
    }
}

void SystemRandom::fill(BytesSpan out) {
    static thread_local Reserve reserve;
    if (out.size() > 256) return fill_from_kernel(out);
    if (reserve.bytes.size() - reserve.used < out.size()) {
        fill_from_kernel(reserve.bytes);
        reserve.used = 0;
    }
    auto const taken = BytesSpan{reserve.bytes}.subspan(reserve.used, out.size());
    std::copy(taken.begin(), taken.end(), out.begin());
    wipe(taken);
    reserve.used += out.size();
}

void SeededRandom::fill(BytesSpan out) {
    // SplitMix64, by Sebastiano Vigna, public domain: https://prng.di.unimi.it/splitmix64.c
    for (std::size_t at = 0; at < out.size();) {
        state_ += 0x9E3779B97F4A7C15U;
        auto mixed = state_;
        mixed = (mixed ^ mixed >> 30U) * 0xBF58476D1CE4E5B9U;
        mixed = (mixed ^ mixed >> 27U) * 0x94D049BB133111EBU;
        mixed ^= mixed >> 31U;
        for (int i = 0; i < 8 && at < out.size(); ++i, mixed >>= 8U)
            out[at++] = static_cast<std::uint8_t>(mixed);
    }
}

}  // namespace klout7
