#pragma once

#include <expected>
#include <initializer_list>
#include <memory>
#include <string>
#include <vector>

#include "store/database.h"
#include "store/errors.h"

namespace klout7::store {

/// Why a server could not be reached.
struct ConnectFault {
    StoreError error;
    int native_code;   ///< the server's or the driver's own number
    std::string said;  ///< their words: names of accounts, hosts and certificates, never data
};

/// A connection for statements that are text made by the program; nothing a person typed may be part of one.
/// The operator's has every right: makes schemas and accounts, asks the server about itself. A program's own
/// account sees what the server says of it.
class ServerOperator {
public:
    /// Without a schema.
    static std::expected<ServerOperator, ConnectFault> connect(std::string account, Logins const& logins);
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

/// The passwords of the programs' accounts (store/rights.h), made by the caller, hexadecimal.
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
/// tablespace, redo log, binary log, temporary tables and files. `schema` is one of ours, whose function
/// plain_tablespaces this account may ask (schema/0019_database_check). On a full disk tablespaces are left
/// out.
std::expected<std::vector<std::string>, StoreError> not_encrypted(ServerOperator& server,
                                                                  std::string_view schema);

}  // namespace klout7::store
