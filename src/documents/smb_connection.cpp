#include "smb_connection.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>

#include "confine/confines.h"

namespace klout7::documents {
namespace {

confine::Confines confines_of(std::filesystem::path const& program) {
    return {.reads = {"/usr", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/nsswitch.conf", "/etc/hosts",
                      "/etc/host.conf", "/etc/resolv.conf", "/etc/gai.conf", "/etc/localtime",
                      "/etc/ssl/openssl.cnf", "/dev/null", "/dev/urandom", program},
            .writes = {},
            .reach = confine::Reach::network};
}

/// In the child.
[[noreturn]] void become_worker(char const* program, int socket, confine::Confines const& confines) {
    auto const nothing = open("/dev/null", O_RDWR);
    char home[] = "HOME=/nonexistent";
    char* environment[] = {home, nullptr};
    char* arguments[] = {const_cast<char*>(program), nullptr};
    confine::become(arguments, environment, {socket, nothing, nothing}, confines);
}

SmbProblem problem_of(smb::Status status) {
    switch (status) {
        case smb::Status::missing:
            return SmbProblem::no_share;
        case smb::Status::denied:
            return SmbProblem::no_login;
        case smb::Status::not_encrypted:
            return SmbProblem::not_encrypted;
        case smb::Status::unreachable:
            return SmbProblem::unreachable;
        case smb::Status::ok:
        case smb::Status::exists:
        case smb::Status::full:
        case smb::Status::failed:
        case smb::Status::lost:
        case smb::Status::malformed:
            return SmbProblem::no_smb_3_1_1;
    }
    return SmbProblem::no_smb_3_1_1;
}

Bytes connect_body(SmbSettings const& settings) {
    Bytes body;
    body.reserve(1024);  // so that no half of it is left where it grew
    smb::append_part(body, bytes_of(settings.server));
    append_u16(body, settings.port);
    smb::append_part(body, bytes_of(settings.share));
    smb::append_part(body, bytes_of(settings.user));
    smb::append_part(body, settings.password->view());
    append_u32(body, static_cast<std::uint32_t>(settings.patience.count()));
    return body;
}

}  // namespace

std::expected<std::shared_ptr<SmbConnection>, SmbProblem> SmbConnection::make(SmbSettings const& settings) {
    if (!std::filesystem::exists(settings.program)) return std::unexpected(SmbProblem::no_program);
    if (!confine::can_confine()) return std::unexpected(SmbProblem::no_confinement);
    std::array<int, 2> ends{};
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
        return std::unexpected(SmbProblem::no_program);
    FileHandle own{ends[0]};
    FileHandle const other{ends[1]};
    // All that allocates comes before the fork.
    auto const confines = confines_of(settings.program);
    auto const process = fork();
    if (process < 0) return std::unexpected(SmbProblem::no_program);
    if (process == 0) become_worker(settings.program.c_str(), other.descriptor(), confines);
    std::shared_ptr<SmbConnection> made{new SmbConnection{std::move(own), process, settings.patience}};
    auto body = connect_body(settings);
    auto const connected = made->ask(smb::What::connect, body);
    wipe(body);
    if (connected) return made;
    return std::unexpected(made->problem_.value_or(problem_of(connected.error())));
}

SmbConnection::~SmbConnection() { end(); }

std::expected<Bytes, smb::Status> SmbConnection::ask(smb::What what, BytesView body) {
    ++askers_;
    std::unique_lock const turn{turn_};
    auto answer = ask_in_turn(what, body);
    --askers_;
    return answer;
}

std::expected<Bytes, smb::Status> SmbConnection::ask_in_turn(smb::What what, BytesView body) {
    if (is_lost_) return std::unexpected(smb::Status::lost);
    auto const until = std::chrono::steady_clock::now() + patience_;
    std::optional<smb::Frame> answer;
    if (smb::send_frame(socket_.descriptor(), static_cast<std::uint8_t>(what), body, until))
        answer = smb::receive_frame(socket_.descriptor(), until);
    if (!answer) {
        end();
        return std::unexpected(smb::Status::lost);
    }
    auto const status = static_cast<smb::Status>(answer->kind);
    if (status == smb::Status::ok) return std::move(answer->body);
    // What was open in it is gone with the connection.
    if (status == smb::Status::lost || status == smb::Status::unreachable ||
        status == smb::Status::not_encrypted)
        is_lost_ = true;
    return std::unexpected(status);
}

void SmbConnection::end() {
    is_lost_ = true;
    if (process_ <= 0) return;
    kill(process_, SIGKILL);
    int status = 0;
    waitpid(process_, &status, 0);
    process_ = -1;
    // Who had to be ended did not answer in time.
    problem_ = SmbProblem::unreachable;
    if (WIFEXITED(status))
        problem_ = WEXITSTATUS(status) == confine::not_confined ? SmbProblem::no_confinement
                                                                : SmbProblem::no_program;
}

}  // namespace klout7::documents
