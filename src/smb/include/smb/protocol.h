#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include "base/bytes.h"
#include "base/socket_io.h"

/// How a program of Klout7 speaks with klout7-smb, the program that knows the SMB library: over one socket, a
/// request and then its answer.
///
///     length(4) | what(1) | body      a request
///     length(4) | status(1) | body    its answer; a body only when it is ok
///
/// `length` counts what is behind it. Integers are big-endian; a text stands behind its length(4). Paths
/// start at the share, with "/" between their parts and none before them. The first request is `connect`.
///
///     what         body                                      body of the answer
///     connect      server, port(2), share, user, password,
///                  patience in ms(4)
///     make_folder  path
///     create       path; never one that is there             handle(4)
///     open         path                                      handle(4) size(8)
///     write        handle(4) offset(8) bytes to the end
///     read         handle(4) offset(8) count(4)              bytes; fewer at the end
///     close        handle(4)
///     rename       path, path
///     remove       path
///     list         path of a folder                          each file: name, written(8)
///     look         path                                      size(8) written(8)
///     set_time     path time(8)
///
/// `written` is when a file was last written, in microseconds since 1970 by the clock of the server;
/// `set_time` sets it, and when it was last read.
namespace klout7::smb {

enum class What : std::uint8_t {
    connect = 1,
    make_folder,
    create,
    open,
    write,
    read,
    close,
    rename,
    remove,
    list,
    look,
    set_time,
};

enum class Status : std::uint8_t {
    ok = 0,
    missing,  ///< no such file, folder or share
    exists,
    full,           ///< no space left, or more than may be stored
    denied,         ///< the password is wrong, or the user may not
    failed,         ///< the server says no for another reason; the connection goes on
    lost,           ///< the connection ended or is not fit for use
    unreachable,    ///< nobody answers at this address
    not_encrypted,  ///< something would have gone in the clear, or come so; cut before it did
    malformed,      ///< a request that is none
};

/// How much one `read` or `write` moves at most. Larger pieces are slower, smaller ones much slower.
inline constexpr std::size_t most_piece_bytes = std::size_t{1} << 20U;
/// A folder of 200,000 files fits.
inline constexpr std::size_t most_frame_bytes = std::size_t{16} << 20U;

struct Frame {
    std::uint8_t kind = 0;  ///< a What or a Status
    Bytes body;
};

/// False when the other end is gone or does not take it in time.
bool send_frame(int socket, std::uint8_t kind, BytesView body, Until until = for_ever);
/// Nothing when the other end is gone, says nothing in time, or sends what is no frame.
std::optional<Frame> receive_frame(int socket, Until until = for_ever);

/// Appends a text or bytes behind its length.
void append_part(Bytes& body, BytesView part);

/// Takes a body apart, from its front. What is not there reads as 0 or as nothing, and shows in `is_whole`.
class Parts {
public:
    explicit Parts(BytesView body) : rest_(body) {}
    std::uint64_t number(std::size_t bytes);
    BytesView part();
    std::string_view text() { return text_of(part()); }
    BytesView rest() { return std::exchange(rest_, BytesView{}); }
    bool is_at_end() const { return rest_.empty(); }
    /// True when nothing was asked for that is not there.
    bool is_whole() const { return is_whole_; }

private:
    BytesView take(std::uint64_t count);
    BytesView rest_;
    bool is_whole_ = true;
};

}  // namespace klout7::smb
