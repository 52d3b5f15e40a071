#include "store/migrations.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <optional>

// As in base/settings.cpp: without exceptions.
#undef TOML_HEADER_ONLY
#undef TOML_SHARED_LIB
#define TOML_HEADER_ONLY 1
#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>

#include "base/check.h"
#include "base/embedded_text.h"
#include "base/text.h"
#include "crypto/hash.h"
#include "store/rights.h"

namespace klout7::store {

/// NNNN_name/apply.sql and NNNN_name/change.toml of each change, in order. Made by the build.
std::span<EmbeddedText const> schema_files();

namespace {

/// From where the accounts of the private server come.
std::array<std::string, 1> const own_hosts{"localhost"};

std::unexpected<MigrationProblem> problem(std::string sentence) {
    return std::unexpected(MigrationProblem{std::move(sentence)});
}

/// In order, without their semicolons. Nothing when the last one has none: it would be left out unseen.
std::optional<std::vector<std::string>> statements_of(std::string_view sql) {
    std::vector<std::string> statements;
    std::string current;
    while (!sql.empty()) {
        auto const end = std::min(sql.find('\n'), sql.size());
        auto const line = sql.substr(0, end);
        sql.remove_prefix(std::min(end + 1, sql.size()));
        if (line.empty() || line.starts_with("--")) continue;
        current += line;
        current += '\n';
        if (!line.ends_with(';')) continue;
        current.resize(current.size() - 2);
        statements.push_back(std::exchange(current, {}));
    }
    if (!current.empty() || statements.empty()) return std::nullopt;
    return statements;
}

std::string checksum_of(SchemaSource const& source) {
    return to_hex(crypto::sha256(Fields{}.add(source.change_toml).add(source.apply_sql).view()));
}

/// Fits the column of schema_change and can stand between quotes.
bool is_name(std::string_view text) {
    return !trim(text).empty() && text.size() <= 100 &&
           text.find_first_of("'\"`\\") == std::string_view::npos;
}

/// However it is spelled: blanks and capitals make nobody another person.
bool same_person(std::string_view a, std::string_view b) {
    return ascii_lower(trim(a)) == ascii_lower(trim(b));
}

/// Each side that a change names; nothing when there is none, or one that is no side.
std::optional<std::vector<Side>> sides_of(toml::table const& table) {
    std::vector<Side> sides;
    auto const* const named = table["sides"].as_array();
    if (named == nullptr) return std::nullopt;
    for (auto const& one : *named) {
        auto const name = one.value_or(std::string{});
        if (name != name_of(Side::office) && name != name_of(Side::medical)) return std::nullopt;
        sides.push_back(name == name_of(Side::medical) ? Side::medical : Side::office);
    }
    if (sides.empty()) return std::nullopt;
    return sides;
}

std::expected<SchemaChange, MigrationProblem> read_change(SchemaSource const& source) {
    SchemaChange change;
    auto const is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (source.folder.size() < 6 || source.folder[4] != '_' ||
        !std::all_of(source.folder.begin(), source.folder.begin() + 4, is_digit))
        return problem(fmt::format("schema/{}: a folder's name is four digits, _ and a name", source.folder));
    change.number = std::atoi(std::string{source.folder.substr(0, 4)}.c_str());
    change.name = source.folder.substr(5);
    auto const read = toml::parse(source.change_toml);
    if (!read) return problem(fmt::format("schema/{}/change.toml is not TOML", source.folder));
    auto const& table = read.table();
    change.author = table["author"].value_or(std::string{});
    change.approver = table["approver"].value_or(std::string{});
    change.change_request = table["change_request"].value_or(std::string{});
    for (auto const* const who : {&change.author, &change.approver, &change.change_request}) {
        if (is_name(*who)) continue;
        return problem(fmt::format(
            "schema/{}/change.toml: author, approver and change_request are needed, each 1 to 100 "
            "characters without quotes and backslashes",
            source.folder));
    }
    if (same_person(change.author, change.approver)) {
        return problem(fmt::format("schema/{}/change.toml: nobody approves the own change", source.folder));
    }
    auto sides = sides_of(table);
    if (!sides) {
        return problem(fmt::format(
            "schema/{}/change.toml: sides is a list of \"office\", \"medical\" or both", source.folder));
    }
    change.sides = std::move(*sides);
    auto statements = statements_of(source.apply_sql);
    if (!statements) {
        return problem(fmt::format(
            "schema/{}/apply.sql: there is no statement, or the last one does not end in a semicolon at "
            "the end of its line",
            source.folder));
    }
    change.statements = std::move(*statements);
    change.checksum = checksum_of(source);
    return change;
}

/// "k7_office@'10.0.0.5', k7_office@'10.0.0.6'"; by name alone without a host.
std::string from_hosts(std::string const& account, std::span<std::string const> hosts) {
    if (hosts.empty()) return account;
    std::string all;
    for (auto const& host : hosts) all += fmt::format("{}{}@'{}'", all.empty() ? "" : ", ", account, host);
    return all;
}

std::string with_tokens(std::string text, Side side, std::string_view prefix,
                        std::span<std::string const> hosts) {
    auto const own = std::string{name_of(side)};
    auto const peer = std::string{name_of(other(side))};
    std::pair<std::string_view, std::string> const tokens[] = {
        {"{KEYS}", fmt::format("{}_{}_keys", prefix, own)},
        {"{PEER}", fmt::format("{}_{}", prefix, peer)},
        {"{ACCOUNT}", from_hosts("k7_" + own, hosts)},
        {"{LOG_ACCOUNT}", from_hosts("k7_" + own + "_log", hosts)},
        {"{PEER_ACCOUNT}", from_hosts("k7_" + peer, hosts)},
        {"{BLOB}", "LONGBLOB"}};
    for (auto const& [token, with] : tokens) {
        for (auto at = text.find(token); at != std::string::npos; at = text.find(token, at))
            text.replace(at, token.size(), with);
    }
    for (auto at = text.find("{TEXT:"); at != std::string::npos; at = text.find("{TEXT:")) {
        auto const end = text.find('}', at);
        text =
            text.substr(0, at) + "VARCHAR(" + text.substr(at + 6, end - at - 6) + ")" + text.substr(end + 1);
    }
    return text;
}

/// What a side's schema_change says of one change.
struct Applied {
    std::string checksum;
    std::size_t steps = 0;
    bool whole = false;
};

std::expected<std::map<int, Applied>, MigrationProblem> applied_on(ServerOperator& server,
                                                                   std::string const& schema) {
    std::map<int, Applied> applied;
    auto const exists = server.query(fmt::format(
        "SELECT 1 FROM information_schema.tables WHERE table_schema = '{}' AND table_name = 'schema_change'",
        schema));
    if (!exists) return problem("the database does not answer");
    if (exists->empty()) return applied;
    auto const rows = server.query(
        fmt::format("SELECT change_number, checksum, steps_done, applied_at FROM {}.schema_change", schema));
    if (!rows) return problem(fmt::format("{}.schema_change cannot be read", schema));
    for (auto const& row : *rows) {
        applied[std::stoi(row[0])] = {row[1], static_cast<std::size_t>(std::stoul(row[2])), !row[3].empty()};
    }
    return applied;
}

/// What there is before the first change of a side.
std::vector<std::string> first_statements(std::string const& schema) {
    return {fmt::format("CREATE DATABASE IF NOT EXISTS {}", schema),
            fmt::format("CREATE DATABASE IF NOT EXISTS {}_keys", schema),
            fmt::format("CREATE TABLE IF NOT EXISTS {}.schema_change (change_number INTEGER NOT NULL, name "
                        "VARCHAR(100) NOT NULL, checksum CHAR(64) NOT NULL, author VARCHAR(100) NOT NULL, "
                        "approver VARCHAR(100) NOT NULL, change_request VARCHAR(100) NOT NULL, steps_done "
                        "INTEGER NOT NULL, applied_at BIGINT NULL, CONSTRAINT pk_schema_change PRIMARY KEY "
                        "(change_number))",
                        schema)};
}

std::expected<void, MigrationProblem> run_all(ServerOperator& server,
                                              std::vector<std::string> const& statements,
                                              std::string_view what) {
    for (auto const& statement : statements) {
        if (server.execute(statement)) continue;
        return problem(fmt::format("{} cannot be made (code {})", what, server.last_native_code()));
    }
    return {};
}

bool is_on(SchemaChange const& change, Side side) {
    return std::ranges::find(change.sides, side) != change.sides.end();
}

/// What a step answers when it was done already: a table, column or index is there, or gone.
bool is_done_already(int native_code) {
    switch (native_code) {
        case 1050:  // table exists
        case 1051:  // table to drop is gone
        case 1060:  // column exists
        case 1061:  // index exists
        case 1091:  // column or index to drop is gone
            return true;
        default:
            return false;
    }
}

/// The row of a change that begins, or of which so many steps are done.
std::string note_of(SchemaChange const& change, std::string const& schema, std::size_t steps) {
    return fmt::format("INSERT INTO {}.schema_change VALUES ({}, '{}', '{}', '{}', '{}', '{}', {}, NULL)",
                       schema, change.number, change.name, change.checksum, change.author, change.approver,
                       change.change_request, steps);
}

/// Writes down that a change begins; of one that began and of which no step was done, its newest text.
std::expected<void, MigrationProblem> note_begin(ServerOperator& server, SchemaChange const& change,
                                                 std::string const& schema, Applied const& before) {
    auto const statement =
        before.checksum.empty()
            ? note_of(change, schema, 0)
            : fmt::format(
                  "UPDATE {}.schema_change SET name = '{}', checksum = '{}', author = '{}', approver = '{}', "
                  "change_request = '{}' WHERE change_number = {}",
                  schema, change.name, change.checksum, change.author, change.approver, change.change_request,
                  change.number);
    if (before.checksum == change.checksum || server.execute(statement)) return {};
    return problem(fmt::format("change {:04}_{} cannot be noted on {}", change.number, change.name, schema));
}

std::expected<void, MigrationProblem> apply_change(ServerOperator& server, SchemaChange const& change,
                                                   Side side, std::string const& schema,
                                                   std::string_view prefix, Applied const& before,
                                                   Instant now) {
    if (auto const noted = note_begin(server, change, schema, before); !noted) return noted;
    if (!server.execute("USE " + schema)) return problem(fmt::format("schema {} cannot be used", schema));
    for (auto step = before.steps; step < change.statements.size(); ++step) {
        auto const note = fmt::format("UPDATE {}.schema_change SET steps_done = {} WHERE change_number = {}",
                                      schema, step + 1, change.number);
        auto done =
            server.execute_together({with_tokens(change.statements[step], side, prefix, own_hosts), note});
        // A change of tables commits by itself: the program may have been stopped between it and its note.
        bool const may_be_done = step == before.steps && before.checksum == change.checksum;
        if (!done && may_be_done && is_done_already(server.last_native_code())) done = server.execute(note);
        if (!done) {
            return problem(fmt::format(
                "change {:04}_{}, step {} of {} failed on {} (code {}); mend the cause and run it again",
                change.number, change.name, step + 1, change.statements.size(), schema,
                server.last_native_code()));
        }
    }
    if (!server.execute(fmt::format("UPDATE {}.schema_change SET applied_at = {} WHERE change_number = {}",
                                    schema, now.microseconds(), change.number))) {
        return problem(fmt::format("change {:04}_{} cannot be noted as applied", change.number, change.name));
    }
    return {};
}

std::expected<void, MigrationProblem> check_history(std::map<int, Applied> const& applied,
                                                    std::span<SchemaChange const> changes,
                                                    std::string const& schema) {
    for (auto const& [number, was] : applied) {
        auto const known = std::find_if(changes.begin(), changes.end(),
                                        [n = number](auto const& change) { return change.number == n; });
        if (known == changes.end()) {
            return problem(
                fmt::format("{} has change {:04}, which this program does not know: the database is newer; "
                            "use the program it was made with",
                            schema, number));
        }
        if (known->checksum != was.checksum && was.steps > 0) {
            return problem(fmt::format(
                "change {:04}_{} was edited after it was applied on {}; put it back and write a new change",
                number, known->name, schema));
        }
    }
    return {};
}

template <class Each>
std::expected<int, MigrationProblem> for_missing(ServerOperator& server,
                                                 std::span<SchemaChange const> changes,
                                                 std::span<Side const> sides, std::string_view prefix,
                                                 Each each) {
    int count = 0;
    for (auto const side : sides) {
        auto const schema = fmt::format("{}_{}", prefix, name_of(side));
        auto applied = applied_on(server, schema);
        if (!applied) return std::unexpected(applied.error());
        if (auto const checked = check_history(*applied, changes, schema); !checked)
            return std::unexpected(checked.error());
        for (auto const& change : changes) {
            if (!is_on(change, side)) continue;
            auto const before = (*applied)[change.number];
            if (before.whole) continue;
            ++count;
            if (auto const done = each(change, side, schema, before); !done)
                return std::unexpected(done.error());
        }
    }
    return count;
}

}  // namespace

std::vector<SchemaSource> built_in_schema() {
    std::vector<SchemaSource> sources;
    auto const files = schema_files();
    for (std::size_t i = 0; i + 1 < files.size(); i += 2) {
        auto const folder = files[i].name.substr(0, files[i].name.find('/'));
        require(files[i].name.ends_with("/apply.sql") && files[i + 1].name.starts_with(folder),
                "a change of the schema is two files");
        sources.push_back({folder, files[i + 1].text, files[i].text});
    }
    return sources;
}

std::expected<std::vector<SchemaChange>, MigrationProblem> read_schema(
    std::span<SchemaSource const> sources) {
    std::vector<SchemaChange> changes;
    for (auto const& source : sources) {
        auto change = read_change(source);
        if (!change) return std::unexpected(change.error());
        changes.push_back(std::move(*change));
    }
    std::sort(changes.begin(), changes.end(),
              [](auto const& a, auto const& b) { return a.number < b.number; });
    for (std::size_t i = 0; i < changes.size(); ++i) {
        if (changes[i].number != static_cast<int>(i + 1)) {
            return problem(fmt::format("the numbers of schema/ have a gap or a double before {:04}_{}",
                                       changes[i].number, changes[i].name));
        }
    }
    return changes;
}

std::vector<std::string> statements_on(SchemaChange const& change, Side side, std::string_view prefix,
                                       std::span<std::string const> hosts) {
    std::vector<std::string> statements;
    if (!is_on(change, side)) return statements;
    for (auto const& statement : change.statements)
        statements.push_back(with_tokens(statement, side, prefix, hosts));
    return statements;
}

std::vector<std::string> script_of(std::span<SchemaChange const> changes, int after,
                                   std::span<std::string const> hosts, std::string_view prefix) {
    std::vector<std::string> script;
    auto const add = [&](std::vector<std::string> statements) {
        std::ranges::move(statements, std::back_inserter(script));
    };
    for (auto const side : all_sides) add(first_statements(fmt::format("{}_{}", prefix, name_of(side))));
    // Change by change and not side by side: a right of one side on a table of the other comes behind it.
    for (auto const& change : changes) {
        if (change.number <= after) continue;
        for (auto const side : change.sides) {
            auto const schema = fmt::format("{}_{}", prefix, name_of(side));
            add({"USE " + schema, note_of(change, schema, change.statements.size())});
            add(statements_on(change, side, prefix, hosts));
            add({fmt::format(
                "UPDATE {}.schema_change SET applied_at = CAST(UNIX_TIMESTAMP(NOW(6)) * 1000000 AS "
                "INTEGER) WHERE change_number = {}",
                schema, change.number)});
        }
    }
    return script;
}

std::expected<int, MigrationProblem> pending(ServerOperator& server, std::span<SchemaChange const> changes,
                                             std::span<Side const> sides, std::string_view prefix) {
    return for_missing(server, changes, sides, prefix,
                       [](auto const&...) { return std::expected<void, MigrationProblem>{}; });
}

std::expected<int, MigrationProblem> migrate(ServerOperator& server, std::span<SchemaChange const> changes,
                                             Instant now, std::string_view prefix) {
    if (auto const made = run_all(server, check_account_statements(), "account k7_check"); !made)
        return std::unexpected(made.error());
    for (auto const side : all_sides) {
        auto const schema = fmt::format("{}_{}", prefix, name_of(side));
        if (auto const made = run_all(server, first_statements(schema), "schema " + schema); !made)
            return std::unexpected(made.error());
    }
    return for_missing(
        server, changes, all_sides, prefix,
        [&](SchemaChange const& change, Side side, std::string const& schema, Applied const& before) {
            return apply_change(server, change, side, schema, prefix, before, now);
        });
}

}  // namespace klout7::store
