#pragma once

#include <vector>

#include "base/made_up.h"

namespace klout7::server {

/// The three employers of the demo, the same each time: what is generated is about their people.
inline std::vector<MadeUpEmployer> demo_employers() {
    MadeUpPeople people{7};
    std::vector<MadeUpEmployer> employers;
    for (int i = 0; i < 3; ++i) employers.push_back(people.next_employer());
    return employers;
}

}  // namespace klout7::server
