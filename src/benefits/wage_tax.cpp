#include "benefits/wage_tax.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "base/text.h"
#include "benefits/exact.h"
#include "tables.h"

namespace klout7::benefits {
namespace {

constexpr int weeks_of_a_year = 52;

/// Each percentage of what lies between it and the next.
Exact by_slices(Money amount, std::vector<Slice> const& slices) {
    Exact sum;
    for (std::size_t i = 0; i < slices.size(); ++i) {
        auto const upto = i + 1 < slices.size() ? std::min(amount, slices[i + 1].above) : amount;
        if (upto > slices[i].above) sum = sum + Exact::of(upto - slices[i].above, slices[i].share);
    }
    return sum;
}

Exact less(Exact credit, Money amount, Slice const& slice) {
    if (amount > slice.above) credit = credit - Exact::of(amount - slice.above, slice.share);
    return std::max(credit, Exact{});
}

Exact general_credit(Money annual, TaxYear const& year) {
    if (annual >= year.general_credit_nil_from) return {};
    return less(Exact{year.general_credit}, annual, year.general_credit_less);
}

Exact labour_credit(Money annual, TaxYear const& year) {
    if (annual >= year.labour_credit_nil_from) return {};
    return less(by_slices(std::min(annual, year.labour_credit_less.above), year.labour_credit), annual,
                year.labour_credit_less);
}

/// The year of the rows; made when it is the first of it.
TaxYear& year_of(std::vector<TaxYear>& years, int number) {
    auto const found = std::ranges::find(years, number, &TaxYear::year);
    if (found != years.end()) return *found;
    years.push_back({.year = number});
    return years.back();
}

bool is_complete(TaxYear const& year) {
    return !year.brackets.empty() && year.brackets.front().above == Money{} && !year.labour_credit.empty() &&
           std::ranges::is_sorted(year.brackets, {}, &Slice::above) &&
           std::ranges::is_sorted(year.labour_credit, {}, &Slice::above) && year.general_credit > Money{} &&
           year.general_credit_less.share.numerator > 0 && year.general_credit_nil_from > Money{} &&
           year.labour_credit_less.share.numerator > 0 && year.labour_credit_nil_from > Money{} &&
           year.anonymous.numerator > 0 && year.zvw_levy.numerator > 0 && year.zvw_maximum_wage > Money{};
}

/// False for a name that is not known.
bool put(TaxYear& year, std::string_view name, Money above, std::string_view value) {
    auto const amount = Money::parse(value).value_or(Money{});
    auto const share = parse_percentage(value).value_or(Fraction{0, 1});
    if (name == "bracket")
        year.brackets.push_back({above, share});
    else if (name == "general_credit")
        year.general_credit = amount;
    else if (name == "general_credit_less")
        year.general_credit_less = {above, share};
    else if (name == "general_credit_nil")
        year.general_credit_nil_from = above;
    else if (name == "labour_credit")
        year.labour_credit.push_back({above, share});
    else if (name == "labour_credit_less")
        year.labour_credit_less = {above, share};
    else if (name == "labour_credit_nil")
        year.labour_credit_nil_from = above;
    else if (name == "anonymous")
        year.anonymous = share;
    else if (name == "zvw_levy")
        year.zvw_levy = share;
    else if (name == "zvw_maximum_wage")
        year.zvw_maximum_wage = amount;
    else
        return false;
    return true;
}

}  // namespace

std::string_view name_of(TaxTable table) {
    switch (table) {
        case TaxTable::white:
            return "white";
        case TaxTable::green:
            return "green";
        case TaxTable::anonymous:
            return "anonymous";
    }
    return "";
}

TaxTable usual_table(TaxSituation const& situation) {
    if (!situation.is_identified) return TaxTable::anonymous;
    return situation.is_employed ? TaxTable::white : TaxTable::green;
}

TaxYear const* TaxYears::of(int year) const {
    auto const found = std::ranges::find(years_, year, &TaxYear::year);
    return found == years_.end() ? nullptr : &*found;
}

std::expected<TaxYears, int> parse_tax_years(std::string_view text) {
    std::vector<TaxYear> years;
    int number = 0;
    bool is_header = true;
    for (auto const line : split(text, '\n')) {
        ++number;
        if (line.empty() || line.front() == '#' || std::exchange(is_header, false)) continue;
        auto const cells = split(line, '\t');
        if (cells.size() != 6 || cells[5].empty()) return std::unexpected(number);
        auto const from = LocalDate::parse_iso(cells[1]);
        auto const above = Money::parse(cells[2]);
        // Figures of a year begin with it.
        if (!from || from->ymd().month() != std::chrono::January ||
            from->ymd().day() != std::chrono::day{1} || !above || !parse_decimal(cells[3]) ||
            !put(year_of(years, int{from->ymd().year()}), cells[0], *above, cells[3]))
            return std::unexpected(number);
    }
    if (years.empty() || !std::ranges::all_of(years, is_complete)) return std::unexpected(number);
    return TaxYears{std::move(years)};
}

TaxYears const& law_tax_years() {
    static TaxYears const years = [] {
        auto parsed = parse_tax_years(law_text("wage_tax.tsv"));
        require(parsed.has_value(), "law/wage_tax.tsv can be read; a test says so");
        return std::move(*parsed);
    }();
    return years;
}

WageTax wage_tax(Money gross, TaxTable table, bool has_declared_credit, TaxYear const& year) {
    require(gross >= Money{}, "a benefit that is not below zero");
    WageTax found{{}, {}, {}};
    if (table == TaxTable::anonymous) {
        found.withheld = share(gross, year.anonymous, Rounding::half_up);
        found.explanation.push_back({"anonymous",
                                     "Wet LB 1964 art. 26b",
                                     Certainty::unverified,
                                     {{"gross", text_of(gross)}, {"withheld", text_of(found.withheld)}}});
        return found;
    }
    auto const annual = gross * weeks_of_a_year;
    auto const tax = by_slices(annual, year.brackets);
    auto const general = has_declared_credit ? general_credit(annual, year) : Exact{};
    auto const labour =
        has_declared_credit && table == TaxTable::white ? labour_credit(annual, year) : Exact{};
    found.withheld = (std::max(tax - general - labour, Exact{}) / weeks_of_a_year).rounded(Rounding::half_up);
    found.labour_credit = (labour / weeks_of_a_year).rounded(Rounding::half_up);
    found.explanation.push_back({"wage_tax",
                                 "Wet LB 1964 art. 20a to 22a",
                                 Certainty::reading,
                                 {{"table", std::string{name_of(table)}},
                                  {"year", text_of(year.year)},
                                  {"annual", text_of(annual)},
                                  {"tax", text_of(tax.rounded(Rounding::half_up))},
                                  {"general_credit", text_of(general.rounded(Rounding::half_up))},
                                  {"labour_credit", text_of(labour.rounded(Rounding::half_up))},
                                  {"withheld", text_of(found.withheld)}}});
    return found;
}

Money zvw_levy(Money gross, Money before, TaxYear const& year) {
    auto const room = std::max(year.zvw_maximum_wage - before, Money{});
    return share(std::min(gross, room), year.zvw_levy, Rounding::half_up);
}

}  // namespace klout7::benefits
