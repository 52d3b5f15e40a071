#pragma once

namespace klout7 {

/// False in the preset `without-encryption` only: tests and benchmarks of what the protection does and costs.
/// There cells stay plain, people have no key of their own, and nothing is logged.
#ifdef KLOUT7_WITHOUT_ENCRYPTION
inline constexpr bool is_protected = false;
#else
inline constexpr bool is_protected = true;
#endif

}  // namespace klout7
