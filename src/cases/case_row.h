#pragma once

#include "cases/case_files.h"
#include "crypto/hash.h"
#include "store/database.h"

namespace klout7::cases {

/// The columns of a case that are not sealed, in the order in which `row_of` takes them.
inline constexpr store::SqlPart case_columns{
    "c.id, c.person_id, c.employer_id, c.first_sick_day, c.case_manager_id, c.doctor_id, c.received_at, "
    "c.number, c.version, c.next_task, c.next_due, c.recovered_from, c.tag "};
using CaseColumns =
    store::Row<CaseId, PersonId, EmployerId, LocalDate, std::optional<UserId>, std::optional<UserId>, Instant,
               std::int64_t, std::int64_t, std::string, LocalDate, std::optional<LocalDate>, crypto::Sha256>;

/// The first open step as a row has it.
struct NextColumns {
    std::string task;
    LocalDate due = never_due;
    bool waits = false;  ///< somebody else must take it
};
NextColumns columns_of(std::optional<NextStep> const& next);

/// Whose case it is and who works on it decides who sees it; the law counts from its first sick day.
crypto::Sha256 tag_of(Keyring const& keyring, CaseRow const& row);

CaseRow row_of(Keyring const& keyring, CaseColumns const& columns);

/// The rows that a statement finds, which selects `case_columns`.
std::vector<CaseRow> case_rows(store::Transaction& tx, Keyring const& keyring, store::Sql sql,
                               std::vector<store::Value> const& values);

}  // namespace klout7::cases
