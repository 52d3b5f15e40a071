#pragma once

#include <expected>
#include <optional>
#include <vector>

#include "benefits/case_facts.h"

/// What is to be paid of a case now: what its weeks are worth by what is known today, less what was reckoned
/// for them before. What was paid is never written over; a change gives a difference.
namespace klout7::benefits {

/// What was reckoned of a case until now, as its newest payment says.
struct Settled {
    std::int64_t facts_number = 0;  ///< of the facts that it rests on; 0: nothing was reckoned yet
    std::uint64_t law = 0;          ///< which figures of the law (law_version)
    std::optional<LocalDate> last_sick_day = {};
    std::optional<LocalDate> until = {};  ///< the Sunday of the last week that was reckoned
    struct Week {
        LocalDate monday;
        Money gross;
        friend bool operator==(Week const&, Week const&) = default;
    };
    std::vector<Week> weeks = {};  ///< in order, those that are worth something
    int zvw_year = 0;              ///< the calendar year of the last payment
    Money zvw_wage = {};           ///< what the Zvw levy of that year was reckoned of
    friend bool operator==(Settled const&, Settled const&) = default;
};

/// A week that is worth something else than was reckoned for it.
struct WeekLine {
    LocalDate monday;
    Money before;
    Money due;
    Money tax_before;  ///< of each, by the table and the year of this payment
    Money tax_due;
    friend bool operator==(WeekLine const&, WeekLine const&) = default;
};

struct CasePayment {
    TaxTable table = TaxTable::green;
    bool has_declared_credit = false;
    std::vector<WeekLine> lines;
    Money gross;        ///< of the weeks that are worth more: to be paid
    Money tax;          ///< withheld of it
    Money claim_gross;  ///< of the weeks that are worth less: paid for nothing, and UWV decides (ZW 33)
    Money claim_tax;
    Money zvw;  ///< the employer's levy, not withheld
    Settled settled;
    Money net() const { return gross - tax; }
    bool is_nothing() const { return lines.empty(); }
    friend bool operator==(CasePayment const&, CasePayment const&) = default;
};

/// Up to which week is paid, and when.
struct PayUntil {
    LocalDate week;     ///< any day of the last one
    LocalDate pay_day;  ///< its year decides about tax and Zvw
};

/// `facts_number` is that of `facts`, above zero. Only weeks behind those that were reckoned are looked at
/// when nothing else changed, which gives the same.
/// Reading: tax on a week that comes later is what that week makes of the tax of its own week, by the figures
/// of the year of payment; the special rate for arrears is to be confirmed (docs/benefit.md).
std::expected<CasePayment, CaseFault> payment_of(CaseFacts const& facts, std::int64_t facts_number,
                                                 CaseCourse const& course, Settled const& settled,
                                                 PayUntil const& until, Parameters const& parameters,
                                                 TaxYears const& years);

/// Tells one set of figures of the law from another; no secret.
std::uint64_t law_version();

/// The bytes that are sealed. Format: docs/data-formats.md, "Benefit payment".
Bytes encode(CasePayment const& payment);
std::expected<CasePayment, CborError> decode_case_payment(BytesView bytes);

}  // namespace klout7::benefits
