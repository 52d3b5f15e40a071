#pragma once

#include <array>
#include <concepts>
#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <vector>

#include "base/side.h"
#include "store/errors.h"
#include "store/sql.h"
#include "store/value.h"

namespace klout7::store {

/// Columns as they come out of the database, by C++ type: std::int64_t, bool, std::string, Bytes,
/// Uuid, Id<...>, std::array<std::uint8_t, n>, Instant, LocalDate, and std::optional of these for
/// columns that may be NULL. NULL in a column that was not asked for as optional stops the unit of work.
template <class... Columns>
using Row = std::tuple<Columns...>;

/// One unit of work. A statement that fails ends it: it throws out of the work, everything is rolled
/// back, and Database::transact tells why (docs/decisions/failed-statement-ends-work.md).
class Transaction {
public:
    Transaction(Transaction const&) = delete;
    Transaction& operator=(Transaction const&) = delete;
    ~Transaction();

    /// All rows; page big reads.
    template <class... Columns>
    std::vector<Row<Columns...>> rows(Sql sql, std::convertible_to<Value> auto const&... parameters);
    /// The first row, if there is one.
    template <class... Columns>
    std::optional<Row<Columns...>> row(Sql sql, std::convertible_to<Value> auto const&... parameters);
    /// How many rows the statement matched (not: changed).
    std::int64_t execute(Sql sql, std::convertible_to<Value> auto const&... parameters);
    /// One INSERT for many rows, sent as arrays; each row has as many values as the statement has `?`.
    void insert_many(Sql sql, std::vector<std::vector<Value>> const& rows);

    /// The work ends without an error but leaves nothing behind: for a dry run, or a refusal after a change.
    void roll_back_at_end();

private:
    friend class Database;
    struct State;
    explicit Transaction(std::unique_ptr<State> state);
    // ... the untyped heart that rows(), row() and execute() call; see database.cpp
    std::unique_ptr<State> state_;
};

/// How to reach a schema, and how long to wait.
struct ConnectSettings {
    Side side;
    std::string odbc;  ///< connection string without the password
    std::string user;
    std::string password;
    std::size_t pool_size = 8;
    std::int64_t statement_seconds = 10;
};

/// A pool of connections of one account. Safe from many threads; waits for a free connection at most
/// five seconds, then `unavailable`. A broken connection is thrown away; a database that comes back
/// is found again without a restart.
class Database {
public:
    explicit Database(ConnectSettings settings);
    Database(Database&&) noexcept;
    ~Database();

    /// Runs `work(Transaction&)` and commits. On deadlock, lock wait or an identity collision it is run
    /// again from the start (at most ten times, with jitter), so work must not touch anything outside
    /// the transaction that it cannot do twice.
    /// If `work` returns an unexpected value, everything is rolled back and the error is returned as is.
    template <class Work>
    auto transact(Work&& work) -> std::expected<std::invoke_result_t<Work, Transaction&>, StoreError>;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace klout7::store
