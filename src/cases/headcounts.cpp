#include "cases/headcounts.h"

#include "case_row.h"
#include "store/row_tag.h"

namespace klout7::cases {
namespace {

using HeadcountId = Id<struct HeadcountIdKind>;

crypto::Sha256 tag_of(Keyring const& keyring, HeadcountId id, Headcount const& row) {
    return store::row_tag(keyring, "headcount",
                          {id, row.employer, row.first_of_month, row.employees, row.told_by, row.told_at});
}

}  // namespace

void set_headcount(store::Transaction& tx, Keyring const& keyring, Headcount const& told, Random& random) {
    auto const known =
        tx.row<HeadcountId>("SELECT id FROM headcount WHERE employer_id = ? AND first_of_month = ?",
                            told.employer, told.first_of_month);
    auto const id = known ? std::get<0>(*known) : HeadcountId::make(told.told_at, random);
    auto const tag = tag_of(keyring, id, told);
    if (known)
        tx.execute("UPDATE headcount SET employees = ?, told_by = ?, told_at = ?, tag = ? WHERE id = ?",
                   told.employees, told.told_by, told.told_at, tag, id);
    else
        tx.execute(
            "INSERT INTO headcount (id, employer_id, first_of_month, employees, told_by, told_at, tag) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            id, told.employer, told.first_of_month, told.employees, told.told_by, told.told_at, tag);
}

std::map<LocalDate, std::int64_t> headcounts_of(store::Transaction& tx, Keyring const& keyring,
                                                EmployerId employer, LocalDate from) {
    std::map<LocalDate, std::int64_t> found;
    for (auto const& [id, month, employees, by, at, tag] :
         tx.rows<HeadcountId, LocalDate, std::int64_t, UserId, Instant, crypto::Sha256>(
             "SELECT id, first_of_month, employees, told_by, told_at, tag FROM headcount "
             "WHERE employer_id = ? AND first_of_month >= ?",
             employer, from)) {
        store::require_row_tag(tag, tag_of(keyring, id, {employer, month, employees, by, at}));
        found.emplace(month, employees);
    }
    return found;
}

std::vector<Illness> illnesses_since(store::Transaction& tx, Keyring const& keyring, EmployerId employer,
                                     LocalDate from) {
    std::vector<Illness> found;
    // Who fell ill before that is ill by no case any more.
    auto const earliest = from.plus_weeks(-104);
    for (auto const& row :
         case_rows(tx, keyring,
                   store::sql<"SELECT ", case_columns,
                              "FROM case_file c WHERE c.employer_id = ? AND c.first_sick_day > ? "
                              "AND (c.recovered_from IS NULL OR c.recovered_from > ?)">,
                   {employer, earliest, from}))
        found.push_back({row.person, row.first_sick_day, row.recovered_from});
    return found;
}

}  // namespace klout7::cases
