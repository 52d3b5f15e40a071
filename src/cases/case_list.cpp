#include "cases/case_list.h"

#include <chrono>

#include "base/check.h"
#include "case_row.h"

namespace klout7::cases {
namespace {

using store::sql;

constexpr LocalDate first_day = LocalDate::from(1900, 1, 1).value();

constexpr store::SqlPart behind_the_page{
    "(c.first_sick_day < ? OR (c.first_sick_day = ? AND c.id < ?)) "
    "ORDER BY c.first_sick_day DESC, c.id DESC OFFSET 0 ROWS FETCH NEXT ? ROWS ONLY"};
constexpr store::SqlPart newest_first{
    "ORDER BY c.first_sick_day DESC, c.id DESC OFFSET 0 ROWS FETCH NEXT ? ROWS ONLY"};
constexpr store::SqlPart from_surnames{
    "FROM person_surname s JOIN case_file c ON c.person_id = s.person_id WHERE s.token = ? "};
constexpr store::SqlPart of_the_view{
    "FROM case_file c WHERE c.case_manager_id = ? AND c.next_due >= ? AND c.next_due <= ? "
    "AND c.next_waits >= ? "};
constexpr store::SqlPart without_doctor{"AND c.doctor_id IS NULL AND c.recovered_from IS NULL "};
constexpr store::SqlPart due_behind_the_page{
    "AND (c.next_due > ? OR (c.next_due = ? AND c.id > ?)) "
    "ORDER BY c.next_due, c.id OFFSET 0 ROWS FETCH NEXT ? ROWS ONLY"};
constexpr store::SqlPart counted_up_to{"ORDER BY c.next_due, c.id OFFSET 0 ROWS FETCH NEXT ? ROWS ONLY) t"};

/// Where a page starts, and how long it is. (Not inserted at once: g++ 12 then warns of what does not
/// happen.)
void add_page(std::vector<store::Value>& values, CaseCursor const& from, std::int64_t limit) {
    values.emplace_back(from.day);
    values.emplace_back(from.day);
    values.emplace_back(from.id);
    values.emplace_back(limit);
}

/// What narrows the work of somebody down to a view.
std::vector<store::Value> values_of(Work const& work, CaseView view) {
    using std::chrono::Sunday;
    auto const to_sunday = static_cast<int>((Sunday - work.today.weekday()).count());
    auto const from = view == CaseView::this_week ? work.today : first_day;
    auto const until = view == CaseView::late        ? work.today.plus_days(-1)
                       : view == CaseView::this_week ? work.today.plus_days(to_sunday)
                                                     : never_due;
    return {work.case_manager, from, until, std::int64_t{view == CaseView::waiting}};
}

}  // namespace

std::string_view name_of(CaseView view) {
    switch (view) {
        case CaseView::all:
            return "all";
        case CaseView::late:
            return "late";
        case CaseView::this_week:
            return "this_week";
        case CaseView::waiting:
            return "waiting";
        case CaseView::without_doctor:
            return "without_doctor";
    }
    return {};
}

std::optional<CaseView> parse_case_view(std::string_view name) {
    for (auto const view : all_views)
        if (name_of(view) == name) return view;
    return std::nullopt;
}

std::vector<CaseRow> list_cases(store::Transaction& tx, Keyring const& keyring, CaseFilter const& filter,
                                std::optional<CaseCursor> const& after, std::int64_t limit) {
    require(!filter.case_manager && !(filter.employer && filter.person), "a list is of one kind");
    auto const from = after.value_or(CaseCursor{never_due, CaseId{}});
    std::vector<store::Value> values;
    if (filter.employer) values.emplace_back(*filter.employer);
    if (filter.person) values.emplace_back(*filter.person);
    add_page(values, from, limit);
    if (filter.employer)
        return case_rows(
            tx, keyring,
            sql<"SELECT ", case_columns, "FROM case_file c WHERE c.employer_id = ? AND ", behind_the_page>,
            values);
    if (filter.person)
        return case_rows(
            tx, keyring,
            sql<"SELECT ", case_columns, "FROM case_file c WHERE c.person_id = ? AND ", behind_the_page>,
            values);
    return case_rows(tx, keyring, sql<"SELECT ", case_columns, "FROM case_file c WHERE ", behind_the_page>,
                     values);
}

std::vector<CaseRow> find_by_surname(store::Transaction& tx, Keyring const& keyring,
                                     crypto::BlindToken const& token, CaseFilter const& filter,
                                     std::int64_t limit) {
    require(!filter.person && !(filter.case_manager && filter.employer), "a search is of one kind");
    std::vector<store::Value> values{token};
    if (filter.case_manager) values.emplace_back(*filter.case_manager);
    if (filter.employer) values.emplace_back(*filter.employer);
    values.emplace_back(limit);
    if (filter.case_manager)
        return case_rows(
            tx, keyring,
            sql<"SELECT ", case_columns, from_surnames, "AND c.case_manager_id = ? ", newest_first>, values);
    if (filter.employer)
        return case_rows(tx, keyring,
                         sql<"SELECT ", case_columns, from_surnames, "AND c.employer_id = ? ", newest_first>,
                         values);
    return case_rows(tx, keyring, sql<"SELECT ", case_columns, from_surnames, newest_first>, values);
}

std::optional<CaseRow> find_by_number(store::Transaction& tx, Keyring const& keyring, CaseNumber number) {
    auto rows = case_rows(tx, keyring, sql<"SELECT ", case_columns, "FROM case_file c WHERE c.number = ?">,
                          {number.sequence()});
    return rows.empty() ? std::nullopt : std::optional{std::move(rows.front())};
}

std::vector<CaseRow> work_list(store::Transaction& tx, Keyring const& keyring, Work const& work,
                               CaseView view, std::optional<CaseCursor> const& after, std::int64_t limit) {
    auto const from = after.value_or(CaseCursor{first_day, CaseId{}});
    auto values = values_of(work, view);
    add_page(values, from, limit);
    if (view == CaseView::without_doctor)
        return case_rows(tx, keyring,
                         sql<"SELECT ", case_columns, of_the_view, without_doctor, due_behind_the_page>,
                         values);
    return case_rows(tx, keyring, sql<"SELECT ", case_columns, of_the_view, due_behind_the_page>, values);
}

std::vector<std::int64_t> count_work(store::Transaction& tx, Work const& work) {
    std::vector<std::int64_t> counts;
    for (auto const view : all_views) {
        auto values = values_of(work, view);
        values.emplace_back(most_counted);
        auto const found =
            view == CaseView::without_doctor
                ? tx.rows_with<std::int64_t>(
                      sql<"SELECT COUNT(*) FROM (SELECT c.id ", of_the_view, without_doctor, counted_up_to>,
                      values)
                : tx.rows_with<std::int64_t>(
                      sql<"SELECT COUNT(*) FROM (SELECT c.id ", of_the_view, counted_up_to>, values);
        counts.push_back(std::get<0>(found.front()));
    }
    return counts;
}

}  // namespace klout7::cases
