#pragma once

#include "access/testing.h"
#include "actions/office.h"
#include "actions/report_sick.h"
#include "base/made_up.h"
#include "cases/case_files.h"
#include "people/employers.h"

namespace klout7::actions::testing {

using namespace access::testing;
using access::Action;
using access::FailureKind;
using access::Relation;
using access::Resource;
using access::Role;

/// The office side with two employers, acme with a case manager and globex without, and people of every role.
struct OfficeSide : TestSide<OfficeZone> {
    exchange::Exchange<OfficeZone> exchange{database, keyring, clock, random};
    Office office{frame, exchange};
    MadeUpPeople made_up{5};
    MadeUpEmployer made_up_employer = made_up.next_employer();

    Actor manager = actor(Role::case_manager);
    EmployerId acme = employer("acme", manager.user);
    EmployerId globex = employer("globex", {});
    Actor at_acme = of_employer(acme);
    Actor at_globex = of_employer(globex);

    Actor of_employer(EmployerId of) {
        auto one = actor(Role::employer);
        one.employer = of;
        return one;
    }
    Actor machine_of(EmployerId of) {
        auto one = actor(Role::employer_system);
        one.employer = of;
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
        return {*id, row(*id).person, std::move(given)};
    }
    /// As it stands there now; without a line.
    cases::CaseRow row(CaseId id) {
        auto const found =
            database.transact([&](store::Transaction& tx) { return cases::find_case(tx, keyring, id); });
        REQUIRE((found && *found));
        return **found;
    }
    Case report(std::string of = "acme") { return report(input(std::move(of))); }

    /// Another case manager, to whom this one handed the cases over.
    Actor substitute_of(UserId case_manager) {
        auto one = actor(Role::case_manager);
        hand_over(case_manager, one.user);
        return one;
    }

    /// Everybody, as they stand to a case at acme.
    std::vector<Asking> everybody(PersonId person) {
        return {{"the client", client(person), Relation::own_person},
                {"another client", client(PersonId::make(clock.now(), random)), Relation::none},
                {"a client who is nobody", actor(Role::client), Relation::none},
                {"the employer", at_acme, Relation::own_employer},
                {"another employer", at_globex, Relation::none},
                {"an employer who is none", actor(Role::employer), Relation::none},
                {"a machine of the employer", machine_of(acme), Relation::own_employer},
                {"a machine of another employer", machine_of(globex), Relation::none},
                {"the case manager", manager, Relation::assigned},
                {"another case manager", actor(Role::case_manager), Relation::none},
                {"a case manager who stands in", substitute_of(manager.user), Relation::standing_in,
                 manager.user},
                {"a benefit specialist", actor(Role::benefit_specialist), Relation::none},
                {"payments", actor(Role::payments), Relation::none},
                {"the functional administrator", actor(Role::functional_administrator), Relation::none},
                {"the privacy officer", actor(Role::privacy_officer), Relation::none},
                {"the security officer", actor(Role::security_officer), Relation::none},
                {"the auditor", actor(Role::auditor), Relation::none}};
    }
};

}  // namespace klout7::actions::testing
