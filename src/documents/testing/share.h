#pragma once

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <grp.h>
#include <netinet/in.h>
#include <pwd.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "base/check.h"
#include "base/file_handle.h"
#include "documents/smb_store.h"
#include "testing/folder.h"

namespace klout7::documents::testing {

/// A port at 127.0.0.1; 0 for any.
inline sockaddr_in on_this_machine(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

/// A real Samba with one share, of an ordinary user, on a port of this machine.
class TestingShare {
public:
    explicit TestingShare(std::string encryption = "required") : encryption_(std::move(encryption)) {
        auto const user = geteuid() == 0 ? getpwnam("daemon") : getpwuid(geteuid());
        require(user != nullptr, "there is an ordinary user");
        user_ = user->pw_name, user_id_ = user->pw_uid, group_id_ = user->pw_gid;
        for (auto const* name : {"share", "private", "state"}) {
            std::filesystem::create_directory(folder_.path() / name);
            give_away(folder_.path() / name);
        }
        give_away(folder_.path());
        port_ = free_port();
        write_configuration();
        auto const added = run({"/usr/bin/pdbedit", "-s", configuration().string(), "-a", "-t", "-u", user_},
                               fmt::format("{0}\n{0}\n", password));
        input_ = {};
        int status = 0;
        require(waitpid(added, &status, 0) == added && status == 0, "a user of Samba can be added");
        start();
    }
    TestingShare(TestingShare const&) = delete;
    ~TestingShare() { stop(); }

    static TestingShare& shared() {
        static TestingShare one;
        return one;
    }

    void start() {
        server_ = run({"/usr/sbin/smbd", "-F", "--no-process-group", "-s", configuration().string()}, "");
        for (int i = 0; i < 400 && !answers(); ++i)
            std::this_thread::sleep_for(std::chrono::milliseconds{25});
        require(answers(), "smbd starts");
    }
    /// As it ends when its machine does.
    void stop() {
        if (server_ <= 0) return;
        kill(-server_, SIGKILL);
        waitpid(server_, nullptr, 0);
        server_ = -1;
    }
    /// It is there, and answers nothing.
    void stand_still() { kill(-server_, SIGSTOP); }
    void go_on() { kill(-server_, SIGCONT); }

    SmbSettings settings() const {
        return {.server = "127.0.0.1",
                .port = port_,
                .share = "docs",
                .user = user_,
                .password = std::make_shared<SecretBytes const>(SecretBytes::from_text(password)),
                .owner = "office",
                .program = KLOUT7_SMB};
    }
    /// What lies in the share.
    std::filesystem::path path() const { return folder_.path() / "share"; }
    /// Besides the file of its owner.
    std::size_t file_count() const {
        std::size_t count = 0;
        for (auto const& file : folder_.files())
            count += (file.string().starts_with(path().string()) && file.filename() != "owner") ? 1U : 0U;
        return count;
    }
    /// Removes every file; the folders stay.
    void empty() {
        for (auto const& file : folder_.files()) {
            if (file.string().starts_with(path().string())) std::filesystem::remove(file);
        }
    }
    /// Nobody listens there.
    static std::uint16_t free_port() {
        FileHandle const probe{socket(AF_INET, SOCK_STREAM, 0)};
        auto address = on_this_machine(0);
        socklen_t size = sizeof address;
        auto* const any = reinterpret_cast<sockaddr*>(&address);
        require(bind(probe.descriptor(), any, size) == 0 && getsockname(probe.descriptor(), any, &size) == 0,
                "there is a free port");
        return ntohs(address.sin_port);
    }

private:
    static constexpr auto password = "the Password of 1 share";

    std::filesystem::path configuration() const { return folder_.path() / "smb.conf"; }
    void give_away(std::filesystem::path const& path) const {
        if (geteuid() == 0) require(chown(path.c_str(), user_id_, group_id_) == 0, "root gives away");
    }
    bool answers() const {
        FileHandle const probe{socket(AF_INET, SOCK_STREAM, 0)};
        auto const address = on_this_machine(port_);
        return connect(probe.descriptor(), reinterpret_cast<sockaddr const*>(&address), sizeof address) == 0;
    }
    void write_configuration() const {
        std::ofstream{configuration()} << fmt::format(
            "[global]\nserver role = standalone server\nsmb ports = {1}\ninterfaces = 127.0.0.1\n"
            "bind interfaces only = yes\ndisable netbios = yes\nserver min protocol = SMB3_11\n"
            "server smb encrypt = {2}\nserver signing = mandatory\n"
            "server smb3 encryption algorithms = AES-256-GCM, AES-128-GCM\n"
            "passdb backend = tdbsam:{0}/private/passdb.tdb\nntlm auth = ntlmv2-only\nmap to guest = never\n"
            "load printers = no\nprinting = bsd\nprintcap name = /dev/null\ndisable spoolss = yes\n"
            "log file = {0}/state/log\nlock directory = {0}/state\nstate directory = {0}/state\n"
            "cache directory = {0}/state\npid directory = {0}/state\nprivate dir = {0}/private\n"
            "ncalrpc dir = {0}/state/ncalrpc\nstrict sync = yes\n"
            "[docs]\npath = {0}/share\nread only = no\nvalid users = {3}\n",
            folder_.path().string(), port_, encryption_, user_);
    }
    /// As the ordinary user, in a group of its own.
    pid_t run(std::vector<std::string> const& words, std::string const& input) {
        std::vector<char*> arguments;
        for (auto const& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
        arguments.push_back(nullptr);
        auto const said = (folder_.path() / "said").string();
        int ends[2];
        require(pipe2(ends, O_CLOEXEC) == 0, "there is a pipe");
        auto const child = fork();
        if (child == 0) {
            setsid();
            dup2(ends[0], 0);
            auto const output = open(said.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
            dup2(output, 1), dup2(output, 2);
            closefrom(3);
            if (geteuid() == 0 &&
                (setgroups(0, nullptr) != 0 || setgid(group_id_) != 0 || setuid(user_id_) != 0))
                _exit(126);
            execv(arguments[0], arguments.data());
            _exit(127);
        }
        close(ends[0]);
        require(write(ends[1], input.data(), input.size()) == static_cast<ssize_t>(input.size()),
                "it is read");
        input_ = FileHandle{ends[1]};
        return child;
    }

    TestingFolder folder_;
    std::string encryption_;
    std::string user_;
    uid_t user_id_ = 0;
    gid_t group_id_ = 0;
    std::uint16_t port_ = 0;
    pid_t server_ = -1;
    /// Samba ends when its input does, so it never outlives this process.
    FileHandle input_;
};

}  // namespace klout7::documents::testing
