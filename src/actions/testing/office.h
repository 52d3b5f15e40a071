#pragma once

#include <doctest/doctest.h>

#include <functional>

#include "access/authorisation.h"
#include "actions/office.h"
#include "actions/report_sick.h"
#include "audit/reader.h"
#include "base/made_up.h"
#include "cases/case_files.h"
#include "people/employers.h"
#include "store/testing.h"

namespace klout7::actions::testing {

using access::Action;
using access::FailureKind;
using access::Relation;
using access::Resource;
using access::Role;

/// Someone who asks, and how he stands to what is asked for.
struct Asking {
    std::string who;
    Actor actor;
    Relation relation;
};

/// The office side with two employers, acme with a case manager and globex without, and people of every role.
struct OfficeSide {
    store::TestServer& server = store::TestServer::shared();
    FixedClock clock{Instant::from_microseconds(1'795'000'000'000'000)};  // 2026-11-18
    SystemRandom random;
    crypto::Keyring<OfficeZone> keyring = crypto::Keyring<OfficeZone>::create(
        {Uuid::version_7(clock.now(), random), Environment::test}, random);
    store::Database database;
    store::Database log;
    vault::PersonKeys<OfficeZone> keys{keyring, random, clock};
    audit::Recorder<OfficeZone> recorder{keyring, random, "klout7-office"};
    audit::GroupRecorder<OfficeZone> reads;
    access::Frame<OfficeZone> frame;
    exchange::Exchange<OfficeZone> exchange;
    Office office{frame, exchange};
    MadeUpPeople made_up{5};
    MadeUpEmployer made_up_employer = made_up.next_employer();

    Actor manager = actor(Role::case_manager);
    EmployerId acme = employer("acme", manager.user);
    EmployerId globex = employer("globex", {});
    Actor at_acme = of_employer(acme);
    Actor at_globex = of_employer(globex);

    OfficeSide()
        : database((server.empty_tables(), server.office())),
          log(server.office_log()),
          reads(recorder, database),
          frame{database, log, keys, recorder, reads, clock, random},
          exchange(database, keyring, clock, random) {
        auto medical = crypto::Keyring<MedicalZone>::create(keyring_identity(), random);
        keyring.set_peer(medical.handover_key().public_key());
    }
    crypto::Keyring<MedicalZone>::Identity keyring_identity() const {
        return {keyring.identity().installation, keyring.identity().environment};
    }
    Actor actor(Role role) {
        return {.user = UserId::make(clock.now(), random),
                .side = Side::office,
                .role = role,
                .person = {},
                .employer = {},
                .responsible = {},
                .session = SessionId::make(clock.now(), random),
                .source = "192.0.2.1",
                .signed_in_at = clock.now()};
    }
    Actor of_employer(EmployerId of) {
        auto one = actor(Role::employer);
        one.employer = of;
        return one;
    }
    Actor client(PersonId person) {
        auto one = actor(Role::client);
        one.person = person;
        return one;
    }
    EmployerId employer(std::string_view code, std::optional<UserId> case_manager) {
        auto const made = database.transact([&](store::Transaction& tx) {
            auto const id = people::add_employer(tx, keyring, code, code, clock.now(), random);
            if (case_manager) people::set_case_manager(tx, keyring, id, *case_manager);
            return id;
        });
        REQUIRE(made);
        return *made;
    }
    /// A sick report of somebody new.
    cases::SickReportInput input(std::string employer = "acme") {
        auto const one = made_up.next_person(made_up_employer);
        cases::SickReportInput report;
        report.employer = std::move(employer);
        report.staff_number = one.staff_number;
        report.bsn = one.bsn.text();
        report.last_name = one.last_name;
        report.prefix = "van der";
        report.initials = one.initials;
        report.birth_date = one.birth_date.to_string();
        report.first_sick_day = "2026-11-16";
        report.ground = "fictitious_employment";
        report.phone = one.phone;
        report.nursing_address = "Dorpsstraat 1, 1234 AB Ons Dorp";
        report.expected_days = "14";
        report.work_accident = "no";
        return report;
    }
    struct Case {
        CaseId id;
        PersonId person;
        cases::SickReportInput report;
    };
    Case report(cases::SickReportInput given) {
        auto const id = report_sick(office, actor(Role::case_manager), given);
        REQUIRE(id);
        auto const row =
            database.transact([&](store::Transaction& tx) { return cases::find_case(tx, keyring, *id); });
        REQUIRE((row && *row));
        return {*id, (*row)->person, std::move(given)};
    }
    Case report(std::string of = "acme") { return report(input(std::move(of))); }

    /// Everybody, as they stand to a case at acme.
    std::vector<Asking> everybody(PersonId person) {
        return {{"the client", client(person), Relation::own_person},
                {"another client", client(PersonId::make(clock.now(), random)), Relation::none},
                {"a client who is nobody", actor(Role::client), Relation::none},
                {"the employer", at_acme, Relation::own_employer},
                {"another employer", at_globex, Relation::none},
                {"an employer who is none", actor(Role::employer), Relation::none},
                {"the case manager", manager, Relation::assigned},
                {"another case manager", actor(Role::case_manager), Relation::none},
                {"a benefit specialist", actor(Role::benefit_specialist), Relation::none},
                {"payments", actor(Role::payments), Relation::none},
                {"the functional administrator", actor(Role::functional_administrator), Relation::none},
                {"the privacy officer", actor(Role::privacy_officer), Relation::none},
                {"the security officer", actor(Role::security_officer), Relation::none},
                {"the auditor", actor(Role::auditor), Relation::none}};
    }
    /// What stands in the tables, but for the log.
    std::string state() {
        auto operates = server.server_operator();
        auto const tables = operates.query(
            "SELECT GROUP_CONCAT(table_schema, '.', table_name ORDER BY table_schema, table_name) FROM "
            "information_schema.tables WHERE table_schema IN ('klout7_office', 'klout7_office_keys', "
            "'klout7_medical') AND table_name NOT LIKE 'audit%'");
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

/// What an action came to: the kind of failure, nothing when it was done.
using Came = std::optional<FailureKind>;
Came came(auto const& result) { return result ? std::nullopt : std::optional{result.error().kind}; }

/// While it lives, no line can be written into the log of the office.
class NoLog {
public:
    explicit NoLog(store::TestServer& server) : server_(server) { run("REVOKE INSERT ON", "FROM"); }
    NoLog(NoLog const&) = delete;
    ~NoLog() { run("GRANT INSERT ON", "TO"); }

private:
    void run(std::string const& what, std::string const& whom) {
        require(server_.server_operator()
                    .execute(what + " klout7_office.audit_event " + whom + " k7_office@localhost")
                    .has_value(),
                "the right to write lines");
    }
    store::TestServer& server_;
};

/// Does an action as each of `all`: done exactly where the table grants it, refused without any change
/// elsewhere, and a line either way.
inline void as_each(OfficeSide& side, Resource resource, Action action, std::vector<Asking> const& all,
                    std::function<Came(Actor const&)> const& act) {
    int granted_to = 0;
    for (auto const& one : all) {
        CAPTURE(one.who);
        auto const before = side.state();
        auto const lines_before = side.line_count();
        side.clock.advance(Duration::seconds(1));
        auto const result = act(one.actor);

        bool const granted = access::decide(Side::office, one.actor.role, resource, action, one.relation);
        granted_to += granted;
        if (granted) {
            CHECK(result == std::nullopt);
        } else {
            auto const refusal = access::refusal_for(Side::office, one.actor.role, resource, one.relation);
            CHECK(result == (refusal == access::Refusal::not_found ? FailureKind::not_found
                                                                   : FailureKind::not_allowed));
            CHECK(side.state() == before);
        }
        CHECK(side.line_count() == lines_before + 1);
        auto const line = side.lines().front();
        CHECK(line.entry.event.outcome == (granted ? audit::Outcome::done : audit::Outcome::refused));
        CHECK(line.entry.event.action == access::name_of(action));
        CHECK(line.entry.event.object_class == access::name_of(resource));
        CHECK(line.entry.event.ground == access::name_of(one.relation));
        CHECK(line.entry.event.role == access::name_of(one.actor.role));
        CHECK(line.entry.event.user == one.actor.user);
        CHECK(line.entry.event.session == one.actor.session);
        CHECK(line.entry.event.at == side.clock.now());
        CHECK(line.detail.starts_with(one.actor.source));
    }
    CHECK(granted_to > 0);
    CHECK(granted_to < static_cast<int>(all.size()));
}

/// Without its line, an action that is granted does nothing, tells nothing, and is done when there is a log
/// again.
inline void without_log(OfficeSide& side, std::function<Came()> const& act) {
    auto const before = side.state();
    {
        NoLog const no_log{side.server};
        CHECK(act() == FailureKind::unavailable);
    }
    CHECK(side.state() == before);
    CHECK(act() == std::nullopt);
}

}  // namespace klout7::actions::testing
