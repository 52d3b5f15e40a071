#pragma once

#include "access/frame.h"
#include "exchange/exchange.h"

namespace klout7::actions {

using Actor = access::Actor;
using Failure = access::Failure;
using Unit = access::Unit<OfficeZone>;

/// What the actions of the office side stand on.
struct Office {
    access::Frame<OfficeZone> const& frame;
    exchange::Exchange<OfficeZone> const& exchange;
};

/// The key of someone whose case was cleared. Errors: not_found when it was destroyed, unavailable when
/// altered.
inline std::expected<vault::PersonKeys<OfficeZone>::Key, Failure> key_of(Unit& unit, PersonId person) {
    auto key = unit.frame.keys.load(unit.tx, person);
    if (key) return std::move(*key);
    return std::unexpected(Failure{key.error() == vault::VaultError::no_key
                                       ? access::FailureKind::not_found
                                       : access::FailureKind::unavailable});
}

}  // namespace klout7::actions
