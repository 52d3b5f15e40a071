#pragma once

#include <sql.h>
#include <sqlext.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "failure.h"
#include "store/database.h"

namespace klout7::store {

/// An ODBC handle that frees itself.
template <SQLSMALLINT type>
class Handle {
public:
    Handle() = default;
    explicit Handle(SQLHANDLE parent) { SQLAllocHandle(type, parent, &handle_); }
    Handle(Handle&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
    Handle& operator=(Handle&& other) noexcept {
        std::swap(handle_, other.handle_);
        return *this;
    }
    ~Handle() {
        if (handle_ != nullptr) SQLFreeHandle(type, handle_);
    }
    SQLHANDLE get() const { return handle_; }

private:
    SQLHANDLE handle_ = nullptr;
};

/// The one environment of this program.
SQLHANDLE odbc_environment();

/// One connection and its prepared statements. One thread at a time.
class Connection {
public:
    /// With the first login that the server does not refuse. Throws Failure.
    static std::unique_ptr<Connection> open(ConnectSettings const& settings);
    /// Throws Failure.
    Connection(ConnectSettings const& settings, Login const& login, SQLHANDLE environment);
    ~Connection();
    Connection(Connection const&) = delete;
    Connection& operator=(Connection const&) = delete;

    void query(Sql sql, std::vector<Value> const& parameters, std::span<ColumnType const> types,
               std::function<bool(std::span<RawCell>)> const& take);
    std::int64_t run(Sql sql, std::vector<Value> const& parameters);
    void insert_many(Sql sql, std::vector<std::vector<Value>> const& rows);
    /// Statements of the operator: schema changes and questions about the server. Never with text from a
    /// person.
    void run_plain(std::string const& text);
    std::vector<std::vector<std::string>> query_plain(std::string const& text);
    void commit();
    void roll_back() noexcept;
    bool is_usable() const { return usable_; }

private:
    using Statement = Handle<SQL_HANDLE_STMT>;
    SQLHANDLE prepare(Sql sql);
    void execute(SQLHANDLE statement, std::vector<Value> const& parameters);
    void check(SQLRETURN code, SQLSMALLINT type, SQLHANDLE handle);
    RawCell read_cell(SQLHANDLE statement, SQLUSMALLINT column, ColumnType type);
    void insert_chunk(SQLHANDLE statement, std::span<std::vector<Value> const> rows);

    Side side_;
    std::string prefix_;
    Handle<SQL_HANDLE_DBC> handle_;
    bool connected_ = false;
    bool usable_ = true;
    /// By the address of the literal, so that finding one costs no text comparison.
    std::map<char const*, Statement> prepared_;
    Bytes read_buffer_;
};

}  // namespace klout7::store
