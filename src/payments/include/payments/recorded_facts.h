#pragma once

#include <expected>
#include <optional>
#include <span>
#include <vector>

#include "access/failure.h"
#include "benefits/case_facts.h"
#include "cases/courses.h"

/// What was recorded of a case so that its benefit can be reckoned. Nothing is written over: the newest
/// version counts. What is sealed is under the key of the person.
namespace klout7::payments {

using Key = cases::Key;
using Keyring = cases::Keyring;
using access::Failure;

struct RecordedFacts {
    std::int64_t number = 1;  ///< of this case, from 1
    benefits::CaseFacts facts;
    UserId recorded_by;
    Instant recorded_at;
};
/// Of one case.
inline constexpr std::int64_t most_versions_of_facts = 1000;

/// Errors of these: unavailable when a row is not what was written; one with another tag ends the work.
std::expected<std::optional<RecordedFacts>, Failure> newest_facts(store::Transaction& tx,
                                                                  Keyring const& keyring, Key const& key,
                                                                  CaseId id);
/// That version; nothing when there is none.
std::expected<std::optional<RecordedFacts>, Failure> facts_of(store::Transaction& tx, Keyring const& keyring,
                                                              Key const& key, CaseId id, std::int64_t number);
/// The newest of many cases, in the order of `ids`, with the key of the person of each; nothing where there
/// are none or they were altered.
std::vector<std::optional<RecordedFacts>> newest_facts_of(store::Transaction& tx, Keyring const& keyring,
                                                          std::span<CaseId const> ids,
                                                          std::span<std::optional<Key> const> keys);
/// The next pay run looks at the case. Two of one number end the work (already_there).
void add_facts(store::Transaction& tx, Keyring const& keyring, Key const& key, cases::CaseRow const& row,
               RecordedFacts const& facts, Random& random);

/// The cases that a pay run looks at, in the order of their ids, behind this one.
struct OpenCase {
    CaseId id;
    PersonId person;
};
std::vector<OpenCase> open_cases(store::Transaction& tx, CaseId after, std::int64_t most);
/// Something changed: the next pay run looks at it again. A case without facts stays out.
void open_again(store::Transaction& tx, CaseId id);
/// Nothing can come of them any more, until something changes.
void close_cases(store::Transaction& tx, std::span<CaseId const> ids);

/// What the calculation takes of a case.
benefits::CaseCourse course_of(cases::Course const& course);

}  // namespace klout7::payments
