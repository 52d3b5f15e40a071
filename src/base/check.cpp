#include "base/check.h"

#include <cstdio>
#include <cstdlib>

namespace klout7 {

void stop_program(char const* what, std::source_location where) {
    std::fprintf(stderr, "klout7: stopped, this should hold and does not: %s (%s:%u)\n", what,
                 where.file_name(), static_cast<unsigned>(where.line()));
    std::abort();
}

}  // namespace klout7
