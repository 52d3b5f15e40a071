#pragma once

namespace klout7::gate {

/// For good: this process opens nothing, starts nothing and reaches nobody; it reads and writes what is open,
/// and has 8 MiB of memory left and 20 seconds of processor time. False when it could not be done. What it
/// tries beyond that ends it. Source: seccomp(2), setrlimit(2).
bool confine_to_what_is_open();

}  // namespace klout7::gate
