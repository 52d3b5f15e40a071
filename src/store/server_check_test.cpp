#include "store/server_check.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "store/testing.h"

using namespace klout7;
using namespace klout7::store;

namespace {

ProgramAccount const& account_named(std::string_view name) {
    for (auto const& account : program_accounts) {
        if (account.name == name) return account;
    }
    FAIL("no such account");
    return program_accounts[0];
}

/// A server of which nobody else asks anything, as rights outlive the tables of other tests, and what was
/// agreed of it.
struct Agreed {
    static TestServer& own() {
        static TestServer server;
        return server;
    }
    TestServer& server = own();
    ServerOperator operates = server.server_operator();
    std::vector<SchemaChange> changes = *read_schema(built_in_schema());

    std::vector<ServerDifference> of(std::string_view account) {
        auto const logins = server.logins();
        return differences(logins,
                           {.account = account_named(account), .changes = changes, .certificate = {}});
    }
    /// What differs after a statement, which is undone by the other.
    std::vector<ServerDifference> after(std::string const& statement, std::string const& undo,
                                        std::string_view account = "k7_office") {
        INFO(statement);
        REQUIRE(operates.execute(statement));
        auto found = of(account);
        REQUIRE(operates.execute(undo));
        CHECK(of(account).empty());
        return found;
    }
};

void check_one(std::vector<ServerDifference> const& found, ServerFault fault, std::string_view part) {
    REQUIRE(found.size() == 1);
    INFO(found[0].sentence);
    CHECK(found[0].fault == fault);
    CHECK(found[0].sentence.find(part) != std::string::npos);
}

}  // namespace

TEST_CASE("a server as it was agreed shows no difference to any of the four accounts") {
    Agreed agreed;
    for (auto const& account : program_accounts) {
        for (auto const& difference : agreed.of(account.name)) FAIL_CHECK(difference.sentence);
    }
}

TEST_CASE("a right too many is named, however the account came by it") {
    Agreed agreed;
    check_one(agreed.after("GRANT DELETE ON klout7_office.letter TO k7_office@localhost",
                           "REVOKE DELETE ON klout7_office.letter FROM k7_office@localhost"),
              ServerFault::rights, "a right too many: DELETE on klout7_office.letter");
    check_one(agreed.after("GRANT PROCESS ON *.* TO k7_medical_log@localhost",
                           "REVOKE PROCESS ON *.* FROM k7_medical_log@localhost", "k7_medical_log"),
              ServerFault::rights, "PROCESS on *.*");
    check_one(agreed.after("GRANT SELECT ON klout7_medical.* TO PUBLIC",
                           "REVOKE SELECT ON klout7_medical.* FROM PUBLIC"),
              ServerFault::rights, "SELECT on klout7_medical.*");
    REQUIRE(agreed.operates.execute("CREATE ROLE k7_trial_role"));
    check_one(agreed.after("GRANT k7_trial_role TO k7_office@localhost",
                           "REVOKE k7_trial_role FROM k7_office@localhost"),
              ServerFault::rights, "k7_trial_role on role");
    REQUIRE(agreed.operates.execute("DROP ROLE k7_trial_role"));
}

TEST_CASE("a right that lacks is named") {
    Agreed agreed;
    check_one(agreed.after("REVOKE INSERT ON klout7_medical.consult FROM k7_medical@localhost",
                           "GRANT INSERT ON klout7_medical.consult TO k7_medical@localhost", "k7_medical"),
              ServerFault::rights, "lacks a right: INSERT on klout7_medical.consult");
}

TEST_CASE("what is not encrypted is named: a setting, and a table that was made meanwhile") {
    Agreed agreed;
    check_one(
        agreed.after("SET GLOBAL innodb_encrypt_tables = 'ON'", "SET GLOBAL innodb_encrypt_tables = 'FORCE'"),
        ServerFault::encryption, "setting innodb_encrypt_tables is not FORCE");
    REQUIRE(agreed.operates.execute("SET GLOBAL innodb_encrypt_tables = 'ON'"));
    REQUIRE(agreed.operates.execute(
        "CREATE TABLE klout7_medical.open_table (id BIGINT PRIMARY KEY) ENCRYPTED=NO"));
    check_one(agreed.after("SET GLOBAL innodb_encrypt_tables = 'FORCE'",
                           "DROP TABLE klout7_medical.open_table", "k7_medical"),
              ServerFault::encryption, "tablespaces are not encrypted: klout7_medical/open_table");
}

TEST_CASE("a database that has other changes than the program is named") {
    Agreed agreed;
    auto const newest = agreed.changes.back().number;
    auto const table = std::string{"klout7_office.schema_change"};
    check_one(
        agreed.after(fmt::format("UPDATE {} SET applied_at = NULL WHERE change_number = {}", table, newest),
                     fmt::format("UPDATE {} SET applied_at = 1 WHERE change_number = {}", table, newest)),
        ServerFault::schema, "lacks 1 of the");
    check_one(agreed.after(fmt::format("INSERT INTO {} VALUES (9999, 'x', '', 'a', 'b', 'c', 1, 1)", table),
                           fmt::format("DELETE FROM {} WHERE change_number = 9999", table)),
              ServerFault::schema, "newer");
}

TEST_CASE("an account that may come from anywhere is named, and one that requires another certificate") {
    Agreed agreed;
    std::vector<std::string> const anywhere{"GRANT USAGE ON *.* TO `k7_office`@`%`"};
    CHECK(read_grants(anywhere, "k7_office").host == "%");
    auto const found = differences(agreed.server.logins(), {.account = account_named("k7_office"),
                                                            .changes = agreed.changes,
                                                            .certificate = {{"/CN=k7_office", "/CN=ca"}}});
    REQUIRE(found.size() == 3);
    CHECK(found[0].sentence.find("not over TLS") != std::string::npos);
    CHECK(found[1].sentence.find("require_secure_transport") != std::string::npos);
    CHECK(found[2].fault == ServerFault::requirement);
    CHECK(found[2].sentence.find("requires no certificate, and should require ISSUER '/CN=ca' SUBJECT "
                                 "'/CN=k7_office'") != std::string::npos);
}

TEST_CASE("who cannot come in hears which of it: a wrong password, or no server at all") {
    Agreed agreed;
    auto const& account = account_named("k7_office");
    check_one(differences(fixed_login(agreed.server.server().odbc(), "wrong"),
                          {.account = account, .changes = agreed.changes, .certificate = {}}),
              ServerFault::account, "refuses account k7_office");
    check_one(
        differences(fixed_login(fmt::format("Driver={};SERVER=localhost;SOCKET=/nowhere", odbc_driver), "x"),
                    {.account = account, .changes = agreed.changes, .certificate = {}}),
        ServerFault::unreachable, "does not answer");
}

TEST_CASE("a database that is not trusted is asked nothing, and asked again when it is") {
    auto const trusted = std::make_shared<std::atomic<bool>>(false);
    Database database{{.side = Side::office,
                       .logins = TestServer::shared().logins(),
                       .user = "k7_office",
                       .is_trusted = trusted}};
    int runs = 0;
    auto const work = [&](Transaction&) { ++runs; };
    CHECK(database.transact(work).error() == StoreError::unavailable);
    CHECK(runs == 0);
    *trusted = true;
    CHECK(database.transact(work));
    CHECK(runs == 1);
}
