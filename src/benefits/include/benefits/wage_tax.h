#pragma once

#include <expected>
#include <optional>
#include <string_view>
#include <vector>

#include "benefits/explanation.h"

namespace klout7::benefits {

/// Which table of the tax office. Green has no labour credit: the wage is of a job that ended.
enum class TaxTable { white, green, anonymous };
std::string_view name_of(TaxTable table);

/// What decides about the table. Source: Belastingplan 2019 art. 5.11 for green; to be confirmed by a payroll
/// expert.
struct TaxSituation {
    bool is_employed = false;   ///< the job still runs
    bool is_identified = true;  ///< identity and BSN are known and proven
};
TaxTable usual_table(TaxSituation const& situation);

/// What is withheld of one week, and what of it is told on the yearly statement.
struct WageTax {
    Money withheld;
    Money labour_credit;  ///< settled with it; of the white table alone
    Explanation explanation;
};

/// A percentage of what is above an amount.
struct Slice {
    Money above;
    Fraction share;
};

/// The figures of one calendar year.
struct TaxYear {
    int year = 0;
    std::vector<Slice> brackets = {};
    Money general_credit = {};
    Slice general_credit_less = {};
    Money general_credit_nil_from = {};
    std::vector<Slice> labour_credit = {};
    Slice labour_credit_less = {};
    Money labour_credit_nil_from = {};
    Fraction anonymous = {0, 1};
    Fraction zvw_levy = {0, 1};
    Money zvw_maximum_wage = {};
};
class TaxYears {
public:
    explicit TaxYears(std::vector<TaxYear> years) : years_(std::move(years)) {}
    /// Null when there are no figures of that year.
    TaxYear const* of(int year) const;

private:
    std::vector<TaxYear> years_;
};
/// Of the text of law/wage_tax.tsv; the line that is wrong instead.
std::expected<TaxYears, int> parse_tax_years(std::string_view text);
/// Those of law/, which the build put into the program.
TaxYears const& law_tax_years();

/// The tax on the benefit of a week that is not below zero: of 52 such weeks, less the credits, divided by 52
/// and rounded half up; never below zero. Credits only if the client declared them here. Source: Wet LB 1964
/// art. 20 to 22a; the computation rules approximately, the official tables bind.
WageTax wage_tax(Money gross, TaxTable table, bool has_declared_credit, TaxYear const& year);

/// The contribution that the employer owes over the benefit, not withheld of it: up to the maximum wage of
/// the year, of which `before` was reckoned with already. Rounded half up. Source: Zvw art. 41, 42.
Money zvw_levy(Money gross, Money before, TaxYear const& year);

}  // namespace klout7::benefits
