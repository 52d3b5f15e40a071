#include "access/authorisation.h"

#include <doctest/doctest.h>

#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "access/actor.h"

using namespace klout7;
using namespace klout7::access;

namespace {

using Cell = std::tuple<std::string, std::string, std::string, std::string, std::string>;

std::vector<std::string> split(std::string const& line, char at) {
    std::vector<std::string> parts;
    std::istringstream in{line};
    for (std::string part; std::getline(in, part, at);) parts.push_back(part);
    return parts;
}

/// The grants as the case expert's table says them: side, role, thing, when, action.
std::set<Cell> expected_cells() {
    std::ifstream in{KLOUT7_LAW_TABLES "/authorisation.tsv"};
    REQUIRE(in.is_open());
    std::set<Cell> cells;
    bool header = true;
    for (std::string line; std::getline(in, line);) {
        if (line.empty() || line.front() == '#' || std::exchange(header, false)) continue;
        auto const column = split(line, '\t');
        REQUIRE_MESSAGE(column.size() == 6, line);
        for (auto const& action : split(column[4], ' ')) {
            bool const fresh = cells.emplace(column[0], column[1], column[2], column[3], action).second;
            CHECK_MESSAGE(fresh, "twice: ", line);
        }
    }
    return cells;
}

std::string text(std::string_view view) { return std::string{view}; }

}  // namespace

TEST_CASE("every cell of the table is granted or denied as tests/law/authorisation.tsv says") {
    auto const expected = expected_cells();
    std::size_t cells = 0;
    for (auto const side : {Side::office, Side::medical}) {
        for (auto const role : all_roles) {
            for (auto const resource : all_resources) {
                for (auto const action : all_actions) {
                    for (auto const relation : all_relations) {
                        auto const row = [&](Relation when) {
                            return Cell{text(name_of(side)), text(name_of(role)), text(name_of(resource)),
                                        text(name_of(when)), text(name_of(action))};
                        };
                        bool const granted =
                            expected.contains(row(relation)) || expected.contains(row(Relation::any));
                        ++cells;
                        if (decide(side, role, resource, action, relation) == granted) continue;
                        FAIL_CHECK("differs: " << name_of(side) << ' ' << name_of(role) << ' '
                                               << name_of(resource) << ' ' << name_of(action) << ' '
                                               << name_of(relation));
                    }
                }
            }
        }
    }
    CHECK(cells == 2 * all_roles.size() * all_resources.size() * all_actions.size() * all_relations.size());
}

TEST_CASE("each line of the expert's table is a grant, and there are no others") {
    std::set<Cell> granted;
    for (auto const side : {Side::office, Side::medical}) {
        for (auto const& grant : grants_of(side)) {
            bool const fresh =
                granted
                    .emplace(text(name_of(side)), text(name_of(grant.role)), text(name_of(grant.resource)),
                             text(name_of(grant.relation)), text(name_of(grant.action)))
                    .second;
            CHECK_MESSAGE(fresh, "a grant stands twice");
        }
    }
    CHECK(granted == expected_cells());
}

TEST_CASE("no role has a grant on a side where it does not exist, and none goes without a source") {
    for (auto const side : {Side::office, Side::medical}) {
        for (auto const& grant : grants_of(side)) {
            CHECK(exists_on(side, grant.role));
            CHECK(!grant.source.empty());
        }
    }
}

TEST_CASE("the office has no grant on anything medical, and nobody acts on cases who reads the log") {
    for (auto const& grant : grants_of(Side::office)) {
        CHECK(grant.resource != Resource::medical_file);
        CHECK(grant.resource != Resource::consult);
        CHECK(grant.resource != Resource::functional_abilities);
    }
    for (auto const side : {Side::office, Side::medical}) {
        for (auto const role : all_roles) {
            if (!decide(side, role, Resource::audit_log, Action::read, Relation::none)) continue;
            for (auto const& grant : grants_of(side)) {
                if (grant.role != role) continue;
                bool const is_own =
                    grant.resource == Resource::own_session || grant.resource == Resource::own_factor;
                // Looking at what a doctor opened in an emergency is controlling too, and so is deciding
                // about a document in quarantine, which shows nothing of it.
                bool const decides_release =
                    grant.resource == Resource::quarantine_release && grant.action != Action::create;
                // So is seeing what was paid in all, without anybody's name.
                bool const sees_totals =
                    (grant.resource == Resource::pay_run || grant.resource == Resource::payment_batch) &&
                    grant.action == Action::list;
                bool const controls = sees_totals || grant.resource == Resource::audit_log ||
                                      grant.resource == Resource::emergency_access || decides_release;
                CHECK((is_own || controls || grant.resource == Resource::user));
                CHECK((is_own || controls || grant.action != Action::change));
            }
        }
    }
}

TEST_CASE("only a doctor or the client reports recovery, and only a company doctor signs") {
    for (auto const side : {Side::office, Side::medical}) {
        for (auto const& grant : grants_of(side)) {
            if (grant.resource == Resource::recovery && grant.action == Action::create) {
                CHECK((grant.role == Role::client || grant.role == Role::company_doctor));
            }
            if (grant.action == Action::sign) CHECK(grant.role == Role::company_doctor);
        }
    }
}

TEST_CASE("what someone may not know of is not found, what may be read but not done is not allowed") {
    auto const refusal = [](Role role, Resource resource, Relation relation) {
        return refusal_for(Side::office, role, resource, relation);
    };
    CHECK(refusal(Role::case_manager, Resource::recovery, Relation::assigned) == Refusal::not_allowed_here);
    CHECK(refusal(Role::case_manager, Resource::recovery, Relation::none) == Refusal::not_found);
    CHECK(refusal(Role::employer, Resource::case_file, Relation::own_employer) == Refusal::not_allowed_here);
    CHECK(refusal(Role::employer, Resource::case_file, Relation::none) == Refusal::not_found);
    CHECK(refusal(Role::payments, Resource::user, Relation::none) == Refusal::not_found);
    CHECK(refusal(Role::auditor, Resource::user, Relation::none) == Refusal::not_allowed_here);
}

namespace {

UserId user(std::uint8_t n) { return UserId{Uuid{{n}}}; }
PersonId person(std::uint8_t n) { return PersonId{Uuid{{n}}}; }
EmployerId employer(std::uint8_t n) { return EmployerId{Uuid{{n}}}; }

Actor actor(Role role) {
    return {.user = user(1),
            .side = Side::office,
            .role = role,
            .person = {},
            .employer = {},
            .responsible = {},
            .session = {},
            .source = {},
            .signed_in_at = {}};
}

}  // namespace

TEST_CASE("a client stands in a relation to the own person only") {
    auto client = actor(Role::client);
    client.person = person(7);
    CHECK(relation_of(client, {Resource::case_file, {}, person(7)}) == Relation::own_person);
    CHECK(relation_of(client, {Resource::case_file, {}, person(8)}) == Relation::none);
    CHECK(relation_of(client, {Resource::case_file}) == Relation::none);
    client.person = {};
    CHECK(relation_of(client, {Resource::case_file}) == Relation::none);
}

TEST_CASE("an employer stands in a relation to its own people only, never as an assigned one") {
    auto boss = actor(Role::employer);
    boss.employer = employer(3);
    CHECK(relation_of(boss, {.resource = Resource::case_file, .employer = employer(3)}) ==
          Relation::own_employer);
    CHECK(relation_of(boss, {.resource = Resource::case_file, .employer = employer(4)}) == Relation::none);
    CHECK(relation_of(boss, {.resource = Resource::case_file, .assigned_user = user(1)}) == Relation::none);
    boss.employer = {};
    CHECK(relation_of(boss, {.resource = Resource::case_file}) == Relation::none);
}

TEST_CASE("a machine stands where its employer does, and may report sick and nothing else") {
    auto machine = actor(Role::employer_system);
    machine.employer = employer(3);
    CHECK(relation_of(machine, {.resource = Resource::sick_report, .employer = employer(3)}) ==
          Relation::own_employer);
    CHECK(relation_of(machine, {.resource = Resource::sick_report, .employer = employer(4)}) ==
          Relation::none);
    std::set<std::string> granted;
    for (auto const side : {Side::office, Side::medical}) {
        for (auto const& grant : grants_of(side)) {
            if (!is_of_machine(grant.role)) continue;
            granted.insert(text(name_of(grant.resource)) + " " + text(name_of(grant.action)) + " " +
                           text(name_of(grant.relation)));
        }
    }
    CHECK(granted ==
          std::set<std::string>{"sick_report create own_employer", "import_file create own_employer"});
}

TEST_CASE("a case manager is assigned, may take a case that waits, and is a stranger to others") {
    auto const manager = actor(Role::case_manager);
    CHECK(relation_of(manager, {.resource = Resource::case_file, .assigned_user = user(1)}) ==
          Relation::assigned);
    CHECK(relation_of(manager, {.resource = Resource::case_file, .assigned_user = user(2)}) ==
          Relation::none);
    CHECK(relation_of(manager, {.resource = Resource::case_file, .awaits_assignment = true}) ==
          Relation::unassigned);
    CHECK(relation_of(manager, {.resource = Resource::case_file,
                                .assigned_user = user(2),
                                .awaits_assignment = true}) == Relation::none);
    CHECK(relation_of(manager, {.resource = Resource::case_file}) == Relation::none);
}

TEST_CASE("delegated staff works in the cases of the own doctor, within what was handed over") {
    auto staff = actor(Role::delegated_staff);
    auto const all = Tasks::parse("consults documents letters");
    auto const consults_of = [&](UserId doctor, std::optional<Tasks> handed_over) {
        return relation_of(
            staff, {.resource = Resource::consult, .assigned_user = doctor, .handed_over = handed_over});
    };
    CHECK(consults_of(user(2), all) == Relation::none);
    staff.responsible = user(2);
    CHECK(consults_of(user(2), all) == Relation::delegated);
    CHECK(consults_of(user(2), {}) == Relation::none);
    CHECK(consults_of(user(3), all) == Relation::none);
    CHECK(consults_of(user(1), all) == Relation::none);
    CHECK(relation_of(staff, {.resource = Resource::consult}) == Relation::none);
}

TEST_CASE("what was handed over opens its own things, and who is ill since when") {
    auto staff = actor(Role::delegated_staff);
    staff.responsible = user(2);
    std::vector<std::pair<Resource, std::string_view>> const needs{
        {Resource::consult, "consults"},   {Resource::medical_file, "consults"},
        {Resource::document, "documents"}, {Resource::letter, "letters"},
        {Resource::case_file, ""},         {Resource::case_list, ""},
        {Resource::person_card, ""},       {Resource::recovery, ""}};
    for (auto const& [resource, task] : needs) {
        for (auto const given : all_tasks) {
            CAPTURE(name_of(resource));
            CAPTURE(name_of(given));
            auto const relation = relation_of(staff, {.resource = resource,
                                                      .assigned_user = user(2),
                                                      .handed_over = Tasks::parse(name_of(given))});
            bool const is_covered = task.empty() || task == name_of(given);
            CHECK(relation == (is_covered ? Relation::delegated : Relation::none));
        }
    }
}

TEST_CASE(
    "a colleague stands in where the cases were handed over, a doctor in an emergency where none were") {
    for (auto const role : {Role::case_manager, Role::company_doctor, Role::insurance_doctor}) {
        auto const colleague = actor(role);
        ObjectFacts facts{.resource = Resource::case_file, .assigned_user = user(2), .handed_over = Tasks{}};
        CHECK(relation_of(colleague, facts) == Relation::standing_in);
        facts.is_emergency = true;
        CHECK(relation_of(colleague, facts) == Relation::standing_in);
        facts.handed_over.reset();
        CHECK(relation_of(colleague, facts) == Relation::emergency);
        facts.assigned_user = user(1);
        CHECK(relation_of(colleague, facts) == Relation::assigned);
    }
}

TEST_CASE("tasks are read as they are written, and nothing else") {
    CHECK(Tasks::parse("")->empty());
    CHECK(Tasks::parse(" letters  consults ")->text() == "consults letters");
    CHECK(Tasks::parse("letters letters")->text() == "letters");
    CHECK_FALSE(Tasks::parse("letters diagnosis"));
    CHECK_FALSE(Tasks::parse("Letters"));
}

TEST_CASE("role codes are read back, and each side has its own account manager") {
    for (auto const role : all_roles) CHECK(parse_role(name_of(role)) == role);
    CHECK(!parse_role("doctor"));
    CHECK(!parse_role(""));
    for (auto const manager : all_roles) {
        for (auto const managed : all_roles) {
            CHECK(may_manage(Side::office, manager, managed) ==
                  (manager == Role::functional_administrator && managed != manager &&
                   managed != Role::employer_system && exists_on(Side::office, managed)));
            CHECK(may_manage(Side::medical, manager, managed) ==
                  (manager == Role::medical_account_manager && managed != manager &&
                   exists_on(Side::medical, managed)));
        }
    }
    CHECK(!may_manage(Side::office, Role::functional_administrator, Role::company_doctor));
    CHECK(!may_manage(Side::medical, Role::functional_administrator, Role::company_doctor));
}

TEST_CASE("of all pairs of roles one person may hold those with a client, and two that look at both sides") {
    std::set<std::string> allowed;
    for (auto const a_side : all_sides) {
        for (auto const b_side : all_sides) {
            for (auto const a : all_roles) {
                for (auto const b : all_roles) {
                    bool const exist = exists_on(a_side, a) && exists_on(b_side, b);
                    if (!exist) continue;
                    CHECK(may_be_one_person(a_side, a, b_side, b) == may_be_one_person(b_side, b, a_side, a));
                    if (a == Role::client || b == Role::client) {
                        CHECK(may_be_one_person(a_side, a, b_side, b) ==
                              !(is_of_machine(a) || is_of_machine(b)));
                    } else if (may_be_one_person(a_side, a, b_side, b)) {
                        allowed.insert(
                            std::string{name_of(a_side)}
                                .append(" ")
                                .append(name_of(a))
                                .append(", ")
                                .append(std::string{name_of(b_side)}.append(" ").append(name_of(b))));
                    }
                }
            }
        }
    }
    CHECK(allowed == std::set<std::string>{"office auditor, medical doctor_auditor",
                                           "medical doctor_auditor, office auditor",
                                           "office privacy_officer, medical privacy_officer",
                                           "medical privacy_officer, office privacy_officer"});
}
