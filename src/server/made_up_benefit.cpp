#include "made_up_benefit.h"

#include <set>

#include "arguments.h"
#include "base/check.h"
#include "cases/courses.h"
#include "payments/made_up.h"
#include "payments/recorded_facts.h"
#include "people/payee_accounts.h"

namespace klout7::server {

void add_made_up_benefit(program::Program<OfficeZone>& office, store::Transaction& tx,
                         std::span<actions::Taken const> cases, MadeUpPeople& people) {
    auto const& frame = office.frame();
    auto const now = frame.clock.now();
    auto const today = LocalDate::in_the_netherlands(now);
    std::vector<CaseId> ids;
    std::vector<PersonId> whose;
    for (auto const& one : cases) {
        ids.push_back(one.case_id);
        whose.push_back(one.person);
    }
    auto const keys = frame.keys.load_many(tx, whose);
    auto const courses = cases::courses_of(tx, office.keyring(), ids, keys);
    auto const by = UserId::make(now, frame.random), other = UserId::make(now, frame.random);
    // Somebody with a second case has an account already.
    std::set<PersonId> with_account;
    for (auto const& one : people::approved_payee_accounts(tx, office.keyring(), whose))
        with_account.insert(one.person);
    std::vector<audit::Event> lines;
    for (std::size_t i = 0; i < cases.size(); ++i) {
        require(keys[i] && courses[i], "a made-up case can be read");
        auto const course = payments::course_of(*courses[i]);
        payments::add_facts(tx, office.keyring(), *keys[i], courses[i]->row,
                            {1, payments::made_up_facts(course, people.random()), by, now}, frame.random);
        auto const person = people.next_person({"Klout7", "KLT"});
        if (with_account.insert(whose[i]).second)
            people::add_payee_account(
                tx, office.keyring(), *keys[i],
                {people::PayeeAccountId::make(now, frame.random), whose[i], 1, person.iban,
                 person.initials + " " + person.last_name, by, now, people::AccountState::approved, other,
                 now, today.plus_days(-people::cooling_days), people::PayeeCheck::match},
                frame.random);
        auto line = operator_line("write", "benefit_facts", ids[i].uuid(), "made up", now);
        line.person = whose[i];
        lines.push_back(std::move(line));
    }
    frame.recorder.record(tx, lines);
}

}  // namespace klout7::server
