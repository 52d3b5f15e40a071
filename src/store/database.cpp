#include "store/database.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <random>
#include <thread>

#include "base/secret_bytes.h"
#include "connection.h"

namespace klout7::store {
namespace {

constexpr auto longest_wait_for_a_connection = std::chrono::seconds{5};
constexpr int most_tries = 10;

}  // namespace

SQLHANDLE odbc_environment() {
    static Handle<SQL_HANDLE_ENV> const environment = [] {
        Handle<SQL_HANDLE_ENV> made{SQLHANDLE{nullptr}};
        SQLSetEnvAttr(made.get(), SQL_ATTR_ODBC_VERSION,
                      reinterpret_cast<SQLPOINTER>(std::uintptr_t{SQL_OV_ODBC3}), 0);
        return made;
    }();
    return environment.get();
}

namespace {

/// Lets those who collided try again at different moments.
void wait_before_try(int attempt) {
    static thread_local std::minstd_rand dice{std::random_device{}()};
    std::uniform_int_distribution<int> milliseconds{1, 4 << std::min(attempt, 6)};
    std::this_thread::sleep_for(std::chrono::milliseconds{milliseconds(dice)});
}

}  // namespace

void unexpected_cell() { throw Failure{StoreError::broken, false, true, 0}; }

void Transaction::query(Sql sql, std::vector<Value> const& parameters, std::span<ColumnType const> types,
                        TakeRow const& take) {
    connection_.query(sql, parameters, types, take);
}
std::int64_t Transaction::run(Sql sql, std::vector<Value> const& parameters) {
    return connection_.run(sql, parameters);
}
void Transaction::insert_many(Sql sql, std::vector<std::vector<Value>> const& rows) {
    if (!rows.empty()) connection_.insert_many(sql, rows);
}

struct Database::State {
    ConnectSettings settings;
    std::mutex mutex;
    std::condition_variable freed;
    std::vector<std::unique_ptr<Connection>> idle;
    std::size_t out = 0;

    /// Nothing when none came free in time. Throws Failure when a new one cannot be made.
    std::unique_ptr<Connection> take() {
        std::unique_lock lock{mutex};
        if (!freed.wait_for(lock, longest_wait_for_a_connection, [&] { return out < settings.pool_size; }))
            return {};
        ++out;
        if (!idle.empty()) {
            auto connection = std::move(idle.back());
            idle.pop_back();
            return connection;
        }
        lock.unlock();
        try {
            return std::make_unique<Connection>(settings, odbc_environment());
        } catch (Failure const&) {
            give_back(nullptr);
            throw;
        }
    }
    void give_back(std::unique_ptr<Connection> connection) {
        std::lock_guard const lock{mutex};
        --out;
        if (connection && connection->is_usable()) idle.push_back(std::move(connection));
        freed.notify_one();
    }
};

Database::Database(ConnectSettings settings) : state_(std::make_unique<State>()) {
    state_->settings = std::move(settings);
}
Database::Database(Database&&) noexcept = default;
Database::~Database() {
    if (state_)
        wipe({reinterpret_cast<std::uint8_t*>(state_->settings.password.data()),
              state_->settings.password.size()});
}

std::expected<void, StoreError> Database::run_unit(std::function<bool(Transaction&)> const& work) {
    for (int attempt = 1;; ++attempt) {
        std::unique_ptr<Connection> connection;
        try {
            connection = state_->take();
            if (!connection) return std::unexpected(StoreError::unavailable);
            Transaction tx{*connection};
            if (work(tx) && !tx.roll_back_)
                connection->commit();
            else
                connection->roll_back();
            state_->give_back(std::move(connection));
            return {};
        } catch (Failure const& failure) {
            if (connection) {
                connection->roll_back();
                state_->give_back(std::move(connection));
            }
            if (!failure.try_again || attempt == most_tries) return std::unexpected(failure.error);
        } catch (...) {
            if (connection) {
                connection->roll_back();
                state_->give_back(std::move(connection));
            }
            throw;
        }
        wait_before_try(attempt);
    }
}

}  // namespace klout7::store
