#include "store/testing.h"

#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/check.h"
#include "base/clock.h"
#include "store/migrations.h"

namespace klout7::store {
namespace {

constexpr auto password = "0123456789abcdef0123456789abcdef";
Bytes const file_key(32, 0x5A);

PrivateServerSettings settings_for(std::filesystem::path const& folder) {
    PrivateServerSettings settings{
        .folder = folder, .run_as = geteuid() == 0 ? "nobody" : "", .buffer_pool_mib = 64};
    settings.max_connections = 100;
    return settings;
}

}  // namespace

TestServer& TestServer::shared() {
    static TestServer server;
    return server;
}

TestServer::TestServer() {
    auto pattern = (std::filesystem::temp_directory_path() / "klout7-test-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
    chmod(folder_.c_str(), 0711);
    restart();
    auto operates = server_operator();
    require(make_accounts(operates, {password, password, password, password}).has_value(),
            "the test accounts are made");
    auto const changes = read_schema(built_in_schema());
    if (!changes) std::fprintf(stderr, "%s\n", changes.error().sentence.c_str());
    require(changes.has_value(), "the schema of this program can be read");
    auto const migrated = migrate(operates, *changes, SystemClock{}.now());
    if (!migrated) std::fprintf(stderr, "%s\n", migrated.error().sentence.c_str());
    require(migrated.has_value(), "the schema of this program can be applied");
}

TestServer::~TestServer() {
    server_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

void TestServer::restart() {
    server_.reset();
    auto started = PrivateMariadb::start(settings_for(folder_ / "db"), file_key);
    if (!started) std::fprintf(stderr, "%s\n", std::string{text_for(started.error())}.c_str());
    require(started.has_value(), "the test server starts");
    server_ = std::make_unique<PrivateMariadb>(std::move(*started));
}

Database TestServer::connect(Side side, std::string account, std::size_t pool_size) const {
    return Database{{.side = side, .logins = logins(), .user = std::move(account), .pool_size = pool_size}};
}
Database TestServer::office(std::size_t pool_size) const {
    return connect(Side::office, "k7_office", pool_size);
}
Database TestServer::medical(std::size_t pool_size) const {
    return connect(Side::medical, "k7_medical", pool_size);
}
Database TestServer::office_log(std::size_t pool_size) const {
    return connect(Side::office, "k7_office_log", pool_size);
}
Database TestServer::medical_log(std::size_t pool_size) const {
    return connect(Side::medical, "k7_medical_log", pool_size);
}
Database TestServer::with_every_right(Side side) const {
    return Database{{.side = side,
                     .logins = fixed_login(server_->odbc(), {}),
                     .user = server_->operator_account(),
                     .pool_size = 2}};
}

Logins TestServer::logins() const { return fixed_login(server_->odbc(), password); }

ServerOperator TestServer::server_operator() const {
    auto connected = ServerOperator::connect(server_->operator_account(), fixed_login(server_->odbc(), {}));
    require(connected.has_value(), "the operator of the test server connects");
    return std::move(*connected);
}

ServerOperator TestServer::with_the_rights_of(std::string const& account) const {
    auto connected = ServerOperator::connect(account, logins());
    require(connected.has_value(), "an account of the test server connects");
    return std::move(*connected);
}

void TestServer::empty_tables() {
    auto operates = server_operator();
    auto const tables = operates.query(
        "SELECT table_schema, table_name FROM information_schema.tables WHERE table_schema LIKE 'klout7%' "
        "AND "
        "table_name <> 'schema_change'");
    require(tables.has_value(), "the tables are listed");
    // In whatever order: what refers to what is gone goes too.
    require(operates.execute("SET foreign_key_checks = 0").has_value(), "references wait");
    for (auto const& row : *tables) {
        // Counters are rows of the schema itself.
        bool const counts =
            row[1] == "audit_number" || row[1] == "exchange_counter" || row[1] == "case_counter";
        auto const statement = counts ? "UPDATE " + row[0] + "." + row[1] + " SET last_number = 0"
                                      : "DELETE FROM " + row[0] + "." + row[1];
        require(operates.execute(statement).has_value(), "a table is emptied");
    }
}

}  // namespace klout7::store
