#pragma once

#include <charconv>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "audit/event.h"
#include "base/protection.h"
#include "program/data_folder.h"

namespace klout7::server {

/// What stands behind the words of a command: "--data FOLDER", "--dry-run", and the rest in order.
struct Arguments {
    std::map<std::string, std::string, std::less<>> options;
    std::vector<std::string> words;
    std::vector<std::string> rest;  ///< behind "--"

    std::optional<std::string> option(std::string_view name) const {
        auto const found = options.find(name);
        return found == options.end() ? std::nullopt : std::optional{found->second};
    }
    /// Nothing when it is no whole number.
    std::optional<std::uint64_t> number(std::string_view name, std::uint64_t otherwise) const {
        auto const text = option(name);
        if (!text) return otherwise;
        std::uint64_t value = 0;
        auto const [end, wrong] = std::from_chars(text->data(), text->data() + text->size(), value);
        if (wrong != std::errc{} || end != text->data() + text->size()) return std::nullopt;
        return value;
    }
    bool has(std::string_view name) const { return options.contains(name); }
    /// The database is encrypted unless a build without protection was told otherwise.
    bool wants_encryption() const {
        if constexpr (is_protected) return true;
        return !has("--without-encryption");
    }
};

/// A finished command: 0, or the sentence that says what is wrong and what to do.
struct Done {
    int code = 0;
    std::string problem;
    static Done fail(std::string sentence) { return {1, std::move(sentence)}; }
};

Done initialise(program::DataFolder const& folder, Arguments const& arguments);
Done serve(program::DataFolder const& folder, Arguments const& arguments);
Done import_sick_reports(program::DataFolder const& folder, Arguments const& arguments);
Done generate_sick_reports(Arguments const& arguments);
Done generate_world(program::DataFolder const& folder, Arguments const& arguments);
Done verify_log(program::DataFolder const& folder, Arguments const& arguments);
Done show_log_key(program::DataFolder const& folder);
Done dba_shell(program::DataFolder const& folder, Arguments const& arguments);
Done manage_administrators(program::DataFolder const& folder, Arguments const& arguments);
Done manage_database(program::DataFolder const& folder, Arguments const& arguments);
Done manage_documents(program::DataFolder const& folder, Arguments const& arguments);
Done manage_employers(program::DataFolder const& folder, Arguments const& arguments);
Done manage_service_accounts(program::DataFolder const& folder, Arguments const& arguments);
Done make_demo_world(program::DataFolder const& folder, Arguments const& arguments);
Done seal_setting(program::DataFolder const& folder, Arguments const& arguments);

/// Who runs this command, for the log: the account that called sudo, or the own.
std::string operator_name();
/// A line of the log of what that one did; `detail` is sealed.
audit::Event operator_line(std::string action, std::string_view object_class, Uuid object,
                           std::string_view detail, Instant now);

inline constexpr auto no_database = "the database does not answer; is `klout7 serve` running?";

}  // namespace klout7::server
