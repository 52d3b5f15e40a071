#include "worker_pool.h"

#include "base/check.h"

namespace klout7::transport {

WorkerPool::WorkerPool(Size size) : most_waiting_(size.most_waiting) {
    require(size.workers > 0, "there is at least one worker");
    // Idle from the start, so that the first requests are not refused before the threads run.
    idle_ = static_cast<std::size_t>(size.workers);
    for (int started = 0; started < size.workers; ++started) {
        threads_.emplace_back([this] { work(); });
    }
}

bool WorkerPool::add(Task task) {
    {
        std::lock_guard const lock{mutex_};
        if (finishing_ || waiting_.size() >= most_waiting_ + idle_) return false;
        waiting_.push_back(std::move(task));
    }
    changed_.notify_one();
    return true;
}

bool WorkerPool::add_further(Task task) {
    {
        std::lock_guard const lock{mutex_};
        if (finishing_) return false;
        waiting_.push_back(std::move(task));
    }
    changed_.notify_one();
    return true;
}

void WorkerPool::finish() {
    {
        std::lock_guard const lock{mutex_};
        finishing_ = true;
    }
    changed_.notify_all();
    for (auto& thread : threads_) thread.join();
    threads_.clear();
}

void WorkerPool::work() {
    std::unique_lock lock{mutex_};
    while (true) {
        changed_.wait(lock, [this] { return finishing_ || !waiting_.empty(); });
        if (waiting_.empty()) return;
        Task task = std::move(waiting_.front());
        waiting_.pop_front();
        --idle_;
        lock.unlock();
        task();
        task = nullptr;  // what the task holds goes here, not under the lock
        lock.lock();
        ++idle_;
    }
}

}  // namespace klout7::transport
