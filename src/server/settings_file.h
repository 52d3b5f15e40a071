#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace klout7::server {

/// One line of a settings file: `key = value` in [section]. Without a value the line is taken out.
struct SettingLine {
    std::string section;
    std::string key;
    std::optional<std::string> value;  ///< as TOML writes it, on one line: a text has its quotes
};

/// Changes lines of a settings file, and leaves all others as they are, comments too. A key that is not there
/// is added at the end of its section. All or nothing: programs that read it meanwhile see one or the other.
/// False when it cannot be read or written; then nothing has changed.
bool change_settings(std::filesystem::path const& file, std::vector<SettingLine> const& lines);

}  // namespace klout7::server
