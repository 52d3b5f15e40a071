#include "store/private_mariadb.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <charconv>
#include <chrono>
#include <fstream>
#include <thread>
#include <utility>
#include <vector>

namespace klout7::store {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr int key_descriptor = 7;
constexpr auto server_program = "/usr/sbin/mariadbd";
constexpr auto install_program = "/usr/bin/mariadb-install-db";

std::string user_name(uid_t user) {
    auto const* entry = getpwuid(user);
    return entry == nullptr ? std::string{} : std::string{entry->pw_name};
}

/// Configuration as tried on Debian 12: InnoDB for everything, no network, no plain temporary files.
std::string configuration(PrivateServerSettings const& settings, fs::path const& socket) {
    auto text = fmt::format(
        "[mariadbd]\ndatadir={0}/data\nsocket={1}\npid-file={0}/run/server.pid\nlog-error={0}/log/"
        "server.log\n"
        "tmpdir={0}/tmp\nlc-messages-dir=/usr/share/mysql\nplugin-dir=/usr/lib/mysql/"
        "plugin\nskip-networking\n"
        "skip-name-resolve\nskip-external-locking\ndefault-storage-engine=InnoDB\nenforce-storage-engine="
        "InnoDB\n"
        "character-set-server=utf8mb4\ncollation-server=utf8mb4_uca1400_nopad_as_cs\n"
        "sql-mode=TRADITIONAL,NO_ENGINE_SUBSTITUTION\nsymbolic-links=0\nlocal-infile=0\nsecure-file-priv={0}/"
        "tmp\n"
        "performance-schema=OFF\nuse-stat-tables=NEVER\ninnodb_buffer_pool_size={2}M\ninnodb_log_file_size="
        "256M\n"
        "innodb_log_buffer_size=16M\ninnodb_flush_log_at_trx_commit=1\nkey_buffer_size=1M\n"
        "aria_pagecache_buffer_size=8M\naria_log_file_size=8M\nmax_connections={3}\ntable_open_cache=400\n"
        "max_allowed_packet=64M\n",
        settings.folder.string(), socket.string(), settings.buffer_pool_mib, settings.max_connections);
    if (settings.encrypted) {
        text += fmt::format(
            "plugin-load-add=file_key_management\nloose-file_key_management=FORCE_PLUS_PERMANENT\n"
            "file_key_management_filename=/dev/fd/{}\nfile_key_management_encryption_algorithm=AES_CTR\n"
            "innodb_encrypt_tables=FORCE\ninnodb_encrypt_log=ON\ninnodb_encrypt_temporary_tables=ON\n"
            "innodb_encryption_threads=1\ninnodb_encryption_rotate_key_age=1\ninnodb_default_encryption_key_"
            "id=1\n"
            "aria_encrypt_tables=ON\nencrypt_tmp_disk_tables=ON\nencrypt_tmp_files=ON\nencrypt_binlog=ON\n",
            key_descriptor);
    }
    if (settings.binary_log)
        text += fmt::format("log-bin={}/data/binlog\nbinlog_format=ROW\nsync_binlog=1\n",
                            settings.folder.string());
    return text;
}

/// The file key as the server reads it, in memory that has no name.
int key_in_memory(BytesView file_key) {
    auto const descriptor = memfd_create("klout7-file-key", MFD_CLOEXEC);
    if (descriptor < 0) return -1;
    auto line = "1;" + to_hex(file_key) + "\n";
    auto const written = write(descriptor, line.data(), line.size());
    auto const whole = written == static_cast<ssize_t>(line.size());
    explicit_bzero(line.data(), line.size());
    if (whole) return descriptor;
    close(descriptor);
    return -1;
}

/// In the child: another user, the key at its number, no way back, then the program.
[[noreturn]] void become(std::vector<std::string> const& words, std::string const& run_as, int key,
                         fs::path const& log) {
    if (geteuid() == 0 && !run_as.empty()) {
        auto const* entry = getpwnam(run_as.c_str());
        if (entry == nullptr || setgroups(0, nullptr) != 0 || setgid(entry->pw_gid) != 0 ||
            setuid(entry->pw_uid) != 0) {
            _exit(126);
        }
    }
    auto const output = open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    auto const input = open("/dev/null", O_RDONLY);
    dup2(input, 0), dup2(output, 1), dup2(output, 2);
    if (key >= 0) dup2(key, key_descriptor);
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    setsid();
    std::vector<char*> arguments;
    for (auto const& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    char path[] = "PATH=/usr/sbin:/usr/bin:/sbin:/bin";
    char* environment[] = {path, nullptr};
    execve(arguments[0], arguments.data(), environment);
    _exit(127);
}

pid_t spawn(std::vector<std::string> const& words, std::string const& run_as, int key, fs::path const& log) {
    auto const child = fork();
    if (child == 0) become(words, run_as, key, log);
    return child;
}

bool ends_well(pid_t child) {
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

bool answers(fs::path const& socket_path) {
    auto const descriptor = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    auto const text = socket_path.string();
    text.copy(address.sun_path, sizeof address.sun_path - 1);
    auto const connected =
        connect(descriptor, reinterpret_cast<sockaddr const*>(&address), sizeof address) == 0;
    close(descriptor);
    return connected;
}

bool make_folders(PrivateServerSettings const& settings) {
    std::error_code problem;
    for (auto const* name : {"", "data", "run", "log", "tmp"}) {
        auto const folder = settings.folder / name;
        fs::create_directories(folder, problem);
        if (problem || chmod(folder.c_str(), 0700) != 0) return false;
        if (geteuid() == 0 && !settings.run_as.empty()) {
            auto const* entry = getpwnam(settings.run_as.c_str());
            if (entry == nullptr || chown(folder.c_str(), entry->pw_uid, entry->pw_gid) != 0) return false;
        }
    }
    return true;
}

/// Less room than one page of a log needs to grow by.
bool is_full(fs::path const& folder) {
    constexpr std::uintmax_t too_little = 1024 * 1024;
    std::error_code unknown;
    auto const space = fs::space(folder, unknown);
    return !unknown && space.available < too_little;
}

/// A server that outlived its parent still holds the folder: stop it, so that ours is the only one.
bool stop_left_over(fs::path const& folder) {
    std::ifstream file{folder / "run" / "server.pid"};
    pid_t left_over = 0;
    if (!(file >> left_over) || left_over <= 1) return true;
    auto const program = fs::path{fmt::format("/proc/{}/exe", left_over)};
    std::error_code problem;
    if (fs::read_symlink(program, problem).filename() != "mariadbd") return true;
    ::kill(left_over, SIGTERM);
    for (int i = 0; i < 200; ++i, std::this_thread::sleep_for(100ms)) {
        if (::kill(left_over, 0) != 0) return true;
    }
    return false;
}

}  // namespace

fs::path socket_of(fs::path const& folder, std::string_view file) {
    // It has room for 107 characters; a deep folder gets a short one of its own.
    auto path = folder / "run" / file;
    if (path.string().size() < 100) return path;
    auto const name = fmt::format("/tmp/klout7-{:016x}", std::hash<std::string>{}(folder.string()));
    mkdir(name.c_str(), 0700);
    return fs::path{name} / file;
}

fs::path private_socket(fs::path const& folder) { return socket_of(folder, "db.sock"); }

std::string private_odbc(fs::path const& folder) {
    return fmt::format("Driver={};SERVER=localhost;SOCKET={}", odbc_driver, private_socket(folder).string());
}

std::string private_operator() { return user_name(geteuid()); }

std::string_view text_for(ServerError error) {
    switch (error) {
        case ServerError::no_program:
            return "mariadbd is not installed; run script/bootstrap";
        case ServerError::folder_unusable:
            return "the database folder cannot be written: it belongs to another user, or the disk is full";
        case ServerError::already_running:
            return "another server holds the database folder and does not stop";
        case ServerError::not_initialised:
            return "the database could not be made; see log/install.log in its folder";
        case ServerError::did_not_start:
            return "the database did not start; see log/server.log in its folder";
    }
    return {};
}

std::expected<PrivateMariadb, ServerError> PrivateMariadb::start(PrivateServerSettings const& settings,
                                                                 BytesView file_key) {
    if (!fs::exists(server_program)) return std::unexpected(ServerError::no_program);
    if (!make_folders(settings)) return std::unexpected(ServerError::folder_unusable);
    if (!stop_left_over(settings.folder)) return std::unexpected(ServerError::already_running);
    auto const socket = private_socket(settings.folder);
    auto const configuration_file = settings.folder / "server.cnf";
    std::ofstream out{configuration_file};
    out << configuration(settings, socket);
    out.close();
    // A full disk keeps half of it, perhaps without the lines that encrypt.
    if (!out) return std::unexpected(ServerError::folder_unusable);

    auto const key = settings.encrypted ? key_in_memory(file_key) : -1;
    auto const defaults = "--defaults-file=" + configuration_file.string();
    if (!fs::exists(settings.folder / "data" / "mysql")) {
        auto const made = ends_well(spawn(
            {install_program, defaults, "--auth-root-authentication-method=socket",
             "--auth-root-socket-user=" + user_name(geteuid()), "--skip-test-db", "--skip-name-resolve"},
            settings.run_as, key, settings.folder / "log" / "install.log"));
        if (!made) {
            close(key);
            return std::unexpected(ServerError::not_initialised);
        }
    }
    PrivateMariadb server{socket, spawn({server_program, defaults}, settings.run_as, key,
                                        settings.folder / "log" / "server.log")};
    auto const empty_the_key = [&] {
        if (key >= 0 && ftruncate(key, 0) == 0) close(key);
    };
    for (int i = 0; i < 600 && server.is_running(); ++i, std::this_thread::sleep_for(50ms)) {
        if (!answers(socket)) continue;
        empty_the_key();
        return server;
    }
    empty_the_key();
    // A recovery that takes long is asked to stop, and comes to its end first, so that the next start is
    // quick. On a full disk it stands still and hears nothing.
    if (is_full(settings.folder)) server.kill();
    return std::unexpected(ServerError::did_not_start);
}

PrivateMariadb::PrivateMariadb(PrivateMariadb&& other) noexcept
    : socket_(std::move(other.socket_)), process_(std::exchange(other.process_, -1)) {}

PrivateMariadb::~PrivateMariadb() { stop(); }

std::string PrivateMariadb::odbc() const {
    return fmt::format("Driver={};SERVER=localhost;SOCKET={}", odbc_driver, socket_.string());
}

bool PrivateMariadb::is_running() {
    if (process_ <= 0) return false;
    int status = 0;
    if (waitpid(process_, &status, WNOHANG) == 0) return true;
    process_ = -1;
    return false;
}

void PrivateMariadb::stop() {
    if (!is_running()) return;
    ::kill(process_, SIGTERM);
    for (int i = 0; i < 1200 && is_running(); ++i) std::this_thread::sleep_for(50ms);
    if (is_running()) kill();
}

void PrivateMariadb::kill() {
    if (process_ <= 0) return;
    ::kill(process_, SIGKILL);
    waitpid(process_, nullptr, 0);
    process_ = -1;
}

}  // namespace klout7::store
