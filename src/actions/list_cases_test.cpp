#include "actions/list_cases.h"

#include <doctest/doctest.h>

#include <set>

#include "actions/do_task.h"
#include "actions/take_reports.h"
#include "testing/office.h"

using namespace klout7;
using namespace klout7::actions;
using namespace klout7::actions::testing;

namespace {

/// So many cases at acme, `per_day` of them on each first sick day.
void fill(OfficeSide& side, int count, int per_day) {
    std::vector<cases::SickReport> reports;
    for (int i = 0; i < count; ++i) {
        auto input = side.input();
        auto const day = LocalDate::in_the_netherlands(side.clock.now()).plus_days(-(i / per_day));
        input.first_sick_day = day.to_string();
        auto const report = cases::check(input, LocalDate::in_the_netherlands(side.clock.now()));
        REQUIRE(report);
        reports.push_back(*report);
    }
    std::vector<cases::SickReport const*> each;
    for (auto const& report : reports) each.push_back(&report);
    auto const taken = side.database.transact([&](store::Transaction& tx) {
        return take_reports(tx, side.keys, each, {}, side.clock.now(), side.random).size();
    });
    REQUIRE(taken == static_cast<std::size_t>(count));
}

/// The sizes of the pages, after it was looked whether each case is there once, newest first or, of a case
/// manager, what is due first first.
std::vector<std::size_t> pages_of(OfficeSide& side, Actor const& actor, int expected) {
    bool const is_work = actor.role == Role::case_manager;
    std::vector<std::size_t> sizes;
    std::set<CaseId> seen;
    std::optional<cases::CaseCursor> after;
    std::optional<std::pair<LocalDate, CaseId>> last;
    do {
        auto const page = list_cases(side.office, actor, after);
        REQUIRE(page);
        sizes.push_back(page->cases.size());
        for (auto const& one : page->cases) {
            std::pair const now{is_work ? one.row.next->due : one.row.first_sick_day, one.row.id};
            if (last) CHECK((is_work ? *last < now : now < *last));
            last = now;
            seen.insert(one.row.id);
            CHECK_FALSE(one.name.last_name.empty());
        }
        after = page->next;
    } while (after && sizes.size() < 10);
    CHECK(seen.size() == static_cast<std::size_t>(expected));
    return sizes;
}

/// A list is of the own cases: whoever has one stands to it as to an own thing.
std::vector<Asking> own_lists(OfficeSide& side, PersonId person) {
    auto all = side.everybody(person);
    for (auto& one : all) {
        if (one.who == "another client") one.relation = Relation::own_person;
        if (one.who.ends_with("another employer")) one.relation = Relation::own_employer;
        if (one.actor.role == Role::case_manager) one.relation = Relation::assigned;
    }
    return all;
}

Given<CaseSearch> number_of(OfficeSide::Case const& known) {
    return CaseSearch{*Bsn::parse(known.report.bsn), known.report.bsn};
}
Given<CaseSearch> name_of(std::string_view typed) {
    auto part = people::SurnamePart::parse(typed);
    REQUIRE(part);
    return CaseSearch{std::move(*part), std::string{typed}};
}

}  // namespace

TEST_CASE("who may list cases, lists the own; nobody else does") {
    OfficeSide side;
    auto const known = side.report();
    auto const all = own_lists(side, known.person);
    as_each(side, Resource::case_list, Action::list, all,
            [&](Actor const& actor) { return came(list_cases(side.office, actor, {})); });
}

TEST_CASE("a list holds exactly the cases of who asks") {
    OfficeSide side;
    auto const first = side.report();
    auto const second = side.report();
    auto const elsewhere = side.report("globex");
    auto const ids = [&](Actor const& actor) {
        std::set<CaseId> found;
        auto const page = list_cases(side.office, actor, {});
        REQUIRE(page);
        for (auto const& one : page->cases) found.insert(one.row.id);
        CHECK(found.size() == page->cases.size());
        return found;
    };
    CHECK(ids(side.manager) == std::set{first.id, second.id});
    CHECK(ids(side.actor(Role::case_manager)).empty());
    CHECK(ids(side.at_acme) == std::set{first.id, second.id});
    CHECK(ids(side.at_globex) == std::set{elsewhere.id});
    CHECK(ids(side.client(second.person)) == std::set{second.id});
    CHECK(ids(side.client(PersonId::make(side.clock.now(), side.random))).empty());
    CHECK(ids(side.actor(Role::benefit_specialist)) == std::set{first.id, second.id, elsewhere.id});
    auto const page = list_cases(side.office, side.client(first.person), {});
    CHECK(page->cases.front().name.last_name == first.report.last_name);
    CHECK(page->cases.front().name.prefix == "van der");
}

TEST_CASE("pages are whole at their edges, also when every case began on the same day") {
    using Sizes = std::vector<std::size_t>;
    struct Edge {
        int count;
        Sizes pages;
    };
    for (int const per_day : {1000, 7, 1}) {
        for (auto const& [count, pages] : {Edge{0, {0}}, Edge{1, {1}}, Edge{100, {100}}, Edge{101, {100, 1}},
                                           Edge{200, {100, 100}}, Edge{201, {100, 100, 1}}}) {
            CAPTURE(per_day);
            CAPTURE(count);
            OfficeSide side;
            fill(side, count, per_day);
            for (auto const& actor : {side.manager, side.at_acme, side.actor(Role::benefit_specialist)})
                CHECK(pages_of(side, actor, count) == pages);
        }
    }
}

TEST_CASE("a view of the work holds what its name says, on the day before, the first and the last day") {
    OfficeSide side;
    REQUIRE(LocalDate::in_the_netherlands(side.clock.now()) == LocalDate::from(2026, 11, 18));  // a Wednesday
    auto const due = [&](std::string_view first_sick_day) {
        auto input = side.input();
        input.first_sick_day = std::string{first_sick_day};
        input.ground = "after_insurance";
        input.employment_end = LocalDate::parse_iso(first_sick_day)->plus_days(-1).to_string();
        return side.report(input).id;
    };
    // The report to UWV is due six weeks behind the first sick day.
    auto const yesterday = due("2026-10-06");
    auto const today = due("2026-10-07");
    auto const sunday = due("2026-10-11");
    auto const monday = due("2026-10-12");
    std::vector<CaseId> const everything{yesterday, today, sunday, monday};
    auto const view = [&](cases::CaseView which) {
        std::vector<CaseId> ids;
        auto const page = list_cases(side.office, side.manager, {}, {}, which);
        REQUIRE(page);
        for (auto const& one : page->cases) ids.push_back(one.row.id);
        return ids;
    };
    using enum cases::CaseView;
    CHECK(view(all) == everything);
    CHECK(view(late) == std::vector{yesterday});
    CHECK(view(this_week) == std::vector{today, sunday});
    CHECK(view(waiting).empty());
    CHECK(view(without_doctor) == everything);
    CHECK(count_work(side.office, side.manager) == std::vector<std::int64_t>{4, 1, 2, 0, 4});

    // Then the doctor must do the problem analysis, due on the same day.
    cases::TaskKey const report{cases::DeadlineKind::sick_report_to_uwv};
    REQUIRE(do_task(side.office, side.manager, today, TaskDone{report, LocalDate::from(2026, 11, 18), 0}));
    CHECK(view(waiting) == std::vector{today});
    CHECK(count_work(side.office, side.manager) == std::vector<std::int64_t>{4, 1, 2, 1, 4});
    auto const other = side.actor(Role::case_manager);
    CHECK(count_work(side.office, other) == std::vector<std::int64_t>{0, 0, 0, 0, 0});
    CHECK(count_work(side.office, side.at_acme) == std::vector<std::int64_t>{0, 0, 0, 0, 0});
    CHECK(came(count_work(side.office, other, side.manager.user)) == FailureKind::not_found);
    CHECK(count_work(side.office, side.substitute_of(side.manager.user), side.manager.user) ==
          std::vector<std::int64_t>{4, 1, 2, 1, 4});
    CHECK(came(list_cases(side.office, side.manager, {}, {},
                          std::unexpected(Failure{FailureKind::invalid}))) == FailureKind::invalid);
}

TEST_CASE("a case is found by its number, by who may search it") {
    OfficeSide side;
    auto const known = side.report();
    auto const elsewhere = side.report("globex");
    auto const find = [&](Actor const& actor, CaseId id, std::optional<UserId> of = {}) {
        auto const number = side.row(id).number;
        REQUIRE(number);
        auto const page = search_cases(side.office, actor, CaseSearch{*number, number->text()}, of);
        return page && page->cases.size() == 1 && page->cases.front().row.id == id;
    };
    CHECK(side.row(known.id).number != side.row(elsewhere.id).number);
    CHECK(find(side.manager, known.id));
    CHECK(find(side.at_acme, known.id));
    CHECK(find(side.actor(Role::benefit_specialist), elsewhere.id));
    CHECK_FALSE(find(side.manager, elsewhere.id));
    CHECK_FALSE(find(side.at_globex, known.id));
    auto const substitute = side.substitute_of(side.manager.user);
    CHECK(find(substitute, known.id, side.manager.user));
    CHECK_FALSE(find(substitute, elsewhere.id, side.manager.user));
    CHECK_FALSE(find(side.actor(Role::case_manager), known.id, side.manager.user));
}

TEST_CASE("who stands in finds people by name among the cases that were handed over") {
    OfficeSide side;
    auto const known = side.report();
    auto const substitute = side.substitute_of(side.manager.user);
    auto const found = [&](std::optional<UserId> of) {
        auto const page = search_cases(side.office, substitute, name_of(known.report.last_name), of);
        return page && !page->cases.empty();
    };
    CHECK_FALSE(found({}));
    CHECK(found(side.manager.user));
}

TEST_CASE("a cursor of nowhere gives what comes after that place, and nothing of somebody else") {
    OfficeSide side;
    auto const known = side.report();
    side.report("globex");
    auto const day = *LocalDate::from(2026, 11, 16);
    auto const after = [&](LocalDate at, CaseId id) {
        auto const page = list_cases(side.office, side.at_acme, cases::CaseCursor{at, id});
        REQUIRE(page);
        return page->cases.size();
    };
    CHECK(after(day, known.id) == 0);
    CHECK(after(day, CaseId{}) == 0);
    CHECK(after(day.plus_days(1), CaseId{}) == 1);
    CHECK(after(day.plus_days(-1), CaseId::make(side.clock.now(), side.random)) == 0);
    CHECK(after(*LocalDate::from(2199, 12, 31), CaseId{}) == 1);
    CHECK(after(*LocalDate::from(1900, 1, 1), CaseId{}) == 0);
}

TEST_CASE("a citizen is found by the number, by who may search, among the cases that are theirs") {
    OfficeSide side;
    auto const known = side.report();
    auto at_globex = known.report;
    at_globex.employer = "globex";
    auto const second = side.report(at_globex);
    auto const all = own_lists(side, known.person);
    as_each(side, Resource::case_list, Action::search, all,
            [&](Actor const& actor) { return came(search_cases(side.office, actor, number_of(known))); });
    auto const found = [&](Actor const& actor) {
        std::set<CaseId> ids;
        auto const page = search_cases(side.office, actor, number_of(known));
        REQUIRE(page);
        for (auto const& one : page->cases) ids.insert(one.row.id);
        return ids;
    };
    CHECK(found(side.manager) == std::set{known.id});
    CHECK(found(side.at_acme) == std::set{known.id});
    CHECK(found(side.at_globex) == std::set{second.id});
    CHECK(found(side.actor(Role::case_manager)).empty());
    CHECK(found(side.actor(Role::benefit_specialist)) == std::set{known.id, second.id});
}

TEST_CASE(
    "people are found by the beginning of their surname, each by who may search and among the own cases") {
    OfficeSide side;
    auto const make = [&](std::string last_name, std::string employer) {
        auto known = side.report();
        auto report = known.report;
        report.last_name = std::move(last_name);
        report.employer = std::move(employer);
        report.bsn = side.made_up.next_person(side.made_up_employer).bsn.text();
        return side.report(report);
    };
    auto const here = make("IJsselm\xC3\xBCller", "acme");
    auto const there = make("Ysselmuller-Bos", "globex");
    make("IJsselstein", "acme");
    auto const all = own_lists(side, here.person);
    as_each(side, Resource::case_list, Action::search, all,
            [&](Actor const& actor) { return came(search_cases(side.office, actor, name_of("ysselm"))); });
    auto const found = [&](Actor const& actor, std::string_view typed) {
        std::set<CaseId> ids;
        auto const page = search_cases(side.office, actor, name_of(typed));
        REQUIRE(page);
        for (auto const& one : page->cases) ids.insert(one.row.id);
        return ids;
    };
    CHECK(found(side.at_acme, "ijsselmu") == std::set{here.id});
    CHECK(found(side.at_globex, "Ysselm") == std::set{there.id});
    CHECK(found(side.at_acme, "yssel").size() == 2);
    CHECK(found(side.at_acme, "ysselmullerb").empty());
    CHECK(found(side.actor(Role::case_manager), "ysselm").empty());
    CHECK(found(side.actor(Role::benefit_specialist), "ysselm") == std::set{here.id, there.id});
    CHECK(found(side.actor(Role::benefit_specialist), "ysselmullerbos") == std::set{there.id});
    CHECK(side.lines().front().detail == "192.0.2.1\nysselmullerbos");
    // A token that a database administrator gave to somebody else finds nobody.
    side.tamper("UPDATE klout7_office.person_surname SET person_id = " + OfficeSide::literal(here.person) +
                " WHERE person_id = " + OfficeSide::literal(there.person) +
                " AND token NOT IN (SELECT token FROM (SELECT token FROM klout7_office.person_surname WHERE "
                "person_id = " +
                OfficeSide::literal(here.person) + ") AS own)");
    for (auto const& id : found(side.at_acme, "ysselm")) CHECK(id == here.id);
    side.shred(here.person);
    CHECK(found(side.at_acme, "ysselm").empty());
}

TEST_CASE(
    "what was searched stands sealed in the line, and a number that is none is told to who may search") {
    OfficeSide side;
    auto const known = side.report();
    REQUIRE(search_cases(side.office, side.manager, number_of(known)));
    CHECK(side.lines().front().detail == "192.0.2.1\n" + known.report.bsn);
    Given<CaseSearch> const none = std::unexpected(Failure{FailureKind::invalid});
    CHECK(came(search_cases(side.office, side.manager, none)) == FailureKind::invalid);
    CHECK(came(search_cases(side.office, side.client(known.person), none)) == FailureKind::not_allowed);
}

TEST_CASE("nothing is listed or found when its line cannot be written") {
    OfficeSide side;
    auto const known = side.report();
    without_log(side, [&] { return came(list_cases(side.office, side.manager, {})); });
    without_log(side, [&] { return came(search_cases(side.office, side.manager, number_of(known))); });
}

TEST_CASE("a shredded person stands in a list without a name; an altered name makes the list unavailable") {
    OfficeSide side;
    auto const shredded = side.report();
    auto const known = side.report();
    side.shred(shredded.person);
    auto const page = list_cases(side.office, side.manager, {});
    REQUIRE((page && page->cases.size() == 2));
    for (auto const& one : page->cases) CHECK(one.name.last_name.empty() == (one.row.id == shredded.id));
    side.tamper("UPDATE klout7_office.person SET prefix = '' WHERE id = " +
                OfficeSide::literal(known.person));
    CHECK(came(list_cases(side.office, side.manager, {})) == FailureKind::unavailable);
    CHECK(came(search_cases(side.office, side.manager, number_of(known))) == FailureKind::unavailable);
}
