#include "gate/apart.h"

#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <filesystem>
#include <string>
#include <utility>

#include "base/secret_bytes.h"
#include "exchange.h"

namespace klout7::gate {
namespace {

using Clock = std::chrono::steady_clock;

constexpr auto most_time = std::chrono::seconds{60};

/// One end of a pair of sockets.
class End {
public:
    explicit End(int descriptor) : descriptor_(descriptor) {}
    End(End const&) = delete;
    End& operator=(End const&) = delete;
    ~End() { close(); }
    void close() {
        if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
    }
    int descriptor() const { return descriptor_; }

private:
    int descriptor_;
};

/// A klout7-gate with the other end of a socket. When this goes, so does it.
class Process {
public:
    /// With the socket as its only open file, and nothing of the environment.
    explicit Process(int socket) {
        std::error_code failed;
        auto const self = std::filesystem::read_symlink("/proc/self/exe", failed);
        if (failed) return;
        auto path = (self.parent_path() / "klout7-gate").string();
        posix_spawn_file_actions_t actions;
        posix_spawnattr_t attributes;
        if (posix_spawn_file_actions_init(&actions) != 0) return;
        posix_spawnattr_init(&attributes);
        sigset_t none;
        sigemptyset(&none);
        posix_spawnattr_setsigmask(&attributes, &none);
        posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
        std::array<char*, 2> arguments{path.data(), nullptr};
        std::array<char*, 1> environment{nullptr};
        if (posix_spawn_file_actions_adddup2(&actions, socket, STDIN_FILENO) == 0 &&
            posix_spawn_file_actions_addclosefrom_np(&actions, STDOUT_FILENO) == 0 &&
            posix_spawn(&process_, path.c_str(), &actions, &attributes, arguments.data(),
                        environment.data()) != 0)
            process_ = -1;
        posix_spawnattr_destroy(&attributes);
        posix_spawn_file_actions_destroy(&actions);
    }
    Process(Process const&) = delete;
    Process& operator=(Process const&) = delete;
    ~Process() {
        if (process_ <= 0) return;
        ::kill(process_, SIGKILL);
        while (waitpid(process_, nullptr, 0) < 0 && errno == EINTR) {
        }
    }
    bool is_started() const { return process_ > 0; }

private:
    pid_t process_ = -1;
};

bool is_ready(int socket, short event, Clock::time_point end) {
    for (;;) {
        auto const left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now());
        pollfd watched{socket, event, 0};
        auto const found = poll(&watched, 1, static_cast<int>(std::max<std::int64_t>(0, left.count())));
        if (found > 0) return true;
        if (found == 0 || errno != EINTR) return false;
    }
}

bool receive_all(int socket, BytesSpan out, Clock::time_point end) {
    while (!out.empty()) {
        if (!is_ready(socket, POLLIN, end)) return false;
        auto const count = recv(socket, out.data(), out.size(), MSG_DONTWAIT);
        if (count < 0 && (errno == EINTR || errno == EAGAIN)) continue;
        if (count <= 0) return false;
        out = out.subspan(static_cast<std::size_t>(count));
    }
    return true;
}

bool send_all(int socket, BytesView bytes, Clock::time_point end) {
    while (!bytes.empty()) {
        if (!is_ready(socket, POLLOUT, end)) return false;
        auto const count = send(socket, bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
        if (count < 0 && (errno == EINTR || errno == EAGAIN)) continue;
        if (count <= 0) return false;
        bytes = bytes.subspan(static_cast<std::size_t>(count));
    }
    return true;
}

std::uint64_t number_in(BytesView bytes) {
    std::uint64_t number = 0;
    for (auto const byte : bytes) number = number << 8U | byte;
    return number;
}

std::expected<FileType, Refusal> read_answer(std::uint64_t answer) {
    for (auto const refusal : all_refusals) {
        if (answer == refusals_from + static_cast<std::uint64_t>(refusal)) return std::unexpected(refusal);
    }
    auto const type =
        answer < refusals_from ? type_of_number(static_cast<std::uint8_t>(answer)) : std::nullopt;
    if (!type) return std::unexpected(Refusal::not_examined);
    return *type;
}

}  // namespace

std::expected<FileType, Refusal> examine_apart(Content const& content, Side side) {
    auto const end = Clock::now() + most_time;
    std::unexpected<Refusal> const failed{Refusal::not_examined};
    std::array<int, 2> pair{};
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair.data()) != 0) return failed;
    End const ours{pair[0]};
    End theirs{pair[1]};
    Process const process{theirs.descriptor()};
    theirs.close();
    Bytes opening;
    append_u64(opening, content.size_bytes);
    opening.push_back(side == Side::office ? 0 : 1);
    if (!process.is_started() || !send_all(ours.descriptor(), opening, end)) return failed;

    Bytes request(request_bytes);
    SecretBytes part{1 + longest_part};
    while (receive_all(ours.descriptor(), request, end)) {
        auto const offset = number_in(BytesView{request}.first(8));
        auto const length = number_in(BytesView{request}.subspan(8));
        if (offset == answer_mark) return read_answer(length);
        // It does not ask for what is not there, unless it was taken over.
        if (length > longest_part || offset > content.size_bytes || length > content.size_bytes - offset)
            return failed;
        auto const bytes = part.span().subspan(1, static_cast<std::size_t>(length));
        part.span()[0] = content.read(offset, bytes) ? 1 : 0;
        auto const answered = part.view().first(part.view()[0] == 1 ? 1 + bytes.size() : 1);
        if (!send_all(ours.descriptor(), answered, end)) return failed;
    }
    return failed;
}

}  // namespace klout7::gate
