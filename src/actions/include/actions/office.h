#pragma once

#include "access/frame.h"
#include "exchange/exchange.h"

namespace klout7::actions {

using Actor = access::Actor;
using Failure = access::Failure;
using access::Given;
using Unit = access::Unit<OfficeZone>;

/// What the actions of the office side stand on.
struct Office {
    access::Frame<OfficeZone> const& frame;
    exchange::Exchange<OfficeZone> const& exchange;
};

}  // namespace klout7::actions
