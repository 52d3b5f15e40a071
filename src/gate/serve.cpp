#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "base/big_endian.h"
#include "confined.h"
#include "examination.h"
#include "exchange.h"
#include "gate/apart.h"

namespace klout7::gate {
namespace {

bool read_all(int socket, BytesSpan out) {
    while (!out.empty()) {
        auto const count = ::read(socket, out.data(), out.size());
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return false;
        out = out.subspan(static_cast<std::size_t>(count));
    }
    return true;
}

bool write_all(int socket, BytesView bytes) {
    while (!bytes.empty()) {
        auto const count = ::write(socket, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return false;
        bytes = bytes.subspan(static_cast<std::size_t>(count));
    }
    return true;
}

bool ask(int socket, std::uint64_t offset, std::uint32_t length) {
    Bytes request;
    append_u64(request, offset);
    append_u32(request, length);
    return write_all(socket, request);
}

bool fetch(int socket, std::uint64_t offset, BytesSpan out) {
    while (!out.empty()) {
        auto const part = out.first(std::min(out.size(), longest_part));
        std::uint8_t is_there = 0;
        if (!ask(socket, offset, static_cast<std::uint32_t>(part.size())) ||
            !read_all(socket, {&is_there, 1}) || is_there != 1 || !read_all(socket, part))
            return false;
        offset += part.size();
        out = out.subspan(part.size());
    }
    return true;
}

}  // namespace

int serve_one(int socket) {
    // All that is not ours is read behind this.
    auto const magic = Magic::load();
    if (!magic || !confine_to_what_is_open()) return 1;
    Bytes opening(opening_bytes);
    if (!read_all(socket, opening)) return 1;
    auto const size = big_endian(BytesView{opening}.first(8));
    Content const content{
        size, [socket](std::uint64_t offset, BytesSpan out) { return fetch(socket, offset, out); }};
    auto const found = examine_with(*magic, content, opening.back() == 0 ? Side::office : Side::medical);
    auto const answer = found ? number_of(*found) : refusals_from + static_cast<std::uint32_t>(found.error());
    return ask(socket, answer_mark, answer) ? 0 : 1;
}

}  // namespace klout7::gate
