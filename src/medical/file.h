#pragma once

#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "access/actor.h"
#include "access/failure.h"
#include "access/gate.h"
#include "functional_abilities.h"
#include "handover/messages.h"
#include "medical_text.h"
#include "store/database.h"
#include "vault/person_keys.h"

namespace klout7::medical {

using Keys = vault::PersonKeys<MedicalZone>;
using Key = Keys::Key;
using Keyring = crypto::Keyring<MedicalZone>;

/// A case as its row says it. The row carries a tag; reading one that was not written by a program with this
/// keyring ends the work (broken).
struct CaseRow {
    CaseId id;
    PersonId person;
    LocalDate first_sick_day;
    std::optional<LocalDate> recovered_from;
    std::optional<UserId> doctor;
};
access::ObjectFacts facts_of(access::Resource resource, std::optional<CaseRow> const& row);
std::optional<CaseRow> find_case(store::Transaction& tx, Keyring const& keyring, CaseId id);
/// Newest first; at most 100 after `after`.
std::vector<CaseRow> cases_of_doctor(store::Transaction& tx, Keyring const& keyring, UserId doctor,
                                     std::optional<CaseRow> const& after);
std::vector<CaseRow> cases_of_person(store::Transaction& tx, Keyring const& keyring, PersonId person,
                                     std::optional<CaseRow> const& after);

// What the office told. False when it cannot be.
bool keep_person(store::Transaction& tx, Keys const& keys, handover::PersonCard const& card, Random& random);
bool keep_dates(store::Transaction& tx, Keyring const& keyring, handover::CaseDates const& dates);
bool keep_assignment(store::Transaction& tx, Keyring const& keyring, handover::Assignment const& assignment);

/// Who it is about; of a list, of each.
std::expected<handover::PersonCard, access::Failure> person_of(store::Transaction& tx, Key const& key,
                                                               PersonId person);

struct Consult {
    Uuid id;
    UserId created_by;
    Instant created_at;
    MedicalText note;
    MedicalText cas_code;
};
inline constexpr std::size_t longest_note = 20'000;  ///< code points
void add_consult(store::Transaction& tx, Keyring const& keyring, Key const& key, Uuid id, CaseId case_id,
                 std::string_view note, CasCode const& code, UserId by, Instant now, Random& random);
std::expected<std::vector<Consult>, access::Failure> consults_of(store::Transaction& tx,
                                                                 Keyring const& keyring, Key const& key,
                                                                 CaseId id, access::Access const& access);

/// The number of the newest version of a case, 0 for none, and whether it has a version with this id.
struct NewestAbilities {
    std::int64_t version = 0;
    bool is_there = false;
};
NewestAbilities newest_abilities(store::Transaction& tx, CaseId case_id, Uuid id);
void add_abilities(store::Transaction& tx, Keyring const& keyring, Key const& key,
                   SignedAbilities::Row const& row, FunctionalAbilities const& abilities,
                   std::string_view signer, Random& random);
/// Newest first.
std::expected<std::vector<SignedAbilities>, access::Failure> abilities_of(store::Transaction& tx,
                                                                          Keyring const& keyring,
                                                                          Key const& key, CaseId id,
                                                                          access::Access const& access);

void add_letter(store::Transaction& tx, Key const& key, handover::FeedbackLetter const& letter,
                Random& random);
std::expected<std::vector<handover::FeedbackLetter>, access::Failure> letters_of(
    store::Transaction& tx, Key const& key, CaseId id, access::Access const& access);

}  // namespace klout7::medical
