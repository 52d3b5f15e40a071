#pragma once

#include "actions.h"

namespace klout7::medical {

/// A case, the proof that the actor may do this with it, and the key of whom it is about.
struct Cleared {
    CaseRow row;
    access::Access access;
    Key key;
};
/// Asks the gate about a case, which may not be there. `object` is what was asked for.
/// Errors: those of the gate; not_found when the key was destroyed, unavailable when altered.
std::expected<Cleared, Failure> clear(Unit& unit, access::Resource resource, access::Action action,
                                      std::optional<CaseRow> const& row, Uuid object);
/// The same, of the case itself.
std::expected<Cleared, Failure> clear(Unit& unit, access::Resource resource, access::Action action,
                                      CaseId id);

}  // namespace klout7::medical
