#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace klout7 {

/// Work that is done over and over on a thread of its own: one round at once, the next after the wait that
/// the round gives. The last member of whoever owns it, so that the thread ends before what it works with.
class Rounds {
public:
    using Round = std::function<std::chrono::milliseconds()>;
    explicit Rounds(Round round);
    ~Rounds() { stop(); }
    Rounds(Rounds const&) = delete;
    Rounds& operator=(Rounds const&) = delete;

    /// Lets a round that runs come to its end, and begins none after it. Again changes nothing.
    void stop();

private:
    void run();

    Round round_;
    std::mutex mutex_;
    std::condition_variable stop_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace klout7
