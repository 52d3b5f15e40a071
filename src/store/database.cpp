#include "store/database.h"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <random>
#include <thread>

#include "base/log.h"
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

Logins fixed_login(std::string odbc, std::string_view password) {
    Login const login{std::move(odbc), std::make_shared<SecretBytes const>(SecretBytes::from_text(password))};
    return [login] { return std::vector{login}; };
}

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
    std::vector<std::unique_ptr<Connection>> idle;
    std::size_t out = 0;
    bool is_down = false;  ///< a connection was lost and none was made since
    /// Since when somebody tries whether it is still down; the others do not wait for that long.
    std::optional<Steady::time_point> probing_since;
    /// Who waits for a connection, each with a bell of its own. Only the first is woken when one comes free:
    /// to wake all costs more than their work when many wait, and whoever was quickest would go before the
    /// rest.
    std::deque<std::condition_variable*> queue;

    /// Nothing when none came free in time, or the database is down. Throws Failure when a new one cannot be
    /// made.
    std::unique_ptr<Connection> take() {
        std::unique_lock lock{mutex};
        if (!wait_in_line(lock)) return {};
        ++out;
        if (!idle.empty()) {
            auto connection = std::move(idle.back());
            idle.pop_back();
            ring_first();
            return connection;
        }
        if (is_down) {
            probing_since = Steady::now();
            for (auto* const bell : queue) bell->notify_one();  // they wait less long now
        } else {
            ring_first();
        }
        lock.unlock();
        try {
            auto made = Connection::open(settings);
            lock.lock();
            is_down = false;
            probing_since.reset();
            ring_first();
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
                probing_since.reset();
                lost.swap(idle);
                break;
        }
        ring_first();
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

private:
    /// True when it is this one's turn, in the order in which they came; false when that takes too long.
    bool wait_in_line(std::unique_lock<std::mutex>& lock) {
        std::condition_variable bell;
        queue.push_back(&bell);
        auto const since = Steady::now();
        auto const is_next = [&] {
            return queue.front() == &bell && out < settings.pool_size && !probing_since;
        };
        auto const until = [&] {
            auto const longest = since + longest_wait_for_a_connection;
            if (!probing_since) return longest;
            return std::min(longest, std::max(since, *probing_since) + longest_wait_for_a_probe);
        };
        while (!is_next() && Steady::now() < until()) bell.wait_until(lock, until());
        bool const may_go = is_next();
        std::erase(queue, &bell);
        if (!may_go) ring_first();
        return may_go;
    }
    void ring_first() {
        if (!queue.empty()) queue.front()->notify_one();
    }
};

Database::Database(ConnectSettings settings) : state_(std::make_unique<State>()) {
    state_->settings = std::move(settings);
}
Database::Database(Database&&) noexcept = default;
Database::~Database() = default;

std::expected<void, StoreError> Database::run_unit(std::function<bool(Transaction&)> const& work) {
    auto const& trusted = state_->settings.is_trusted;
    if (trusted && !*trusted) return std::unexpected(StoreError::unavailable);
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
