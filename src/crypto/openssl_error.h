#pragma once

#include "base/check.h"

namespace klout7::crypto {

/// For calls that fail only when the library itself is broken or memory ran out.
inline void must(int result, char const* what) { require(result == 1, what); }

}  // namespace klout7::crypto
