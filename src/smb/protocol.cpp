#include "smb/protocol.h"

#include <array>

#include "base/big_endian.h"

namespace klout7::smb {

bool send_frame(int socket, std::uint8_t kind, BytesView body, Until until) {
    if (body.size() >= most_frame_bytes) return false;
    Bytes head;
    append_u32(head, static_cast<std::uint32_t>(body.size() + 1));
    head.push_back(kind);
    return send_all(socket, head, until) && send_all(socket, body, until);
}

std::optional<Frame> receive_frame(int socket, Until until) {
    std::array<std::uint8_t, 5> head{};
    if (!receive_all(socket, head, until)) return std::nullopt;
    auto const length = Parts{head}.number(4);
    if (length < 1 || length > most_frame_bytes) return std::nullopt;
    Frame frame{head[4], Bytes(static_cast<std::size_t>(length - 1))};
    if (!receive_all(socket, frame.body, until)) return std::nullopt;
    return frame;
}

void append_part(Bytes& body, BytesView part) {
    append_u32(body, static_cast<std::uint32_t>(part.size()));
    append(body, part);
}

BytesView Parts::take(std::uint64_t count) {
    if (count > rest_.size()) {
        is_whole_ = false;
        rest_ = {};
        return {};
    }
    auto const taken = rest_.first(static_cast<std::size_t>(count));
    rest_ = rest_.subspan(taken.size());
    return taken;
}

std::uint64_t Parts::number(std::size_t bytes) { return big_endian(take(bytes)); }

BytesView Parts::part() { return take(number(4)); }

}  // namespace klout7::smb
