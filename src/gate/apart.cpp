#include "gate/apart.h"

#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <filesystem>
#include <string>

#include "base/big_endian.h"
#include "base/file_handle.h"
#include "base/secret_bytes.h"
#include "base/socket_io.h"
#include "exchange.h"

namespace klout7::gate {
namespace {

constexpr auto most_time = std::chrono::seconds{60};

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
    auto const end = std::chrono::steady_clock::now() + most_time;
    std::unexpected<Refusal> const failed{Refusal::not_examined};
    std::array<int, 2> pair{};
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair.data()) != 0) return failed;
    FileHandle const ours{pair[0]};
    FileHandle theirs{pair[1]};
    Process const process{theirs.descriptor()};
    theirs = {};
    Bytes opening;
    append_u64(opening, content.size_bytes);
    opening.push_back(side == Side::office ? 0 : 1);
    if (!process.is_started() || !send_all(ours.descriptor(), opening, end)) return failed;

    Bytes request(request_bytes);
    SecretBytes part{1 + longest_part};
    while (receive_all(ours.descriptor(), request, end)) {
        auto const offset = big_endian(BytesView{request}.first(8));
        auto const length = big_endian(BytesView{request}.subspan(8));
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
