#include "store/rights.h"

#include <doctest/doctest.h>

#include <fmt/format.h>

#include "store/testing.h"

using namespace klout7;
using namespace klout7::store;

namespace {

constexpr std::string_view about = R"(sides = ["office", "medical"]
author = "engineer-1"
approver = "engineer-2"
change_request = "K7-CR-1"
)";

Rights rights_in(std::string_view sql, std::string_view account) {
    SchemaSource const source{"0001_it", about, sql};
    auto const changes = read_schema({&source, 1});
    REQUIRE(changes);
    return rights_of(account, *changes);
}

AccountOnServer grants(std::vector<std::string> const& lines) { return read_grants(lines, "k7_office"); }

}  // namespace

TEST_CASE("the rights of an account are those that the changes give it, on its own side and on the other") {
    constexpr std::string_view sql =
        "CREATE TABLE letter (id BIGINT);\n"
        "GRANT SELECT, INSERT ON letter TO {ACCOUNT};\n"
        "GRANT UPDATE ON letter TO {ACCOUNT};\n"
        "GRANT SELECT ON {KEYS}.person_key TO {LOG_ACCOUNT};\n"
        "GRANT INSERT ON inbox TO {PEER_ACCOUNT};\n"
        "GRANT EXECUTE ON FUNCTION it TO {ACCOUNT};\n";
    CHECK(rights_in(sql, "k7_office") == Rights{{"klout7_office.letter", {"SELECT", "INSERT", "UPDATE"}},
                                                {"klout7_medical.inbox", {"INSERT"}},
                                                {"FUNCTION klout7_office.it", {"EXECUTE"}}});
    CHECK(rights_in(sql, "k7_office_log") == Rights{{"klout7_office_keys.person_key", {"SELECT"}}});
    CHECK(rights_in(sql, "k7_off") == Rights{});
}

TEST_CASE("a server's own words about an account are read: rights, host and what it requires") {
    auto const account =
        grants({"GRANT USAGE ON *.* TO `k7_office`@`10.0.0.5` IDENTIFIED BY PASSWORD '*ABC' REQUIRE ISSUER "
                "'/O=E/CN=ca' "
                "SUBJECT '/O=E/CN=k7_office' WITH MAX_USER_CONNECTIONS 5",
                "GRANT SELECT, INSERT ON `klout7_office`.`letter` TO `k7_office`@`10.0.0.5`",
                "GRANT EXECUTE ON FUNCTION `klout7_office`.`it` TO `k7_office`@`10.0.0.5`"});
    CHECK(account.rights ==
          Rights{{"klout7_office.letter", {"SELECT", "INSERT"}}, {"FUNCTION klout7_office.it", {"EXECUTE"}}});
    CHECK(account.host == "10.0.0.5");
    CHECK(account.requirement == "ISSUER '/O=E/CN=ca' SUBJECT '/O=E/CN=k7_office'");
    CHECK(account.requirement == CertificateNames{"/O=E/CN=k7_office", "/O=E/CN=ca"}.requirement());
}

TEST_CASE(
    "whatever else an account may do is seen: everywhere, on columns, to hand on, by a role, as everybody") {
    CHECK(grants({"GRANT PROCESS ON *.* TO `k7_office`@`localhost`"}).rights == Rights{{"*.*", {"PROCESS"}}});
    CHECK(grants({"GRANT SELECT (`a`, `b`), INSERT ON `x`.`y` TO `k7_office`@`localhost`"}).rights ==
          Rights{{"x.y", {"SELECT (`a`, `b`)", "INSERT"}}});
    CHECK(grants({"GRANT SELECT ON `x`.`y` TO `k7_office`@`localhost` WITH GRANT OPTION"}).rights ==
          Rights{{"x.y", {"SELECT", "GRANT OPTION"}}});
    CHECK(grants({"GRANT `dba` TO `k7_office`@`localhost`",
                  "SET DEFAULT ROLE `dba` FOR `k7_office`@`localhost`", "GRANT SELECT ON `mysql`.* TO `dba`"})
              .rights == Rights{{"role", {"dba"}}, {"mysql.*", {"SELECT"}}});
    CHECK(grants({"GRANT SELECT ON `x`.* TO PUBLIC"}).rights == Rights{{"x.*", {"SELECT"}}});
}

TEST_CASE(
    "an account is made with the hash that the server would make, for each host, with its certificate") {
    auto operates = TestServer::shared().server_operator();
    auto const asked = operates.query("SELECT PASSWORD('0123abc')");
    REQUIRE(asked);
    std::string const hosts[] = {"10.0.0.5", "10.0.0.6"};
    auto const statements =
        account_statements({"k7_office", {"0123abc"}, CertificateNames{"/CN=k7_office", "/CN=ca"}}, hosts);
    REQUIRE(statements.size() == 4);
    CHECK(statements[0] ==
          "CREATE USER IF NOT EXISTS k7_office@'10.0.0.5' IDENTIFIED VIA mysql_native_password USING '" +
              asked->front().front() + "' REQUIRE SUBJECT '/CN=k7_office' AND ISSUER '/CN=ca'");
    CHECK(statements[3].starts_with("ALTER USER k7_office@'10.0.0.6' IDENTIFIED VIA"));
    CHECK(statements[0].find("0123abc") == std::string::npos);
}

TEST_CASE("while a password is renewed the account signs in with either") {
    auto& server = TestServer::shared();
    auto operates = server.server_operator();
    std::string const hosts[] = {"localhost"};
    auto const set = [&](std::vector<std::string> passwords) {
        for (auto const& statement : account_statements({"k7_trial", std::move(passwords), {}}, hosts)) {
            INFO(statement);
            REQUIRE(operates.execute(statement));
        }
    };
    auto const signs_in = [&](std::string_view password) {
        return ServerOperator::connect("k7_trial", fixed_login(server.server().odbc(), password)).has_value();
    };
    set({"aaaa"});
    CHECK(signs_in("aaaa"));
    CHECK_FALSE(signs_in("bbbb"));
    set({"aaaa", "bbbb"});
    CHECK(signs_in("aaaa"));
    CHECK(signs_in("bbbb"));
    set({"bbbb"});
    CHECK_FALSE(signs_in("aaaa"));
    CHECK(signs_in("bbbb"));

    // Whoever knows both comes in at any moment of it.
    auto const either = [&] {
        auto logins = fixed_login(server.server().odbc(), "aaaa")();
        logins.push_back(fixed_login(server.server().odbc(), "bbbb")().front());
        return logins;
    };
    CHECK(ServerOperator::connect("k7_trial", either));
    CHECK(operates.execute("DROP USER k7_trial@localhost"));
}

TEST_CASE("the script for an administrator of the database leads to the same as the changes one by one") {
    TestServer const own;  // rights outlive a schema that is dropped
    auto operates = own.server_operator();
    auto const changes = read_schema(built_in_schema());
    REQUIRE(changes);
    std::string const hosts[] = {"localhost"};
    // In two parts: what there was, and what came since.
    for (auto const& part : {script_of(std::span{*changes}.first(10), 0, hosts, "k7script"),
                             script_of(*changes, 10, hosts, "k7script")}) {
        for (auto const& statement : part) {
            INFO(statement);
            REQUIRE(operates.execute(statement));
        }
    }
    CHECK(pending(operates, *changes, all_sides, "k7script") == 0);
    auto const tables = [&](std::string const& prefix) {
        return operates.query(fmt::format(
            "SELECT REPLACE(table_schema, '{0}', ''), table_name, column_name, column_type, is_nullable FROM "
            "information_schema.columns WHERE table_schema LIKE '{0}\\_%' ORDER BY 1, 2, 3",
            prefix));
    };
    CHECK(tables("k7script") == tables("klout7"));
}
