#pragma once

#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
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

inline std::string without_blanks(std::string text) {
    std::erase_if(text, [](char c) { return c == ' ' || c == '\n'; });
    return text;
}
/// A page of docs/ without its blanks and line ends: what it shows in lines can be searched for as one.
inline std::string page_without_blanks(std::filesystem::path const& file) {
    std::ifstream in{file};
    REQUIRE(in);
    return without_blanks({std::istreambuf_iterator<char>{in}, {}});
}

}  // namespace klout7
