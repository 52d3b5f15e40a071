#pragma once

#include <map>
#include <vector>

#include "cases/absence_figures.h"
#include "cases/case_files.h"

/// How many people an employer had in a month, which only the employer knows, and who of them was ill.
namespace klout7::cases {

inline constexpr std::int64_t most_employees = 1'000'000;

/// What an employer told of a month, in the place of what it told before. The row carries a tag: it decides
/// what is shown of people.
struct Headcount {
    EmployerId employer;
    LocalDate first_of_month;
    std::int64_t employees = 0;
    UserId told_by;
    Instant told_at;
};
void set_headcount(store::Transaction& tx, Keyring const& keyring, Headcount const& told, Random& random);
/// By the first day of the month, from this one on.
std::map<LocalDate, std::int64_t> headcounts_of(store::Transaction& tx, Keyring const& keyring,
                                                EmployerId employer, LocalDate from);

/// The cases of an employer that have a day in or after `from`.
std::vector<Illness> illnesses_since(store::Transaction& tx, Keyring const& keyring, EmployerId employer,
                                     LocalDate from);

}  // namespace klout7::cases
