#include "store/migrations.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "store/testing.h"

using namespace klout7;
using namespace klout7::store;

namespace {

Instant const noon = Instant::from_microseconds(1'795'000'000'000'000);

constexpr std::string_view both_sides = R"(sides = ["office", "medical"]
author = "engineer-1"
approver = "engineer-2"
change_request = "K7-CR-1"
)";
constexpr std::string_view office_only = R"(sides = ["office"]
author = "engineer-1"
approver = "engineer-2"
change_request = "K7-CR-2"
)";

/// A schema of this test alone, whose changes a test puts together.
struct Trial {
    TestServer& server = TestServer::shared();
    ServerOperator operates = server.server_operator();
    std::vector<SchemaSource> sources{
        {"0001_animals", both_sides,
         "CREATE TABLE animal (id BIGINT NOT NULL PRIMARY KEY);\nINSERT INTO animal (id) VALUES (1),\n    "
         "(2);\n"
         "CREATE INDEX ix_animal ON animal (id);\n"},
        {"0002_plants", office_only, "-- why\nCREATE TABLE plant (id BIGINT NOT NULL PRIMARY KEY);\n"}};

    Trial() {
        for (auto const* schema : {"office", "office_keys", "medical", "medical_keys"})
            run(fmt::format("DROP DATABASE IF EXISTS k7trial_{}", schema));
    }
    void run(std::string const& statement) {
        INFO(statement);
        REQUIRE(operates.execute(statement));
    }
    std::string ask(std::string const& question) {
        auto const rows = operates.query(question);
        REQUIRE(rows);
        std::string answer;
        for (auto const& row : *rows) {
            for (auto const& cell : row) answer += cell + " ";
            answer += "| ";
        }
        return answer;
    }
    std::expected<int, MigrationProblem> migrate() {
        auto const changes = read_schema(sources);
        REQUIRE(changes);
        return store::migrate(operates, *changes, noon, "k7trial");
    }
    std::expected<int, MigrationProblem> pending() {
        auto const changes = read_schema(sources);
        REQUIRE(changes);
        return store::pending(operates, *changes, all_sides, "k7trial");
    }
    bool is_refused(std::string_view because) {
        auto const done = migrate();
        if (done) return false;
        INFO(done.error().sentence);
        CHECK(done.error().sentence.find(because) != std::string::npos);
        return true;
    }
};

/// What read_schema says of one change that differs from a good one.
std::string fault_in(SchemaSource const& source) {
    auto const changes = read_schema({&source, 1});
    return changes ? "" : changes.error().sentence;
}
SchemaSource good() { return {"0001_animals", both_sides, "CREATE TABLE animal (id BIGINT);\n"}; }
SchemaSource with_toml(std::string_view toml) { return {"0001_animals", toml, "SELECT 1;\n"}; }
SchemaSource with_folder(std::string_view folder) { return {folder, both_sides, "SELECT 1;\n"}; }
SchemaSource with_sql(std::string_view sql) { return {"0001_animals", both_sides, sql}; }

}  // namespace

TEST_CASE("a change is read with who made it, who approved it and its statements in order") {
    auto const changes = read_schema(Trial{}.sources);
    REQUIRE(changes);
    REQUIRE(changes->size() == 2);
    auto const& animals = changes->front();
    CHECK(animals.number == 1);
    CHECK(animals.name == "animals");
    CHECK(animals.author == "engineer-1");
    CHECK(animals.approver == "engineer-2");
    CHECK(animals.change_request == "K7-CR-1");
    CHECK(animals.sides == std::vector{Side::office, Side::medical});
    REQUIRE(animals.statements.size() == 3);
    CHECK(animals.statements[1] == "INSERT INTO animal (id) VALUES (1),\n    (2)");
    CHECK(changes->back().statements.size() == 1);
    CHECK(animals.checksum.size() == 64);
}

TEST_CASE("the schema of this program can be read, and every change of it was approved by somebody else") {
    auto const changes = read_schema(built_in_schema());
    REQUIRE(changes);
    CHECK(changes->size() >= 7);
    for (auto const& change : *changes) {
        INFO(change.name);
        CHECK(change.author != change.approver);
        CHECK_FALSE(change.statements.empty());
    }
}

TEST_CASE("a change without author, approver or request, or approved by its author, is refused") {
    CHECK(fault_in(good()).empty());
    for (std::string_view const toml :
         {"", "sides = [\"office\"]\napprover = \"b\"\nchange_request = \"c\"\n",
          "sides = [\"office\"]\nauthor = \"a\"\nchange_request = \"c\"\n",
          "sides = [\"office\"]\nauthor = \"a\"\napprover = \"b\"\n",
          "sides = [\"office\"]\nauthor = \" \"\napprover = \"b\"\nchange_request = \"c\"\n",
          "sides = [\"office\"]\nauthor = 1\napprover = \"b\"\nchange_request = \"c\"\n",
          "sides = [\"office\"]\nauthor = \"a'); DROP TABLE x; --\"\napprover = \"b\"\nchange_request = "
          "\"c\"\n"}) {
        INFO(toml);
        CHECK(fault_in(with_toml(toml)).find("author, approver and change_request are needed") !=
              std::string::npos);
    }
    for (std::string_view const approver : {"engineer-1", " engineer-1 ", "Engineer-1"}) {
        INFO(approver);
        auto const toml = fmt::format(
            "sides = [\"office\"]\nauthor = \"engineer-1\"\napprover = \"{}\"\nchange_request = \"c\"\n",
            approver);
        CHECK(fault_in(with_toml(toml)).find("nobody approves the own change") != std::string::npos);
    }
    CHECK(fault_in(with_toml("sides = [")).find("is not TOML") != std::string::npos);
}

TEST_CASE("a change of no side, or of one that is none, is refused") {
    for (std::string_view const sides :
         {"", "sides = []", "sides = \"office\"", "sides = [\"offices\"]", "sides = [1]"}) {
        INFO(sides);
        auto const toml =
            fmt::format("{}\nauthor = \"a\"\napprover = \"b\"\nchange_request = \"c\"\n", sides);
        CHECK(fault_in(with_toml(toml)).find("sides is a list") != std::string::npos);
    }
}

TEST_CASE("a statement that does not end, or no statement at all, is refused") {
    for (std::string_view const sql :
         {"", "-- nothing\n", "CREATE TABLE a (id BIGINT)", "SELECT 1;\nCREATE TABLE a (id BIGINT)\n",
          "SELECT 1; -- a remark\n"}) {
        INFO(sql);
        CHECK(fault_in(with_sql(sql)).find("does not end in a semicolon") != std::string::npos);
    }
}

TEST_CASE("numbers have four digits, start at one, and have no gap and no double") {
    for (std::string_view const folder :
         {"", "1_a", "001_ab", "00001_a", "abcd_a", "0001-a", "0001_", "00x1_a"}) {
        INFO(folder);
        CHECK(fault_in(with_folder(folder)).find("four digits") != std::string::npos);
    }
    CHECK(fault_in(with_folder("0002_a")).find("gap or a double") != std::string::npos);
    for (std::string_view const third : {"0002_c", "0004_c"}) {
        std::vector const sources{with_folder("0001_a"), with_folder(third), with_folder("0002_b")};
        auto const changes = read_schema(sources);
        REQUIRE_FALSE(changes);
        CHECK(changes.error().sentence.find("gap or a double") != std::string::npos);
    }
    std::vector const any_order{with_folder("0002_b"), with_folder("0001_a")};
    auto const changes = read_schema(any_order);
    REQUIRE(changes);
    CHECK(changes->front().name == "a");
}

TEST_CASE("changes are applied once, in order, on their sides, and their history says by whom and when") {
    Trial trial;
    CHECK(trial.pending() == 3);
    CHECK(trial.migrate() == 3);
    CHECK(trial.pending() == 0);
    CHECK(trial.migrate() == 0);
    CHECK(trial.ask("SELECT id FROM k7trial_medical.animal ORDER BY id") == "1 | 2 | ");
    CHECK(trial.ask("SELECT table_schema FROM information_schema.tables WHERE table_name = 'plant' AND "
                    "table_schema LIKE 'k7trial%'") == "k7trial_office | ");
    auto const history = trial.ask(
        "SELECT change_number, name, author, approver, change_request, steps_done, applied_at FROM "
        "k7trial_office.schema_change ORDER BY change_number");
    CHECK(history ==
          "1 animals engineer-1 engineer-2 K7-CR-1 3 1795000000000000 | "
          "2 plants engineer-1 engineer-2 K7-CR-2 1 1795000000000000 | ");
    trial.sources.push_back({"0003_stones", office_only, "CREATE TABLE stone (id BIGINT);\n"});
    CHECK(trial.pending() == 1);
    CHECK(trial.migrate() == 1);
}

TEST_CASE("a change that was edited after it was applied is refused, in its text and in who made it") {
    for (int part = 0; part < 2; ++part) {
        Trial trial;
        REQUIRE(trial.migrate());
        if (part == 0)
            trial.sources[0].apply_sql = "CREATE TABLE animal (id BIGINT);\n";
        else
            trial.sources[0].change_toml = office_only;
        trial.sources.push_back({"0003_stones", office_only, "CREATE TABLE stone (id BIGINT);\n"});
        CHECK(trial.is_refused("change 0001_animals was edited after it was applied"));
        CHECK_FALSE(trial.pending());
        CHECK(trial.ask("SELECT COUNT(*) FROM information_schema.tables WHERE table_name = 'stone'") ==
              "0 | ");
    }
}

TEST_CASE("a database that is newer than the program is refused and left as it is") {
    Trial trial;
    REQUIRE(trial.migrate());
    trial.sources.pop_back();
    CHECK(trial.is_refused("change 0002, which this program does not know: the database is newer"));
    CHECK_FALSE(trial.pending());
}

TEST_CASE("a change that was killed at any step goes on there, and nothing is done twice") {
    struct Stop {
        int steps_noted;
        std::string_view undo;  // what was not reached yet
    };
    // Each step of 0001, with and without its note. A row and its note are one.
    auto const stops = std::to_array<Stop>({
        {0, "DROP TABLE k7trial_office.animal"},
        {0, "TRUNCATE TABLE k7trial_office.animal; DROP INDEX ix_animal ON k7trial_office.animal"},
        {1, "TRUNCATE TABLE k7trial_office.animal; DROP INDEX ix_animal ON k7trial_office.animal"},
        {2, "DROP INDEX ix_animal ON k7trial_office.animal"},
        {2, "USE k7trial_office"},
        {3, "USE k7trial_office"},
    });
    for (auto const& stop : stops) {
        INFO(stop.undo);
        Trial trial;
        REQUIRE(trial.migrate());
        for (std::string_view left = stop.undo; !left.empty();) {
            auto const end = std::min(left.find("; "), left.size());
            trial.run(std::string{left.substr(0, end)});
            left.remove_prefix(std::min(end + 2, left.size()));
        }
        trial.run(
            fmt::format("UPDATE k7trial_office.schema_change SET steps_done = {}, applied_at = NULL WHERE "
                        "change_number = 1",
                        stop.steps_noted));
        CHECK(trial.pending() == 1);
        CHECK(trial.migrate() == 1);
        CHECK(trial.ask("SELECT id FROM k7trial_office.animal ORDER BY id") == "1 | 2 | ");
        CHECK(
            trial.ask("SELECT COUNT(*) FROM information_schema.statistics WHERE index_name = 'ix_animal' AND "
                      "table_schema = 'k7trial_office'") == "1 | ");
        CHECK(trial.migrate() == 0);
    }
}

TEST_CASE("a row that a step changes and its note are one: neither is there without the other") {
    Trial trial;
    trial.sources = {{"0001_counter", office_only,
                      "CREATE TABLE counter (n BIGINT NOT NULL);\nINSERT INTO counter (n) VALUES (0);\n"
                      "UPDATE counter SET n = n + 1;\nUPDATE nowhere SET n = 1;\n"}};
    CHECK(trial.is_refused("step 4 of 4 failed on k7trial_office"));
    CHECK(trial.ask("SELECT steps_done FROM k7trial_office.schema_change") == "3 | ");
    // As when the server is gone between the step and its note.
    CHECK_FALSE(
        trial.operates.execute_together({"UPDATE k7trial_office.counter SET n = n + 1", "no statement"}));
    trial.run("CREATE TABLE k7trial_office.nowhere (n BIGINT)");
    CHECK(trial.migrate() == 1);
    CHECK(trial.ask("SELECT n FROM k7trial_office.counter") == "1 | ");
}

TEST_CASE("a step that fails names itself and the code, and runs when its cause is mended") {
    Trial trial;
    trial.sources.push_back(
        {"0003_keepers", both_sides, "CREATE TABLE keeper (id BIGINT);\nCREATE INDEX ix ON zoo (id);\n"});
    CHECK(trial.is_refused("change 0003_keepers, step 2 of 2 failed on k7trial_office (code 1146)"));
    CHECK(trial.is_refused("step 2 of 2"));
    trial.run("CREATE TABLE k7trial_office.zoo (id BIGINT)");
    trial.run("CREATE TABLE k7trial_medical.zoo (id BIGINT)");
    CHECK(trial.migrate() == 3);
    CHECK(trial.pending() == 0);
}

TEST_CASE("a table that somebody else made is not taken for the change's own") {
    Trial trial;
    trial.run("CREATE DATABASE k7trial_office");
    trial.run("CREATE TABLE k7trial_office.animal (secrets TEXT)");
    CHECK(trial.is_refused("change 0001_animals, step 1 of 3 failed on k7trial_office (code 1050)"));
}

TEST_CASE("a change of which no step could be done may be corrected, one of which a step was done may not") {
    Trial trial;
    trial.sources[1].apply_sql = "CREATE TABEL plant (id BIGINT);\n";
    CHECK(trial.is_refused("step 1 of 1 failed"));
    trial.sources[1].apply_sql = "CREATE TABLE plant (id BIGINT);\nCREATE TABEL pot (id BIGINT);\n";
    CHECK(trial.is_refused("step 2 of 2 failed"));
    auto const half = trial.sources[1].apply_sql;
    trial.sources[1].apply_sql = "CREATE TABLE plant (id BIGINT);\nCREATE TABLE pot (id BIGINT);\n";
    CHECK(trial.is_refused("was edited after it was applied"));
    trial.sources[1].apply_sql = half;
    CHECK(trial.is_refused("step 2 of 2 failed"));
}

TEST_CASE("the accounts of the programs have exactly the rights that the schema gives them") {
    auto& server = TestServer::shared();
    auto operates = server.server_operator();
    auto const changes = read_schema(built_in_schema());
    REQUIRE(changes);
    // "GRANT SELECT, INSERT ON document TO {ACCOUNT}": each right as account, schema, table, right.
    std::set<std::string> wanted;
    for (auto const& change : *changes) {
        for (auto const side : change.sides) {
            auto const own = fmt::format("klout7_{}", name_of(side));
            for (std::string_view statement : change.statements) {
                REQUIRE_FALSE(statement.starts_with("REVOKE"));  // then this test must learn it
                if (!statement.starts_with("GRANT ")) continue;
                auto const on = statement.find(" ON ");
                auto const to = statement.find(" TO ");
                REQUIRE(on < to);
                auto const table = statement.substr(on + 4, to - on - 4);
                auto const whom = statement.substr(to + 4);
                if (table.starts_with("FUNCTION ")) continue;  // below
                bool const is_key = table.starts_with("{KEYS}.");
                auto const account = whom == "{ACCOUNT}"       ? fmt::format("k7_{}", name_of(side))
                                     : whom == "{LOG_ACCOUNT}" ? fmt::format("k7_{}_log", name_of(side))
                                                               : fmt::format("k7_{}", name_of(other(side)));
                for (auto rights = statement.substr(6, on - 6); !rights.empty();) {
                    auto const end = std::min(rights.find(", "), rights.size());
                    wanted.insert(fmt::format("'{}'@'localhost' {} {} {}", account,
                                              is_key ? own + "_keys" : own, is_key ? table.substr(7) : table,
                                              rights.substr(0, end)));
                    rights.remove_prefix(std::min(end + 2, rights.size()));
                }
            }
        }
    }
    auto const asked = [&](std::string const& question) {
        std::set<std::string> answers;
        auto const rows = operates.query(question);
        REQUIRE(rows);
        for (auto const& row : *rows) {
            std::string one;
            for (auto const& cell : row) one += (one.empty() ? "" : " ") + cell;
            answers.insert(one);
        }
        return answers;
    };
    auto const ours = std::string{" WHERE grantee LIKE '''k7%'"};
    // Tables of the tests of other modules are theirs.
    auto const tables = [&] {
        return asked(
            "SELECT grantee, table_schema, table_name, privilege_type FROM "
            "information_schema.table_privileges" +
            ours + " AND table_name <> 'trial'");
    };
    CHECK(wanted.size() > 40);
    CHECK(tables() == wanted);
    REQUIRE(operates.execute("GRANT DELETE ON klout7_office.letter TO k7_office@localhost"));
    CHECK(tables() != wanted);
    REQUIRE(operates.execute("REVOKE DELETE ON klout7_office.letter FROM k7_office@localhost"));
    CHECK(asked("SELECT * FROM information_schema.schema_privileges" + ours).empty());
    CHECK(asked("SELECT * FROM information_schema.column_privileges" + ours).empty());
    CHECK(asked("SELECT grantee FROM information_schema.user_privileges" + ours +
                " AND (privilege_type <> 'USAGE' OR is_grantable = 'YES') AND grantee NOT LIKE '''k7_check%'")
              .empty());
    CHECK(asked("SELECT privilege_type FROM information_schema.user_privileges WHERE grantee LIKE "
                "'''k7_check%'") == std::set<std::string>{"PROCESS"});
    CHECK(
        asked("SELECT JSON_VALUE(priv, '$.account_locked') FROM mysql.global_priv WHERE user = 'k7_check'") ==
        std::set<std::string>{"1"});
    CHECK(
        asked("SELECT grantee FROM information_schema.table_privileges" + ours + " AND is_grantable = 'YES'")
            .empty());
    CHECK(asked("SELECT user FROM mysql.roles_mapping WHERE user LIKE 'k7%'").empty());
    CHECK(asked("SELECT user, db, routine_name, proc_priv FROM mysql.procs_priv WHERE user LIKE 'k7%' AND db "
                "LIKE "
                "'klout7%'") == std::set<std::string>{"k7_check klout7_medical plain_tablespaces Execute",
                                                      "k7_check klout7_office plain_tablespaces Execute",
                                                      "k7_medical klout7_medical plain_tablespaces Execute",
                                                      "k7_office klout7_office plain_tablespaces Execute"});
    CHECK(asked("SELECT user FROM mysql.proxies_priv WHERE user LIKE 'k7%'").empty());
}
