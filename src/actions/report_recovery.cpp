#include "actions/report_recovery.h"

#include "keep_recovery.h"

namespace klout7::actions {
namespace {

using access::FailureKind;
using handover::RecoveryBy;

std::unexpected<Failure> wrong_day(handover::RecoveryFault fault) {
    auto const words = handover::words_of(fault);
    return std::unexpected(
        Failure{FailureKind::invalid, {{"first_fit_day", words.code, words.dutch, words.english}}});
}

}  // namespace

std::expected<void, Failure> report_recovery(Office const& office, Actor const& actor, CaseId id,
                                             Given<NewRecovery> const& given) {
    return access::change(office.frame, actor, [&](Unit& unit) -> std::expected<void, Failure> {
        // Before the case: what is newer than the version that was seen shows at the version, not as a fault
        // of the day.
        auto const newest = cases::newest_recovery(unit.tx, unit.keyring(), id);
        auto const row = cases::find_case(unit.tx, unit.keyring(), id);
        auto const access = unit.gate.ask(access::Action::create,
                                          cases::facts_of(access::Resource::recovery, row), id.uuid());
        if (!access) return std::unexpected(access.error());
        if (!given) return std::unexpected(given.error());
        if (given->version != row->version) return std::unexpected(Failure{FailureKind::changed_meanwhile});
        auto const fault = handover::check_recovery(cases::recovery_now(*row, newest, unit.today()),
                                                    RecoveryBy::client, given->first_fit_day);
        if (fault != handover::RecoveryFault::none) return wrong_day(fault);

        auto const key = key_of(unit, row->person);
        if (!key) return std::unexpected(key.error());
        auto const facts = cases::deadline_facts_of(unit.tx, *key, *row);
        if (!facts) return std::unexpected(facts.error());
        cases::Recovery const recovery{
            id,      newest ? newest->number + 1 : 1, given->first_fit_day, RecoveryBy::client, actor.user,
            unit.now};
        if (!keep_recovery(office, unit.tx, *row, *facts, recovery))
            return std::unexpected(Failure{FailureKind::changed_meanwhile});
        return {};
    });
}

std::expected<Recoveries, Failure> read_recoveries(Office const& office, Actor const& actor, CaseId id) {
    return access::look(office.frame, actor, [&](Unit& unit) -> std::expected<Recoveries, Failure> {
        auto const row = cases::find_case(unit.tx, unit.keyring(), id);
        auto const access =
            unit.gate.ask(access::Action::read, cases::facts_of(access::Resource::recovery, row), id.uuid());
        if (!access) return std::unexpected(access.error());
        // Who may read every case is cleared for one that does not exist, too.
        if (!row) return std::unexpected(Failure{FailureKind::not_found});
        Recoveries found{cases::recoveries_of(unit.tx, unit.keyring(), id), {}};
        auto const newest = found.reported.empty() ? std::nullopt : std::optional{found.reported.front()};
        auto const now = cases::recovery_now(*row, newest, unit.today());
        if (auto const until = handover::client_changes_until(now); until && unit.today() <= *until)
            found.client_changes_until = until;
        return found;
    });
}

}  // namespace klout7::actions
