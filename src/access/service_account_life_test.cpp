#include "access/service_account_life.h"

#include <doctest/doctest.h>

#include "access/testing.h"

using namespace klout7;
using namespace klout7::access;
using namespace klout7::access::testing;

namespace {

constexpr std::string_view subject = "CN=hr.example.nl,O=Example";

/// The office with two functional administrators and one employer.
struct Office : TestSide<OfficeZone> {
    EmployerId employer = EmployerId::make(clock.now(), random);
    ServiceAccountLife life{frame,
                            {.find_employer =
                                 [this](store::Transaction&, std::string_view code) {
                                     return code == "W001" ? std::optional{employer} : std::nullopt;
                                 },
                             .code_of = [](store::Transaction&, EmployerId) { return std::string{"W001"}; },
                             .subject_of = [](std::string_view pem) -> std::optional<std::string> {
                                 if (pem != "PEM") return std::nullopt;
                                 return std::string{subject};
                             }}};
    Machines machines{frame};
    Actor first = actor(Role::functional_administrator);
    Actor second = actor(Role::functional_administrator);

    static NewServiceProposal wanted() {
        return {.employer = "W001",
                .certificate = {},
                .subject = std::string{subject},
                .networks = "192.0.2.0/24"};
    }
    UserId propose(NewServiceProposal const& given = wanted()) {
        auto const proposed = life.propose(first, given);
        REQUIRE(proposed);
        return proposed->account;
    }
    std::optional<Actor> enter() {
        auto entered = machines.enter(subject, "192.0.2.7");
        REQUIRE(entered);
        return std::move(*entered);
    }
    void wait(Duration duration) {
        clock.advance(duration);
        first.fresh_at = second.fresh_at = clock.now();
    }
};

}  // namespace

TEST_CASE("a machine comes in once one administrator proposed its account and another approved it") {
    Office office;
    auto const proposal = office.propose();
    CHECK_FALSE(office.enter());
    auto const waiting = office.life.proposals(office.second);
    REQUIRE((waiting && waiting->size() == 1));
    CHECK(waiting->front().account == proposal);
    CHECK(waiting->front().employer == office.employer);
    CHECK(waiting->front().employer_code == "W001");
    CHECK(waiting->front().subject == subject);
    CHECK(waiting->front().networks.text() == "192.0.2.0/24");
    CHECK(waiting->front().proposed_by == office.first.user);

    CHECK(came(office.life.approve(office.first, proposal)) == FailureKind::not_allowed);
    CHECK(office.lines().front().entry.event.outcome == audit::Outcome::refused);
    CHECK_FALSE(office.enter());
    CHECK(office.life.approve(office.second, proposal));
    auto const line = office.lines().front();
    CHECK(line.entry.event.action == "approve");
    CHECK(line.entry.event.object_class == "service_account_proposal");
    CHECK(line.entry.event.object == proposal.uuid());
    CHECK(line.entry.event.user == office.second.user);
    CHECK(line.detail.ends_with(subject));
    auto const machine = office.enter();
    REQUIRE(machine);
    CHECK(machine->user == proposal);
    CHECK(machine->employer == office.employer);

    CHECK(office.life.proposals(office.second)->empty());
    CHECK(came(office.life.approve(office.second, proposal)) == FailureKind::not_now);
    CHECK(came(office.life.end(office.first, proposal)) == FailureKind::not_now);
    auto const listed = office.life.list(office.first);
    REQUIRE((listed && listed->size() == 1));
    CHECK(listed->front().account.id == proposal);
    CHECK_FALSE(listed->front().account.closed_at);

    CHECK(office.life.close(office.first, proposal));
    CHECK_FALSE(office.enter());
    CHECK(came(office.life.close(office.first, proposal)) == FailureKind::not_now);
    CHECK(came(office.life.close(office.first, office.first.user)) == FailureKind::not_found);
    CHECK(office.life.list(office.first)->front().account.closed_at);
}

TEST_CASE(
    "a proposed service account names an employer, one certificate and networks, and says which is wrong") {
    Office office;
    auto const faults = [&](auto change) {
        auto given = Office::wanted();
        change(given);
        return fields_of(office.life.propose(office.first, given));
    };
    using Fields = std::vector<std::string_view>;
    CHECK(faults([](auto& given) { given.employer = "W002"; }) == Fields{"employer"});
    CHECK(faults([](auto& given) { given.employer.clear(); }) == Fields{"employer"});
    CHECK(faults([](auto& given) { given.networks = "192.0.2.1/24"; }) == Fields{"networks"});
    CHECK(faults([](auto& given) { given.networks.clear(); }) == Fields{"networks"});
    CHECK(faults([](auto& given) {
              given.networks.clear();
              while (given.networks.size() <= networks_longest + 1) given.networks += "192.0.2.0/24 ";
          }) == Fields{"networks"});
    CHECK(faults([](auto& given) { given.subject.clear(); }) == Fields{"certificate"});
    CHECK(faults([](auto& given) { given.certificate = "PEM"; }) == Fields{"subject"});
    for (std::string const bad : {"hr", "CN=\xFF", "CN=a\nb", " "}) {
        CAPTURE(bad);
        CHECK(faults([&](auto& given) { given.subject = bad; }) == Fields{"subject"});
    }
    CHECK(faults([](auto& given) { given.subject = "CN=" + std::string(subject_longest, 'x'); }) ==
          Fields{"subject"});
    CHECK(faults([](auto& given) {
              given.subject.clear();
              given.certificate = "no PEM";
          }) == Fields{"certificate"});
    CHECK(fields_of(office.life.propose(office.first, NewServiceProposal{})) ==
          Fields{"employer", "certificate", "networks"});
    CHECK(office.life.proposals(office.first)->empty());

    auto certificate = Office::wanted();
    certificate.subject.clear();
    certificate.certificate = "PEM";
    auto const proposal = office.propose(certificate);
    CHECK(office.life.approve(office.second, proposal));
    CHECK(office.enter());
    CHECK(faults([](auto&) {}) == Fields{"subject"});  // it is taken
}

TEST_CASE("a proposed service account that is old, withdrawn, refused or overtaken comes to nothing") {
    Office office;
    auto const withdrawn = office.propose();
    CHECK(office.life.end(office.first, withdrawn));
    CHECK(came(office.life.approve(office.second, withdrawn)) == FailureKind::not_now);
    auto const refused = office.propose();
    CHECK(office.life.end(office.second, refused));
    CHECK(came(office.life.approve(office.second, refused)) == FailureKind::not_now);
    auto const old = office.propose();
    office.wait(service_proposal_lasts);
    office.wait(Duration::seconds(1));
    CHECK(came(office.life.approve(office.second, old)) == FailureKind::not_now);
    CHECK(office.life.proposals(office.second)->empty());
    CHECK_FALSE(office.enter());

    auto const one = office.propose();
    auto const same = office.propose();
    office.wait(service_proposal_lasts);  // to the last moment
    CHECK(office.life.approve(office.second, one));
    CHECK(came(office.life.approve(office.second, same)) == FailureKind::not_now);
    CHECK(office.life.list(office.first)->size() == 1);
    auto const nothing = UserId::make(office.clock.now(), office.random);
    CHECK(came(office.life.approve(office.second, nothing)) == FailureKind::not_found);
    CHECK(came(office.life.end(office.second, nothing)) == FailureKind::not_found);
}

TEST_CASE("what is done with service accounts, by each role, is exactly the table, and each try is a line") {
    Office office;
    std::vector<Asking> all;
    for (auto const role : all_roles) {
        if (exists_on(Side::office, role))
            all.push_back({std::string{name_of(role)}, office.actor(role), Relation::none});
    }
    auto const fresh = [&](Actor actor) {
        actor.fresh_at = office.clock.now();
        return actor;
    };
    using enum Action;
    auto const account = Resource::service_account;
    auto const proposal = Resource::service_account_proposal;
    as_each<OfficeZone>(office, account, list, all,
                        [&](Actor const& actor) { return came(office.life.list(actor)); });
    as_each<OfficeZone>(office, proposal, list, all,
                        [&](Actor const& actor) { return came(office.life.proposals(actor)); });
    as_each<OfficeZone>(office, proposal, create, all, [&](Actor const& actor) {
        return came(office.life.propose(fresh(actor), Office::wanted()));
    });
    auto one = office.propose();
    as_each<OfficeZone>(office, proposal, end, all,
                        [&](Actor const& actor) { return came(office.life.end(fresh(actor), one)); });
    one = office.propose();
    as_each<OfficeZone>(office, proposal, approve, all,
                        [&](Actor const& actor) { return came(office.life.approve(fresh(actor), one)); });
    as_each<OfficeZone>(office, account, end, all,
                        [&](Actor const& actor) { return came(office.life.close(fresh(actor), one)); });

    auto const stale = fresh(office.second);
    office.clock.advance(fresh_lasts);
    office.clock.advance(Duration::seconds(1));
    for (auto const& done :
         {came(office.life.propose(stale, Office::wanted())), came(office.life.approve(stale, one)),
          came(office.life.end(stale, one)), came(office.life.close(stale, one))})
        CHECK(done == FailureKind::not_fresh);
}

TEST_CASE("without its line nothing is done with a service account") {
    Office office;
    without_log<OfficeZone>(office,
                            [&] { return came(office.life.propose(office.first, Office::wanted())); });
    auto const proposal = office.life.proposals(office.first)->front().account;
    without_log<OfficeZone>(office, [&] { return came(office.life.approve(office.second, proposal)); });
    without_log<OfficeZone>(office, [&] { return came(office.life.close(office.second, proposal)); });
}

TEST_CASE("a proposed service account that was changed behind the program's back is not approved") {
    Office office;
    auto const proposal = office.propose();
    auto given = Office::wanted();
    given.subject = "CN=other.example.nl";
    auto const other = office.propose(given);
    Tampering<OfficeZone> table{office, "service_account_proposal"};
    auto changes = table.each_altered("subject", other);
    for (std::string const change :
         {"networks = '0.0.0.0/0'", "networks = ''", "employer_id = REVERSE(employer_id)",
          "proposed_by = REVERSE(proposed_by)", "proposed_at = proposed_at + 1"})
        changes.push_back(change);
    changes.push_back("tag = " + table.was("tag", other));
    for (auto const& change : changes) {
        table.set(proposal, change);
        CHECK(came(office.life.approve(office.second, proposal)) == FailureKind::unavailable);
        CHECK_FALSE(office.enter());
        table.put_back();
    }
    // Nor by who proposed it, as somebody else's.
    table.set(proposal, "proposed_by = " + Office::literal(office.second.user));
    CHECK(came(office.life.approve(office.first, proposal)) == FailureKind::unavailable);
    table.put_back();
    CHECK(office.life.approve(office.second, proposal));
}
