#include "store/database.h"

#include <doctest/doctest.h>
#include <signal.h>
#include <sys/wait.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>

#include "base/clock.h"
#include "store/testing.h"

using namespace klout7;
using namespace klout7::store;

namespace {

/// A table of this test alone, where the office account may do everything.
struct Table {
    TestServer& server = TestServer::shared();
    Table() {
        auto operates = server.server_operator();
        REQUIRE(operates.execute("DROP TABLE IF EXISTS klout7_office.trial"));
        REQUIRE(
            operates.execute("CREATE TABLE klout7_office.trial (id BIGINT NOT NULL PRIMARY KEY, note "
                             "VARCHAR(200) NULL, raw VARBINARY(4000) "
                             "NULL, day DATE NULL, big LONGBLOB NULL)"));
        REQUIRE(operates.execute(
            "GRANT SELECT, INSERT, UPDATE, DELETE ON klout7_office.trial TO k7_office@localhost"));
    }
};

}  // namespace

TEST_CASE("every type comes back as it went in, with its smallest, largest and missing values") {
    Table table;
    auto office = table.server.office();
    Bytes const zeros(300, 0);
    Bytes const much(3'000'000, 0xAB);
    auto const day = *LocalDate::from(2026, 11, 23);
    auto const done = office.transact([&](Transaction& tx) {
        CHECK(tx.execute("INSERT INTO trial (id, note, raw, day, big) VALUES (?, ?, ?, ?, ?)", INT64_MIN,
                         "Zoë 😀", zeros, day, much) == 1);
        CHECK(tx.execute("INSERT INTO trial (id, note, raw, day, big) VALUES (?, ?, ?, ?, ?)", INT64_MAX,
                         nullptr, nullptr, nullptr, nullptr) == 1);
        CHECK(tx.execute("INSERT INTO trial (id, note, raw) VALUES (?, ?, ?)", 0, "", Bytes{}) == 1);
        auto const full = tx.row<std::int64_t, std::string, Bytes, LocalDate, Bytes>(
            "SELECT id, note, raw, day, big FROM trial WHERE id = ?", INT64_MIN);
        REQUIRE(full);
        CHECK(std::get<0>(*full) == INT64_MIN);
        CHECK(std::get<1>(*full) == "Zoë 😀");
        CHECK(std::get<2>(*full) == zeros);
        CHECK(std::get<3>(*full) == day);
        CHECK(std::get<4>(*full) == much);
        auto const missing =
            tx.row<std::optional<std::string>, std::optional<Bytes>, std::optional<LocalDate>>(
                "SELECT note, raw, day FROM trial WHERE id = ?", INT64_MAX);
        REQUIRE(missing);
        CHECK_FALSE(std::get<0>(*missing));
        CHECK_FALSE(std::get<1>(*missing));
        CHECK_FALSE(std::get<2>(*missing));
        auto const empty = tx.row<std::string, Bytes>("SELECT note, raw FROM trial WHERE id = ?", 0);
        REQUIRE(empty);
        CHECK(std::get<0>(*empty).empty());
        CHECK(std::get<1>(*empty).empty());
        CHECK(tx.rows<std::int64_t>("SELECT id FROM trial ORDER BY id").size() == 3);
        CHECK_FALSE(tx.row<std::int64_t>("SELECT id FROM trial WHERE id = ?", 7));
        // Matched rows are counted, also when nothing changes.
        CHECK(tx.execute("UPDATE trial SET note = ? WHERE id = ?", "", 0) == 1);
    });
    CHECK(done);
}

TEST_CASE("NULL where none may be, and a duplicate, end the work and leave nothing") {
    Table table;
    auto office = table.server.office();
    auto const null = office.transact([](Transaction& tx) {
        tx.execute("INSERT INTO trial (id) VALUES (?)", 1);
        return tx.row<std::string>("SELECT note FROM trial WHERE id = ?", 1).has_value();
    });
    REQUIRE_FALSE(null);
    CHECK(null.error() == StoreError::broken);
    auto const twice = office.transact([](Transaction& tx) {
        tx.execute("INSERT INTO trial (id) VALUES (?)", 2);
        tx.execute("INSERT INTO trial (id) VALUES (?)", 2);
    });
    REQUIRE_FALSE(twice);
    CHECK(twice.error() == StoreError::already_there);
    auto const left =
        office.transact([](Transaction& tx) { return tx.rows<std::int64_t>("SELECT id FROM trial").size(); });
    CHECK(left == 0U);
}

TEST_CASE("work that says no, or asks for it, leaves nothing behind") {
    Table table;
    auto office = table.server.office();
    auto const refused = office.transact([](Transaction& tx) -> std::expected<int, char> {
        tx.execute("INSERT INTO trial (id) VALUES (?)", 1);
        return std::unexpected('n');
    });
    REQUIRE(refused);
    CHECK_FALSE(refused->has_value());
    auto const dry = office.transact([](Transaction& tx) {
        tx.execute("INSERT INTO trial (id) VALUES (?)", 1);
        tx.roll_back_at_end();
        return tx.rows<std::int64_t>("SELECT id FROM trial").size();
    });
    CHECK(dry == 1U);
    CHECK(office.transact(
              [](Transaction& tx) { return tx.rows<std::int64_t>("SELECT id FROM trial").size(); }) == 0U);
}

TEST_CASE("many rows go in as one, all or nothing") {
    Table table;
    auto office = table.server.office();
    std::vector<std::string> notes;
    for (int i = 0; i < 1234; ++i) notes.push_back("note " + std::to_string(i));
    std::vector<std::vector<Value>> rows;
    for (int i = 0; i < 1234; ++i) {
        rows.push_back(
            {std::int64_t{i}, i % 3 == 0 ? Value{nullptr} : Value{notes[static_cast<std::size_t>(i)]}});
    }
    REQUIRE(office.transact(
        [&](Transaction& tx) { tx.insert_many("INSERT INTO trial (id, note) VALUES (?, ?)", rows); }));
    auto const read = office.transact([](Transaction& tx) {
        return std::pair{tx.rows<std::int64_t>("SELECT id FROM trial").size(),
                         tx.row<std::optional<std::string>>("SELECT note FROM trial WHERE id = ?", 1000)};
    });
    REQUIRE(read);
    CHECK(read->first == 1234);
    CHECK(std::get<0>(*read->second) == "note 1000");
    rows[1233][0] = std::int64_t{5};
    for (std::size_t i = 0; i < 1233; ++i) rows[i][0] = static_cast<std::int64_t>(i + 5000);
    auto const again = office.transact(
        [&](Transaction& tx) { tx.insert_many("INSERT INTO trial (id, note) VALUES (?, ?)", rows); });
    REQUIRE_FALSE(again);
    CHECK(again.error() == StoreError::already_there);
    CHECK(office.transact(
              [](Transaction& tx) { return tx.rows<std::int64_t>("SELECT id FROM trial").size(); }) == 1234U);
}

TEST_CASE("rows that go in together come back as they went in, also after a single long one") {
    // The driver remembers where a single row lay, and the next rows are put where that memory was.
    Table table;
    auto office = table.server.office();
    Bytes const long_one(32, 0xAA);
    Bytes const one(16, 0xBB);
    Bytes const other(16, 0xCC);
    auto const insert = [&](std::vector<std::vector<Value>> const& rows) {
        REQUIRE(office.transact(
            [&](Transaction& tx) { tx.insert_many("INSERT INTO trial (id, raw) VALUES (?, ?)", rows); }));
    };
    for (int i = 0; i < 20; ++i) {
        insert({{3 * i, long_one}});
        insert({{3 * i + 1, one}, {3 * i + 2, other}});
    }
    auto const read = office.transact([](Transaction& tx) {
        return tx.rows<std::int64_t, Bytes>("SELECT id, raw FROM trial ORDER BY id");
    });
    REQUIRE(read);
    REQUIRE(read->size() == 60);
    for (auto const& [id, raw] : *read) CHECK(raw == (id % 3 == 0 ? long_one : id % 3 == 1 ? one : other));
}

TEST_CASE("two that block each other both get through") {
    Table table;
    auto office = table.server.office();
    REQUIRE(office.transact([](Transaction& tx) {
        tx.execute("INSERT INTO trial (id, note) VALUES (?, ?)", 1, "0");
        tx.execute("INSERT INTO trial (id, note) VALUES (?, ?)", 2, "0");
    }));
    std::atomic<int> well = 0;
    auto const cross = [&](int first, int second) {
        for (int i = 0; i < 20; ++i) {
            auto const done = office.transact([&](Transaction& tx) {
                tx.execute("UPDATE trial SET note = note + 1 WHERE id = ?", first);
                tx.execute("UPDATE trial SET note = note + 1 WHERE id = ?", second);
            });
            if (done) ++well;
        }
    };
    {
        std::jthread const one{cross, 1, 2};
        std::jthread const two{cross, 2, 1};
    }
    CHECK(well == 40);
}

TEST_CASE("who waits for a connection gets it in the order in which they asked") {
    auto office = TestServer::shared().office(1);
    std::mutex mutex;
    std::vector<int> order;
    std::vector<std::jthread> many;
    REQUIRE(office.transact([&](Transaction&) {
        for (int i = 0; i < 20; ++i) {
            many.emplace_back([&, i] {
                auto const done = office.transact([&](Transaction&) {
                    std::lock_guard const lock{mutex};
                    order.push_back(i);
                });
                if (!done) order.push_back(-1);
            });
            std::this_thread::sleep_for(std::chrono::milliseconds{20});  // until it waits
        }
    }));
    many.clear();
    REQUIRE(order.size() == 20);
    CHECK(std::ranges::is_sorted(order));
    CHECK(order.front() == 0);
}

TEST_CASE("an account without the right is refused") {
    auto medical = TestServer::shared().medical();
    Table table;
    auto const peeked = medical.transact(
        [](Transaction& tx) { return tx.rows<std::int64_t>("SELECT id FROM {PEER}.trial").size(); });
    REQUIRE_FALSE(peeked);
    CHECK(peeked.error() == StoreError::refused);
}

TEST_CASE("a database that dies and comes back is found again by the same pool") {
    Table table;
    auto office = table.server.office();
    REQUIRE(office.transact([](Transaction& tx) { tx.execute("INSERT INTO trial (id) VALUES (?)", 1); }));
    table.server.server().kill();
    auto const gone =
        office.transact([](Transaction& tx) { tx.execute("INSERT INTO trial (id) VALUES (?)", 2); });
    REQUIRE_FALSE(gone);
    CHECK(gone.error() == StoreError::unavailable);
    table.server.restart();
    CHECK(office.transact(
              [](Transaction& tx) { return tx.rows<std::int64_t>("SELECT id FROM trial").size(); }) == 1U);
}

namespace {

/// A server that stands still while this lives, as one whose machine is stuck.
struct StandsStill {
    pid_t process;
    explicit StandsStill(TestServer& server) : process(server.server().process()) {
        kill(process, SIGSTOP);
        // Its threads stop one after the other, and one that has not yet may still answer.
        int status = 0;
        REQUIRE(waitpid(process, &status, WUNTRACED) == process);
        REQUIRE(WIFSTOPPED(status));
    }
    ~StandsStill() { kill(process, SIGCONT); }
};

/// One that waits a second for a statement, so that a test need not wait long.
Database impatient(Table const& table) {
    return Database{{.side = Side::office,
                     .logins = fixed_login(table.server.server().odbc(), {}),
                     .user = table.server.server().operator_account(),
                     .statement_seconds = 1}};
}

}  // namespace

TEST_CASE("a database that stands still is not waited for, one unit of work finds out for all") {
    Table table;
    auto office = impatient(table);
    auto const put = [&](std::int64_t id) {
        return office.transact([&](Transaction& tx) { tx.execute("INSERT INTO trial (id) VALUES (?)", id); });
    };
    REQUIRE(put(1));
    {
        StandsStill const still{table.server};
        std::atomic<int> unavailable = 0;
        std::vector<std::jthread> many;
        for (int i = 0; i < 30; ++i) {
            many.emplace_back([&] {
                auto const done = put(2);
                if (!done && done.error() == StoreError::unavailable) ++unavailable;
            });
        }
        many.clear();
        CHECK(unavailable == 30);
    }
    CHECK(put(2));
    CHECK(office.transact(
              [](Transaction& tx) { return tx.rows<std::int64_t>("SELECT id FROM trial").size(); }) == 2U);
}

TEST_CASE("a commit whose answer is lost is uncertain and not run again") {
    Table table;
    auto office = impatient(table);
    int runs = 0;
    {
        std::optional<StandsStill> still;
        auto const done = office.transact([&](Transaction& tx) {
            ++runs;
            tx.execute("INSERT INTO trial (id) VALUES (?)", runs);
            still.emplace(table.server);
        });
        REQUIRE_FALSE(done);
        CHECK(done.error() == StoreError::uncertain);
    }
    CHECK(runs == 1);
    CHECK(office.transact([](Transaction& tx) { tx.execute("INSERT INTO trial (id) VALUES (?)", 7); }));
}

TEST_CASE("the server's own tables say that everything is encrypted, and name what is not") {
    auto operates = TestServer::shared().server_operator();
    auto const plain = not_encrypted(operates, "klout7_office");
    REQUIRE(plain);
    for (auto const& what : *plain) MESSAGE(what);
    CHECK(plain->empty());
    REQUIRE(operates.execute("SET GLOBAL innodb_encrypt_tables = 'ON'"));
    REQUIRE(operates.execute(
        "CREATE TABLE klout7_office.open_table (id BIGINT NOT NULL PRIMARY KEY) ENCRYPTED=NO"));
    auto const open = not_encrypted(operates, "klout7_office");
    REQUIRE(open);
    CHECK(std::count(open->begin(), open->end(), "setting innodb_encrypt_tables is not FORCE") == 1);
    CHECK(std::count(open->begin(), open->end(), "tablespaces are not encrypted: klout7_office/open_table") ==
          1);
    CHECK(operates.execute("DROP TABLE klout7_office.open_table"));
    CHECK(operates.execute("SET GLOBAL innodb_encrypt_tables = 'FORCE'"));
}
