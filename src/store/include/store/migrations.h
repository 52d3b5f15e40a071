#pragma once

#include <expected>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "base/side.h"
#include "store/server_operator.h"

namespace klout7::store {

/// One numbered change of the schema, as it stands in schema/NNNN_name.
struct SchemaChange {
    int number = 0;
    std::string name;
    std::vector<Side> sides;
    std::string author;
    std::string approver;
    std::string change_request;
    std::vector<std::string> statements;  ///< in order, tokens not yet replaced
    std::string checksum;                 ///< SHA-256 of change.toml and apply.sql, hexadecimal
};

/// What the repository says of one change, as text; made into the program by the build.
struct SchemaSource {
    std::string_view folder;  ///< NNNN_name
    std::string_view change_toml;
    std::string_view apply_sql;
};
/// The changes that this program was built with, in order.
std::vector<SchemaSource> built_in_schema();

/// Why the schema of a database cannot be brought up to date; nothing of the named change is half done
/// that running it again would not finish.
struct MigrationProblem {
    std::string sentence;  ///< names the change, the step and what to do
};

/// Errors: not readable, numbers with a gap, a change without author or approver, author approving the own
/// change, no side, a statement without its end.
std::expected<std::vector<SchemaChange>, MigrationProblem> read_schema(std::span<SchemaSource const> sources);

/// Brings both sides' schemas up to date: makes them when missing, applies what is new, in order, and writes
/// each change into table schema_change of the side. Statements of MariaDB commit by themselves, so each
/// one's number is kept: a change that was cut off goes on where it stopped. One whose first step failed may
/// be edited. Errors: a change that was edited after it was applied, a database newer than this program, a
/// failed step. Returns how many changes were applied.
std::expected<int, MigrationProblem> migrate(ServerOperator& server, std::span<SchemaChange const> changes,
                                             Instant now, std::string_view schema_prefix = "klout7");

/// How many changes of this program the database does not have yet, on these sides. Errors as of migrate.
std::expected<int, MigrationProblem> pending(ServerOperator& server, std::span<SchemaChange const> changes,
                                             std::span<Side const> sides = all_sides,
                                             std::string_view schema_prefix = "klout7");

/// The statements of a change on a side, none when it is not of that side; rights go to accounts that come
/// from these hosts, and without any to accounts by name alone.
std::vector<std::string> statements_on(SchemaChange const& change, Side side, std::string_view schema_prefix,
                                       std::span<std::string const> hosts);

/// All changes behind number `after` as statements that a database administrator runs, in the place of
/// migrate(): schemas, changes, their rows in schema_change. 0: everything.
std::vector<std::string> script_of(std::span<SchemaChange const> changes, int after,
                                   std::span<std::string const> hosts,
                                   std::string_view schema_prefix = "klout7");

}  // namespace klout7::store
