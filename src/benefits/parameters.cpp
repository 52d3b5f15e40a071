#include "benefits/parameters.h"

#include <charconv>
#include <set>
#include <utility>

#include "base/check.h"
#include "base/text.h"
#include "tables.h"

namespace klout7::benefits {
namespace {

std::optional<Certainty> certainty_of(std::string_view name) {
    for (auto const one : {Certainty::sourced, Certainty::derived, Certainty::practice, Certainty::unverified,
                           Certainty::reading}) {
        if (name_of(one) == name) return one;
    }
    return std::nullopt;
}

/// Nothing is multiplied by nothing.
std::optional<Fraction> factor(std::string_view text) {
    auto const value = parse_decimal(text);
    return value && value->numerator > 0 ? value : std::nullopt;
}

std::optional<int> count(std::string_view text) {
    int value = 0;
    auto const [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || fault != std::errc{} || end != text.data() + text.size() || value < 0)
        return std::nullopt;
    return value;
}

struct Line {
    int number;
    std::vector<std::string_view> cells;
};

/// The lines of one file; its faults are told with its name.
class File {
public:
    File(std::string name, std::string_view text, std::size_t columns) : name_(std::move(name)) {
        int number = 0;
        bool is_header = true;
        for (auto const line : split(text, '\n')) {
            ++number;
            if (line.empty() || line.front() == '#' || std::exchange(is_header, false)) continue;
            auto cells = split(line, '\t');
            if (cells.size() != columns) refuse(number, "another number of columns");
            lines_.push_back({number, std::move(cells)});
        }
        if (lines_.empty()) refuse(0, "no rows");
    }
    std::vector<Line> const& lines() const { return lines_; }
    void refuse(int line, std::string_view what) {
        if (!fault_) fault_ = ParameterFault{name_, line, what};
    }
    std::optional<ParameterFault> const& fault() const { return fault_; }

    /// The row of this line; a value that was not understood is a fault.
    template <class Value>
    Dated<Value> dated(Line const& line, std::size_t from, std::optional<Value> value,
                       std::string_view certainty, std::string_view source) {
        auto const day = LocalDate::parse_iso(line.cells[from]);
        auto const sure = certainty_of(certainty);
        if (!day) refuse(line.number, "no date");
        if (!value) refuse(line.number, "no value");
        if (!sure) refuse(line.number, "no certainty");
        if (source.empty()) refuse(line.number, "no source");
        return {day.value_or(LocalDate{}), value.value_or(Value{}), sure.value_or(Certainty::unverified),
                std::string{source}};
    }
    template <class Value>
    DatedTable<Value> table(std::vector<Dated<Value>> rows, Holds holds) {
        std::set<LocalDate> days;
        for (auto const& row : rows) {
            if (!days.insert(row.from).second) refuse(0, "two rows of one day");
        }
        return {std::move(rows), holds};
    }

private:
    std::string name_;
    std::vector<Line> lines_;
    std::optional<ParameterFault> fault_;
};

/// Of "from, value, certainty, source".
template <class Value>
DatedTable<Value> half_yearly(File& file, std::optional<Value> (*parse)(std::string_view)) {
    std::vector<Dated<Value>> rows;
    for (auto const& line : file.lines()) {
        if (line.cells.size() != 4) continue;
        rows.push_back(file.dated<Value>(line, 0, parse(line.cells[1]), line.cells[2], line.cells[3]));
    }
    return file.table(std::move(rows), Holds::half_a_year);
}

/// Of "name, from, value, certainty, article, source", those of one name.
template <class Value>
DatedTable<Value> named(File& file, std::string_view name, std::optional<Value> (*parse)(std::string_view)) {
    std::vector<Dated<Value>> rows;
    for (auto const& line : file.lines()) {
        if (line.cells.size() != 6 || line.cells[0] != name) continue;
        rows.push_back(file.dated<Value>(line, 1, parse(line.cells[2]), line.cells[3], line.cells[5]));
    }
    if (rows.empty()) file.refuse(0, "a name without a row");
    return file.table(std::move(rows), Holds::until_the_next);
}

}  // namespace

std::expected<Parameters, ParameterFault> parse_parameters(ParameterTexts const& texts) {
    File maximum{"maximum_dagloon.tsv", texts.maximum_dagloon, 4};
    File indexation{"indexation.tsv", texts.indexation, 4};
    File benefit{"benefit.tsv", texts.benefit, 6};
    constexpr std::string_view names[] = {"dagloon_formula", "benefit_percentage", "waiting_days",
                                          "sanction_minimum"};
    for (auto const& line : benefit.lines()) {
        if (std::ranges::find(names, line.cells[0]) == std::end(names))
            benefit.refuse(line.number, "an unknown name");
    }
    Parameters found{half_yearly<Money>(maximum, Money::parse),
                     half_yearly<Fraction>(indexation, factor),
                     named<int>(benefit, "dagloon_formula", count),
                     named<Fraction>(benefit, "benefit_percentage", parse_percentage),
                     named<int>(benefit, "waiting_days", count),
                     named<Money>(benefit, "sanction_minimum", Money::parse)};
    for (auto const* file : {&maximum, &indexation, &benefit}) {
        if (auto const& fault = file->fault()) return std::unexpected(*fault);
    }
    return found;
}

Parameters const& law_parameters() {
    static Parameters const parameters = [] {
        auto parsed = parse_parameters(
            {law_text("maximum_dagloon.tsv"), law_text("indexation.tsv"), law_text("benefit.tsv")});
        require(parsed.has_value(), "the tables of law/ can be read; a test says so");
        return std::move(*parsed);
    }();
    return parameters;
}

std::vector<std::string_view> missing_for(Parameters const& parameters, LocalDate first_of_half_year) {
    std::vector<std::string_view> missing;
    if (!parameters.maximum_dagloon.at(first_of_half_year)) missing.emplace_back("maximum_dagloon");
    if (!parameters.indexation.at(first_of_half_year)) missing.emplace_back("indexation");
    return missing;
}

}  // namespace klout7::benefits
