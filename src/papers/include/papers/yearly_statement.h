#pragma once

#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "base/bsn.h"
#include "base/local_date.h"
#include "base/money.h"
#include "papers/paper.h"

namespace klout7::papers {

/// What a client needs for the tax return of a year (jaaropgaaf).
struct YearlyStatement {
    /// From when on the tax credit was reckoned with, or no more.
    struct TaxCredit {
        LocalDate from;
        bool is_applied = false;
    };
    /// What the figures have in them of weeks that were paid otherwise first, as it was worded.
    struct Correction {
        std::string text;
        Money amount;
    };

    Sender payer;
    std::string wage_tax_number;  ///< loonheffingennummer
    Recipient client;
    Bsn bsn;
    LocalDate date;
    int year = 0;
    Money wage;                       ///< for the wage tax, of the benefit
    std::optional<Money> supplement;  ///< by collective agreement, told apart
    Money wage_tax;
    Money labour_credit;
    std::vector<TaxCredit> tax_credit;
    Money zvw_wage;
    Money zvw_withheld;
    std::optional<Money> life_course_credit = {};  ///< levensloopverlofkorting, of years that had one
    std::vector<Correction> corrections = {};
};
std::expected<std::string, PaperFault> to_pdf(YearlyStatement const& statement, Language language);

}  // namespace klout7::papers
