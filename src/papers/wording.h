#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/local_date.h"
#include "base/money.h"
#include "papers/paper.h"

namespace klout7::papers {

/// How a paper says things in its language: `say("Bedrag", "Amount")`.
class Wording {
public:
    explicit constexpr Wording(Language language) : language_(language) {}

    constexpr std::string operator()(std::string_view dutch, std::string_view english) const {
        return std::string{language_ == Language::dutch ? dutch : english};
    }
    /// "nl-NL".
    std::string_view language_tag() const { return language_ == Language::dutch ? "nl-NL" : "en-GB"; }

    /// "1.234,56" or "1,234.56".
    std::string amount(Money amount) const;
    /// "€ -1.234,56", with a space that no line breaks at, or "-€1,234.56".
    std::string euro(Money amount) const;
    /// "9 november 2026" or "9 November 2026".
    std::string date(LocalDate day) const;
    /// "donderdag 12 november 2026".
    std::string weekday_and_date(LocalDate day) const;
    /// "9 november 2026 tot en met 15 november 2026".
    std::string period(Period period) const;
    /// "november 2026".
    std::string month(std::chrono::year_month month) const;
    /// "70%", "37,5%": two decimals at most, rounded half up.
    std::string percent(Fraction share) const;
    /// "1 dag", "5 dagen".
    std::string days(int count) const;
    /// "pagina 1 van 2".
    std::string page_of(std::size_t page, std::size_t pages) const;

private:
    Language language_;
};

}  // namespace klout7::papers
