#pragma once

#include <algorithm>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "benefits/calendar.h"
#include "benefits/explanation.h"

namespace klout7::benefits {

/// A figure that a law sets, from a day on.
template <class Value>
struct Dated {
    LocalDate from;
    Value value;
    Certainty certainty = Certainty::sourced;
    std::string source = {};
};

/// Until when a row holds.
enum class Holds {
    until_the_next,  ///< row
    half_a_year,     ///< to the next 1 January or 1 July: without a newer row there is none
};

/// The rows of one figure, in order of their days.
template <class Value>
class DatedTable {
public:
    DatedTable() = default;
    DatedTable(std::vector<Dated<Value>> rows, Holds holds) : rows_(std::move(rows)), holds_(holds) {
        std::ranges::sort(rows_, {}, &Dated<Value>::from);
    }
    /// The row in force on this day; null when there is none.
    Dated<Value> const* at(LocalDate day) const {
        auto const after = std::ranges::upper_bound(rows_, day, {}, &Dated<Value>::from);
        if (after == rows_.begin()) return nullptr;
        auto const& row = *std::prev(after);
        return holds_ == Holds::half_a_year && day >= next_half_year(row.from) ? nullptr : &row;
    }
    std::vector<Dated<Value>> const& rows() const { return rows_; }

private:
    std::vector<Dated<Value>> rows_;
    Holds holds_ = Holds::until_the_next;
};

/// All that a calculation takes from the law and not from the case. A date that a table does not know stops
/// the calculation of those whom it concerns.
struct Parameters {
    DatedTable<Money> maximum_dagloon;   ///< a day; ZW 15, Wfsv 17
    DatedTable<Fraction> indexation;     ///< a factor on daglonen; ZW 16
    DatedTable<int> dagloon_formula;     ///< 1: (A - B + C) / D; Dagloonbesluit 12e
    DatedTable<Fraction> benefit_share;  ///< of the dagloon; ZW 29(7)
    DatedTable<int> waiting_days;        ///< calendar days of incapacity without benefit; ZW 29
    DatedTable<Money> sanction_minimum;  ///< of one sanction as a whole; Maatregelenbesluit
};

/// Where the text of the parameters is not one: the file and its line.
struct ParameterFault {
    std::string file;
    int line = 0;
    std::string_view what;
};
/// The texts of law/, as they stand in the repository. Two rows of one day are refused.
struct ParameterTexts {
    std::string_view maximum_dagloon, indexation, benefit;
};
std::expected<Parameters, ParameterFault> parse_parameters(ParameterTexts const& texts);

/// Those of law/, which the build put into the program.
Parameters const& law_parameters();

/// What is missing for a half-year: its first day and the table. To be asked in time for the next one.
std::vector<std::string_view> missing_for(Parameters const& parameters, LocalDate first_of_half_year);

}  // namespace klout7::benefits
