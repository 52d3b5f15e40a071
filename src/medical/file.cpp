#include "file.h"

#include "access/accounts.h"
#include "base/check.h"
#include "store/row_tag.h"

namespace klout7::medical {
namespace {

using access::Failure;
using access::FailureKind;
using CaseColumns =
    store::Row<CaseId, PersonId, LocalDate, std::optional<LocalDate>, std::optional<UserId>, crypto::Sha256>;

/// Whose doctor it is decides who reads the medical file.
crypto::Sha256 tag_of(Keyring const& keyring, CaseRow const& row) {
    return store::row_tag(keyring, "medical_case",
                          {row.id, row.person, row.first_sick_day, row.recovered_from, row.doctor});
}

CaseRow row_of(Keyring const& keyring, CaseColumns const& columns) {
    auto const& [id, person, day, recovered, doctor, tag] = columns;
    CaseRow row{id, person, day, recovered, doctor};
    store::require_row_tag(tag, tag_of(keyring, row));
    return row;
}

/// The cases of `whose`, newest first, behind `after`.
std::vector<CaseRow> cases_where(store::Transaction& tx, Keyring const& keyring, store::Sql sql,
                                 store::Value const& whose, std::optional<CaseRow> const& after) {
    auto const from_day = after ? after->first_sick_day : *LocalDate::from(2199, 12, 31);
    auto const from_id = after ? after->id : CaseId{};
    std::vector<CaseRow> cases;
    for (auto const& row :
         tx.rows<CaseId, PersonId, LocalDate, std::optional<LocalDate>, std::optional<UserId>,
                 crypto::Sha256>(sql, whose, from_day, from_day, from_id))
        cases.push_back(row_of(keyring, row));
    return cases;
}

/// Of which case a note is, and who wrote it.
crypto::Sha256 consult_tag(Keyring const& keyring, Uuid id, CaseId case_id, UserId by, Instant at) {
    return store::row_tag(keyring, "consult", {id, case_id, by, at});
}

/// Of which case a version is, which one, and who signed it.
crypto::Sha256 abilities_tag(Keyring const& keyring, SignedAbilities::Row const& row) {
    return store::row_tag(keyring, "functional_abilities",
                          {row.id, row.case_id, row.version, row.signed_by, row.signed_at});
}

}  // namespace

access::ObjectFacts facts_of(access::Resource resource, std::optional<CaseRow> const& row) {
    if (!row) return {.resource = resource};
    return {.resource = resource,
            .case_id = row->id,
            .person = row->person,
            .assigned_user = row->doctor,
            .awaits_assignment = !row->doctor};
}

std::optional<CaseRow> find_case(store::Transaction& tx, Keyring const& keyring, CaseId id) {
    auto const row = tx.row<CaseId, PersonId, LocalDate, std::optional<LocalDate>, std::optional<UserId>,
                            crypto::Sha256>(
        "SELECT id, person_id, first_sick_day, recovered_from, doctor_id, tag FROM medical_case WHERE id = ?",
        id);
    return row ? std::optional{row_of(keyring, *row)} : std::nullopt;
}

std::vector<CaseRow> cases_of_doctor(store::Transaction& tx, Keyring const& keyring, UserId doctor,
                                     std::optional<CaseRow> const& after) {
    return cases_where(tx, keyring,
                       "SELECT id, person_id, first_sick_day, recovered_from, doctor_id, tag FROM "
                       "medical_case WHERE doctor_id = ? AND "
                       "(first_sick_day < ? OR (first_sick_day = ? AND id < ?)) ORDER BY first_sick_day "
                       "DESC, id DESC OFFSET 0 ROWS FETCH NEXT 100 ROWS ONLY",
                       doctor, after);
}

std::vector<CaseRow> cases_of_person(store::Transaction& tx, Keyring const& keyring, PersonId person,
                                     std::optional<CaseRow> const& after) {
    return cases_where(tx, keyring,
                       "SELECT id, person_id, first_sick_day, recovered_from, doctor_id, tag FROM "
                       "medical_case WHERE person_id = ? AND "
                       "(first_sick_day < ? OR (first_sick_day = ? AND id < ?)) ORDER BY first_sick_day "
                       "DESC, id DESC OFFSET 0 ROWS FETCH NEXT 100 ROWS ONLY",
                       person, after);
}

bool keep_person(store::Transaction& tx, Keys const& keys, handover::PersonCard const& card, Random& random) {
    bool const known =
        tx.row<PersonId>("SELECT id FROM medical_person WHERE id = ?", card.person).has_value();
    auto key = known ? keys.load(tx, card.person)
                     : std::expected<Key, vault::VaultError>{keys.create(tx, card.person)};
    if (!key) return false;
    auto const cell = [&](std::string_view column, std::string_view plain) {
        return key->cells().seal({"medical_person", column, card.person.uuid()}, plain, random);
    };
    auto const bsn = cell("bsn", card.bsn.text());
    auto const last_name = cell("last_name", card.last_name);
    auto const prefix = cell("prefix", card.prefix);
    auto const initials = cell("initials", card.initials);
    auto const born = cell("birth_date", card.birth_date.to_string());
    auto const phone = cell("phone", card.phone);
    if (known) {
        tx.execute(
            "UPDATE medical_person SET bsn = ?, last_name = ?, prefix = ?, initials = ?, birth_date = ?, "
            "phone = ? "
            "WHERE id = ?",
            bsn, last_name, prefix, initials, born, phone, card.person);
    } else {
        tx.execute(
            "INSERT INTO medical_person (id, bsn, last_name, prefix, initials, birth_date, phone) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            card.person, bsn, last_name, prefix, initials, born, phone);
    }
    return true;
}

bool keep_dates(store::Transaction& tx, Keyring const& keyring, handover::CaseDates const& dates) {
    if (!tx.row<PersonId>("SELECT id FROM medical_person WHERE id = ?", dates.person)) return false;
    auto const known = find_case(tx, keyring, dates.case_id);
    if (known && known->person != dates.person) return false;
    CaseRow const row{dates.case_id, dates.person, dates.first_sick_day, dates.recovered_from,
                      known ? known->doctor : std::nullopt};
    if (known) {
        tx.execute("UPDATE medical_case SET first_sick_day = ?, recovered_from = ?, tag = ? WHERE id = ?",
                   row.first_sick_day, row.recovered_from, tag_of(keyring, row), row.id);
    } else {
        tx.execute(
            "INSERT INTO medical_case (id, person_id, first_sick_day, recovered_from, tag) "
            "VALUES (?, ?, ?, ?, ?)",
            row.id, row.person, row.first_sick_day, row.recovered_from, tag_of(keyring, row));
    }
    return true;
}

bool keep_assignment(store::Transaction& tx, Keyring const& keyring, handover::Assignment const& assignment) {
    auto const doctor = access::find_account(tx, keyring, assignment.doctor);
    if (!doctor || doctor->is_closed || !access::may_have_cases(doctor->role)) return false;
    auto row = find_case(tx, keyring, assignment.case_id);
    if (!row) return false;
    row->doctor = assignment.doctor;
    tx.execute("UPDATE medical_case SET doctor_id = ?, tag = ? WHERE id = ?", row->doctor,
               tag_of(keyring, *row), row->id);
    return true;
}

std::expected<handover::PersonCard, Failure> person_of(store::Transaction& tx, Key const& key,
                                                       PersonId person) {
    auto const row = tx.row<Bytes, Bytes, Bytes, Bytes, Bytes, Bytes>(
        "SELECT bsn, last_name, prefix, initials, birth_date, phone FROM medical_person WHERE id = ?",
        person);
    if (!row) return std::unexpected(Failure{FailureKind::not_found});
    bool altered = false;
    auto const open = [&](std::string_view column, Bytes const& cell) {
        auto const plain = key.cells().open({"medical_person", column, person.uuid()}, cell);
        altered = altered || !plain;
        return plain ? std::string{plain->text()} : std::string{};
    };
    auto const& [bsn_cell, last_name, prefix, initials, born_cell, phone] = *row;
    auto const bsn = Bsn::parse(open("bsn", bsn_cell));
    auto const born = LocalDate::parse_iso(open("birth_date", born_cell));
    if (!bsn || !born) return std::unexpected(Failure{FailureKind::unavailable});
    handover::PersonCard card{person,
                              *bsn,
                              open("last_name", last_name),
                              open("prefix", prefix),
                              open("initials", initials),
                              *born,
                              open("phone", phone)};
    if (altered) return std::unexpected(Failure{FailureKind::unavailable});
    return card;
}

void add_consult(store::Transaction& tx, Keyring const& keyring, Key const& key, Uuid id, CaseId case_id,
                 std::string_view note, CasCode const& code, UserId by, Instant now, Random& random) {
    tx.execute(
        "INSERT INTO consult (id, case_id, note, cas_code, created_by, created_at, tag) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        id, case_id, key.cells().seal({"consult", "note", id}, note, random),
        key.cells().seal({"consult", "cas_code", id}, code.text(), random), by, now,
        consult_tag(keyring, id, case_id, by, now));
}

std::expected<std::vector<Consult>, Failure> consults_of(store::Transaction& tx, Keyring const& keyring,
                                                         Key const& key, CaseId id,
                                                         access::Access const& access) {
    require(access.covers(id), "a reader sees only the consults of the case that the gate cleared");
    std::vector<Consult> consults;
    for (auto const& [consult, note_cell, code_cell, by, at, tag] :
         tx.rows<Uuid, Bytes, Bytes, UserId, Instant, crypto::Sha256>(
             "SELECT id, note, cas_code, created_by, created_at, tag FROM consult WHERE case_id = ? ORDER BY "
             "created_at, id",
             id)) {
        store::require_row_tag(tag, consult_tag(keyring, consult, id, by, at));
        auto note = key.cells().open({"consult", "note", consult}, note_cell);
        auto code = key.cells().open({"consult", "cas_code", consult}, code_cell);
        if (!note || !code) return std::unexpected(Failure{FailureKind::unavailable});
        consults.push_back(
            {consult, by, at, MedicalText{id, std::move(*note)}, MedicalText{id, std::move(*code)}});
    }
    return consults;
}

NewestAbilities newest_abilities(store::Transaction& tx, CaseId case_id, Uuid id) {
    NewestAbilities newest;
    for (auto const& [version, known] : tx.rows<std::int64_t, Uuid>(
             "SELECT version, id FROM functional_abilities WHERE case_id = ? ORDER BY version", case_id)) {
        newest.version = version;
        newest.is_there = newest.is_there || known == id;
    }
    return newest;
}

void add_abilities(store::Transaction& tx, Keyring const& keyring, Key const& key,
                   SignedAbilities::Row const& row, FunctionalAbilities const& abilities,
                   std::string_view signer, Random& random) {
    tx.execute(
        "INSERT INTO functional_abilities (id, case_id, version, content, signed_by, signed_at, tag) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        row.id, row.case_id, row.version,
        key.cells().seal({"functional_abilities", "content", row.id}, encode(abilities, signer), random),
        row.signed_by, row.signed_at, abilities_tag(keyring, row));
}

std::expected<std::vector<SignedAbilities>, Failure> abilities_of(store::Transaction& tx,
                                                                  Keyring const& keyring, Key const& key,
                                                                  CaseId id, access::Access const& access) {
    require(access.covers(id), "a reader sees only the abilities of the case that the gate cleared");
    std::vector<SignedAbilities> versions;
    for (auto const& [list, version, cell, by, at, tag] :
         tx.rows<Uuid, std::int64_t, Bytes, UserId, Instant, crypto::Sha256>(
             "SELECT id, version, content, signed_by, signed_at, tag FROM functional_abilities WHERE case_id "
             "= ? "
             "ORDER BY version DESC",
             id)) {
        SignedAbilities::Row const row{list, id, version, by, at};
        store::require_row_tag(tag, abilities_tag(keyring, row));
        auto const plain = key.cells().open({"functional_abilities", "content", list}, cell);
        auto content = plain ? decode_abilities(plain->view()) : std::nullopt;
        if (!content) return std::unexpected(Failure{FailureKind::unavailable});
        versions.emplace_back(row, std::move(*content));
    }
    return versions;
}

void add_letter(store::Transaction& tx, Key const& key, handover::FeedbackLetter const& letter,
                Random& random) {
    tx.execute(
        "INSERT INTO signed_letter (id, case_id, content, signed_by, signed_at) VALUES (?, ?, ?, ?, ?)",
        letter.id, letter.case_id,
        key.cells().seal({"signed_letter", "content", letter.id.uuid()}, handover::encode(letter), random),
        letter.doctor, letter.signed_at);
}

std::expected<std::vector<handover::FeedbackLetter>, Failure> letters_of(store::Transaction& tx,
                                                                         Key const& key, CaseId id,
                                                                         access::Access const& access) {
    require(access.covers(id), "a reader sees only the letters of the case that the gate cleared");
    std::vector<handover::FeedbackLetter> letters;
    for (auto const& [letter, cell] : tx.rows<LetterId, Bytes>(
             "SELECT id, content FROM signed_letter WHERE case_id = ? ORDER BY signed_at, id", id)) {
        auto const plain = key.cells().open({"signed_letter", "content", letter.uuid()}, cell);
        auto content = plain ? handover::decode_letter(id, plain->view()) : std::nullopt;
        if (!content) return std::unexpected(Failure{FailureKind::unavailable});
        letters.push_back(std::move(*content));
    }
    return letters;
}

}  // namespace klout7::medical
