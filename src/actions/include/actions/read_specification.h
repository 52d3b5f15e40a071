#pragma once

#include <optional>
#include <vector>

#include "actions/office.h"
#include "benefits/case_payment.h"
#include "payments/batches.h"

/// What papers about payments are made of.
namespace klout7::actions {

/// One payment of a case as its client gets it on paper.
struct Specification {
    people::Identity client;
    payments::Payable payable;
    LocalDate pay_day;
    std::optional<Iban> account;  ///< to which it went, or will go; nothing while there is none
    /// How many days of each week are paid, in the order of its lines; nothing where the facts of then do not
    /// give that amount any more.
    std::vector<std::optional<int>> days;
};
/// Errors: not_found.
std::expected<Specification, Failure> read_specification(Office const& office, Actor const& actor,
                                                         payments::PayableId payment);

/// What was paid to a client in a calendar year, over all cases: what the bank was asked for with a day in
/// that year, and did not reject or send back.
struct YearOfPayments {
    people::Identity client;
    int year = 0;
    Money wage;  ///< gross; of the wage tax and of the Zvw
    Money tax;
    Money labour_credit;
    /// From when on the tax credits were settled, or no more.
    struct Credit {
        LocalDate from;
        bool is_applied = false;
    };
    std::vector<Credit> credits;
};
/// By any case of the client. Errors: not_now when nothing was paid in that year.
std::expected<YearOfPayments, Failure> read_year_of_payments(Office const& office, Actor const& actor,
                                                             CaseId id, Given<int> const& year);

}  // namespace klout7::actions
