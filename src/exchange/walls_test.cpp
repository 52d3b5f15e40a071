// What one side can do in the world of the other: put a message into its inbox, and nothing else.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>

#include "crypto/document_cipher.h"
#include "exchange/exchange.h"
#include "store/testing.h"

using namespace klout7;
using namespace klout7::exchange;

namespace {

struct Table {
    std::string name;    ///< with its schema
    std::string schema;  ///< without the table
    std::string column;  ///< the first
};

std::vector<Table> tables_of(store::ServerOperator& operates, Side side) {
    auto const rows = operates.query(fmt::format(
        "SELECT table_schema, table_name, column_name FROM information_schema.columns WHERE "
        "table_schema IN ('klout7_{0}', 'klout7_{0}_keys') AND ordinal_position = 1 ORDER BY 1, 2",
        name_of(side)));
    REQUIRE(rows);
    std::vector<Table> tables;
    for (auto const& row : *rows) tables.push_back({row[0] + "." + row[1], row[0], row[2]});
    return tables;
}

/// One of every kind of statement that reads, changes, removes or holds up a table. `own` is the schema where
/// the account may more.
constexpr std::array table_statements{
    "SELECT * FROM {table}",
    "SELECT COUNT(*) FROM {table}",
    "SELECT {column} FROM {table} FOR UPDATE",
    "SELECT {column} FROM {table} INTO OUTFILE '/tmp/klout7-walls'",
    "UPDATE {table} SET {column} = {column}",
    "DELETE FROM {table}",
    "REPLACE INTO {table} () VALUES ()",
    "INSERT INTO {table} () VALUES () ON DUPLICATE KEY UPDATE {column} = {column}",
    "INSERT INTO {table} () VALUES () RETURNING {column}",
    "INSERT INTO {table} SELECT * FROM {table}",
    "LOAD DATA INFILE '/etc/hostname' INTO TABLE {table}",
    "CREATE TABLE {own}.taken AS SELECT * FROM {table}",
    "CREATE TABLE {own}.taken LIKE {table}",
    "CREATE VIEW {own}.taken AS SELECT * FROM {table}",
    "CREATE TRIGGER {schema}.taken BEFORE INSERT ON {table} FOR EACH ROW SET @taken = 1",
    "CREATE INDEX ix_taken ON {table} ({column})",
    "ALTER TABLE {table} ADD COLUMN taken INT",
    "ALTER TABLE {table} ENCRYPTED = NO",
    "RENAME TABLE {table} TO {own}.taken",
    "TRUNCATE TABLE {table}",
    "DROP TABLE {table}",
    "LOCK TABLES {table} READ",
    "LOCK TABLES {table} WRITE",
    "HANDLER {table} OPEN",
    "GRANT SELECT ON {table} TO CURRENT_USER",
};
constexpr auto plain_insert = "INSERT INTO {table} () VALUES ()";

/// The same for a schema and for the server.
constexpr std::array schema_statements{
    "CREATE TABLE {schema}.taken (id INT)",
    "CREATE VIEW {schema}.taken AS SELECT 1",
    "CREATE PROCEDURE {schema}.taken() SELECT 1",
    "DROP DATABASE {schema}",
    "ALTER DATABASE {schema} CHARACTER SET latin1",
    "GRANT ALL ON {schema}.* TO CURRENT_USER",
    "CREATE DATABASE taken",
    "CREATE USER taken",
    "SELECT * FROM mysql.global_priv",
    "SET GLOBAL general_log = 1",
    "SHOW BINLOG EVENTS",
    "FLUSH TABLES",
    "INSTALL SONAME 'auth_ed25519'",
    "SHUTDOWN",
};

std::string on(Table const& table, std::string const& own, char const* statement) {
    return fmt::format(fmt::runtime(statement), fmt::arg("table", table.name),
                       fmt::arg("column", table.column), fmt::arg("schema", table.schema),
                       fmt::arg("own", own));
}

}  // namespace

TEST_CASE("the accounts of one side can do nothing on the other side but put a message into the inbox") {
    auto& server = store::TestServer::shared();
    auto operates = server.server_operator();
    std::size_t refused = 0;
    for (auto const from : {Side::office, Side::medical}) {
        auto const tables = tables_of(operates, other(from));
        REQUIRE(tables.size() > 10);
        auto const own = fmt::format("klout7_{}", name_of(from));
        for (auto const* suffix : {"", "_log"}) {
            auto const name = fmt::format("k7_{}{}", name_of(from), suffix);
            auto account = server.with_the_rights_of(name);
            auto const must_refuse = [&](char const* text, Table const& table) {
                auto const statement = on(table, own, text);
                auto const done = account.execute(statement);
                bool const is_refused = !done && done.error() == store::StoreError::refused;
                CHECK_MESSAGE(is_refused, name, ": ", statement, ": ", account.last_native_code());
                refused += is_refused ? 1 : 0;
            };
            for (auto const& table : tables) {
                for (auto const* text : table_statements) must_refuse(text, table);
                bool const is_inbox = table.name.ends_with(".inbox") && *suffix == '\0';
                if (!is_inbox) must_refuse(plain_insert, table);
            }
            for (auto const* text : schema_statements) must_refuse(text, tables.front());
        }
        auto account = server.with_the_rights_of(fmt::format("k7_{}", name_of(from)));
        CHECK(account.execute(
            fmt::format("INSERT INTO klout7_{}.inbox (number, sealed, sent_at) VALUES (999999, 'x', 0)",
                        name_of(other(from)))));
    }
    server.empty_tables();
    MESSAGE(refused, " statements of one side on the other were tried and refused");
}

namespace {

/// How many sealed things of one side, of each kind that is kept or sent, the keyring of the other opens.
template <class From, class To>
int opened_by(crypto::Keyring<To> const& reader, crypto::Keyring<From> const& writer, Random& random) {
    auto const now = SystemClock{}.now();
    auto const person = PersonId::make(now, random);
    auto const environment = writer.identity().environment;
    crypto::CellPlace const place{"consult", "note", Uuid::version_7(now, random)};
    auto const cell = writer.cells().seal(place, "a cell of nobody", random);
    auto const key = writer.new_person_key(random);
    auto const own_cell = key.cells().seal(place, "a cell of a person", random);
    auto const wrapped = writer.wrap(key, person, random);
    REQUIRE(writer.cells().open(place, cell));
    REQUIRE(writer.unwrap(wrapped, person)->cells().open(place, own_cell));

    Bytes file;
    crypto::DocumentContext const context{person, DocumentId::make(now, random), 1};
    crypto::DocumentSealer<From> sealer{key, environment, context, random, [&](BytesView part) {
                                            file.insert(file.end(), part.begin(), part.end());
                                            return true;
                                        }};
    REQUIRE((sealer.add(bytes_of("a document")) && sealer.finish()));
    auto const read = [&](std::uint64_t offset, BytesSpan out) {
        if (offset + out.size() > file.size()) return false;
        std::copy_n(file.begin() + static_cast<std::ptrdiff_t>(offset), out.size(), out.begin());
        return true;
    };
    REQUIRE(crypto::DocumentOpener<From>::open(key, environment, context, file.size(), read));

    // A message to the writer's own side, as it lies in the writer's inbox; and one that the reader sent.
    auto const info = bytes_of("info");
    auto const message = crypto::hpke_seal(writer.handover_key().public_key(), reader.handover_key(), info,
                                           {}, bytes_of("a message"), random);
    REQUIRE(crypto::hpke_open(writer.handover_key(), reader.handover_key().public_key(), info, {}, message));

    auto const own_key = reader.new_person_key(random);
    int opened = 0;
    if (reader.cells().open(place, cell)) ++opened;
    if (reader.cells().open(place, own_cell)) ++opened;
    if (own_key.cells().open(place, own_cell)) ++opened;
    if (reader.unwrap(wrapped, person)) ++opened;
    if (crypto::DocumentOpener<To>::open(own_key, environment, context, file.size(), read)) ++opened;
    for (auto const& sender : {writer.handover_key().public_key(), reader.handover_key().public_key()})
        if (crypto::hpke_open(reader.handover_key(), sender, info, {}, message)) ++opened;
    return opened;
}

}  // namespace

TEST_CASE("neither keyring opens a cell, a person's key, a document or a message of the other side") {
    SystemRandom random;
    auto const installation = Uuid::version_7(SystemClock{}.now(), random);
    auto const office = crypto::Keyring<OfficeZone>::create({installation, Environment::test}, random);
    auto const medical = crypto::Keyring<MedicalZone>::create({installation, Environment::test}, random);
    CHECK(opened_by(office, medical, random) == 0);
    CHECK(opened_by(medical, office, random) == 0);
    // So that nothing opening means something: the same attempts, of a keyring on its own things, succeed.
    CHECK(opened_by(medical, medical, random) > 0);
}
