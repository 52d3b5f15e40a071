#include "actions/report_sick.h"

#include <doctest/doctest.h>

#include <thread>

#include "actions/open_case.h"
#include "testing/office.h"

using namespace klout7;
using namespace klout7::actions;
using namespace klout7::actions::testing;

TEST_CASE("who may report sick, reports sick; who may not, changes nothing; and each attempt has its line") {
    OfficeSide side;
    auto const known = side.report();
    auto all = side.everybody(known.person);
    // A case manager takes the report of whoever calls; a client's report is always about the client.
    for (auto& one : all) {
        if (one.actor.role == Role::case_manager) one.relation = Relation::none;
        if (one.who == "another client") one.relation = Relation::own_person;
    }
    std::erase_if(all, [](Asking const& one) { return one.who == "another client"; });
    int day = 10;
    as_each(side, Resource::sick_report, Action::create, all, [&](Actor const& actor) {
        auto report = known.report;
        report.first_sick_day = "2026-10-" + std::to_string(day++);
        return came(report_sick(side.office, actor, report));
    });
}

TEST_CASE("a report becomes a case of its person with what it said, and its line names both") {
    OfficeSide side;
    auto const given = side.input();
    auto const made = report_sick(side.office, side.at_acme, given);
    REQUIRE(made);
    auto const line = side.lines().front().entry.event;
    CHECK(line.object == made->uuid());
    REQUIRE(line.person);
    CHECK(line.organisation == side.acme);
    auto const opened = open_case(side.office, side.manager, *made);
    REQUIRE(opened);
    CHECK(opened->row.person == *line.person);
    CHECK(opened->row.case_manager == side.manager.user);
    CHECK(opened->row.first_sick_day.to_string() == given.first_sick_day);
    CHECK(opened->person.bsn.text() == given.bsn);
    CHECK(opened->person.last_name == given.last_name);
    CHECK(opened->details.phone == given.phone);
    CHECK(opened->details.nursing_address == given.nursing_address);
    CHECK(opened->details.expected_days == 14);
    CHECK(opened->details.work_accident == false);
    CHECK_FALSE(opened->details.safety_net);
    CHECK_FALSE(opened->steps.empty());
}

TEST_CASE("a second case of somebody known is another case of the same person") {
    OfficeSide side;
    auto const first = side.report();
    auto again = first.report;
    again.first_sick_day = "2026-09-01";
    auto const second = side.report(again);
    CHECK(second.id != first.id);
    CHECK(second.person == first.person);
}

TEST_CASE("the same report again is already there and changes nothing, whoever sends it") {
    OfficeSide side;
    auto const known = side.report();
    auto const before = side.state();
    for (auto const& actor : {side.at_acme, side.manager, side.client(known.person)}) {
        CHECK(came(report_sick(side.office, actor, known.report)) == FailureKind::already_there);
        CHECK(side.lines().front().entry.event.outcome == audit::Outcome::failed);
    }
    CHECK(side.state() == before);
}

TEST_CASE("of many who report the same at once, one makes the case") {
    OfficeSide side;
    auto const given = side.input();
    std::atomic<int> made = 0;
    std::atomic<int> there = 0;
    {
        std::vector<std::jthread> many;
        for (int i = 0; i < 6; ++i) {
            many.emplace_back([&] {
                auto const result = report_sick(side.office, side.at_acme, given);
                made += result.has_value();
                there += came(result) == FailureKind::already_there;
            });
        }
    }
    CHECK(made == 1);
    CHECK(there == 5);
    CHECK(side.line_count() == 6);
}

TEST_CASE("a report without its line in the log did not happen") {
    OfficeSide side;
    auto const given = side.input();
    without_log(side, [&] { return came(report_sick(side.office, side.at_acme, given)); });
}

TEST_CASE("on a disk that is nearly full nothing is changed, the attempt has its line, and reading goes on") {
    OfficeSide side;
    auto const known = side.report();
    auto const before = side.state();
    auto const lines = side.line_count();
    side.frame.has_room = [] { return false; };
    CHECK(came(report_sick(side.office, side.at_acme, side.input())) == FailureKind::full);
    CHECK(side.state() == before);
    CHECK(side.line_count() == lines + 1);
    CHECK(side.lines().front().entry.event.outcome == audit::Outcome::failed);
    CHECK(open_case(side.office, side.manager, known.id));
    side.frame.has_room = [] { return true; };
    CHECK(report_sick(side.office, side.at_acme, side.input()));
}

TEST_CASE("every wrong field is named at once, to who may report, and nothing is kept") {
    OfficeSide side;
    auto wrong = side.input();
    wrong.bsn = "123456789";
    wrong.first_sick_day = "2026-02-30";
    wrong.last_name = "";
    auto const before = side.state();
    CHECK(fields_of(report_sick(side.office, side.at_acme, wrong)) ==
          std::vector<std::string_view>{"bsn", "last_name", "first_sick_day"});
    CHECK(side.lines().front().entry.event.outcome == audit::Outcome::failed);
    // Who may not report, hears nothing of the content.
    auto const refused = report_sick(side.office, side.actor(Role::auditor), wrong);
    CHECK(came(refused) == FailureKind::not_found);
    CHECK(refused.error().fields.empty());
    // Nor of a request that could not be read.
    Given<cases::SickReportInput> const unreadable = std::unexpected(Failure{FailureKind::wrong_content});
    CHECK(came(report_sick(side.office, side.at_acme, unreadable)) == FailureKind::wrong_content);
    CHECK(came(report_sick(side.office, side.actor(Role::auditor), unreadable)) == FailureKind::not_found);
    CHECK(side.state() == before);
}

TEST_CASE("an employer reports for itself without saying so, and for nobody else") {
    OfficeSide side;
    CHECK(report_sick(side.office, side.at_acme, side.input("")));
    auto const before = side.state();
    CHECK(came(report_sick(side.office, side.at_acme, side.input("globex"))) == FailureKind::not_found);
    CHECK(fields_of(report_sick(side.office, side.at_acme, side.input("initech"))) ==
          std::vector<std::string_view>{"employer"});
    CHECK(fields_of(report_sick(side.office, side.manager, side.input("initech"))) ==
          std::vector<std::string_view>{"employer"});
    CHECK(side.state() == before);
}

TEST_CASE("a client reports the own illness, at the own employer, and nobody else's") {
    OfficeSide side;
    auto const own = side.report();
    auto const other = side.report();
    auto const client = side.client(own.person);
    auto next = own.report;
    next.first_sick_day = "2026-09-01";
    CHECK(report_sick(side.office, client, next));
    auto const before = side.state();
    auto of_other = other.report;
    of_other.first_sick_day = "2026-09-01";
    CHECK(fields_of(report_sick(side.office, client, of_other)) == std::vector<std::string_view>{"bsn"});
    auto of_new = side.input();
    CHECK(fields_of(report_sick(side.office, client, of_new)) == std::vector<std::string_view>{"bsn"});
    auto elsewhere = own.report;
    elsewhere.employer = "globex";
    CHECK(fields_of(report_sick(side.office, client, elsewhere)) == std::vector<std::string_view>{"bsn"});
    elsewhere.employer = "initech";
    CHECK(fields_of(report_sick(side.office, client, elsewhere)) ==
          std::vector<std::string_view>{"employer"});
    CHECK(side.state() == before);
}

TEST_CASE("somebody whose key was destroyed is not found: the file is gone and no case is added to it") {
    OfficeSide side;
    auto const known = side.report();
    side.shred(known.person);
    auto const before = side.state();
    auto again = known.report;
    CHECK(came(report_sick(side.office, side.manager, again)) == FailureKind::not_found);
    again.first_sick_day = "2026-09-01";
    CHECK(came(report_sick(side.office, side.manager, again)) == FailureKind::not_found);
    CHECK(side.state() == before);
    // At another employer it is another file.
    again.employer = "globex";
    CHECK(report_sick(side.office, side.manager, again));
}
