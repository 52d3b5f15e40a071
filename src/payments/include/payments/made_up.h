#pragma once

#include "base/random.h"
#include "benefits/case_facts.h"

namespace klout7::payments {

/// Facts of nobody, of which a benefit can be reckoned: a job with a wage each month, sometimes income beside
/// the benefit. For tests, the demo and `klout7 generate world`; the same random numbers make the same facts.
benefits::CaseFacts made_up_facts(benefits::CaseCourse const& course, Random& random);

}  // namespace klout7::payments
