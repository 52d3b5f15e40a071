#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <concepts>
#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "base/secret_bytes.h"
#include "base/side.h"
#include "store/errors.h"
#include "store/sql.h"
#include "store/value.h"

namespace klout7::store {

class Connection;

/// Columns as they come out of the database, by C++ type: std::int64_t, bool, std::string, Bytes,
/// Uuid, Id<...>, std::array<std::uint8_t, n>, Instant, LocalDate, and std::optional of these for
/// columns that may be NULL. NULL in a column that was not asked for as optional stops the unit of work.
template <class... Columns>
using Row = std::tuple<Columns...>;

/// How a column is read.
enum class ColumnType { integer, text, bytes, date };

/// One value as the driver gave it; empty for NULL.
using RawCell = std::variant<std::monostate, std::int64_t, Bytes, LocalDate>;

/// Turns a raw cell into a C++ type; specialised for every type that Row names.
template <class T>
struct Column;

/// One unit of work. A statement that fails ends it: it throws out of the work, everything is rolled
/// back, and Database::transact tells why (docs/decisions/failed-statement-ends-work.md).
class Transaction {
public:
    Transaction(Transaction const&) = delete;
    Transaction& operator=(Transaction const&) = delete;

    /// All rows; page big reads.
    template <class... Columns>
    std::vector<Row<Columns...>> rows(Sql sql, std::convertible_to<Value> auto const&... parameters) {
        static constexpr std::array types{Column<Columns>::type...};
        std::vector<Row<Columns...>> found;
        query(sql, {Value{parameters}...}, types, [&](std::span<RawCell> cells) {
            found.push_back(read_row<Columns...>(cells, std::index_sequence_for<Columns...>{}));
            return true;
        });
        return found;
    }
    /// The same with as many parameters as the statement has `?`, for lists whose length is not fixed.
    template <class... Columns>
    std::vector<Row<Columns...>> rows_with(Sql sql, std::vector<Value> const& parameters) {
        static constexpr std::array types{Column<Columns>::type...};
        std::vector<Row<Columns...>> found;
        query(sql, parameters, types, [&](std::span<RawCell> cells) {
            found.push_back(read_row<Columns...>(cells, std::index_sequence_for<Columns...>{}));
            return true;
        });
        return found;
    }
    /// The first row, if there is one.
    template <class... Columns>
    std::optional<Row<Columns...>> row(Sql sql, std::convertible_to<Value> auto const&... parameters) {
        static constexpr std::array types{Column<Columns>::type...};
        std::optional<Row<Columns...>> found;
        query(sql, {Value{parameters}...}, types, [&](std::span<RawCell> cells) {
            found = read_row<Columns...>(cells, std::index_sequence_for<Columns...>{});
            return false;
        });
        return found;
    }
    /// How many rows the statement matched (not: changed).
    std::int64_t execute(Sql sql, std::convertible_to<Value> auto const&... parameters) {
        return run(sql, {Value{parameters}...});
    }
    /// One INSERT for many rows, sent as arrays; each row has as many values as the statement has `?`.
    void insert_many(Sql sql, std::vector<std::vector<Value>> const& rows);

    /// The work ends without an error but leaves nothing behind: for a dry run, or a refusal after a change.
    void roll_back_at_end() { roll_back_ = true; }

private:
    friend class Database;
    friend class Connection;
    explicit Transaction(Connection& connection) : connection_(connection) {}

    using TakeRow = std::function<bool(std::span<RawCell>)>;  ///< false: no more rows wanted
    void query(Sql sql, std::vector<Value> const& parameters, std::span<ColumnType const> types,
               TakeRow const& take);
    std::int64_t run(Sql sql, std::vector<Value> const& parameters);

    template <class... Columns, std::size_t... at>
    static Row<Columns...> read_row(std::span<RawCell> cells, std::index_sequence<at...>) {
        return Row<Columns...>{Column<Columns>::from(cells[at])...};
    }

    Connection& connection_;
    bool roll_back_ = false;
};

/// What an account shows when it connects.
struct Login {
    std::string odbc;  ///< connection string without account, password and schema
    std::shared_ptr<SecretBytes const> password;
    std::shared_ptr<void const> holds = {};  ///< what `odbc` names and must stay until it is connected
};
/// Asked for each new connection, so that what was renewed is used without a restart. At least one; the next
/// is tried when the server refuses the account with the one before it.
using Logins = std::function<std::vector<Login>()>;
/// The same at all times.
Logins fixed_login(std::string odbc, std::string_view password);

/// How to reach a schema, and how long to wait.
struct ConnectSettings {
    Side side;
    Logins logins;
    std::string user;
    /// While this is false every unit of work is `unavailable`: the server is not what was agreed
    /// (store/server_check.h). Without it the server is trusted.
    std::shared_ptr<std::atomic<bool> const> is_trusted = {};
    std::string schema_prefix = "klout7";
    bool without_schema = false;  ///< the operator's connection, before there is one
    std::size_t pool_size = 8;
    std::int64_t statement_seconds = 10;
};

/// A pool of connections of one account. Safe from many threads, which get one in the order in which they
/// ask; waits for a free connection at most five seconds, then `unavailable`. A broken connection is thrown
/// away; a database that comes back is found again without a restart. While it is down one unit of work at a
/// time waits to find out, the others hear so within half a second. A commit whose answer was lost is not run
/// again: `uncertain`.
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
    auto transact(Work&& work) -> std::expected<std::invoke_result_t<Work, Transaction&>, StoreError> {
        using Result = std::invoke_result_t<Work, Transaction&>;
        if constexpr (std::is_void_v<Result>) {
            return run_unit([&](Transaction& tx) {
                work(tx);
                return true;
            });
        } else {
            std::optional<Result> result;
            auto const done = run_unit([&](Transaction& tx) {
                result.reset();
                result.emplace(work(tx));
                return keeps(*result);
            });
            if (!done) return std::unexpected(done.error());
            return std::move(*result);
        }
    }

private:
    template <class T>
    static bool keeps(T const&) {
        return true;
    }
    template <class T, class E>
    static bool keeps(std::expected<T, E> const& result) {
        return result.has_value();
    }
    /// Runs and commits; rolls back when `work` returns false. Tries again where that makes sense.
    std::expected<void, StoreError> run_unit(std::function<bool(Transaction&)> const& work);

    struct State;
    std::unique_ptr<State> state_;
};

// How each C++ type is read. A NULL where none may be, or bytes of a wrong length, ends the work.

/// Ends the unit of work: the table does not hold what the program expects.
[[noreturn]] void unexpected_cell();

template <>
struct Column<std::int64_t> {
    static constexpr auto type = ColumnType::integer;
    static std::int64_t from(RawCell& cell) {
        if (auto const* number = std::get_if<std::int64_t>(&cell)) return *number;
        unexpected_cell();
    }
};
template <>
struct Column<bool> {
    static constexpr auto type = ColumnType::integer;
    static bool from(RawCell& cell) { return Column<std::int64_t>::from(cell) != 0; }
};
template <>
struct Column<Instant> {
    static constexpr auto type = ColumnType::integer;
    static Instant from(RawCell& cell) {
        return Instant::from_microseconds(Column<std::int64_t>::from(cell));
    }
};
template <>
struct Column<LocalDate> {
    static constexpr auto type = ColumnType::date;
    static LocalDate from(RawCell& cell) {
        if (auto const* date = std::get_if<LocalDate>(&cell)) return *date;
        unexpected_cell();
    }
};
template <>
struct Column<Bytes> {
    static constexpr auto type = ColumnType::bytes;
    static Bytes from(RawCell& cell) {
        if (auto* bytes = std::get_if<Bytes>(&cell)) return std::move(*bytes);
        unexpected_cell();
    }
};
template <>
struct Column<std::string> {
    static constexpr auto type = ColumnType::text;
    static std::string from(RawCell& cell) {
        if (auto const* bytes = std::get_if<Bytes>(&cell)) return std::string{text_of(*bytes)};
        unexpected_cell();
    }
};
template <std::size_t n>
struct Column<std::array<std::uint8_t, n>> {
    static constexpr auto type = ColumnType::bytes;
    static std::array<std::uint8_t, n> from(RawCell& cell) {
        auto const* bytes = std::get_if<Bytes>(&cell);
        if (bytes == nullptr || bytes->size() != n) unexpected_cell();
        std::array<std::uint8_t, n> fixed{};
        std::copy(bytes->begin(), bytes->end(), fixed.begin());
        return fixed;
    }
};
template <>
struct Column<Uuid> {
    static constexpr auto type = ColumnType::bytes;
    static Uuid from(RawCell& cell) {
        return Uuid{Column<std::array<std::uint8_t, Uuid::size_bytes>>::from(cell)};
    }
};
template <class Kind>
struct Column<Id<Kind>> {
    static constexpr auto type = ColumnType::bytes;
    static Id<Kind> from(RawCell& cell) { return Id<Kind>{Column<Uuid>::from(cell)}; }
};
template <class T>
struct Column<std::optional<T>> {
    static constexpr auto type = Column<T>::type;
    static std::optional<T> from(RawCell& cell) {
        if (std::holds_alternative<std::monostate>(cell)) return std::nullopt;
        return Column<T>::from(cell);
    }
};

}  // namespace klout7::store
