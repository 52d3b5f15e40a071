#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

namespace klout7::confine {

/// How much a process may use from then on, and what it may still open.
struct Limits {
    std::uint64_t memory_bytes = 0;  ///< besides what it has in use
    std::uint64_t processor_seconds = 0;
    /// Files, and folders with all below, that it may still read. Anything here needs Landlock (confines.h).
    std::vector<std::filesystem::path> reads = {};
};

/// For good: this process starts nothing and reaches nobody; it reads and writes what is open, opens nothing
/// but `reads`, and has so much memory and processor time left. False when it could not be done. A call that
/// it does not need ends it; a file that it may not read is not there. Source: seccomp(2), setrlimit(2),
/// landlock(7).
bool confine_to_what_is_open(Limits const& limits);

/// False under the address sanitizer, whose shadow takes more memory than there may be, and more calls: there
/// `confine_to_what_is_open` does nothing.
#ifdef __SANITIZE_ADDRESS__
inline constexpr bool can_be_limited = false;
#else
inline constexpr bool can_be_limited = true;
#endif

}  // namespace klout7::confine
