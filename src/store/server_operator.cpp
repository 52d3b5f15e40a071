#include "store/server_operator.h"

#include <fmt/format.h>

#include <functional>

#include "connection.h"
#include "store/rights.h"

namespace klout7::store {

std::expected<ServerOperator, ConnectFault> ServerOperator::connect(std::string account,
                                                                    Logins const& logins) {
    ConnectSettings settings{.side = Side::office, .logins = logins, .user = std::move(account)};
    settings.without_schema = true;
    settings.statement_seconds = 3600;
    try {
        return ServerOperator{Connection::open(settings)};
    } catch (Failure const& failure) {
        return std::unexpected(ConnectFault{failure.error, failure.native_code, failure.said});
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
    std::string const hosts[] = {"localhost"};
    AccountTerms const wanted[] = {{"k7_office", {accounts.office_password}, {}},
                                   {"k7_office_log", {accounts.office_log_password}, {}},
                                   {"k7_medical", {accounts.medical_password}, {}},
                                   {"k7_medical_log", {accounts.medical_log_password}, {}}};
    for (auto const& terms : wanted) {
        for (auto const& statement : account_statements(terms, hosts)) {
            if (auto const done = server.execute(statement); !done) return done;
        }
    }
    return {};
}

namespace {

struct EncryptionSetting {
    std::string_view name;
    std::string_view value;  ///< as the server tells it
};
constexpr EncryptionSetting encryption_settings[] = {{"innodb_encrypt_tables", "FORCE"},
                                                     {"innodb_encrypt_log", "1"},
                                                     {"innodb_encrypt_temporary_tables", "1"},
                                                     {"aria_encrypt_tables", "1"},
                                                     {"encrypt_tmp_disk_tables", "1"},
                                                     {"encrypt_tmp_files", "1"},
                                                     {"encrypt_binlog", "1"}};

/// Adds what the answer to a question shows. On a full disk there is no room to put an answer together from
/// the server's own tables; then no file is made in the clear either, and the settings were looked at before.
std::expected<void, StoreError> look(
    ServerOperator& server, std::string const& question,
    std::function<void(std::vector<std::vector<std::string>> const&)> const& see) {
    auto const rows = server.query(question);
    if (!rows && rows.error() == StoreError::full) return {};
    if (!rows) return std::unexpected(rows.error());
    see(*rows);
    return {};
}

}  // namespace

std::expected<std::vector<std::string>, StoreError> not_encrypted(ServerOperator& server,
                                                                  std::string_view schema) {
    std::vector<std::string> plain;
    std::string question;
    for (auto const& [name, value] : encryption_settings)
        question += fmt::format("{} @@GLOBAL.{}", question.empty() ? "SELECT" : ",", name);
    auto const settings = server.query(question);
    if (!settings) return std::unexpected(settings.error());
    for (std::size_t i = 0; auto const& [name, value] : encryption_settings) {
        if (settings->at(0).at(i++) != value)
            plain.push_back(fmt::format("setting {} is not {}", name, value == "1" ? "ON" : value));
    }
    auto const plugin = look(
        server,
        "SELECT plugin_status, load_option FROM information_schema.plugins WHERE plugin_type = 'ENCRYPTION'",
        [&](auto const& rows) {
            if (rows.empty() || rows[0] != std::vector<std::string>{"ACTIVE", "FORCE_PLUS_PERMANENT"})
                plain.emplace_back("the encryption plugin is not active and permanent");
        });
    if (!plugin) return std::unexpected(plugin.error());
    auto const spaces = look(server, fmt::format("SELECT COALESCE({}.plain_tablespaces(), '')", schema),
                             [&](auto const& rows) {
                                 for (auto const& row : rows) {
                                     if (!row[0].empty())
                                         plain.push_back("tablespaces are not encrypted: " + row[0]);
                                 }
                             });
    if (!spaces) return std::unexpected(spaces.error());
    return plain;
}

}  // namespace klout7::store
