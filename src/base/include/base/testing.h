#pragma once

#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace klout7 {

/// What is written to the standard error stream while `act` runs: at most 64 KiB. For tests.
template <class Act>
std::string errors_of(Act act) {
    int ends[2];
    REQUIRE(pipe(ends) == 0);
    int const kept = dup(STDERR_FILENO);
    dup2(ends[1], STDERR_FILENO);
    act();
    dup2(kept, STDERR_FILENO);
    close(kept);
    close(ends[1]);
    std::string text(65536, '\0');
    auto const got = read(ends[0], text.data(), text.size());
    close(ends[0]);
    text.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    return text;
}

/// A page of docs/ without its blanks and line ends: what it shows in lines can be searched for as one. For
/// tests.
inline std::string page_without_blanks(std::filesystem::path const& file) {
    std::ifstream in{file};
    REQUIRE(in);
    std::string page;
    for (char c = 0; in.get(c);)
        if (c != ' ' && c != '\n') page += c;
    return page;
}

}  // namespace klout7
