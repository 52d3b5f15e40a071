#pragma once

#include <doctest/doctest.h>

#include <functional>
#include <type_traits>

#include "access/authorisation.h"
#include "access/frame.h"
#include "access/mandates.h"
#include "audit/reader.h"
#include "store/testing.h"

// For the tests of what stands behind the gate: a side, who can ask it for something, and what may come of
// it.
namespace klout7::access::testing {

/// One side on a real server, empty.
template <class Zone>
struct TestSide {
    static constexpr bool is_office = Zone::side == Side::office;
    using Peer = std::conditional_t<is_office, MedicalZone, OfficeZone>;

    store::TestServer& server = store::TestServer::shared();
    FixedClock clock{Instant::from_microseconds(1'795'000'000'000'000)};  // 2026-11-18
    SystemRandom random;
    crypto::Keyring<Zone> keyring =
        crypto::Keyring<Zone>::create({Uuid::version_7(clock.now(), random), Environment::test}, random);
    store::Database database;
    store::Database log;
    vault::PersonKeys<Zone> keys{keyring, random, clock};
    audit::Recorder<Zone> recorder{keyring, random, is_office ? "klout7-office" : "klout7-medical"};
    audit::GroupRecorder<Zone> reads{recorder, database};
    Frame<Zone> frame{database, log, keys, recorder, reads, clock, random};

    TestSide()
        : database((server.empty_tables(), is_office ? server.office() : server.medical())),
          log(is_office ? server.office_log() : server.medical_log()) {
        auto const& [installation, environment] = keyring.identity();
        auto peer = crypto::Keyring<Peer>::create({installation, environment}, random);
        keyring.set_peer(peer.handover_key().public_key());
    }

    Actor actor(Role role) {
        return {.user = UserId::make(clock.now(), random),
                .side = Zone::side,
                .role = role,
                .person = {},
                .employer = {},
                .responsible = {},
                .session = SessionId::make(clock.now(), random),
                .source = "192.0.2.1",
                .signed_in_at = clock.now(),
                .fresh_at = clock.now()};
    }
    Actor client(PersonId person) {
        auto one = actor(Role::client);
        one.person = person;
        return one;
    }
    /// From today on, for a month; the tasks of delegated staff.
    MandateId hand_over(UserId by, UserId to, std::string_view tasks = {}) {
        auto const today = LocalDate::in_the_netherlands(clock.now());
        Mandate const mandate{by, to, *Tasks::parse(tasks), today, today.plus_days(30)};
        auto const made = database.transact(
            [&](store::Transaction& tx) { return add_mandate(tx, keyring, mandate, clock.now(), random); });
        REQUIRE(made);
        return *made;
    }
    /// What stands in the tables, but for the log.
    std::string state() {
        auto operates = server.server_operator();
        auto const tables = operates.query(
            "SELECT GROUP_CONCAT(table_schema, '.', table_name ORDER BY table_schema, table_name) FROM "
            "information_schema.tables WHERE table_schema LIKE 'klout7%' AND table_name NOT LIKE 'audit%'");
        REQUIRE(tables);
        auto const sums = operates.query("CHECKSUM TABLE " + tables->front().front());
        REQUIRE(sums);
        std::string state;
        for (auto const& row : *sums) state += row[0] + " " + row[1] + "\n";
        return state;
    }
    /// The lines of the log, newest first.
    std::vector<audit::Line> lines() {
        auto found =
            log.transact([&](store::Transaction& tx) { return audit::read_lines(tx, keyring, {}, {}); });
        REQUIRE(found);
        return std::move(*found);
    }
    std::int64_t line_count() {
        auto const count = log.transact([](store::Transaction& tx) {
            return std::get<0>(*tx.row<std::int64_t>("SELECT COUNT(*) FROM audit_event"));
        });
        REQUIRE(count);
        return *count;
    }
    void shred(PersonId person) {
        REQUIRE(database.transact([&](store::Transaction& tx) { CHECK(keys.destroy(tx, person)); }));
    }
    /// With every right of the server: as a database administrator would.
    void tamper(std::string const& statement) {
        INFO(statement);
        REQUIRE(server.server_operator().execute(statement));
    }
    static std::string literal(auto const& id) { return "x'" + to_hex(id.bytes()) + "'"; }
};

/// Changes rows of one table with every right of the server, and puts them back.
template <class Zone>
class Tampering {
public:
    Tampering(TestSide<Zone>& side, std::string_view table)
        : side_(side),
          table_(
              std::string{TestSide<Zone>::is_office ? "klout7_office." : "klout7_medical."}.append(table)) {
        side_.tamper("CREATE OR REPLACE TABLE " + kept() + " AS SELECT * FROM " + table_);
    }
    Tampering(Tampering const&) = delete;
    ~Tampering() {
        auto const dropped = side_.server.server_operator().execute("DROP TABLE " + kept());
        require(dropped.has_value(), "what was kept is thrown away");
    }

    void set(auto const& id, std::string const& change) {
        side_.tamper("UPDATE " + table_ + " SET " + change + " WHERE id = " + TestSide<Zone>::literal(id));
    }
    void put_back() {
        side_.tamper("DELETE FROM " + table_);
        side_.tamper("INSERT INTO " + table_ + " SELECT * FROM " + kept());
    }
    /// What stood there of this row.
    std::string was(std::string const& column, auto const& id) const {
        return "(SELECT " + column + " FROM " + kept() + " WHERE id = " + TestSide<Zone>::literal(id) + ")";
    }
    /// Each way to alter a sealed cell of `id`: more, less, nothing, that of another row.
    std::vector<std::string> each_altered(std::string const& column, auto const& other) const {
        return {column + " = CONCAT(" + column + ", 'x')", column + " = LEFT(" + column + ", 30)",
                column + " = ''", column + " = " + was(column, other)};
    }

private:
    std::string kept() const { return table_ + "_kept"; }
    TestSide<Zone>& side_;
    std::string table_;
};

/// What an action came to: the kind of failure, nothing when it was done.
using Came = std::optional<FailureKind>;
Came came(auto const& result) { return result ? std::nullopt : std::optional{result.error().kind}; }

/// The fields for which an action refused what was given.
std::vector<std::string_view> fields_of(auto const& result) {
    std::vector<std::string_view> fields;
    REQUIRE_FALSE(result);
    CHECK(result.error().kind == FailureKind::invalid);
    for (auto const& fault : result.error().fields) fields.push_back(fault.field);
    return fields;
}

/// While it lives, no line can be written into the log of the side.
template <class Zone>
class NoLog {
public:
    explicit NoLog(TestSide<Zone>& side) : server_(side.server) { run("REVOKE INSERT ON", "FROM"); }
    NoLog(NoLog const&) = delete;
    ~NoLog() { run("GRANT INSERT ON", "TO"); }

private:
    void run(std::string const& what, std::string const& whom) {
        std::string const name = TestSide<Zone>::is_office ? "office" : "medical";
        auto const done = server_.server_operator().execute(what + " klout7_" + name + ".audit_event " +
                                                            whom + " k7_" + name + "@localhost");
        require(done.has_value(), "the right to write lines");
    }
    store::TestServer& server_;
};

/// Whether a side refuses a message of the other one; then nothing of it may be done.
template <class TheSide, class Message>
bool is_refused(TheSide& side, Message const& message) {
    auto const before = side.state();
    auto const lines = side.line_count();
    bool const refused = !side.receive(message);
    CHECK(side.state() == before);
    CHECK(side.line_count() == lines);
    return refused;
}

/// Someone who asks, and how he stands to what is asked for.
struct Asking {
    std::string who;
    Actor actor;
    Relation relation;
    std::optional<UserId> in_place_of = {};  ///< of who stands in
};

/// Does an action as each of `all`: done exactly where the table grants it, refused without any change
/// elsewhere, and a line either way.
template <class Zone>
void as_each(TestSide<Zone>& side, Resource resource, Action action, std::vector<Asking> const& all,
             std::function<Came(Actor const&)> const& act) {
    int granted_to = 0;
    for (auto const& one : all) {
        CAPTURE(one.who);
        auto const before = side.state();
        auto const lines_before = side.line_count();
        side.clock.advance(Duration::seconds(1));
        auto const result = act(one.actor);

        bool const granted = decide(Zone::side, one.actor.role, resource, action, one.relation);
        granted_to += granted;
        if (granted) {
            CHECK(result == std::nullopt);
        } else {
            auto const refusal = refusal_for(Zone::side, one.actor.role, resource, one.relation);
            CHECK(result ==
                  (refusal == Refusal::not_found ? FailureKind::not_found : FailureKind::not_allowed));
            CHECK(side.state() == before);
        }
        CHECK(side.line_count() == lines_before + 1);
        auto const line = side.lines().front();
        CHECK(line.entry.event.outcome == (granted ? audit::Outcome::done : audit::Outcome::refused));
        CHECK(line.entry.event.action == name_of(action));
        CHECK(line.entry.event.object_class == name_of(resource));
        CHECK(line.entry.event.ground == name_of(one.relation));
        CHECK(line.entry.event.role == name_of(one.actor.role));
        CHECK(line.entry.event.user == one.actor.user);
        CHECK(line.entry.event.responsible ==
              (one.relation == Relation::standing_in ? one.in_place_of : one.actor.responsible));
        CHECK(line.entry.event.session == one.actor.session);
        CHECK(line.entry.event.at == side.clock.now());
        CHECK(line.detail.starts_with(one.actor.source));
    }
    CHECK(granted_to > 0);
    CHECK(granted_to < static_cast<int>(all.size()));
}

/// Without its line, an action that is granted does nothing, tells nothing, and is done when there is a log
/// again.
template <class Zone>
void without_log(TestSide<Zone>& side, std::function<Came()> const& act) {
    auto const before = side.state();
    {
        NoLog const no_log{side};
        CHECK(act() == FailureKind::unavailable);
    }
    CHECK(side.state() == before);
    CHECK(act() == std::nullopt);
}

}  // namespace klout7::access::testing
