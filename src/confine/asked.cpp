#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "base/big_endian.h"
#include "confine/apart.h"
#include "exchange.h"

namespace klout7::confine {
namespace {

// Of all calls for a socket, a confined process has these two.
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

bool ask(int socket, std::uint64_t offset, std::size_t length) {
    Bytes request;
    append_u64(request, offset);
    append_u32(request, static_cast<std::uint32_t>(length));
    return write_all(socket, request);
}

bool fetch(int socket, std::uint64_t offset, BytesSpan out) {
    while (!out.empty()) {
        auto const part = out.first(std::min(out.size(), longest_part));
        std::uint8_t is_there = 0;
        if (!ask(socket, offset, part.size()) || !read_all(socket, {&is_there, 1}) || is_there != 1 ||
            !read_all(socket, part))
            return false;
        offset += part.size();
        out = out.subspan(part.size());
    }
    return true;
}

}  // namespace

std::optional<Content> Asked::receive(BytesSpan opening) const {
    Bytes size(8);
    if (!read_all(socket_, size) || !read_all(socket_, opening)) return std::nullopt;
    return Content{big_endian(size), [socket = socket_](std::uint64_t offset, BytesSpan out) {
                       return fetch(socket, offset, out);
                   }};
}

bool Asked::answer(BytesView bytes) const {
    return ask(socket_, answer_mark, bytes.size()) && write_all(socket_, bytes);
}

}  // namespace klout7::confine
