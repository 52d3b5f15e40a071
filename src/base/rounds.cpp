#include "base/rounds.h"

namespace klout7 {

Rounds::Rounds(Round round) : round_(std::move(round)), thread_([this] { run(); }) {}

void Rounds::run() {
    std::unique_lock lock{mutex_};
    while (!stopping_) {
        lock.unlock();
        auto const wait = round_();
        lock.lock();
        stop_.wait_for(lock, wait, [&] { return stopping_; });
    }
}

void Rounds::stop() {
    {
        std::lock_guard const lock{mutex_};
        stopping_ = true;
    }
    stop_.notify_all();
    if (thread_.joinable()) thread_.join();
}

}  // namespace klout7
