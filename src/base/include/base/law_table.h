#pragma once

#include <doctest/doctest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "base/local_date.h"
#include "base/money.h"

/// For tests only: the tables of tests/law and what stands in their cells.
namespace klout7::testing {

inline LocalDate day(std::string_view iso) { return LocalDate::parse_iso(iso).value(); }

inline Money money(std::string_view text) {
    auto const amount = Money::parse(text);
    REQUIRE_MESSAGE(amount, text);
    return *amount;
}
/// "2026-11-02..2026-11-08".
inline Period period(std::string_view text) {
    auto const dots = text.find("..");
    return {day(text.substr(0, dots)), day(text.substr(dots + 2))};
}

inline std::vector<std::string> split(std::string const& line, char at) {
    std::vector<std::string> parts;
    std::istringstream in{line};
    for (std::string part; std::getline(in, part, at);) parts.push_back(part);
    return parts;
}

/// "375/1000".
inline Fraction fraction(std::string const& text) {
    auto const parts = split(text, '/');
    return {std::stoi(parts.at(0)), std::stoi(parts.at(1))};
}

/// The rows of a table of the law, without its comment and header.
inline std::vector<std::vector<std::string>> rows_of(std::string const& path, std::size_t columns) {
    std::ifstream in{path};
    REQUIRE(in.is_open());
    std::vector<std::vector<std::string>> rows;
    bool header = true;
    for (std::string line; std::getline(in, line);) {
        if (line.empty() || line.front() == '#' || std::exchange(header, false)) continue;
        rows.push_back(split(line, '\t'));
        REQUIRE_MESSAGE(rows.back().size() == columns, line);
    }
    return rows;
}

}  // namespace klout7::testing
