#pragma once

#include <string>
#include <vector>

#include "messages/message.h"

namespace klout7::messages {

/// Adds what fields say of each other and of the day: nothing about those that have a fault already.
void compare_fields(Content const& content, LocalDate made_on, std::vector<Fault>& faults);

}  // namespace klout7::messages
