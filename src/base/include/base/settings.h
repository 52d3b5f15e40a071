#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace klout7 {

/// What is wrong with the settings, as one sentence with the file, the line, the key and what to do.
/// It never repeats a value: that could be a secret put in the wrong place.
struct SettingsError {
    std::string sentence;
};

/// A secret as it stands in the settings file: still sealed. Opening it is the work of `crypto`.
class SealedSetting {
public:
    /// With the "sealed:" before it.
    std::string const& text() const { return text_; }
    friend bool operator==(SealedSetting const&, SealedSetting const&) = default;

private:
    friend class Settings;
    explicit SealedSetting(std::string text) : text_(std::move(text)) {}
    std::string text_;
};

enum class SettingKind { text, integer, boolean, path, sealed };

/// A key that a program knows, such as "office.listen".
struct KnownSetting {
    std::string_view key;
    SettingKind kind;
};

/// The settings of one program: a TOML file, checked as a whole when it is read, so that a spelling
/// mistake stops the start and not a payment run.
class Settings {
public:
    /// Refused: a file that cannot be read or is over 1 MiB, no TOML, a key that is not in `known`, a
    /// value of another kind, a secret that is not sealed.
    static std::expected<Settings, SettingsError> read(std::filesystem::path const& file,
                                                       std::vector<KnownSetting> known);
    /// The same from text; `file` is the name that errors use, and paths start at its folder.
    static std::expected<Settings, SettingsError> parse(std::string_view toml,
                                                        std::filesystem::path const& file,
                                                        std::vector<KnownSetting> known);

    // Asking for a key that is not known, or as another kind, is our own bug and stops the program.

    /// Errors: the key is not in the file.
    std::expected<std::string, SettingsError> text(std::string_view key) const;
    std::expected<std::int64_t, SettingsError> integer(std::string_view key) const;
    std::expected<bool, SettingsError> boolean(std::string_view key) const;
    /// A relative path starts at the folder of the settings file.
    std::expected<std::filesystem::path, SettingsError> path(std::string_view key) const;
    std::expected<SealedSetting, SettingsError> sealed(std::string_view key) const;

    std::optional<std::string> optional_text(std::string_view key) const;
    std::optional<std::int64_t> optional_integer(std::string_view key) const;
    std::optional<bool> optional_boolean(std::string_view key) const;
    std::optional<std::filesystem::path> optional_path(std::string_view key) const;
    std::optional<SealedSetting> optional_sealed(std::string_view key) const;

    /// For whoever finds a value wrong in its meaning ("not an address"): the error with file, line and
    /// key before `problem`, a sentence without the value.
    SettingsError wrong(std::string_view key, std::string_view problem) const;

private:
    struct Value {
        std::variant<std::string, std::int64_t, bool> value;
        std::uint32_t line = 0;
    };
    friend struct SettingsReader;
    Value const* find(std::string_view key, SettingKind kind) const;
    SettingsError missing(std::string_view key) const;

    std::filesystem::path file_;
    std::vector<KnownSetting> known_;
    std::map<std::string, Value, std::less<>> values_;
};

}  // namespace klout7
