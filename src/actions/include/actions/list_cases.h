#pragma once

#include <variant>

#include "actions/office.h"
#include "cases/case_files.h"
#include "people/people.h"
#include "people/surname.h"

namespace klout7::actions {

struct ListedCase {
    cases::CaseRow row;
    people::ListedName name;
};
struct CasePage {
    std::vector<ListedCase> cases;
    std::optional<cases::CaseCursor> next;
};

/// The own cases: of a case manager those assigned, of an employer those of its people, of a client the own,
/// of a benefit specialist all. `of` is a case manager who handed the own cases over to this one: then those.
std::expected<CasePage, Failure> list_cases(Office const& office, Actor const& actor,
                                            std::optional<cases::CaseCursor> const& after,
                                            std::optional<UserId> of = {});

/// Whose cases to look for: one citizen's, or everybody's whose surname begins so.
struct CaseSearch {
    std::variant<Bsn, people::SurnamePart> whose;
    std::string typed;  ///< for the log
};
/// Of a citizen those cases that the actor may search; by surname among the actor's own, the newest, at most
/// a page.
std::expected<CasePage, Failure> search_cases(Office const& office, Actor const& actor,
                                              Given<CaseSearch> const& search);

}  // namespace klout7::actions
