#include "store/database.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <random>
#include <thread>

#include "base/log.h"
#include "base/secret_bytes.h"
#include "connection.h"

namespace klout7::store {
namespace {

using Steady = std::chrono::steady_clock;

constexpr auto longest_wait_for_a_connection = std::chrono::seconds{5};
constexpr auto longest_wait_for_a_probe = std::chrono::milliseconds{500};
constexpr int most_tries = 10;
/// No new try after this, so that whoever asks hears in bounded time that the database does not answer.
constexpr auto tries_within = std::chrono::seconds{5};

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
    std::condition_variable changed;
    std::vector<std::unique_ptr<Connection>> idle;
    std::size_t out = 0;
    bool is_down = false;  ///< a connection was lost and none was made since
    bool is_probing =
        false;  ///< somebody tries whether it is still down; the others do not wait for that long

    /// Nothing when none came free in time, or the database is down. Throws Failure when a new one cannot be
    /// made.
    std::unique_ptr<Connection> take() {
        std::unique_lock lock{mutex};
        if (!changed.wait_for(lock, longest_wait_for_a_connection, [&] { return out < settings.pool_size; }))
            return {};
        if (!changed.wait_for(lock, longest_wait_for_a_probe,
                              [&] { return !is_probing && out < settings.pool_size; }))
            return {};
        ++out;
        if (!idle.empty()) {
            auto connection = std::move(idle.back());
            idle.pop_back();
            return connection;
        }
        is_probing = is_down;
        lock.unlock();
        try {
            auto made = std::make_unique<Connection>(settings, odbc_environment());
            lock.lock();
            is_down = is_probing = false;
            changed.notify_all();
            return made;
        } catch (Failure const&) {
            give_back(nullptr, Fate::lost);
            throw;
        }
    }
    enum class Fate { kept, dropped, lost };
    /// When one was lost, or could not be made, the others are lost too.
    void give_back(std::unique_ptr<Connection> connection, Fate fate) {
        std::vector<std::unique_ptr<Connection>> lost;  // ended outside of the lock
        std::lock_guard const lock{mutex};
        --out;
        switch (fate) {
            case Fate::kept:
                idle.push_back(std::move(connection));
                is_down = false;
                break;
            case Fate::dropped:
                break;
            case Fate::lost:
                is_down = true;
                is_probing = false;
                lost.swap(idle);
                break;
        }
        changed.notify_all();
    }
    /// The work of this connection failed. One that was lost needs no word: the server undoes its work by
    /// itself.
    void give_up(std::unique_ptr<Connection> connection, StoreError error) {
        if (!connection) return;
        if (connection->is_usable()) connection->roll_back();
        auto const gone = error == StoreError::unavailable ? Fate::lost : Fate::dropped;
        auto const fate = connection->is_usable() ? Fate::kept : gone;
        give_back(std::move(connection), fate);
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
    auto const give_up_at = Steady::now() + tries_within;
    for (int attempt = 1;; ++attempt) {
        std::unique_ptr<Connection> connection;
        bool is_committing = false;
        try {
            connection = state_->take();
            if (!connection) return std::unexpected(StoreError::unavailable);
            Transaction tx{*connection};
            bool const keeps = work(tx) && !tx.roll_back_;
            is_committing = keeps;
            if (keeps)
                connection->commit();
            else
                connection->roll_back();
            auto const fate = connection->is_usable() ? State::Fate::kept : State::Fate::lost;
            state_->give_back(std::move(connection), fate);
            return {};
        } catch (Failure const& failure) {
            state_->give_up(std::move(connection), failure.error);
            // Run again it could happen twice.
            if (is_committing && failure.drop_connection) return std::unexpected(StoreError::uncertain);
            if (failure.error == StoreError::broken) {
                write_log(LogLevel::error, "the program and the database do not agree about a statement",
                          field("code", Count{failure.native_code}));
            }
            if (!failure.try_again || attempt == most_tries || Steady::now() > give_up_at)
                return std::unexpected(failure.error);
        } catch (...) {
            state_->give_up(std::move(connection), StoreError::broken);
            throw;
        }
        wait_before_try(attempt);
    }
}

}  // namespace klout7::store
