#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"

/// For tests only: the files of tests/vectors.
namespace klout7::testing {

inline Bytes from_hex(std::string_view text) {
    auto const digit = [](char c) { return static_cast<std::uint8_t>(c <= '9' ? c - '0' : c - 'a' + 10); };
    Bytes bytes;
    for (std::size_t i = 0; i + 1 < text.size(); i += 2)
        bytes.push_back(static_cast<std::uint8_t>(digit(text[i]) << 4U | digit(text[i + 1])));
    return bytes;
}

/// One test of a vector file: lines `name = value`.
class Vector {
public:
    bool has(std::string const& name) const { return values_.contains(name); }
    /// Throws when it is not there. No assertion: this is also called while doctest prints a failed one.
    std::string const& text(std::string const& name) const { return values_.at(name); }
    /// Hexadecimal parts behind each other; `00x40` stands for 40 zero bytes.
    Bytes bytes(std::string const& name) const {
        Bytes all;
        std::string_view rest = text(name);
        while (!rest.empty()) {
            auto const part = rest.substr(0, rest.find(' '));
            if (part.starts_with("00x")) {
                all.resize(all.size() + std::stoul(std::string{part.substr(3)}));
            } else {
                append(all, from_hex(part));
            }
            rest.remove_prefix(std::min(part.size() + 1, rest.size()));
        }
        return all;
    }
    void set(std::string name, std::string value) { values_[std::move(name)] = std::move(value); }
    auto begin() const { return values_.begin(); }
    auto end() const { return values_.end(); }

private:
    std::map<std::string, std::string> values_;
};

/// The tests of a file of tests/vectors; an empty line ends one, `#` starts a remark.
inline std::vector<Vector> read_vectors(std::string const& path) {
    std::ifstream in{path};
    REQUIRE_MESSAGE(in, path);
    std::vector<Vector> vectors;
    auto inside = false;
    for (std::string line; std::getline(in, line);) {
        auto const equals = line.find(" =");
        if (line.starts_with('#')) continue;
        if (equals == std::string::npos) {
            inside = false;
            continue;
        }
        if (!inside) vectors.emplace_back();
        inside = true;
        vectors.back().set(line.substr(0, equals), line.substr(std::min(equals + 3, line.size())));
    }
    REQUIRE(!vectors.empty());
    return vectors;
}

}  // namespace klout7::testing
