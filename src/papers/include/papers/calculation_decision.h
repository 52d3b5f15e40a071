#pragma once

#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "base/local_date.h"
#include "base/money.h"
#include "papers/paper.h"

namespace klout7::papers {

/// How the benefit of a client was calculated, once and for all weeks until something changes.
struct CalculationDecision {
    /// What one job earned over the reference period, by the name that the client knows it by.
    struct Wage {
        std::string job;
        Money sv_wage;
        Money holiday_paid;
        Money holiday_accrued;
    };

    Sender administrator;
    Recipient client;
    LocalDate date;
    std::string reference;
    LocalDate first_sick_day;
    Period reference_period;
    std::vector<Wage> wages;
    int working_days = 0;  ///< that the wage is divided by
    Money dagloon_before_maximum;
    Money maximum_dagloon;
    Money dagloon;
    Fraction share;        ///< of the dagloon that is paid
    int waiting_days = 0;  ///< on which nothing is paid
    LocalDate first_paid_day;
    Money day_benefit;                  ///< gross
    std::vector<std::string> why = {};  ///< sentences in the language of the paper
};
/// Errors: `sums_differ` unless the dagloon is the lower of the one before the maximum and the maximum.
std::expected<std::string, PaperFault> to_pdf(CalculationDecision const& decision, Language language);

}  // namespace klout7::papers
