#include "base/settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <iterator>

// The library is compiled here and nowhere else, without exceptions; the packaged one throws.
#undef TOML_HEADER_ONLY
#undef TOML_SHARED_LIB
#define TOML_HEADER_ONLY 1
#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>

#include "base/check.h"

namespace klout7 {
namespace {

constexpr std::size_t max_file_bytes = 1024 * 1024;
constexpr std::string_view sealed_prefix = "sealed:";

std::string_view expected_form(SettingKind kind) {
    switch (kind) {
        case SettingKind::text:
            return "a text between quotes";
        case SettingKind::integer:
            return "a whole number";
        case SettingKind::boolean:
            return "true or false";
        case SettingKind::path:
            return "a path between quotes";
        case SettingKind::sealed:
            return "a sealed secret between quotes: make one with `klout7 settings seal`";
    }
    return {};
}

SettingsError at_line(std::filesystem::path const& file, std::uint32_t line, std::string_view problem) {
    return {fmt::format("{}, line {}: {}", file.string(), line, problem)};
}

}  // namespace

/// Walks over the TOML tables and collects their values under dotted keys.
struct SettingsReader {
    Settings settings;

    std::optional<SettingsError> take(toml::table const& table, std::string const& prefix) {
        for (auto const& [name, node] : table) {
            auto const key = prefix + std::string{name.str()};
            auto problem = node.is_table() ? take(*node.as_table(), key + ".") : take_value(key, node);
            if (problem) return problem;
        }
        return std::nullopt;
    }

private:
    std::optional<SettingsError> take_value(std::string const& key, toml::node const& node) {
        auto const line = node.source().begin.line;
        auto const known = std::ranges::find(settings.known_, key, &KnownSetting::key);
        if (known == settings.known_.end()) {
            return at_line(
                settings.file_, line,
                fmt::format("\"{}\" is not a setting. Correct its spelling or take the line out.", key));
        }
        auto value = value_of(node, known->kind);
        if (!value) {
            return at_line(settings.file_, line,
                           fmt::format("\"{}\" should be {}.", key, expected_form(known->kind)));
        }
        settings.values_[key] = {std::move(*value), line};
        return std::nullopt;
    }

    static std::optional<std::variant<std::string, std::int64_t, bool>> value_of(toml::node const& node,
                                                                                 SettingKind kind) {
        switch (kind) {
            case SettingKind::integer:
                if (auto const* number = node.as_integer()) return number->get();
                return std::nullopt;
            case SettingKind::boolean:
                if (auto const* boolean = node.as_boolean()) return boolean->get();
                return std::nullopt;
            case SettingKind::text:
            case SettingKind::path:
            case SettingKind::sealed:
                break;
        }
        auto const* text = node.as_string();
        if (!text || (kind == SettingKind::path && text->get().empty())) return std::nullopt;
        if (kind == SettingKind::sealed &&
            (!text->get().starts_with(sealed_prefix) || text->get().size() == sealed_prefix.size())) {
            return std::nullopt;
        }
        return text->get();
    }
};

std::expected<Settings, SettingsError> Settings::read(std::filesystem::path const& file,
                                                      std::vector<KnownSetting> known) {
    std::ifstream stream{file, std::ios::binary};
    std::error_code error;
    if (!stream || !std::filesystem::is_regular_file(file, error)) {
        return std::unexpected(SettingsError{
            fmt::format("{}: the settings file cannot be read. Check that it is there and who may read it.",
                        file.string())});
    }
    std::string text(max_file_bytes + 1, '\0');
    stream.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(stream.gcount()));
    if (text.size() > max_file_bytes) {
        return std::unexpected(SettingsError{fmt::format(
            "{}: this is over 1 MiB, so it is no settings file. Give another file.", file.string())});
    }
    return parse(text, file, std::move(known));
}

std::expected<Settings, SettingsError> Settings::parse(std::string_view toml,
                                                       std::filesystem::path const& file,
                                                       std::vector<KnownSetting> known) {
    auto const parsed = toml::parse(toml);
    if (!parsed) {
        // The library's own words may repeat what stands in the line.
        return std::unexpected(
            at_line(file, parsed.error().source().begin.line,
                    "this is not TOML. Check the quotes, the \"=\" and double keys here."));
    }
    SettingsReader reader;
    reader.settings.file_ = file;
    reader.settings.known_ = std::move(known);
    if (auto problem = reader.take(parsed.table(), "")) return std::unexpected(std::move(*problem));
    return std::move(reader.settings);
}

Settings::Value const* Settings::find(std::string_view key, SettingKind kind) const {
    auto const known = std::ranges::find(known_, key, &KnownSetting::key);
    require(known != known_.end() && known->kind == kind, "a setting that the program knows, of its kind");
    auto const found = values_.find(key);
    return found == values_.end() ? nullptr : &found->second;
}

SettingsError Settings::missing(std::string_view key) const {
    auto const known = std::ranges::find(known_, key, &KnownSetting::key);
    return {
        fmt::format("{}: \"{}\" is missing. Add it: {}.", file_.string(), key, expected_form(known->kind))};
}

SettingsError Settings::wrong(std::string_view key, std::string_view problem) const {
    auto const found = values_.find(key);
    if (found == values_.end()) return {fmt::format("{}: \"{}\": {}", file_.string(), key, problem)};
    return at_line(file_, found->second.line, fmt::format("\"{}\": {}", key, problem));
}

std::optional<std::string> Settings::optional_text(std::string_view key) const {
    auto const* value = find(key, SettingKind::text);
    return value ? std::optional{std::get<std::string>(value->value)} : std::nullopt;
}
std::optional<std::int64_t> Settings::optional_integer(std::string_view key) const {
    auto const* value = find(key, SettingKind::integer);
    return value ? std::optional{std::get<std::int64_t>(value->value)} : std::nullopt;
}
std::optional<bool> Settings::optional_boolean(std::string_view key) const {
    auto const* value = find(key, SettingKind::boolean);
    return value ? std::optional{std::get<bool>(value->value)} : std::nullopt;
}
std::optional<std::filesystem::path> Settings::optional_path(std::string_view key) const {
    auto const* value = find(key, SettingKind::path);
    if (!value) return std::nullopt;
    return (file_.parent_path() / std::get<std::string>(value->value)).lexically_normal();
}
std::optional<SealedSetting> Settings::optional_sealed(std::string_view key) const {
    auto const* value = find(key, SettingKind::sealed);
    return value ? std::optional{SealedSetting{std::get<std::string>(value->value)}} : std::nullopt;
}

std::expected<std::string, SettingsError> Settings::text(std::string_view key) const {
    if (auto value = optional_text(key)) return std::move(*value);
    return std::unexpected(missing(key));
}
std::expected<std::int64_t, SettingsError> Settings::integer(std::string_view key) const {
    if (auto const value = optional_integer(key)) return *value;
    return std::unexpected(missing(key));
}
std::expected<bool, SettingsError> Settings::boolean(std::string_view key) const {
    if (auto const value = optional_boolean(key)) return *value;
    return std::unexpected(missing(key));
}
std::expected<std::filesystem::path, SettingsError> Settings::path(std::string_view key) const {
    if (auto value = optional_path(key)) return std::move(*value);
    return std::unexpected(missing(key));
}
std::expected<SealedSetting, SettingsError> Settings::sealed(std::string_view key) const {
    if (auto value = optional_sealed(key)) return std::move(*value);
    return std::unexpected(missing(key));
}

}  // namespace klout7
