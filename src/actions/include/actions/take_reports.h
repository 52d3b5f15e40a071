#pragma once

#include <span>
#include <vector>

#include "audit/event.h"
#include "cases/sick_report.h"
#include "people/employers.h"
#include "vault/person_keys.h"

namespace klout7::actions {

enum class TakeOutcome {
    added,
    already_there,
    unknown_employer,
    shredded,  ///< of somebody whose key was destroyed: the file is gone, and nothing can be added to it
};

struct Taken {
    TakeOutcome outcome = TakeOutcome::unknown_employer;
    CaseId case_id = {};  ///< also of one that was there already
    PersonId person = {};
    EmployerId employer = {};
};

/// Turns checked reports into people and cases: the one way in, for a form and for a file. The outcome of
/// each, in their order. With `only`, the reports of other employers count as of an unknown one. Adding the
/// same report again changes nothing; the case goes to the employer's case manager.
std::vector<Taken> take_reports(store::Transaction& tx, vault::PersonKeys<OfficeZone> const& keys,
                                std::span<cases::SickReport const* const> reports,
                                std::optional<EmployerId> only, Instant now, Random& random);

}  // namespace klout7::actions
