#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "cases/case_files.h"
#include "crypto/keyring.h"

/// Lists of cases, and finding one. Every row that is read carries a tag, as in case_files.h.
namespace klout7::cases {

inline constexpr std::int64_t cases_per_page = 100;

/// Where the next page starts: behind this case, which has this day.
struct CaseCursor {
    LocalDate day;
    CaseId id;
};

/// Whose cases a list holds; with nothing set, everybody's.
struct CaseFilter {
    std::optional<UserId> case_manager = {};
    std::optional<EmployerId> employer = {};
    std::optional<PersonId> person = {};
};
/// One page, newest first sick day first; the cursor has that day. `case_manager` is not set: work_list.
std::vector<CaseRow> list_cases(store::Transaction& tx, Keyring const& keyring, CaseFilter const& filter,
                                std::optional<CaseCursor> const& after, std::int64_t limit = cases_per_page);

/// The newest cases of people whose surname may begin with what this token is of (people/surname.h), at most
/// so many. Of the filter `person` is not set.
std::vector<CaseRow> find_by_surname(store::Transaction& tx, Keyring const& keyring,
                                     crypto::BlindToken const& token, CaseFilter const& filter,
                                     std::int64_t limit = cases_per_page);

std::optional<CaseRow> find_by_number(store::Transaction& tx, Keyring const& keyring, CaseNumber number);

/// A part of somebody's work, by the first step that is open.
enum class CaseView {
    all,
    late,            ///< was due before today
    this_week,       ///< is due from today up to Sunday
    waiting,         ///< somebody else takes it
    without_doctor,  ///< is of somebody ill who has nobody yet to go to
};
inline constexpr CaseView all_views[] = {CaseView::all, CaseView::late, CaseView::this_week,
                                         CaseView::waiting, CaseView::without_doctor};
/// The stable code: "this_week".
std::string_view name_of(CaseView view);
std::optional<CaseView> parse_case_view(std::string_view name);

/// Whose work, seen on which day.
struct Work {
    UserId case_manager;
    LocalDate today;
};
/// One page of it, what is due first first; the cursor has the day on which that is.
std::vector<CaseRow> work_list(store::Transaction& tx, Keyring const& keyring, Work const& work,
                               CaseView view, std::optional<CaseCursor> const& after,
                               std::int64_t limit = cases_per_page);
/// How many cases each view holds, in the order of all_views; no more than this are counted.
inline constexpr std::int64_t most_counted = 1000;
std::vector<std::int64_t> count_work(store::Transaction& tx, Work const& work);

}  // namespace klout7::cases
