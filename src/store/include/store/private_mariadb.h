#pragma once

#include <sys/types.h>

#include <expected>
#include <filesystem>
#include <string>

#include "base/bytes.h"

namespace klout7::store {

enum class ServerError {
    no_program,       ///< mariadbd or mariadb-install-db is not installed
    folder_unusable,  ///< cannot be written: belongs to somebody else, or the disk is full
    already_running,  ///< another live server holds this folder
    not_initialised,  ///< mariadb-install-db failed; see log/install.log in the folder
    did_not_start,    ///< ended or gave no answer in time; see log/server.log in the folder
};

/// A sentence for the operator: what is wrong and where to look.
std::string_view text_for(ServerError error);

struct PrivateServerSettings {
    std::filesystem::path folder;  ///< absolute; all of the server lies in it
    std::string run_as;  ///< operating system user when started as root; mariadbd never runs as root
    int buffer_pool_mib = 64;
    int max_connections = 60;
    bool binary_log = false;
    /// False only to show that the search for canaries bites: everything lies on disk in the clear.
    bool encrypted = true;
};

/// The driver of MariaDB, as Debian has it.
inline constexpr auto odbc_driver = "/usr/lib/x86_64-linux-gnu/odbc/libmaodbc.so";

/// Where a private server of a folder listens: run/NAME in it, or a short path where that one is too long for
/// a socket. The name is a literal of at most 12 characters.
std::filesystem::path socket_of(std::filesystem::path const& folder, std::string_view name);
/// How to reach the private server of a folder, without account and schema. It need not run.
std::filesystem::path private_socket(std::filesystem::path const& folder);
std::string private_odbc(std::filesystem::path const& folder);
/// The account with every right on the private server of this user: their own, by unix_socket.
std::string private_operator();

/// MariaDB as a part of Klout7: a server of our own on a Unix socket in its folder, without a network port.
/// Tables, redo and undo log, binary log and temporary files are encrypted under a key that reaches the
/// server through memory and never touches the disk. It recovers by itself after kill -9.
class PrivateMariadb {
public:
    /// Initialises the folder the first time, starts the server, waits until it answers.
    static std::expected<PrivateMariadb, ServerError> start(PrivateServerSettings const& settings,
                                                            BytesView file_key);
    PrivateMariadb(PrivateMariadb&& other) noexcept;
    PrivateMariadb& operator=(PrivateMariadb&&) = delete;
    /// Stops it cleanly.
    ~PrivateMariadb();

    std::filesystem::path const& socket() const { return socket_; }
    std::string operator_account() const { return private_operator(); }
    /// The ODBC text of a connection, without account and schema.
    std::string odbc() const;
    pid_t process() const { return process_; }
    /// False when it ended; then start again.
    bool is_running();
    void stop();
    /// kill -9, for tests of recovery.
    void kill();

private:
    PrivateMariadb(std::filesystem::path socket, pid_t process)
        : socket_(std::move(socket)), process_(process) {}
    std::filesystem::path socket_;
    pid_t process_ = -1;
};

}  // namespace klout7::store
