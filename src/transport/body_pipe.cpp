#include "body_pipe.h"

#include <algorithm>
#include <chrono>

#include "base/check.h"

namespace klout7::transport {
namespace {

constexpr auto gathered_within = std::chrono::milliseconds{20};

}  // namespace

bool BodyPipe::ask_room(std::size_t size_bytes) {
    require(size_bytes <= capacity_bytes, "no more room is asked for than there can be");
    std::lock_guard const lock{mutex_};
    if (room() >= size_bytes) return true;
    wanted_room_ = size_bytes;
    return false;
}

void BodyPipe::put(BytesView bytes) {
    bool is_awaited = false;
    {
        std::lock_guard const lock{mutex_};
        require(bytes.size() <= room(), "the body pipe is never overfilled");
        ring_.resize(capacity_bytes);
        std::size_t const start = (first_ + held_) % capacity_bytes;
        std::size_t const before_wrap = std::min(bytes.size(), capacity_bytes - start);
        std::ranges::copy(bytes.first(before_wrap), ring_.begin() + static_cast<std::ptrdiff_t>(start));
        std::ranges::copy(bytes.subspan(before_wrap), ring_.begin());
        held_ += bytes.size();
        is_awaited = awaited_ > 0 && held_ >= awaited_;
    }
    if (is_awaited) changed_.notify_one();
}

void BodyPipe::end() {
    {
        std::lock_guard const lock{mutex_};
        ended_ = true;
    }
    changed_.notify_one();
}

void BodyPipe::fail(BodyError error) {
    {
        std::lock_guard const lock{mutex_};
        if (!ended_ && !error_) error_ = error;
    }
    changed_.notify_one();
}

std::expected<std::size_t, BodyError> BodyPipe::read(BytesSpan out) {
    require(!out.empty(), "a read has room for at least one byte");
    std::size_t taken = 0;
    bool tell_network = false;
    {
        std::unique_lock lock{mutex_};
        auto const has = [this](std::size_t bytes) { return held_ >= bytes || ended_ || error_; };
        awaited_ = 1;
        changed_.wait(lock, [&] { return has(1); });
        awaited_ = std::min(out.size(), capacity_bytes / 2);
        changed_.wait_for(lock, gathered_within, [&] { return has(awaited_); });
        awaited_ = 0;
        if (held_ == 0) {
            if (error_) return std::unexpected(*error_);
            return 0;
        }
        taken = std::min(out.size(), held_);
        std::size_t const before_wrap = std::min(taken, capacity_bytes - first_);
        BytesView const ring{ring_};
        std::ranges::copy(ring.subspan(first_, before_wrap), out.begin());
        std::ranges::copy(ring.first(taken - before_wrap), out.subspan(before_wrap).begin());
        first_ = (first_ + taken) % capacity_bytes;
        held_ -= taken;
        if (wanted_room_ > 0 && room() >= wanted_room_) {
            wanted_room_ = 0;
            tell_network = true;
        }
    }
    if (tell_network) room_made_();
    return taken;
}

}  // namespace klout7::transport
