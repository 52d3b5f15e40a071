#pragma once

#include "actions/office.h"

namespace klout7::actions {

/// What the office side does with messages of the medical side: keeps which doctors there are, and letters
/// under the key of the person they are about. Each is a line in the log, as the medical side's doing.
exchange::Handler office_handler(access::Frame<OfficeZone> const& frame);

}  // namespace klout7::actions
