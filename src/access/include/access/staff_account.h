#pragma once

#include "access/frame.h"
#include "handover/messages.h"

namespace klout7::access {

/// Keeps what the other side told of an account of somebody who works there, and a line of it in the log;
/// from now on it counts with every account that is made or reopened here (roles.h, may_be_one_person). Both
/// sides may have opened an account of one person before either heard of the other's: then the account that
/// was made later is closed by its own side, with a line, and the administrators there hear of it. False, and
/// nothing done, when this is no address, or people of the other side have no such role.
template <class Zone>
bool keep_staff_account(Frame<Zone> const& frame, store::Transaction& tx,
                        handover::StaffAccount const& account);

}  // namespace klout7::access
