#include "keep_recovery.h"

namespace klout7::actions {

bool keep_recovery(Office const& office, store::Transaction& tx, cases::CaseRow const& row,
                   cases::DeadlineFacts const& facts, cases::Recovery const& recovery) {
    auto const& frame = office.frame;
    auto const next = cases::next_step(steps_with(tx, row.id, facts, recovery));
    // First of all: of two at once the later one ends here, not at the number of the report.
    if (!cases::set_recovered(tx, row, recovery.first_fit_day, next)) return false;
    cases::add_recovery(tx, frame.keys.keyring(), recovery, frame.clock.now(), frame.random);
    payments::open_again(tx, row.id);
    if (row.doctor)
        office.exchange.send(
            tx, handover::CaseDates{row.id, row.person, row.first_sick_day, recovery.first_fit_day});
    return true;
}

}  // namespace klout7::actions
