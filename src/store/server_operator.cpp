#include "store/server_operator.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "connection.h"

namespace klout7::store {

std::expected<ServerOperator, StoreError> ServerOperator::connect(std::string odbc, std::string account,
                                                                  std::string password) {
    ConnectSettings settings{.side = Side::office,
                             .odbc = std::move(odbc),
                             .user = std::move(account),
                             .password = std::move(password)};
    settings.without_schema = true;
    settings.statement_seconds = 3600;
    try {
        return ServerOperator{std::make_unique<Connection>(settings, odbc_environment())};
    } catch (Failure const& failure) {
        return std::unexpected(failure.error);
    }
}

ServerOperator::ServerOperator(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}
ServerOperator::ServerOperator(ServerOperator&&) noexcept = default;
ServerOperator::~ServerOperator() = default;

std::expected<void, StoreError> ServerOperator::execute_together(
    std::initializer_list<std::string> statements) {
    try {
        for (auto const& statement : statements) connection_->run_plain(statement);
        connection_->commit();
        return {};
    } catch (Failure const& failure) {
        last_native_code_ = failure.native_code;
        connection_->roll_back();
        return std::unexpected(failure.error);
    }
}

std::expected<std::vector<std::vector<std::string>>, StoreError> ServerOperator::query(
    std::string const& statement) {
    try {
        auto rows = connection_->query_plain(statement);
        connection_->commit();
        return rows;
    } catch (Failure const& failure) {
        last_native_code_ = failure.native_code;
        connection_->roll_back();
        return std::unexpected(failure.error);
    }
}

std::expected<void, StoreError> make_accounts(ServerOperator& server, ProgramAccounts const& accounts) {
    std::pair<std::string_view, std::string_view> const wanted[] = {
        {"k7_office", accounts.office_password},
        {"k7_office_log", accounts.office_log_password},
        {"k7_medical", accounts.medical_password},
        {"k7_medical_log", accounts.medical_log_password}};
    for (auto const& [name, password] : wanted) {
        for (auto const* text : {"CREATE USER IF NOT EXISTS {}@localhost IDENTIFIED BY '{}'",
                                 "ALTER USER {}@localhost IDENTIFIED BY '{}'"}) {
            auto const done = server.execute(fmt::format(fmt::runtime(text), name, password));
            if (!done) return done;
        }
    }
    return {};
}

std::expected<std::vector<std::string>, StoreError> not_encrypted(ServerOperator& server) {
    std::vector<std::string> plain;
    auto const plugin = server.query(
        "SELECT plugin_status, load_option FROM information_schema.plugins WHERE plugin_type = 'ENCRYPTION'");
    if (!plugin) return std::unexpected(plugin.error());
    if (plugin->empty() || (*plugin)[0] != std::vector<std::string>{"ACTIVE", "FORCE_PLUS_PERMANENT"}) {
        plain.emplace_back("the encryption plugin is not active and permanent");
    }
    static std::map<std::string, std::string> const wanted{{"innodb_encrypt_tables", "FORCE"},
                                                           {"innodb_encrypt_log", "ON"},
                                                           {"innodb_encrypt_temporary_tables", "ON"},
                                                           {"aria_encrypt_tables", "ON"},
                                                           {"encrypt_tmp_disk_tables", "ON"},
                                                           {"encrypt_tmp_files", "ON"},
                                                           {"encrypt_binlog", "ON"}};
    auto const variables = server.query("SHOW GLOBAL VARIABLES LIKE '%encrypt%'");
    if (!variables) return std::unexpected(variables.error());
    for (auto const& [name, value] : wanted) {
        auto const found = std::find_if(variables->begin(), variables->end(),
                                        [&](auto const& row) { return row[0] == name; });
        if (found == variables->end() || (*found)[1] != value)
            plain.push_back("setting " + name + " is not " + value);
    }
    // The temporary tablespace is not listed there; its setting is checked above.
    auto const spaces = server.query(
        "SELECT s.name FROM information_schema.innodb_sys_tablespaces s LEFT JOIN "
        "information_schema.innodb_tablespaces_encryption e ON e.space = s.space WHERE s.name <> "
        "'innodb_temporary' AND "
        "(e.space IS NULL OR e.encryption_scheme <> 1)");
    if (!spaces) return std::unexpected(spaces.error());
    for (auto const& row : *spaces) plain.push_back("tablespace " + row[0] + " is not encrypted");
    return plain;
}

}  // namespace klout7::store
