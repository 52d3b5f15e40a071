#include "connection.h"

#include <algorithm>
#include <cstring>

#include "base/secret_bytes.h"

namespace klout7::store {
namespace {

/// {KEYS} and {PEER} become the schema they stand for on this side.
std::string expand(std::string_view text, Side side, std::string const& prefix) {
    std::string expanded{text};
    auto const replace = [&](std::string_view token, std::string const& with) {
        for (auto at = expanded.find(token); at != std::string::npos;
             at = expanded.find(token, at + with.size())) {
            expanded.replace(at, token.size(), with);
        }
    };
    replace("{KEYS}", prefix + "_" + std::string{name_of(side)} + "_keys");
    replace("{PEER}", prefix + "_" + std::string{name_of(other(side))});
    return expanded;
}

/// What a bound parameter needs to live as long as the statement runs.
struct Bound {
    SQL_DATE_STRUCT date{};
    std::int64_t number = 0;
    SQLLEN length = 0;
};

struct Diagnosis {
    SQLCHAR state[6] = "";
    SQLINTEGER native = 0;
    SQLCHAR message[512] = "";
};
Diagnosis diagnosis_of(SQLSMALLINT type, SQLHANDLE handle) {
    Diagnosis found;
    SQLSMALLINT length = 0;
    SQLGetDiagRec(type, handle, 1, found.state, &found.native, found.message, sizeof found.message, &length);
    return found;
}

Failure not_connected(SQLHANDLE handle) {
    auto const found = diagnosis_of(SQL_HANDLE_DBC, handle);
    auto failure = mariadb_failure(found.native, reinterpret_cast<char const*>(found.state));
    failure.said = reinterpret_cast<char const*>(found.message);
    return failure;
}

constexpr std::size_t array_rows = 500;
/// A server that stopped cannot end a statement at its limit, so the connection ends it a little later.
constexpr std::int64_t silence_is_allowed_seconds = 2;

}  // namespace

std::unique_ptr<Connection> Connection::open(ConnectSettings const& settings) {
    auto const logins = settings.logins();
    for (std::size_t i = 0;; ++i) {
        try {
            return std::make_unique<Connection>(settings, logins.at(i), odbc_environment());
        } catch (Failure const& failure) {
            if (failure.error != StoreError::refused || i + 1 == logins.size()) throw;
        }
    }
}

Connection::Connection(ConnectSettings const& settings, Login const& login, SQLHANDLE environment)
    : side_(settings.side), prefix_(settings.schema_prefix), handle_(environment), read_buffer_(64 * 1024) {
    auto text = login.odbc + ";UID=" + settings.user + ";PWD=" + std::string{login.password->text()} +
                (settings.without_schema
                     ? ""
                     : ";DATABASE=" + settings.schema_prefix + "_" + std::string{name_of(settings.side)}) +
                ";OPTION=2;CONN_TIMEOUT=5;WRITE_TIMEOUT=5;CHARSET=utf8mb4;READ_TIMEOUT=" +
                std::to_string(settings.statement_seconds + silence_is_allowed_seconds);
    auto const code =
        SQLDriverConnect(handle_.get(), nullptr, reinterpret_cast<SQLCHAR*>(text.data()),
                         static_cast<SQLSMALLINT>(text.size()), nullptr, 0, nullptr, SQL_DRIVER_NOPROMPT);
    wipe(BytesSpan{reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
    if (!SQL_SUCCEEDED(code)) throw not_connected(handle_.get());
    connected_ = true;
    SQLSetConnectAttr(handle_.get(), SQL_ATTR_TXN_ISOLATION,
                      reinterpret_cast<SQLPOINTER>(std::uintptr_t{SQL_TXN_READ_COMMITTED}), 0);
    check(SQLSetConnectAttr(handle_.get(), SQL_ATTR_AUTOCOMMIT,
                            reinterpret_cast<SQLPOINTER>(std::uintptr_t{SQL_AUTOCOMMIT_OFF}), 0),
          SQL_HANDLE_DBC, handle_.get());
    run_plain("SET SESSION max_statement_time = " + std::to_string(settings.statement_seconds));
    run_plain("SET SESSION innodb_lock_wait_timeout = 5");
}

Connection::~Connection() {
    prepared_.clear();
    if (connected_) SQLDisconnect(handle_.get());
}

void Connection::check(SQLRETURN code, SQLSMALLINT type, SQLHANDLE handle) {
    if (SQL_SUCCEEDED(code) || code == SQL_NO_DATA) return;
    auto const found = code == SQL_INVALID_HANDLE ? Diagnosis{} : diagnosis_of(type, handle);
    auto const failure = mariadb_failure(found.native, reinterpret_cast<char const*>(found.state));
    if (failure.drop_connection) usable_ = false;
    throw failure;
}

void Connection::run_plain(std::string const& text) {
    Statement const statement{handle_.get()};
    auto copy = text;
    check(SQLExecDirect(statement.get(), reinterpret_cast<SQLCHAR*>(copy.data()),
                        static_cast<SQLINTEGER>(copy.size())),
          SQL_HANDLE_STMT, statement.get());
}

std::vector<std::vector<std::string>> Connection::query_plain(std::string const& text) {
    Statement const statement{handle_.get()};
    auto copy = text;
    check(SQLExecDirect(statement.get(), reinterpret_cast<SQLCHAR*>(copy.data()),
                        static_cast<SQLINTEGER>(copy.size())),
          SQL_HANDLE_STMT, statement.get());
    SQLSMALLINT columns = 0;
    check(SQLNumResultCols(statement.get(), &columns), SQL_HANDLE_STMT, statement.get());
    std::vector<std::vector<std::string>> rows;
    while (columns > 0 && SQLFetch(statement.get()) == SQL_SUCCESS) {
        auto& row = rows.emplace_back();
        for (SQLSMALLINT i = 1; i <= columns; ++i) {
            auto const cell = read_cell(statement.get(), static_cast<SQLUSMALLINT>(i), ColumnType::text);
            auto const* bytes = std::get_if<Bytes>(&cell);
            row.emplace_back(bytes == nullptr ? std::string_view{} : text_of(*bytes));
        }
    }
    return rows;
}

SQLHANDLE Connection::prepare(Sql sql) {
    auto const found = prepared_.find(sql.text.data());
    if (found != prepared_.end()) return found->second.get();
    if (prepared_.size() >= 200) prepared_.clear();
    auto text = expand(sql.text, side_, prefix_);
    Statement statement{handle_.get()};
    check(SQLPrepare(statement.get(), reinterpret_cast<SQLCHAR*>(text.data()),
                     static_cast<SQLINTEGER>(text.size())),
          SQL_HANDLE_STMT, statement.get());
    return prepared_.emplace(sql.text.data(), std::move(statement)).first->second.get();
}

namespace {

/// Binds parameter `at` (from 1); `bound` keeps what the driver reads at execution.
SQLRETURN bind(SQLHANDLE statement, SQLUSMALLINT at, Value const& value, Bound& bound) {
    struct Bind {
        SQLHANDLE statement;
        SQLUSMALLINT at;
        Bound& bound;
        SQLRETURN as(SQLSMALLINT c_type, SQLSMALLINT sql_type, SQLULEN size, void const* data,
                     SQLLEN length) const {
            bound.length = length;
            return SQLBindParameter(statement, at, SQL_PARAM_INPUT, c_type, sql_type,
                                    std::max<SQLULEN>(size, 1), 0, const_cast<void*>(data),
                                    std::max<SQLLEN>(length, 0), &bound.length);
        }
        SQLRETURN operator()(std::monostate) const {
            return as(SQL_C_BINARY, SQL_VARBINARY, 1, nullptr, SQL_NULL_DATA);
        }
        SQLRETURN operator()(std::int64_t number) const {
            bound.number = number;
            return as(SQL_C_SBIGINT, SQL_BIGINT, 19, &bound.number, sizeof bound.number);
        }
        SQLRETURN operator()(std::string_view text) const {
            return as(SQL_C_CHAR, SQL_WVARCHAR, text.size(), text.data(), static_cast<SQLLEN>(text.size()));
        }
        SQLRETURN operator()(BytesView bytes) const {
            static constexpr std::uint8_t nothing = 0;
            return as(SQL_C_BINARY, SQL_VARBINARY, bytes.size(), bytes.empty() ? &nothing : bytes.data(),
                      static_cast<SQLLEN>(bytes.size()));
        }
        SQLRETURN operator()(LocalDate date) const {
            auto const ymd = date.ymd();
            bound.date = {static_cast<SQLSMALLINT>(static_cast<int>(ymd.year())),
                          static_cast<SQLUSMALLINT>(static_cast<unsigned>(ymd.month())),
                          static_cast<SQLUSMALLINT>(static_cast<unsigned>(ymd.day()))};
            return as(SQL_C_TYPE_DATE, SQL_TYPE_DATE, 10, &bound.date, sizeof bound.date);
        }
    };
    return std::visit(Bind{statement, at, bound}, value.data());
}

}  // namespace

void Connection::execute(SQLHANDLE statement, std::vector<Value> const& parameters) {
    std::vector<Bound> bound(parameters.size());
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        check(bind(statement, static_cast<SQLUSMALLINT>(i + 1), parameters[i], bound[i]), SQL_HANDLE_STMT,
              statement);
    }
    auto const code = SQLExecute(statement);
    if (code != SQL_NO_DATA) check(code, SQL_HANDLE_STMT, statement);
}

std::int64_t Connection::run(Sql sql, std::vector<Value> const& parameters) {
    auto const statement = prepare(sql);
    execute(statement, parameters);
    SQLLEN count = 0;
    check(SQLRowCount(statement, &count), SQL_HANDLE_STMT, statement);
    SQLFreeStmt(statement, SQL_CLOSE);
    return std::max<SQLLEN>(count, 0);
}

void Connection::query(Sql sql, std::vector<Value> const& parameters, std::span<ColumnType const> types,
                       std::function<bool(std::span<RawCell>)> const& take) {
    auto const statement = prepare(sql);
    execute(statement, parameters);
    std::vector<RawCell> cells(types.size());
    for (;;) {
        auto const code = SQLFetch(statement);
        if (code == SQL_NO_DATA) break;
        check(code, SQL_HANDLE_STMT, statement);
        for (std::size_t i = 0; i < types.size(); ++i) {
            cells[i] = read_cell(statement, static_cast<SQLUSMALLINT>(i + 1), types[i]);
        }
        if (!take(cells)) break;
    }
    SQLFreeStmt(statement, SQL_CLOSE);
}

RawCell Connection::read_cell(SQLHANDLE statement, SQLUSMALLINT column, ColumnType type) {
    SQLLEN length = 0;
    switch (type) {
        case ColumnType::integer: {
            std::int64_t number = 0;
            check(SQLGetData(statement, column, SQL_C_SBIGINT, &number, sizeof number, &length),
                  SQL_HANDLE_STMT, statement);
            if (length == SQL_NULL_DATA) return std::monostate{};
            return number;
        }
        case ColumnType::date: {
            SQL_DATE_STRUCT date{};
            check(SQLGetData(statement, column, SQL_C_TYPE_DATE, &date, sizeof date, &length),
                  SQL_HANDLE_STMT, statement);
            if (length == SQL_NULL_DATA) return std::monostate{};
            auto const read = LocalDate::from(date.year, date.month, date.day);
            if (!read) unexpected_cell();
            return *read;
        }
        case ColumnType::text:
        case ColumnType::bytes:
            break;
    }
    Bytes whole;
    for (;;) {
        auto const code = SQLGetData(statement, column, SQL_C_BINARY, read_buffer_.data(),
                                     static_cast<SQLLEN>(read_buffer_.size()), &length);
        if (code == SQL_NO_DATA) break;
        check(code, SQL_HANDLE_STMT, statement);
        if (length == SQL_NULL_DATA) return std::monostate{};
        auto const got = length == SQL_NO_TOTAL || length > static_cast<SQLLEN>(read_buffer_.size())
                             ? read_buffer_.size()
                             : static_cast<std::size_t>(length);
        append(whole, BytesView{read_buffer_}.first(got));
        if (code == SQL_SUCCESS) break;
    }
    return whole;
}

void Connection::insert_many(Sql sql, std::vector<std::vector<Value>> const& rows) {
    // Column-wise arrays, as wide as the widest value of the chunk.
    auto const statement = prepare(sql);
    for (std::size_t from = 0; from < rows.size(); from += array_rows) {
        auto const count = std::min(array_rows, rows.size() - from);
        insert_chunk(statement, std::span{rows}.subspan(from, count));
    }
}

namespace {

/// One column of an array insert: cells of equal width behind each other.
struct ArrayColumn {
    SQLSMALLINT c_type = SQL_C_BINARY;
    SQLSMALLINT sql_type = SQL_VARBINARY;
    std::size_t width = 1;
    Bytes data;
    std::vector<SQLLEN> lengths;
};

ArrayColumn array_column(std::span<std::vector<Value> const> rows, std::size_t at) {
    ArrayColumn column;
    for (auto const& row : rows) {
        auto const& data = row[at].data();
        if (std::holds_alternative<std::int64_t>(data)) {
            column.c_type = SQL_C_SBIGINT, column.sql_type = SQL_BIGINT, column.width = sizeof(std::int64_t);
        } else if (std::holds_alternative<LocalDate>(data)) {
            // As text: for each date in an array odbc-mariadb keeps 40 bytes and never frees them.
            column.c_type = SQL_C_CHAR, column.sql_type = SQL_WVARCHAR;
            column.width = std::max(column.width, std::string_view{"2026-01-31"}.size());
        } else if (auto const* text = std::get_if<std::string_view>(&data)) {
            column.c_type = SQL_C_CHAR, column.sql_type = SQL_WVARCHAR;
            column.width = std::max(column.width, text->size());
        } else if (auto const* bytes = std::get_if<BytesView>(&data)) {
            column.width = std::max(column.width, bytes->size());
        }
    }
    column.data.resize(column.width * rows.size());
    column.lengths.resize(rows.size(), SQL_NULL_DATA);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        auto* const into = column.data.data() + i * column.width;
        auto const put = [&](void const* from, std::size_t size) {
            std::memcpy(into, from, size);
            column.lengths[i] = static_cast<SQLLEN>(size);
        };
        auto const& data = rows[i][at].data();
        if (auto const* number = std::get_if<std::int64_t>(&data)) put(number, sizeof *number);
        if (auto const* text = std::get_if<std::string_view>(&data)) put(text->data(), text->size());
        if (auto const* bytes = std::get_if<BytesView>(&data); bytes != nullptr) {
            if (bytes->empty())
                column.lengths[i] = 0;
            else
                put(bytes->data(), bytes->size());
        }
        if (auto const* date = std::get_if<LocalDate>(&data)) {
            auto const text = date->to_string();
            put(text.data(), text.size());
        }
    }
    return column;
}

SQLPOINTER as_pointer(std::size_t value) { return reinterpret_cast<SQLPOINTER>(value); }

}  // namespace

void Connection::insert_chunk(SQLHANDLE statement, std::span<std::vector<Value> const> rows) {
    std::vector<ArrayColumn> columns;
    for (std::size_t at = 0; at < rows.front().size(); ++at) columns.push_back(array_column(rows, at));
    // odbc-mariadb remembers where the value of a parameter lay the last time. Where it lies there again, it
    // takes those bytes for its own and writes over them: so it has to forget.
    SQLFreeStmt(statement, SQL_RESET_PARAMS);
    for (std::size_t at = 0; at < columns.size(); ++at) {
        auto& column = columns[at];
        check(SQLBindParameter(statement, static_cast<SQLUSMALLINT>(at + 1), SQL_PARAM_INPUT, column.c_type,
                               column.sql_type, column.width, 0, column.data.data(),
                               static_cast<SQLLEN>(column.width), column.lengths.data()),
              SQL_HANDLE_STMT, statement);
    }
    SQLSetStmtAttr(statement, SQL_ATTR_PARAMSET_SIZE, as_pointer(rows.size()), 0);
    // What went wrong is read before anything else is asked of the statement: that would wipe it.
    auto const single_again = [&] { SQLSetStmtAttr(statement, SQL_ATTR_PARAMSET_SIZE, as_pointer(1), 0); };
    try {
        check(SQLExecute(statement), SQL_HANDLE_STMT, statement);
    } catch (Failure const&) {
        single_again();
        throw;
    }
    single_again();
    SQLFreeStmt(statement, SQL_CLOSE);
}

void Connection::commit() {
    check(SQLEndTran(SQL_HANDLE_DBC, handle_.get(), SQL_COMMIT), SQL_HANDLE_DBC, handle_.get());
}

void Connection::roll_back() noexcept {
    if (!SQL_SUCCEEDED(SQLEndTran(SQL_HANDLE_DBC, handle_.get(), SQL_ROLLBACK))) usable_ = false;
}

}  // namespace klout7::store
