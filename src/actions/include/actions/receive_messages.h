#pragma once

#include "actions/office.h"

namespace klout7::actions {

/// What the office side does with messages of the medical side: keeps which doctors there are, letters
/// under the key of the person they are about, and that a doctor holds somebody fit again. Each is a line in
/// the log, as the medical side's doing.
exchange::Handler office_handler(Office const& office);

}  // namespace klout7::actions
