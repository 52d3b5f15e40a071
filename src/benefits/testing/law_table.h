#pragma once

#include <doctest/doctest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "base/local_date.h"

namespace klout7::benefits::testing {

inline LocalDate day(std::string_view iso) { return LocalDate::parse_iso(iso).value(); }

inline std::vector<std::string> split(std::string const& line, char at) {
    std::vector<std::string> parts;
    std::istringstream in{line};
    for (std::string part; std::getline(in, part, at);) parts.push_back(part);
    return parts;
}

/// The rows of a table of the law, without its comment and header.
inline std::vector<std::vector<std::string>> rows_of(std::string const& name, std::size_t columns) {
    std::ifstream in{KLOUT7_LAW_TABLES "/" + name};
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

}  // namespace klout7::benefits::testing
