#include "actions/take_reports.h"

#include <map>

#include "cases/case_files.h"
#include "people/people.h"

namespace klout7::actions {
namespace {

using People = std::map<std::pair<EmployerId, Bsn>, PersonId>;

/// The employer of each report; empty where there is none, or it is another than `only`.
std::vector<std::optional<people::Employer>> employers_of(store::Transaction& tx,
                                                          people::Keyring const& keyring,
                                                          std::span<cases::SickReport const* const> reports,
                                                          std::optional<EmployerId> only) {
    std::map<std::string_view, std::optional<people::Employer>> known;
    std::vector<std::optional<people::Employer>> found;
    for (auto const* report : reports) {
        auto const [entry, is_new] = known.try_emplace(report->employer);
        if (is_new) {
            auto employer = people::find_employer(tx, keyring, report->employer);
            if (employer && (!only || employer->id == *only)) entry->second = std::move(employer);
        }
        found.push_back(entry->second);
    }
    return found;
}

}  // namespace

std::vector<Taken> take_reports(store::Transaction& tx, vault::PersonKeys<OfficeZone> const& keys,
                                std::span<cases::SickReport const* const> reports,
                                std::optional<EmployerId> only, Instant now, Random& random) {
    auto const employers = employers_of(tx, keys.keyring(), reports, only);
    std::vector<Taken> taken(reports.size());

    // Who is known already, and who is new: once per citizen and employer, also within this very list.
    std::vector<people::PersonQuery> queries;
    std::vector<std::size_t> query_of;
    for (std::size_t i = 0; i < reports.size(); ++i) {
        if (!employers[i]) continue;
        queries.push_back({employers[i]->id, reports[i]->bsn});
        query_of.push_back(i);
    }
    auto const known = people::find_people(tx, keys, queries);
    People people;
    std::vector<PersonId> known_people;
    std::vector<people::NewPerson> new_people;
    for (std::size_t q = 0; q < queries.size(); ++q) {
        auto const [entry, is_new] = people.try_emplace({queries[q].employer, queries[q].bsn});
        if (!is_new) continue;
        if (known[q]) {
            entry->second = *known[q];
            known_people.push_back(*known[q]);
            continue;
        }
        auto const& report = *reports[query_of[q]];
        entry->second = PersonId::make(now, random);
        new_people.push_back({entry->second,
                              queries[q].employer,
                              {report.bsn, report.staff_number, report.last_name, report.prefix,
                               report.initials, report.birth_date, report.phone}});
    }
    auto const new_keys = people::add_people(tx, keys, new_people, now, random);

    std::map<std::pair<PersonId, LocalDate>, CaseId> reported;
    for (auto const& day : cases::reported_days(tx, known_people))
        reported[{day.person, day.first_sick_day}] = day.case_id;

    std::map<PersonId, people::Key const*> key_of;
    for (std::size_t i = 0; i < new_people.size(); ++i) key_of[new_people[i].id] = &new_keys[i];
    auto const old_keys = keys.load_many(tx, known_people);
    for (std::size_t i = 0; i < known_people.size(); ++i)
        if (old_keys[i]) key_of[known_people[i]] = &*old_keys[i];

    std::vector<cases::NewCase> new_cases;
    std::vector<people::Key const*> case_keys;
    for (std::size_t i = 0; i < reports.size(); ++i) {
        if (!employers[i]) continue;
        auto const person = people.at({employers[i]->id, reports[i]->bsn});
        auto const key = key_of.find(person);
        auto const [entry, is_new] =
            reported.try_emplace({person, reports[i]->first_sick_day}, CaseId::make(now, random));
        if (key == key_of.end()) {
            taken[i].outcome = TakeOutcome::shredded;
            continue;
        }
        taken[i] = {is_new ? TakeOutcome::added : TakeOutcome::already_there, entry->second, person,
                    employers[i]->id};
        if (!is_new) continue;
        new_cases.push_back(
            {entry->second, person, employers[i]->id, employers[i]->case_manager, reports[i]});
        case_keys.push_back(key->second);
    }
    cases::add_cases(tx, keys.keyring(), new_cases, case_keys, now, random);
    return taken;
}

}  // namespace klout7::actions
