#include "access/service_accounts.h"

#include <doctest/doctest.h>

#include "access/testing.h"

using namespace klout7;
using namespace klout7::access;
using namespace klout7::access::testing;

namespace {

constexpr std::string_view subject = "CN=hr.example.nl,O=Example";

/// The office with the HR system of one employer, which may come from one network.
struct Office : TestSide<OfficeZone> {
    EmployerId employer = EmployerId::make(clock.now(), random);
    Machines machines{frame};

    std::optional<UserId> add(std::string_view of = subject, std::string_view networks = "192.0.2.0/24") {
        auto const added = database.transact([&](store::Transaction& tx) {
            return add_service_account(tx, keyring, {employer, std::string{of}, *Networks::parse(networks)},
                                       clock.now(), random);
        });
        REQUIRE(added);
        return *added;
    }
    bool close(UserId id) {
        auto const closed = database.transact(
            [&](store::Transaction& tx) { return close_service_account(tx, keyring, id, clock.now()); });
        REQUIRE(closed);
        return *closed;
    }
    std::vector<ServiceAccount> list() {
        auto listed =
            database.transact([&](store::Transaction& tx) { return list_service_accounts(tx, keyring); });
        REQUIRE(listed);
        return std::move(*listed);
    }
    std::optional<Actor> enter(std::expected<std::string_view, std::string_view> shown = subject,
                               std::string_view source = "192.0.2.7") {
        auto entered = machines.enter(shown, source);
        REQUIRE(entered);
        return std::move(*entered);
    }
    /// The newest line, and that it is of a machine that was turned away.
    std::string why() {
        auto const all = lines();
        REQUIRE_FALSE(all.empty());
        auto const& event = all.front().entry.event;
        CHECK(event.action == "sign_in");
        CHECK(event.object_class == "service_account");
        CHECK(event.outcome == audit::Outcome::refused);
        CHECK_FALSE(event.session);
        auto const& detail = all.front().detail;
        return detail.substr(detail.find('\n') + 1);
    }
};

}  // namespace

TEST_CASE(
    "a certificate that holds is the machine of one employer, without a session, a person or a fresh "
    "factor") {
    Office office;
    auto const id = office.add();
    REQUIRE(id);
    auto const machine = office.enter();
    REQUIRE(machine);
    CHECK(machine->user == *id);
    CHECK(machine->side == Side::office);
    CHECK(machine->role == Role::employer_system);
    CHECK(machine->employer == office.employer);
    CHECK(machine->session == SessionId{});
    CHECK(machine->source == "192.0.2.7");
    CHECK_FALSE(machine->person);
    CHECK_FALSE(is_fresh(*machine, office.clock.now()));
    CHECK(office.line_count() == 0);  // what it does has its own
}

TEST_CASE("what a machine does has its line with the service account and without a session") {
    Office office;
    auto const id = office.add();
    auto const machine = *office.enter();
    auto const done =
        change(office.frame, machine, [&](Unit<OfficeZone>& unit) -> std::expected<void, Failure> {
            auto const access = unit.gate.ask(
                Action::create, {.resource = Resource::sick_report, .employer = machine.employer});
            if (!access) return std::unexpected(access.error());
            return {};
        });
    CHECK(done);
    auto const line = office.lines().front().entry.event;
    CHECK(line.user == id);
    CHECK(line.role == "employer_system");
    CHECK(line.organisation == office.employer);
    CHECK_FALSE(line.session);
}

TEST_CASE("who may not come in is nobody, and the log says exactly why") {
    Office office;
    auto const id = *office.add();
    CHECK_FALSE(office.enter(std::unexpected(std::string_view{"expired"})));
    CHECK(office.why() == "expired");
    CHECK_FALSE(office.lines().front().entry.event.user);
    CHECK_FALSE(office.enter("CN=other.example.nl,O=Example"));
    CHECK(office.why() == "unknown_account");
    CHECK_FALSE(office.lines().front().entry.event.user);
    CHECK_FALSE(office.enter(subject, "198.51.100.1"));
    CHECK(office.why() == "other_network");
    CHECK(office.lines().front().entry.event.user == id);
    auto const machine = *office.enter();
    CHECK(office.machines.turn_away(machine));
    CHECK(office.why() == "route_of_people");
    CHECK(office.lines().front().entry.event.user == id);
    CHECK(office.close(id));
    CHECK_FALSE(office.enter());
    CHECK(office.why() == "closed_account");
    CHECK(office.lines().front().entry.event.user == id);
    CHECK(office.line_count() == 5);
}

TEST_CASE("one certificate names one open account; what was closed stays, and another may take its place") {
    Office office;
    auto const first = *office.add();
    CHECK_FALSE(office.add());
    CHECK(office.close(first));
    CHECK_FALSE(office.close(first));
    CHECK_FALSE(office.close(UserId{}));
    office.clock.advance(Duration::seconds(1));
    auto const second = office.add();
    REQUIRE(second);
    CHECK(office.enter()->user == *second);
    auto const listed = office.list();
    REQUIRE(listed.size() == 2);
    CHECK(listed[0].id == first);
    CHECK(listed[0].closed_at);
    CHECK(listed[1].id == *second);
    CHECK_FALSE(listed[1].closed_at);
    CHECK(listed[1].subject == subject);
    CHECK(listed[1].networks.text() == "192.0.2.0/24");
}

TEST_CASE("a machine that cannot have its line hears of trouble, and does not come in") {
    Office office;
    office.add();
    NoLog const no_log{office};
    CHECK_FALSE(office.machines.enter(subject, "198.51.100.1"));
    CHECK_FALSE(office.machines.enter(std::unexpected(std::string_view{"expired"}), "192.0.2.7"));
}

TEST_CASE("a service account that somebody changed in the database opens nothing") {
    Office office;
    auto const id = *office.add();
    auto const other = *office.add("CN=other.example.nl,O=Example", "198.51.100.0/24");
    CHECK(office.close(other));
    Tampering tampering{office, "service_account"};
    for (std::string const& change :
         {std::string{"employer_id = x'00112233445566778899aabbccddeeff'"},
          std::string{"networks = '0.0.0.0/0'"}, std::string{"created_at = created_at + 1"},
          "subject = " + tampering.was("subject", other), std::string{"networks = 'everywhere'"}}) {
        CAPTURE(change);
        tampering.set(id, change);
        CHECK_FALSE(office.machines.enter(subject, "192.0.2.7"));
        tampering.put_back();
    }
    tampering.set(other, "closed_at = NULL");
    CHECK_FALSE(office.machines.enter("CN=other.example.nl,O=Example", "198.51.100.1"));
    tampering.put_back();
    // The certificate of one pointed at the account of another.
    tampering.set(id, "subject_index = " + tampering.was("subject_index", other));
    CHECK_FALSE(office.enter());
    CHECK_FALSE(office.machines.enter("CN=other.example.nl,O=Example", "192.0.2.7"));
    tampering.put_back();
    CHECK(office.enter());
}
