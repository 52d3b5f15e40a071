#include <chrono>

#include "base/log.h"
#include "base/rounds.h"
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
    bool was_down = false;
    Rounds rounds;

    State(Exchange<Zone> const& e, Handler h)
        : exchange(e), handler(std::move(h)), rounds([this] { return round(); }) {}

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
};

template <class Zone>
Courier<Zone>::Courier(Exchange<Zone> const& exchange, Handler handler)
    : state_(std::make_unique<State>(exchange, std::move(handler))) {}

template <class Zone>
Courier<Zone>::~Courier() = default;

template class Courier<OfficeZone>;
template class Courier<MedicalZone>;

}  // namespace klout7::exchange
