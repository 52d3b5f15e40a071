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

/// Why somebody is insured with this employer. The letters are those of UWV's regulation.
enum class InsuredGroup { a, b, c };

/// What an employer that bears its own risk must be able to show UWV of one person. Reasons are sentences in
/// the language of the paper. Source: Regeling eigenrisicodragen Ziektewet, art. 3.
struct ErdRecord {
    struct Refusal {
        LocalDate decided_on;
        std::string reason;
    };
    struct Amount {
        Money amount;
        std::vector<std::string> reasons = {};
    };
    struct Right {
        LocalDate first;
        std::optional<LocalDate> last = {};  ///< nothing while it runs
        std::vector<std::string> reasons = {};
    };

    Sender administrator;
    std::string employer;
    LocalDate date;
    std::string reference;
    std::string name;
    Bsn bsn;
    std::vector<Period> incapacity;
    std::vector<Period> earlier_incapacity = {};
    InsuredGroup group = InsuredGroup::a;
    std::vector<std::string> group_reasons = {};
    std::vector<Refusal> refusals = {};
    Amount dagloon;
    Amount day_benefit;  ///< gross
    Right right;
    std::vector<Period> paid = {};
    std::vector<Period> paid_as_advance = {};
};
std::expected<std::string, PaperFault> to_pdf(ErdRecord const& record, Language language);

}  // namespace klout7::papers
