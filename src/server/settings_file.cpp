#include "settings_file.h"

#include <algorithm>
#include <fstream>

#include "base/text.h"
#include "certificates.h"

namespace klout7::server {
namespace {

namespace fs = std::filesystem;

std::optional<std::vector<std::string>> lines_of(fs::path const& file) {
    std::ifstream in{file, std::ios::binary};
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    if (!in.eof() || lines.empty()) return std::nullopt;
    return lines;
}

bool is_section(std::string_view line) { return trim(line).starts_with('['); }
bool is_key(std::string_view line, std::string_view key) {
    line = trim(line);
    if (!line.starts_with(key)) return false;
    return trim(line.substr(key.size())).starts_with('=');
}

void change(std::vector<std::string>& lines, SettingLine const& wanted) {
    auto const header = "[" + wanted.section + "]";
    auto begin = std::ranges::find_if(lines, [&](auto const& line) { return trim(line) == header; });
    if (begin == lines.end()) {
        if (!wanted.value) return;
        lines.insert(lines.end(), {"", header});
        begin = lines.end() - 1;
    }
    auto const end = std::find_if(begin + 1, lines.end(), is_section);
    auto const at = std::find_if(begin + 1, end, [&](auto const& line) { return is_key(line, wanted.key); });
    if (!wanted.value) {
        if (at != end) lines.erase(at);
        return;
    }
    auto const line = wanted.key + " = " + *wanted.value;
    if (at != end) {
        *at = line;
        return;
    }
    // Behind the last line of the section that says something.
    auto last = end;
    while (last != begin + 1 && (trim(*(last - 1)).empty() || trim(*(last - 1)).starts_with('#'))) --last;
    lines.insert(last, line);
}

}  // namespace

bool change_settings(fs::path const& file, std::vector<SettingLine> const& wanted) {
    auto lines = lines_of(file);
    if (!lines) return false;
    for (auto const& one : wanted) change(*lines, one);
    std::string text;
    for (auto const& line : *lines) text += line + "\n";
    auto const written = fs::path{file.string() + ".new"};
    std::error_code failed;
    if (write_private(written, text))
        fs::rename(written, file, failed);
    else
        failed = std::make_error_code(std::errc::io_error);
    if (!failed) return true;
    std::error_code ignored;
    fs::remove(written, ignored);
    return false;
}

}  // namespace klout7::server
