#include "cases/case_files.h"

#include <algorithm>
#include <map>

#include "access/frame.h"
#include "base/cbor.h"
#include "base/check.h"
#include "case_row.h"
#include "cases/courses.h"
#include "cases/recoveries.h"
#include "store/in_list.h"
#include "store/row_tag.h"

namespace klout7::cases {
namespace {

/// So many numbers in a row that no other case has: the first of them.
std::int64_t take_numbers(store::Transaction& tx, std::size_t count) {
    auto const many = static_cast<std::int64_t>(count);
    tx.execute("UPDATE case_counter SET last_number = last_number + ? WHERE id = 1", many);
    auto const last = tx.row<std::int64_t>("SELECT last_number FROM case_counter WHERE id = 1");
    require(last.has_value(), "cases are counted");
    return std::get<0>(*last) - many + 1;
}

/// The answers of the report that are not contact data, as one sealed value.
Bytes particulars_of(SickReport const& report) {
    CborWriter w;
    auto const flag = [&](std::optional<bool> answer) {
        if (answer)
            w.boolean(*answer);
        else
            w.null();
    };
    w.array(7);
    w.uint(static_cast<std::uint64_t>(report.ground));
    if (report.employment_end)
        w.integer(report.employment_end->days_since_1970());
    else
        w.null();
    if (report.expected_days)
        w.uint(*report.expected_days);
    else
        w.null();
    flag(report.safety_net);
    flag(report.work_accident);
    flag(report.traffic_accident_third_party);
    flag(report.running_work);
    return w.finish();
}

bool read_particulars(CaseDetails& details, BytesView bytes) {
    auto const value = CborValue::parse(bytes);
    auto const fields = value ? value->array() : std::unexpected(value.error());
    if (!fields || fields->size() != 7) return false;
    auto const ground = (*fields)[0].uint();
    if (!ground || *ground >= std::size(all_grounds)) return false;
    details.ground = static_cast<Ground>(*ground);
    if (auto const end = (*fields)[1].integer())
        details.employment_end = LocalDate::from_days_since_1970(static_cast<int>(*end));
    if (auto const days = (*fields)[2].uint()) details.expected_days = static_cast<std::uint16_t>(*days);
    auto const flag = [&](std::size_t at) -> std::optional<bool> {
        auto const answer = (*fields)[at].boolean();
        return answer ? std::optional{*answer} : std::nullopt;
    };
    details.safety_net = flag(3);
    details.work_accident = flag(4);
    details.traffic_accident_third_party = flag(5);
    details.running_work = flag(6);
    return true;
}

struct SealedDetails {
    Bytes const &phone, &nursing_address, &particulars;
};
/// Nothing when something was altered.
std::optional<CaseDetails> open_details(SealedDetails const& sealed, Key const& key, CaseId id) {
    auto const open = [&](std::string_view column, Bytes const& cell) {
        return key.cells().open({"case_file", column, id.uuid()}, cell);
    };
    auto const phone = open("phone", sealed.phone);
    auto const address = open("nursing_address", sealed.nursing_address);
    auto const particulars = open("particulars", sealed.particulars);
    CaseDetails details;
    if (!phone || !address || !particulars || !read_particulars(details, particulars->view()))
        return std::nullopt;
    details.phone = phone->text();
    details.nursing_address = address->text();
    return details;
}

}  // namespace

NextColumns columns_of(std::optional<NextStep> const& next) {
    if (!next) return {};
    return {next->task.text(), next->due, party_of(next->task.kind) != Party::administrator};
}

crypto::Sha256 tag_of(Keyring const& keyring, CaseRow const& row) {
    return store::row_tag(
        keyring, "case_file",
        {row.id, row.person, row.employer, row.first_sick_day, row.case_manager, row.doctor});
}

CaseRow row_of(Keyring const& keyring, CaseColumns const& columns) {
    auto const& [id, person, employer, first_sick_day, manager, doctor, received_at, number, version, task,
                 due, recovered_from, tag] = columns;
    CaseRow row{id,      person, employer,      first_sick_day,
                manager, doctor, received_at,   CaseNumber::of(number),
                version, {},     recovered_from};
    if (auto const key = TaskKey::parse(task)) row.next = NextStep{*key, due};
    store::require_row_tag(tag, tag_of(keyring, row));
    return row;
}

std::vector<CaseRow> case_rows(store::Transaction& tx, Keyring const& keyring, store::Sql sql,
                               std::vector<store::Value> const& values) {
    std::vector<CaseRow> rows;
    for (auto const& columns :
         tx.rows_with<CaseId, PersonId, EmployerId, LocalDate, std::optional<UserId>, std::optional<UserId>,
                      Instant, std::int64_t, std::int64_t, std::string, LocalDate, std::optional<LocalDate>,
                      crypto::Sha256>(sql, values))
        rows.push_back(row_of(keyring, columns));
    return rows;
}

access::ObjectFacts facts_of(access::Resource resource, std::optional<CaseRow> const& row) {
    if (!row) return {.resource = resource};
    return {.resource = resource,
            .case_id = row->id,
            .person = row->person,
            .employer = row->employer,
            .assigned_user = row->case_manager,
            .awaits_assignment = !row->case_manager};
}

void add_cases(store::Transaction& tx, Keyring const& keyring, std::span<NewCase const> cases,
               std::span<Key const* const> keys, Instant now, Random& random) {
    require(cases.size() == keys.size(), "each case comes with its person's key");
    if (cases.empty()) return;
    struct Cells {
        Bytes phone, nursing_address, particulars;
        crypto::Sha256 tag;
        NextColumns next;
    };
    std::vector<Cells> sealed;
    sealed.reserve(cases.size());
    for (std::size_t i = 0; i < cases.size(); ++i) {
        auto const& one = cases[i];
        auto const& report = *one.report;
        auto const cell = [&](std::string_view column, BytesView plain) {
            return keys[i]->cells().seal({"case_file", column, one.id.uuid()}, plain, random);
        };
        auto const deadlines =
            deadlines_of(deadline_facts(report.first_sick_day, report.ground, report.employment_end));
        sealed.push_back(
            {cell("phone", bytes_of(report.phone)), cell("nursing_address", bytes_of(report.nursing_address)),
             cell("particulars", particulars_of(report)),
             tag_of(keyring,
                    {one.id, one.person, one.employer, report.first_sick_day, one.case_manager, {}, now}),
             columns_of(next_step(steps_of(deadlines, {})))});
    }
    auto number = take_numbers(tx, cases.size());
    std::vector<std::vector<store::Value>> rows;
    rows.reserve(cases.size());
    for (std::size_t i = 0; i < cases.size(); ++i) {
        auto const& one = cases[i];
        rows.push_back({one.id, one.person, one.employer, one.report->first_sick_day, one.case_manager, now,
                        sealed[i].phone, sealed[i].nursing_address, sealed[i].particulars, number++,
                        sealed[i].next.task, sealed[i].next.due, sealed[i].next.waits, sealed[i].tag});
    }
    tx.insert_many(
        "INSERT INTO case_file (id, person_id, employer_id, first_sick_day, case_manager_id, received_at, "
        "phone, nursing_address, particulars, number, next_task, next_due, next_waits, tag) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows);
}

std::vector<ReportedDay> reported_days(store::Transaction& tx, std::span<PersonId const> people) {
    std::vector<ReportedDay> days;
    store::in_lists(people, [&](std::vector<store::Value> const& fifty) {
        for (auto const& [person, day, id] : tx.rows_with<PersonId, LocalDate, CaseId>(
                 store::sql<"SELECT person_id, first_sick_day, id FROM case_file WHERE person_id ",
                            store::in_list>,
                 fifty))
            days.push_back({person, day, id});
    });
    return days;
}

std::optional<CaseRow> find_case(store::Transaction& tx, Keyring const& keyring, CaseId id) {
    auto rows =
        case_rows(tx, keyring, store::sql<"SELECT ", case_columns, "FROM case_file c WHERE c.id = ?">, {id});
    return rows.empty() ? std::nullopt : std::optional{std::move(rows.front())};
}

std::expected<CaseContent, access::Failure> content_of(store::Transaction& tx, people::Keys const& keys,
                                                       CaseRow const& row, access::Access const& access) {
    require(access.covers(row.id), "a reader sees only the case that the gate cleared");
    using access::Failure, access::FailureKind;
    auto found = tx.rows<std::optional<std::int64_t>, std::optional<Bytes>, Bytes, Bytes, Bytes, Bytes, Bytes,
                         Bytes, Bytes, Bytes, Bytes, Bytes>(
        "SELECT k.key_version, k.wrapped, p.bsn, p.staff_number, p.last_name, p.prefix, p.initials, "
        "p.birth_date, p.phone, c.phone, c.nursing_address, c.particulars "
        "FROM case_file c JOIN person p ON p.id = c.person_id "
        "LEFT JOIN {KEYS}.person_key k ON k.person_id = p.id WHERE c.id = ? AND p.id = ?",
        row.id, row.person);
    if (found.empty()) return std::unexpected(Failure{FailureKind::not_found});
    // One row for each version of the key. To have them sorted would cost the database a temporary table.
    auto& [key_version, wrapped, bsn, staff_number, last_name, prefix, initials, birth_date, phone,
           case_phone, nursing_address, particulars] =
        *std::ranges::max_element(found, {}, [](auto const& one) { return std::get<0>(one); });
    if (!key_version || !wrapped)
        return std::unexpected(Failure{access::failure_of(vault::VaultError::no_key)});
    auto const key = keys.open(row.person, *key_version, std::move(*wrapped));
    if (!key) return std::unexpected(Failure{access::failure_of(key.error())});
    auto person = people::open_identity(
        {std::move(bsn), std::move(staff_number), std::move(last_name), std::move(prefix),
         std::move(initials), std::move(birth_date), std::move(phone)},
        *key, row.person, access);
    if (!person) return std::unexpected(person.error());
    auto details = open_details({case_phone, nursing_address, particulars}, *key, row.id);
    if (!details) return std::unexpected(Failure{FailureKind::unavailable});
    return CaseContent{std::move(*person), std::move(*details)};
}

DeadlineFacts deadline_facts(LocalDate first_sick_day, Ground ground,
                             std::optional<LocalDate> employment_end) {
    return {.ground = ground,
            .first_sick_day = first_sick_day,
            .interruptions = {},
            .employment_end = employment_end,
            .problem_analysis_made = {},
            .first_fit_day = {},
            .recovery_reported = {},
            .reported_to_uwv = {},
            .state_pension_day = {}};
}

std::expected<DeadlineFacts, access::Failure> deadline_facts_of(store::Transaction& tx, Key const& key,
                                                                CaseRow const& row) {
    auto const found = tx.row<Bytes>("SELECT particulars FROM case_file WHERE id = ?", row.id);
    require(found.has_value(), "a case that was read is there");
    auto const plain = key.cells().open({"case_file", "particulars", row.id.uuid()}, std::get<0>(*found));
    CaseDetails details;
    if (!plain || !read_particulars(details, plain->view()))
        return std::unexpected(access::Failure{access::FailureKind::unavailable});
    return deadline_facts(row.first_sick_day, details.ground, details.employment_end);
}

std::vector<std::optional<Course>> courses_of(store::Transaction& tx, Keyring const& keyring,
                                              std::span<CaseId const> ids,
                                              std::span<std::optional<Key> const> keys) {
    require(ids.size() == keys.size(), "each case comes with its person's key");
    std::map<CaseId, CaseRow> rows;
    std::map<CaseId, Bytes> particulars;
    store::in_lists(ids, [&](std::vector<store::Value> const& fifty) {
        for (auto& row : case_rows(
                 tx, keyring,
                 store::sql<"SELECT ", case_columns, "FROM case_file c WHERE c.id ", store::in_list>, fifty))
            rows.emplace(row.id, row);
        for (auto& [id, cell] : tx.rows_with<CaseId, Bytes>(
                 store::sql<"SELECT id, particulars FROM case_file WHERE id ", store::in_list>, fifty))
            particulars.emplace(id, std::move(cell));
    });
    auto const recoveries = newest_recoveries(tx, keyring, ids);
    std::vector<std::optional<Course>> found(ids.size());
    for (std::size_t i = 0; i < ids.size(); ++i) {
        auto const row = rows.find(ids[i]);
        if (row == rows.end() || !keys[i]) continue;
        auto const plain =
            keys[i]->cells().open({"case_file", "particulars", ids[i].uuid()}, particulars.at(ids[i]));
        CaseDetails details;
        if (!plain || !read_particulars(details, plain->view())) continue;
        auto const recovery = recoveries.find(ids[i]);
        found[i] = Course{row->second, details.ground, details.employment_end,
                          recovery == recoveries.end() ? std::nullopt : recovery->second.first_fit_day};
    }
    return found;
}

bool set_doctor(store::Transaction& tx, Keyring const& keyring, CaseRow row, UserId doctor) {
    row.doctor = doctor;
    return tx.execute(
               "UPDATE case_file SET doctor_id = ?, tag = ?, version = version + 1 WHERE id = ? AND version "
               "= ?",
               row.doctor, tag_of(keyring, row), row.id, row.version) == 1;
}

std::vector<DoneTask> done_tasks(store::Transaction& tx, CaseId id) {
    std::vector<DoneTask> done;
    for (auto const& [task, done_on, by] : tx.rows<std::string, LocalDate, UserId>(
             "SELECT task, done_on, done_by FROM case_task WHERE case_id = ? AND done_on IS NOT NULL", id))
        if (auto const key = TaskKey::parse(task)) done.push_back({*key, done_on, by});
    return done;
}

void mark_task(store::Transaction& tx, CaseId id, TaskKey const& task, std::optional<LocalDate> done_on,
               UserId by, Instant now) {
    auto const name = task.text();
    auto const known = tx.execute(
        "UPDATE case_task SET done_on = ?, done_by = ?, marked_at = ? WHERE case_id = ? AND task = ?",
        done_on, by, now, id, name);
    if (known == 0)
        tx.execute(
            "INSERT INTO case_task (case_id, task, done_on, done_by, marked_at) VALUES (?, ?, ?, ?, ?)", id,
            name, done_on, by, now);
}

bool set_next_step(store::Transaction& tx, CaseRow const& row, std::optional<NextStep> const& next) {
    auto const columns = columns_of(next);
    return tx.execute(
               "UPDATE case_file SET next_task = ?, next_due = ?, next_waits = ?, version = version + 1 "
               "WHERE id = ? AND version = ?",
               columns.task, columns.due, columns.waits, row.id, row.version) == 1;
}

void keep_doctor(store::Transaction& tx, Keyring const& keyring, handover::DoctorAvailable const& doctor,
                 Random& random) {
    auto const name = keyring.cells().seal({"doctor", "name", doctor.doctor.uuid()}, doctor.name, random);
    auto const known = tx.execute("UPDATE doctor SET name = ?, is_available = ? WHERE id = ?", name,
                                  doctor.is_available, doctor.doctor);
    if (known == 0)
        tx.execute("INSERT INTO doctor (id, name, is_available) VALUES (?, ?, ?)", doctor.doctor, name,
                   doctor.is_available);
}

std::expected<std::vector<Doctor>, access::Failure> available_doctors(store::Transaction& tx,
                                                                      Keyring const& keyring) {
    std::vector<Doctor> doctors;
    auto const cells = keyring.cells();
    for (auto const& [id, cell] :
         tx.rows<UserId, Bytes>("SELECT id, name FROM doctor WHERE is_available = 1 ORDER BY id")) {
        auto const name = cells.open({"doctor", "name", id.uuid()}, cell);
        if (!name) return std::unexpected(access::Failure{access::FailureKind::unavailable});
        doctors.push_back({id, std::string{name->text()}});
    }
    return doctors;
}

bool keep_letter(store::Transaction& tx, Key const& key, PersonId person,
                 handover::FeedbackLetter const& letter, Instant now, Random& random) {
    if (tx.row<LetterId>("SELECT id FROM letter WHERE id = ?", letter.id)) return false;
    tx.execute("INSERT INTO letter (id, case_id, person_id, content, received_at) VALUES (?, ?, ?, ?, ?)",
               letter.id, letter.case_id, person,
               key.cells().seal({"letter", "content", letter.id.uuid()}, handover::encode(letter), random),
               now);
    return true;
}

std::expected<std::vector<handover::FeedbackLetter>, access::Failure> letters_of(
    store::Transaction& tx, Key const& key, CaseId id, access::Access const& access) {
    require(access.covers(id), "a reader sees only the letters of the case that the gate cleared");
    std::vector<handover::FeedbackLetter> letters;
    for (auto const& [letter, cell] : tx.rows<LetterId, Bytes>(
             "SELECT id, content FROM letter WHERE case_id = ? ORDER BY received_at, id", id)) {
        auto const plain = key.cells().open({"letter", "content", letter.uuid()}, cell);
        auto content = plain ? handover::decode_letter(id, plain->view()) : std::nullopt;
        if (!content) return std::unexpected(access::Failure{access::FailureKind::unavailable});
        letters.push_back(std::move(*content));
    }
    return letters;
}

}  // namespace klout7::cases
