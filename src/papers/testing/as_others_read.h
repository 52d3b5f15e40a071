#pragma once

#include <sys/wait.h>

#include <cstdio>
#include <fstream>
#include <string>
#include <string_view>

#include "base/testing_folder.h"

/// What programs of others say of the bytes of a PDF.
namespace klout7::papers::testing {

struct Said {
    std::string words;
    int exit_code = -1;
};

/// `before FILE after`, with what it printed.
inline Said say_of(std::string const& pdf, std::string const& before, std::string const& after = "") {
    TestingFolder const folder;
    auto const path = (folder.path() / "paper.pdf").string();
    std::ofstream{path, std::ios::binary} << pdf;
    auto* const pipe = popen((before + " " + path + " " + after + " 2>&1").c_str(), "r");
    Said said;
    if (pipe == nullptr) return said;
    char piece[4096];
    for (std::size_t count; (count = fread(piece, 1, sizeof piece, pipe)) > 0;)
        said.words.append(piece, count);
    auto const status = pclose(pipe);
    said.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return said;
}

/// The text in it, with one space wherever there is any.
inline std::string text_of(std::string const& pdf) {
    std::string text;
    for (char const c : say_of(pdf, "pdftotext -layout", "-").words) {
        bool const is_space = c == ' ' || c == '\n' || c == '\f';
        if (!is_space)
            text += c;
        else if (!text.ends_with(' '))
            text += ' ';
    }
    return text;
}

inline bool has(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

inline std::size_t times(std::string_view text, std::string_view part) {
    std::size_t count = 0;
    for (auto at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1)) ++count;
    return count;
}

}  // namespace klout7::papers::testing
