#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <vector>

#include "transport/http.h"

namespace klout7::transport {

/// A body on its way from the network, which must not block, to the worker that reads it. It holds at most
/// `capacity` bytes: when the worker is slower than the client, the network stops reading.
class BodyPipe final : public BodySource {
public:
    static constexpr std::size_t capacity_bytes = 256 * 1024;

    /// `room_made` is called on the worker's thread once room that was asked for has come.
    explicit BodyPipe(std::function<void()> room_made) : room_made_(std::move(room_made)) {}

    /// For the network. True if this many bytes fit now; otherwise `room_made` is called when they do.
    bool ask_room(std::size_t size_bytes);
    /// For the network: at most what it has been granted.
    void put(BytesView bytes);
    /// For the network: the body is complete.
    void end();
    /// For the network: no more comes. What came is still read first.
    void fail(BodyError error);

    /// For the worker. What comes fast is gathered until it fills `out`, so that neither side wakes for every
    /// record; what comes slowly is given within 20 ms.
    std::expected<std::size_t, BodyError> read(BytesSpan out) override;

private:
    std::size_t room() const { return capacity_bytes - held_; }

    std::function<void()> room_made_;
    std::mutex mutex_;
    std::condition_variable changed_;
    Bytes ring_;  // made with the first byte
    std::size_t first_ = 0;
    std::size_t held_ = 0;
    std::size_t wanted_room_ = 0;
    std::size_t awaited_ = 0;  // by the worker, before it goes on
    bool ended_ = false;
    std::optional<BodyError> error_;
};

}  // namespace klout7::transport
