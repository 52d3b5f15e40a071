#include "confine/apart.h"

#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <string>

#include "base/big_endian.h"
#include "base/file_handle.h"
#include "exchange.h"

namespace klout7::confine {
namespace {

/// The program of this name that lies beside this one; nothing when that cannot be told.
std::string beside_this(std::string_view program) {
    std::error_code failed;
    auto const self = std::filesystem::read_symlink("/proc/self/exe", failed);
    return failed ? std::string{} : (self.parent_path() / program).string();
}

/// A program with the other end of a socket. When this goes, so does it.
class Process {
public:
    /// With the socket as its only open file, and nothing of the environment.
    Process(std::string path, int socket) {
        posix_spawn_file_actions_t actions;
        posix_spawnattr_t attributes;
        if (path.empty() || posix_spawn_file_actions_init(&actions) != 0) return;
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

/// Parts of a content, each with a byte before it that says whether it could be read. Who reads on from part
/// to part finds the next one ready.
class Parts {
public:
    explicit Parts(Content const& content) : content_(content) {}
    /// Nothing when there is no such part.
    std::optional<BytesView> part(std::uint64_t offset, std::uint64_t length) {
        if (length > longest_part || offset > content_.size_bytes || length > content_.size_bytes - offset)
            return std::nullopt;
        if (offset != offset_ || length != length_) load(offset, length);
        step_ = offset - last_offset_;
        last_offset_ = offset;
        return bytes_.view().first(bytes_.view()[0] == 1 ? 1 + length_ : 1);
    }
    /// Makes the part ready that would be next, while the one before it is looked at.
    void look_ahead() {
        auto const offset = last_offset_ + step_;
        if (step_ == 0 || step_ > length_ || offset >= content_.size_bytes) return;
        load(offset, std::min<std::uint64_t>(length_, content_.size_bytes - offset));
    }

private:
    void load(std::uint64_t offset, std::uint64_t length) {
        offset_ = offset;
        length_ = static_cast<std::size_t>(length);
        bytes_.span()[0] = content_.read(offset, bytes_.span().subspan(1, length_)) ? 1 : 0;
    }
    Content const& content_;
    SecretBytes bytes_{1 + longest_part};
    std::uint64_t offset_ = 0, last_offset_ = 0, step_ = 0;
    std::size_t length_ = 0;
};

/// Gives the parts of the content that are asked for, until the answer comes.
std::optional<SecretBytes> serve(int socket, Content const& content, std::size_t most_answer_bytes,
                                 Until until) {
    Bytes request(request_bytes);
    Parts parts{content};
    while (receive_all(socket, request, until)) {
        auto const offset = big_endian(BytesView{request}.first(8));
        auto const length = big_endian(BytesView{request}.subspan(8));
        if (offset == answer_mark) {
            if (length > most_answer_bytes) return std::nullopt;
            SecretBytes answer{static_cast<std::size_t>(length)};
            if (!receive_all(socket, answer.span(), until)) return std::nullopt;
            return answer;
        }
        // It does not ask for what is not there, unless it was taken over.
        auto const part = parts.part(offset, length);
        if (!part || !send_all(socket, *part, until)) return std::nullopt;
        parts.look_ahead();
    }
    return std::nullopt;
}

}  // namespace

std::optional<SecretBytes> ask_apart(std::string_view program, BytesView opening, Content const& content,
                                     std::size_t most_answer_bytes, Until until) {
    std::array<int, 2> pair{};
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair.data()) != 0) return std::nullopt;
    FileHandle const ours{pair[0]};
    FileHandle theirs{pair[1]};
    Process const process{beside_this(program), theirs.descriptor()};
    theirs = {};
    Bytes first;
    append_u64(first, content.size_bytes);
    append(first, opening);
    if (!process.is_started() || !send_all(ours.descriptor(), first, until)) return std::nullopt;
    return serve(ours.descriptor(), content, most_answer_bytes, until);
}

}  // namespace klout7::confine
