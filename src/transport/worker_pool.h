#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace klout7::transport {

/// The threads that may block. Tasks are done in the order in which they came; they do not throw.
class WorkerPool {
public:
    using Task = std::move_only_function<void()>;

    struct Size {
        int workers = 1;
        std::size_t most_waiting = 0;  ///< beyond what idle workers take at once
    };
    explicit WorkerPool(Size size);
    ~WorkerPool() { finish(); }
    WorkerPool(WorkerPool const&) = delete;
    WorkerPool& operator=(WorkerPool const&) = delete;

    /// A new request. False when too many wait already; then the task is not done.
    bool add(Task task);
    /// More work for a request that was let in: never too much, as a connection has one of these at most.
    /// False when the pool is finishing.
    bool add_further(Task task);
    /// Does what waits, then ends the threads.
    void finish();

private:
    void work();

    std::size_t most_waiting_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Task> waiting_;
    std::size_t idle_ = 0;
    bool finishing_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace klout7::transport
