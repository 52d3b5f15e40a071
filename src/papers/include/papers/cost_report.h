#pragma once

#include <chrono>
#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "base/local_date.h"
#include "base/money.h"
#include "papers/paper.h"

namespace klout7::papers {

/// The fewest people whose costs are told together.
inline constexpr int smallest_group = 10;

/// What the Ziektewet cost an employer, month by month. It has no place for anything of a person.
struct CostReport {
    struct Figures {
        int people = 0;  ///< how many were paid
        Money gross_benefit;
        Money zvw_levy;  ///< owed by the employer on top
        Money total() const { return gross_benefit + zvw_levy; }
    };
    struct Month {
        std::chrono::year_month month;
        std::optional<Figures> figures;  ///< nothing when they are withheld
    };

    Sender administrator;
    Recipient employer;
    LocalDate date;
    std::string reference;
    Period period;
    std::vector<Month> months;
};
/// A month that is withheld is shown as "-", and so are the sums, by which it could be reckoned back.
/// Errors: `group_too_small` for a month of 1 to 9 people that is not withheld.
std::expected<std::string, PaperFault> to_pdf(CostReport const& report, Language language);

}  // namespace klout7::papers
