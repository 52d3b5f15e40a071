#include "cleared.h"

namespace klout7::medical {

std::expected<Cleared, Failure> clear(Unit& unit, access::Resource resource, access::Action action,
                                      std::optional<CaseRow> const& row, Uuid object) {
    auto access = unit.gate.ask(action, facts_of(resource, row), object);
    if (!access) return std::unexpected(access.error());
    if (!row) return std::unexpected(Failure{access::FailureKind::not_found});
    auto key = key_of(unit, row->person);
    if (!key) return std::unexpected(key.error());
    return Cleared{*row, std::move(*access), std::move(*key)};
}

std::expected<Cleared, Failure> clear(Unit& unit, access::Resource resource, access::Action action,
                                      CaseId id) {
    return clear(unit, resource, action, find_case(unit.tx, unit.keyring(), id), id.uuid());
}

}  // namespace klout7::medical
