#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "base/log.h"
#include "exchange/exchange.h"

namespace klout7::exchange {
namespace {

constexpr auto look_again_after = std::chrono::milliseconds{50};
constexpr auto after_an_error = std::chrono::seconds{1};

}  // namespace

template <class Zone>
struct Courier<Zone>::State {
    Exchange<Zone> const& exchange;
    Handler handler;
    std::mutex mutex;
    std::condition_variable stop;
    bool stopping = false;
    bool was_down = false;
    std::thread thread;

    State(Exchange<Zone> const& e, Handler h) : exchange(e), handler(std::move(h)) {}

    /// One round both ways; how long to wait before the next.
    std::chrono::milliseconds round() {
        auto const received = exchange.receive(handler);
        auto const delivered = exchange.deliver();
        if (!received || !delivered) {
            if (!std::exchange(was_down, true))
                write_log(LogLevel::warning, "messages between the sides are waiting for the database");
            return after_an_error;
        }
        if (std::exchange(was_down, false))
            write_log(LogLevel::info, "messages between the sides flow again");
        return *received + *delivered > 0 ? std::chrono::milliseconds{0} : look_again_after;
    }
    void run() {
        std::unique_lock lock{mutex};
        while (!stopping) {
            lock.unlock();
            auto const wait = round();
            lock.lock();
            stop.wait_for(lock, wait, [&] { return stopping; });
        }
    }
};

template <class Zone>
Courier<Zone>::Courier(Exchange<Zone> const& exchange, Handler handler)
    : state_(std::make_unique<State>(exchange, std::move(handler))) {
    state_->thread = std::thread{[state = state_.get()] { state->run(); }};
}

template <class Zone>
Courier<Zone>::~Courier() {
    {
        std::lock_guard const lock{state_->mutex};
        state_->stopping = true;
    }
    state_->stop.notify_all();
    state_->thread.join();
}

template class Courier<OfficeZone>;
template class Courier<MedicalZone>;

}  // namespace klout7::exchange
