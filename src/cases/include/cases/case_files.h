#pragma once

#include <expected>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "access/actor.h"
#include "access/failure.h"
#include "access/gate.h"
#include "cases/case_number.h"
#include "cases/sick_report.h"
#include "cases/tasks.h"
#include "handover/messages.h"
#include "people/people.h"
#include "store/database.h"
#include "vault/person_keys.h"

namespace klout7::cases {

using Key = vault::PersonKeys<OfficeZone>::Key;
using Keyring = crypto::Keyring<OfficeZone>;

/// A case as its row says it, without what is sealed: enough to decide who may see more. The row carries a
/// tag; reading one that was not written by a program with this keyring ends the work (broken).
struct CaseRow {
    CaseId id;
    PersonId person;
    EmployerId employer;
    LocalDate first_sick_day;
    std::optional<UserId> case_manager;
    std::optional<UserId> doctor;  ///< a user of the medical side
    Instant received_at;
    // What follows decides nothing and is not under the tag.
    std::optional<CaseNumber> number = {};  ///< a case from before there were numbers has none
    std::int64_t version = 0;               ///< grows with each change: who saw an older one is told
    std::optional<NextStep> next = {};
    /// As lists show it; what counts is the newest report (recoveries.h).
    std::optional<LocalDate> recovered_from = {};
};

/// What the authorisation table needs to know of it; of no case when there is none.
access::ObjectFacts facts_of(access::Resource resource, std::optional<CaseRow> const& row);

struct NewCase {
    CaseId id;
    PersonId person;
    EmployerId employer;
    std::optional<UserId> case_manager;
    SickReport const* report;
};

/// Makes cases of reports. `keys[i]` is the key of the person of `cases[i]`. A person who was reported for
/// that day already ends the work (already_there).
void add_cases(store::Transaction& tx, Keyring const& keyring, std::span<NewCase const> cases,
               std::span<Key const* const> keys, Instant now, Random& random);

/// Which of these people were reported for which days.
struct ReportedDay {
    PersonId person;
    LocalDate first_sick_day;
    CaseId case_id;
};
std::vector<ReportedDay> reported_days(store::Transaction& tx, std::span<PersonId const> people);

std::optional<CaseRow> find_case(store::Transaction& tx, Keyring const& keyring, CaseId id);

/// The permitted extras of the report, opened for a reader who was cleared for this case.
struct CaseDetails {
    std::string phone;
    std::string nursing_address;
    Ground ground = Ground::fictitious_employment;
    std::optional<LocalDate> employment_end;
    std::optional<std::uint16_t> expected_days;
    std::optional<bool> safety_net;
    std::optional<bool> work_accident;
    std::optional<bool> traffic_accident_third_party;
    std::optional<bool> running_work;
};
/// What is sealed of a case and of whom it is about.
struct CaseContent {
    people::Identity person;
    CaseDetails details;
};
/// Read in one statement and opened, for a reader who was cleared for both.
std::expected<CaseContent, access::Failure> content_of(store::Transaction& tx, people::Keys const& keys,
                                                       CaseRow const& row, access::Access const& access);

/// What the law asks of a case, as far as its report tells.
DeadlineFacts deadline_facts(LocalDate first_sick_day, Ground ground,
                             std::optional<LocalDate> employment_end);

/// The same, opened for the program itself, which keeps up what must be done first: nobody reads it. Errors:
/// unavailable when it was altered.
std::expected<DeadlineFacts, access::Failure> deadline_facts_of(store::Transaction& tx, Key const& key,
                                                                CaseRow const& row);

/// `row` as it was just read. False: somebody else changed it since.
bool set_doctor(store::Transaction& tx, Keyring const& keyring, CaseRow row, UserId doctor);

// What was done of the steps of the law.

std::vector<DoneTask> done_tasks(store::Transaction& tx, CaseId id);
/// Writes down that it was done on that day, or (nothing) that it was not done after all.
void mark_task(store::Transaction& tx, CaseId id, TaskKey const& task, std::optional<LocalDate> done_on,
               UserId by, Instant now);
/// `row` as it was just read. False: somebody else changed it since.
bool set_next_step(store::Transaction& tx, CaseRow const& row, std::optional<NextStep> const& next);

// What the medical side told.

void keep_doctor(store::Transaction& tx, Keyring const& keyring, handover::DoctorAvailable const& doctor,
                 Random& random);
struct Doctor {
    UserId id;
    std::string name;
};
/// Errors: unavailable when a name is not what was written.
std::expected<std::vector<Doctor>, access::Failure> available_doctors(store::Transaction& tx,
                                                                      Keyring const& keyring);

/// False when that letter is there already: it stays as it was.
bool keep_letter(store::Transaction& tx, Key const& key, PersonId person,
                 handover::FeedbackLetter const& letter, Instant now, Random& random);
/// Oldest first.
std::expected<std::vector<handover::FeedbackLetter>, access::Failure> letters_of(
    store::Transaction& tx, Key const& key, CaseId id, access::Access const& access);

}  // namespace klout7::cases
