#pragma once

#include "access/frame.h"
#include "exchange/exchange.h"
#include "payments/batches.h"

namespace klout7::actions {

using Actor = access::Actor;
using Failure = access::Failure;
using access::Given;
using Unit = access::Unit<OfficeZone>;

/// What the actions of the office side stand on.
struct Office {
    access::Frame<OfficeZone> const& frame;
    exchange::Exchange<OfficeZone> const& exchange;
    /// From which account benefit is paid, and how the bank wants to be asked. Without it nothing is.
    std::optional<payments::BankSide> bank = {};
    /// The loonheffingennummer of who pays, for yearly statements; empty when the settings have none.
    std::string wage_tax_number = {};
};

}  // namespace klout7::actions
