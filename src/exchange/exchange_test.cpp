#include "exchange/exchange.h"

#include <doctest/doctest.h>

#include <chrono>
#include <mutex>
#include <thread>

#include "store/testing.h"

using namespace klout7;
using namespace klout7::exchange;
using handover::Message;

namespace {

/// Both sides with keyrings of one installation.
struct Sides {
    store::TestServer& server = store::TestServer::shared();
    SystemClock clock;
    SystemRandom random;
    Uuid installation = Uuid::version_7(clock.now(), random);
    crypto::Keyring<OfficeZone> office_keys =
        crypto::Keyring<OfficeZone>::create({installation, Environment::test}, random);
    crypto::Keyring<MedicalZone> medical_keys =
        crypto::Keyring<MedicalZone>::create({installation, Environment::test}, random);
    store::Database office_db;
    store::Database medical_db;
    Exchange<OfficeZone> office;
    Exchange<MedicalZone> medical;
    std::mutex mutex;
    std::vector<Message> at_medical;
    std::vector<Message> at_office;

    Sides()
        : office_db((server.empty_tables(), server.office())),
          medical_db(server.medical()),
          office(office_db, office_keys, clock, random),
          medical(medical_db, medical_keys, clock, random) {
        office_keys.set_peer(medical_keys.handover_key().public_key());
        medical_keys.set_peer(office_keys.handover_key().public_key());
    }
    Handler to(std::vector<Message>& list) {
        return [this, &list](store::Transaction&, Message const& message) {
            std::lock_guard const lock{mutex};
            list.push_back(message);
            return true;
        };
    }
    Message assignment() {
        return handover::Assignment{CaseId::make(clock.now(), random), UserId::make(clock.now(), random)};
    }
    void send(Message const& message) {
        REQUIRE(office_db.transact([&](store::Transaction& tx) { office.send(tx, message); }));
    }
    std::int64_t count(store::Database& db, store::Sql sql) {
        return std::get<0>(*db.transact([&](store::Transaction& tx) { return *tx.row<std::int64_t>(sql); }));
    }
};

}  // namespace

TEST_CASE("messages arrive in order, once, and are answered") {
    Sides sides;
    std::vector<Message> sent;
    for (int i = 0; i < 5; ++i) sides.send(sent.emplace_back(sides.assignment()));
    CHECK(sides.office.deliver() == 5U);
    CHECK(sides.medical.receive(sides.to(sides.at_medical)) == 5U);
    CHECK(sides.at_medical == sent);
    CHECK(sides.medical.receive(sides.to(sides.at_medical)) == 0U);
    CHECK(sides.medical.deliver() == 5U);
    CHECK(sides.office.state()->unanswered == 5);
    CHECK(sides.office.receive(sides.to(sides.at_office)) == 5U);
    CHECK(sides.at_office.empty());  // receipts are the exchange's own
    CHECK(sides.office.state()->unanswered == 0);
    CHECK(sides.office.state()->refused == 0);
    CHECK(sides.medical.state()->unanswered == 0);
}

TEST_CASE("a program that dies between any two steps loses nothing and does nothing twice") {
    Sides sides;
    auto const message = sides.assignment();
    sides.send(message);
    // Died after the inbox got it, before the outbox was marked: it is delivered again.
    REQUIRE(sides.office.deliver());
    REQUIRE(sides.office_db.transact(
        [](store::Transaction& tx) { tx.execute("UPDATE outbox SET delivered = 0"); }));
    CHECK(sides.office.deliver() == 1U);
    // Died while handling: the transaction is undone, the message is still there.
    bool failed = false;
    auto const dies = [&](store::Transaction&, Message const&) -> bool {
        failed = true;
        throw std::runtime_error{"killed"};
    };
    CHECK_THROWS(sides.medical.receive(dies));
    CHECK(failed);
    CHECK(sides.medical.receive(sides.to(sides.at_medical)) == 1U);
    // Delivered once more after it was taken: the counter knows.
    REQUIRE(sides.office_db.transact(
        [](store::Transaction& tx) { tx.execute("UPDATE outbox SET delivered = 0"); }));
    CHECK(sides.office.deliver() == 1U);
    CHECK(sides.medical.receive(sides.to(sides.at_medical)) == 1U);
    CHECK(sides.at_medical == std::vector{message});
    CHECK(sides.count(sides.medical_db, "SELECT COUNT(*) FROM inbox") == 0);
}

TEST_CASE("a later message waits for the one before it") {
    Sides sides;
    sides.send(sides.assignment());
    sides.send(sides.assignment());
    auto boss = sides.server.with_every_right(Side::medical);
    REQUIRE(sides.office.deliver());
    REQUIRE(boss.transact(
        [](store::Transaction& tx) { tx.execute("UPDATE inbox SET number = 7 WHERE number = 1"); }));
    CHECK(sides.medical.receive(sides.to(sides.at_medical)) == 0U);
    REQUIRE(boss.transact(
        [](store::Transaction& tx) { tx.execute("UPDATE inbox SET number = 1 WHERE number = 7"); }));
    CHECK(sides.medical.receive(sides.to(sides.at_medical)) == 2U);
}

TEST_CASE("a message that was altered, moved or made by somebody else is refused and the sender hears it") {
    Sides sides;
    auto boss = sides.server.with_every_right(Side::medical);
    for (int i = 0; i < 3; ++i) sides.send(sides.assignment());
    REQUIRE(sides.office.deliver());
    REQUIRE(boss.transact([](store::Transaction& tx) {
        tx.execute("UPDATE inbox SET sealed = CONCAT(sealed, 'x') WHERE number = 1");
        tx.execute("UPDATE inbox SET number = 9 WHERE number = 2");
        tx.execute("UPDATE inbox SET number = 2 WHERE number = 3");
        tx.execute("UPDATE inbox SET number = 3 WHERE number = 9");
    }));
    CHECK(sides.medical.receive(sides.to(sides.at_medical)) == 3U);
    CHECK(sides.at_medical.empty());
    REQUIRE(sides.medical.deliver());
    REQUIRE(sides.office.receive(sides.to(sides.at_office)));
    CHECK(sides.office.state()->refused == 3);
}

TEST_CASE("couriers carry messages both ways by themselves") {
    Sides sides;
    Courier<OfficeZone> const office{sides.office, sides.to(sides.at_office)};
    Courier<MedicalZone> const medical{sides.medical, sides.to(sides.at_medical)};
    for (int i = 0; i < 20; ++i) sides.send(sides.assignment());
    for (int i = 0; i < 200 && sides.office.state()->unanswered + sides.office.state()->waiting > 0; ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds{50});
    CHECK(sides.office.state()->unanswered == 0);
    std::lock_guard const lock{sides.mutex};
    CHECK(sides.at_medical.size() == 20);
}
