#include "payments/recorded_facts.h"

#include <map>
#include <utility>

#include "base/check.h"
#include "store/in_list.h"
#include "store/row_tag.h"

namespace klout7::payments {
namespace {

using FactsId = Id<struct FactsIdKind>;

struct FactsRow {
    FactsId id;
    CaseId case_id;
    std::int64_t number = 0;
    UserId recorded_by;
    Instant recorded_at;
    Bytes content;
};

crypto::Sha256 tag_of(Keyring const& keyring, FactsRow const& row) {
    return store::row_tag(keyring, "benefit_facts",
                          {row.id, row.case_id, row.number, row.recorded_by, row.recorded_at});
}

crypto::CellPlace content_cell(FactsId id) { return {"benefit_facts", "content", id.uuid()}; }

constexpr store::SqlPart facts_columns{
    "SELECT f.id, f.case_id, f.number, f.recorded_by, f.recorded_at, f.content, f.tag "
    "FROM benefit_facts f "};
constexpr store::SqlPart is_newest{
    "AND f.number = (SELECT MAX(n.number) FROM benefit_facts n WHERE n.case_id = f.case_id)"};

std::vector<FactsRow> rows_of(store::Transaction& tx, Keyring const& keyring, store::Sql statement,
                              std::vector<store::Value> const& values) {
    std::vector<FactsRow> rows;
    for (auto& [id, case_id, number, by, at, content, tag] :
         tx.rows_with<FactsId, CaseId, std::int64_t, UserId, Instant, Bytes, crypto::Sha256>(statement,
                                                                                             values)) {
        FactsRow row{id, case_id, number, by, at, std::move(content)};
        store::require_row_tag(tag, tag_of(keyring, row));
        rows.push_back(std::move(row));
    }
    return rows;
}

/// Nothing when it was altered.
std::optional<RecordedFacts> open(FactsRow const& row, Key const& key) {
    auto const plain = key.cells().open(content_cell(row.id), row.content);
    if (!plain) return std::nullopt;
    auto facts = benefits::decode_case_facts(plain->view());
    if (!facts) return std::nullopt;
    return RecordedFacts{row.number, std::move(*facts), row.recorded_by, row.recorded_at};
}

std::expected<std::optional<RecordedFacts>, Failure> open_first(std::vector<FactsRow> const& rows,
                                                                Key const& key) {
    if (rows.empty()) return std::nullopt;
    auto facts = open(rows.front(), key);
    if (!facts) return std::unexpected(Failure{access::FailureKind::unavailable});
    return facts;
}

}  // namespace

std::expected<std::optional<RecordedFacts>, Failure> newest_facts(store::Transaction& tx,
                                                                  Keyring const& keyring, Key const& key,
                                                                  CaseId id) {
    return open_first(
        rows_of(tx, keyring, store::sql<facts_columns, "WHERE f.case_id = ? ", is_newest>, {id}), key);
}

std::expected<std::optional<RecordedFacts>, Failure> facts_of(store::Transaction& tx, Keyring const& keyring,
                                                              Key const& key, CaseId id,
                                                              std::int64_t number) {
    return open_first(
        rows_of(tx, keyring, store::sql<facts_columns, "WHERE f.case_id = ? AND f.number = ?">, {id, number}),
        key);
}

std::vector<std::optional<RecordedFacts>> newest_facts_of(store::Transaction& tx, Keyring const& keyring,
                                                          std::span<CaseId const> ids,
                                                          std::span<std::optional<Key> const> keys) {
    require(ids.size() == keys.size(), "each case comes with its person's key");
    std::map<CaseId, FactsRow> rows;
    store::in_lists(ids, [&](std::vector<store::Value> const& fifty) {
        for (auto& row :
             rows_of(tx, keyring, store::sql<facts_columns, "WHERE f.case_id ", store::in_list, is_newest>,
                     fifty))
            rows.emplace(row.case_id, std::move(row));
    });
    std::vector<std::optional<RecordedFacts>> found(ids.size());
    for (std::size_t i = 0; i < ids.size(); ++i) {
        auto const row = rows.find(ids[i]);
        if (row != rows.end() && keys[i]) found[i] = open(row->second, *keys[i]);
    }
    return found;
}

void add_facts(store::Transaction& tx, Keyring const& keyring, Key const& key, cases::CaseRow const& row,
               RecordedFacts const& facts, Random& random) {
    FactsRow added{FactsId::make(facts.recorded_at, random),
                   row.id,
                   facts.number,
                   facts.recorded_by,
                   facts.recorded_at,
                   {}};
    added.content = key.cells().seal(content_cell(added.id), benefits::encode(facts.facts), random);
    tx.execute(
        "INSERT INTO benefit_facts (id, case_id, number, content, recorded_by, recorded_at, tag) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        added.id, added.case_id, added.number, added.content, added.recorded_by, added.recorded_at,
        tag_of(keyring, added));
    if (tx.execute("UPDATE benefit_case SET is_open = 1 WHERE case_id = ?", row.id) == 0)
        tx.execute("INSERT INTO benefit_case (case_id, person_id, is_open) VALUES (?, ?, 1)", row.id,
                   row.person);
}

std::vector<OpenCase> open_cases(store::Transaction& tx, CaseId after, std::int64_t most) {
    std::vector<OpenCase> found;
    for (auto const& [id, person] : tx.rows<CaseId, PersonId>(
             "SELECT case_id, person_id FROM benefit_case WHERE is_open = 1 AND case_id > ? "
             "ORDER BY case_id OFFSET 0 ROWS FETCH NEXT ? ROWS ONLY",
             after, most))
        found.push_back({id, person});
    return found;
}

void open_again(store::Transaction& tx, CaseId id) {
    tx.execute("UPDATE benefit_case SET is_open = 1 WHERE case_id = ?", id);
}

void close_cases(store::Transaction& tx, std::span<CaseId const> ids) {
    for (auto const& id : ids) tx.execute("UPDATE benefit_case SET is_open = 0 WHERE case_id = ?", id);
}

benefits::CaseCourse course_of(cases::Course const& course) {
    using cases::Ground;
    return {.first_sick_day = course.row.first_sick_day,
            .first_fit_day = course.first_fit_day,
            .is_after_insurance = course.ground == Ground::after_insurance,
            .employment_end = course.ground == Ground::contract_ended ? course.employment_end : std::nullopt};
}

}  // namespace klout7::payments
