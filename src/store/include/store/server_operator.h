#pragma once

#include <expected>
#include <initializer_list>
#include <memory>
#include <string>
#include <vector>

#include "store/database.h"
#include "store/errors.h"

namespace klout7::store {

/// The operator's connection to a server, with every right: makes schemas and accounts, asks the server about
/// itself. Statements are text made by the program; nothing a person typed may be part of one.
class ServerOperator {
public:
    static std::expected<ServerOperator, StoreError> connect(std::string odbc, std::string account,
                                                             std::string password = {});
    ServerOperator(ServerOperator&&) noexcept;
    ~ServerOperator();

    std::expected<void, StoreError> execute(std::string const& statement) {
        return execute_together({statement});
    }
    /// All or none, except that a statement that changes tables or rights commits by itself.
    std::expected<void, StoreError> execute_together(std::initializer_list<std::string> statements);
    std::expected<std::vector<std::vector<std::string>>, StoreError> query(std::string const& statement);
    /// The server's own number of the last error.
    int last_native_code() const { return last_native_code_; }

private:
    explicit ServerOperator(std::unique_ptr<Connection> connection);
    std::unique_ptr<Connection> connection_;
    int last_native_code_ = 0;
};

/// The accounts of the programs: `{prefix}` is k7. Passwords are made by the caller (hexadecimal).
struct ProgramAccounts {
    std::string office_password;
    std::string office_log_password;
    std::string medical_password;
    std::string medical_log_password;
};
/// Makes the accounts k7_office, k7_office_log, k7_medical, k7_medical_log without any right, or gives
/// existing ones these passwords.
std::expected<void, StoreError> make_accounts(ServerOperator& server, ProgramAccounts const& accounts);

/// What of the server is not encrypted, in the operator's words; empty when everything is: plugin, every
/// tablespace, redo log, binary log, temporary tables and files.
std::expected<std::vector<std::string>, StoreError> not_encrypted(ServerOperator& server);

}  // namespace klout7::store
