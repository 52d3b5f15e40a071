#pragma once

#include <variant>

#include "actions/office.h"
#include "cases/case_list.h"
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

/// The own cases: of an employer those of its people, of a client the own, of a benefit specialist all,
/// newest first sick day first; of a case manager those assigned, what is due first first, and of them those
/// of the view. `of` is a case manager who handed the own cases over to this one: then those. Errors: invalid
/// when there is no such view.
std::expected<CasePage, Failure> list_cases(Office const& office, Actor const& actor,
                                            std::optional<cases::CaseCursor> const& after,
                                            std::optional<UserId> of = {},
                                            Given<cases::CaseView> const& view = cases::CaseView::all);

/// How many cases each view of a case manager's work holds, in the order of cases::all_views and at most
/// cases::most_counted; nobody else has any.
std::expected<std::vector<std::int64_t>, Failure> count_work(Office const& office, Actor const& actor,
                                                             std::optional<UserId> of = {});

/// Which cases to look for: one citizen's, those of everybody whose surname begins so, or one by its number.
struct CaseSearch {
    std::variant<Bsn, people::SurnamePart, cases::CaseNumber> whose;
    std::string typed;  ///< for the log
};
/// Those cases that the actor may search; by surname among the actor's own, or among those of `of` who handed
/// them over, the newest, at most a page.
std::expected<CasePage, Failure> search_cases(Office const& office, Actor const& actor,
                                              Given<CaseSearch> const& search, std::optional<UserId> of = {});

}  // namespace klout7::actions
