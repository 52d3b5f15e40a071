#include "actions/report_recovery.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <thread>

#include "actions/do_task.h"
#include "actions/list_cases.h"
#include "actions/open_case.h"
#include "testing/letters.h"

using namespace klout7;
using namespace klout7::actions;
using namespace klout7::actions::testing;
using handover::RecoveryBy;

namespace {

LocalDate day(std::string_view iso) { return LocalDate::parse_iso(iso).value(); }

/// A case of somebody ill since 16 November at the doctor; today is the 18th.
struct WithRecovery : WithLetters {
    Case known = assigned();
    Actor client = OfficeSide::client(known.person);

    cases::CaseRow row() { return OfficeSide::row(known.id); }
    Came report_by(Actor const& who, std::optional<std::string_view> first_fit_day,
                   std::optional<std::int64_t> version = {}) {
        NewRecovery given{{}, version.value_or(row().version)};
        if (first_fit_day) given.first_fit_day = day(*first_fit_day);
        return came(report_recovery(office, who, known.id, given));
    }
    handover::RecoveryReport by_doctor(std::optional<std::string_view> first_fit_day) {
        auto const when = first_fit_day ? std::optional{day(*first_fit_day)} : std::nullopt;
        return {known.id, when, doctor, doctor, clock.now()};
    }
    Recoveries reported() {
        auto found = read_recoveries(office, client, known.id);
        REQUIRE(found);
        return std::move(*found);
    }
    std::optional<LocalDate> due_of(std::string_view task) {
        auto const opened = open_case(office, manager, known.id);
        REQUIRE(opened);
        for (auto const& step : opened->steps)
            if (step.task && step.task->text() == task) return step.deadline.due;
        return {};
    }
    std::int64_t messages() {
        return std::get<0>(*database.transact(
            [](store::Transaction& tx) { return *tx.row<std::int64_t>("SELECT COUNT(*) FROM outbox"); }));
    }
    std::string next() { return row().next ? row().next->task.text() : std::string{}; }
};

}  // namespace

TEST_CASE("the client reports the own recovery, and nobody else at the office does") {
    WithRecovery side;
    auto all = side.everybody(side.known.person);
    as_each(side, Resource::recovery, Action::create, all,
            [&](Actor const& actor) { return side.report_by(actor, "2026-11-18"); });
    CHECK(side.reported().reported.size() == 1);
    CHECK(side.lines().front().entry.event.object == side.known.id.uuid());
}

TEST_CASE("who may read what was reported, reads it") {
    WithRecovery side;
    as_each(side, Resource::recovery, Action::read, side.everybody(side.known.person),
            [&](Actor const& actor) { return came(read_recoveries(side.office, actor, side.known.id)); });
    CHECK(came(read_recoveries(side.office, side.actor(Role::benefit_specialist),
                               CaseId::make(side.clock.now(), side.random))) == FailureKind::not_found);
}

TEST_CASE("a recovery changes what the law asks, what the case waits for, and what the doctor sees") {
    WithRecovery side;
    CHECK(side.due_of("problem_analysis-1"));
    auto const sent = side.messages();
    auto const version = side.row().version;
    REQUIRE(side.report_by(side.client, "2026-11-19") == std::nullopt);
    CHECK(side.next() == "recovery_report_to_uwv-1");
    CHECK(side.row().next->due == day("2026-11-20"));
    CHECK(side.due_of("recovery_report_to_uwv-1") == day("2026-11-20"));
    CHECK_FALSE(side.due_of("problem_analysis-1"));
    CHECK(side.due_of("sick_report_to_uwv-1"));
    CHECK(side.row().recovered_from == day("2026-11-19"));
    CHECK(side.row().version == version + 1);
    CHECK(side.messages() == sent + 1);
    auto const opened = open_case(side.office, side.manager, side.known.id);
    REQUIRE((opened && opened->recovery));
    CHECK(opened->recovery->first_fit_day == day("2026-11-19"));
    CHECK(opened->recovery->by == RecoveryBy::client);
    CHECK(opened->recovery->user == side.client.user);

    // Who reports to UWV does what is left; then nothing is.
    auto const done = [&](std::string_view task) {
        return came(do_task(side.office, side.manager, side.known.id,
                            TaskDone{*cases::TaskKey::parse(task), day("2026-11-18"), side.row().version}));
    };
    CHECK(done("recovery_report_to_uwv-1") == std::nullopt);
    CHECK(side.next() == "sick_report_to_uwv-1");
    CHECK(done("sick_report_to_uwv-1") == std::nullopt);
    CHECK(side.next().empty());
    auto const work = list_cases(side.office, side.manager, {});
    REQUIRE((work && work->cases.size() == 1));
    CHECK_FALSE(work->cases.front().row.next);
    CHECK(work->cases.front().row.recovered_from == day("2026-11-19"));
}

TEST_CASE("the recovery is reported to UWV no earlier than the illness was") {
    WithRecovery side;
    REQUIRE(side.report_by(side.client, "2026-11-18") == std::nullopt);
    side.clock.advance(Duration::days(5));
    REQUIRE(came(do_task(side.office, side.manager, side.known.id,
                         TaskDone{*cases::TaskKey::parse("sick_report_to_uwv-1"), day("2026-11-23"),
                                  side.row().version})) == std::nullopt);
    CHECK(side.due_of("recovery_report_to_uwv-1") == day("2026-11-23"));
}

TEST_CASE("a case of nobody who is ill waits for no doctor, and one without a doctor sends nothing") {
    WithRecovery side;
    auto const without = side.report();
    auto const client = side.OfficeSide::client(without.person);
    auto const counted = [&] { return count_work(side.office, side.manager)->back(); };
    CHECK(counted() == 1);
    auto const sent = side.messages();
    REQUIRE(report_recovery(side.office, client, without.id, NewRecovery{day("2026-11-18"), 0}));
    CHECK(counted() == 0);
    CHECK(side.messages() == sent);
}

TEST_CASE("a report that is taken back is another row, and all is as it was before") {
    WithRecovery side;
    auto const before = side.row();
    REQUIRE(side.report_by(side.client, "2026-11-18") == std::nullopt);
    CHECK(side.reported().client_changes_until == day("2026-11-25"));
    side.clock.advance(Duration::days(7));
    CHECK(side.reported().client_changes_until == day("2026-11-25"));
    REQUIRE(side.report_by(side.client, std::nullopt) == std::nullopt);
    CHECK(side.row().next == before.next);
    CHECK_FALSE(side.row().recovered_from);
    auto const all = side.reported();
    REQUIRE(all.reported.size() == 2);
    CHECK_FALSE(all.reported[0].first_fit_day);
    CHECK(all.reported[1].first_fit_day == day("2026-11-18"));
    CHECK_FALSE(all.client_changes_until);
    CHECK(side.report_by(side.client, "2026-11-24") == std::nullopt);
    CHECK(side.reported().reported.size() == 3);
}

TEST_CASE("what cannot be reported changes nothing") {
    WithRecovery side;
    auto before = side.state();
    for (auto const* wrong : {"2026-11-15", "2026-11-16", "2026-11-21"})
        CHECK(side.report_by(side.client, wrong) == FailureKind::invalid);
    CHECK(side.report_by(side.client, std::nullopt) == FailureKind::invalid);
    CHECK(came(report_recovery(side.office, side.client, side.known.id,
                               std::unexpected(Failure{FailureKind::wrong_content}))) ==
          FailureKind::wrong_content);
    CHECK(side.state() == before);
    REQUIRE(side.report_by(side.client, "2026-11-18") == std::nullopt);
    side.clock.advance(Duration::days(8));
    before = side.state();
    CHECK(side.report_by(side.client, std::nullopt) == FailureKind::invalid);
    CHECK(side.report_by(side.client, "2026-11-20") == FailureKind::invalid);
    CHECK_FALSE(side.reported().client_changes_until);
    CHECK(side.state() == before);
}

TEST_CASE("who saw an older version is told; of two at once one is") {
    WithRecovery side;
    auto const seen = side.row().version;
    std::array<Came, 2> results;
    {
        std::vector<std::jthread> both;
        for (auto& result : results)
            both.emplace_back([&] { result = side.report_by(side.client, "2026-11-18", seen); });
    }
    CHECK(std::ranges::count(results, Came{}) == 1);
    CHECK(std::ranges::count(results, Came{FailureKind::changed_meanwhile}) == 1);
    CHECK(side.report_by(side.client, "2026-11-17", seen) == FailureKind::changed_meanwhile);
    CHECK(side.reported().reported.size() == 1);
}

TEST_CASE("without its line no recovery is reported, and of a shredded person none either") {
    WithRecovery side;
    auto const version = side.row().version;
    without_log(side, [&] { return side.report_by(side.client, "2026-11-18", version); });
    side.shred(side.known.person);
    auto const before = side.state();
    CHECK(side.report_by(side.client, "2026-11-17") == FailureKind::not_found);
    CHECK(side.state() == before);
}

TEST_CASE("a report that was written by somebody without the keyring, or moved, is never taken for one") {
    WithRecovery side;
    REQUIRE(side.report_by(side.client, "2026-11-18") == std::nullopt);
    Tampering<OfficeZone> rows{side, "recovery"};
    for (auto const* change :
         {"first_fit_day = '2026-11-17'", "first_fit_day = NULL", "by_role = 'company_doctor'",
          "reported_at = reported_at + 1", "number = 2", "by_user = case_id"}) {
        CAPTURE(change);
        side.tamper(std::string{"UPDATE klout7_office.recovery SET "} + change);
        CHECK(came(read_recoveries(side.office, side.client, side.known.id)) == FailureKind::unavailable);
        CHECK(came(open_case(side.office, side.manager, side.known.id)) == FailureKind::unavailable);
        rows.put_back();
    }
    CHECK(side.reported().reported.size() == 1);
}

TEST_CASE("the doctor of the case reports a recovery from the medical side") {
    WithRecovery side;
    auto const sent = side.messages();
    REQUIRE(side.receive(side.by_doctor("2026-11-17")));
    auto const line = side.lines().front().entry.event;
    CHECK(line.action == "create");
    CHECK(line.object_class == "recovery");
    CHECK(line.object == side.known.id.uuid());
    CHECK(line.person == side.known.person);
    CHECK(line.user == side.doctor);
    auto const all = side.reported();
    REQUIRE(all.reported.size() == 1);
    CHECK(all.reported[0] == cases::Recovery{side.known.id, 1, day("2026-11-17"), RecoveryBy::company_doctor,
                                             side.doctor, side.clock.now()});
    CHECK(side.row().recovered_from == day("2026-11-17"));
    CHECK(side.next() == "recovery_report_to_uwv-1");
    CHECK(side.messages() == sent + 1);
    // The client does not change that, the doctor does.
    CHECK(side.report_by(side.client, std::nullopt) == FailureKind::invalid);
    REQUIRE(side.receive(side.by_doctor(std::nullopt)));
    CHECK_FALSE(side.row().recovered_from);
    CHECK(side.report_by(side.client, "2026-11-18") == std::nullopt);
    side.clock.advance(Duration::days(30));
    REQUIRE(side.receive(side.by_doctor("2026-12-01")));
    CHECK(side.reported().reported.size() == 4);
}

TEST_CASE("the same of the doctor once more changes nothing") {
    WithRecovery side;
    REQUIRE(side.receive(side.by_doctor("2026-11-17")));
    auto const before = side.row();
    CHECK(side.receive(side.by_doctor("2026-11-17")));
    CHECK(side.row().version == before.version);
    REQUIRE(side.receive(side.by_doctor(std::nullopt)));
    CHECK(side.receive(side.by_doctor(std::nullopt)));
    CHECK(side.reported().reported.size() == 2);
}

TEST_CASE("a recovery of no case, by another doctor, or on an impossible day is refused") {
    WithRecovery side;
    auto report = side.by_doctor("2026-11-17");
    report.case_id = CaseId::make(side.clock.now(), side.random);
    CHECK(is_refused(side, report));
    report = side.by_doctor("2026-11-17");
    report.doctor = UserId::make(side.clock.now(), side.random);
    CHECK(is_refused(side, report));
    CHECK(is_refused(side, side.by_doctor("2026-11-16")));
    CHECK(is_refused(side, side.by_doctor("2026-11-21")));
    // Who stands in for the doctor of the case reports in that doctor's place.
    report = side.by_doctor("2026-11-17");
    report.reported_by = UserId::make(side.clock.now(), side.random);
    CHECK(side.receive(report));
    CHECK(side.reported().reported.front().user == report.reported_by);
    side.shred(side.known.person);
    CHECK(is_refused(side, side.by_doctor(std::nullopt)));
}

TEST_CASE("a doctor who is named later hears of the recovery") {
    WithRecovery side;
    REQUIRE(side.report_by(side.client, "2026-11-18") == std::nullopt);
    auto const sent = side.messages();
    side.assign(side.known.id, side.doctor);
    CHECK(side.messages() == sent + 3);
    CHECK(side.row().recovered_from == day("2026-11-18"));
}
