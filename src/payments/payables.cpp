#include "payments/payables.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/check.h"
#include "base/named.h"
#include "store/first_of.h"
#include "store/in_list.h"
#include "store/row_tag.h"

namespace klout7::payments {
namespace {

constexpr std::array all_states{PayableState::open, PayableState::batched, PayableState::held,
                                PayableState::nothing};

/// Without the state, which says how far it is and not what it is worth.
crypto::Sha256 tag_of(Keyring const& keyring, PayableId id, PayRunId run, CaseId case_id, PersonId person,
                      std::int64_t number) {
    return store::row_tag(keyring, "payable", {id, run, case_id, person, number});
}

crypto::CellPlace content_cell(PayableId id) { return {"payable", "content", id.uuid()}; }

constexpr store::SqlPart payable_columns{
    "SELECT p.id, p.run_id, p.case_id, p.person_id, p.number, p.state, p.content, p.tag FROM payable p "};

std::vector<PayableRow> rows_of(store::Transaction& tx, Keyring const& keyring, store::Sql statement,
                                std::vector<store::Value> const& values) {
    std::vector<PayableRow> rows;
    for (auto& [id, run, case_id, person, number, state, content, tag] :
         tx.rows_with<PayableId, PayRunId, CaseId, PersonId, std::int64_t, std::string, Bytes,
                      crypto::Sha256>(statement, values)) {
        store::require_row_tag(tag, tag_of(keyring, id, run, case_id, person, number));
        rows.push_back({id, run, case_id, person, number,
                        named(all_states, state).value_or(PayableState::held), std::move(content)});
    }
    return rows;
}

}  // namespace

std::string_view name_of(PayableState state) {
    switch (state) {
        case PayableState::open:
            return "open";
        case PayableState::batched:
            return "batched";
        case PayableState::held:
            return "held";
        case PayableState::nothing:
            return "nothing";
    }
    std::unreachable();
}

std::optional<Payable> open_payable(PayableRow const& row, Key const& key) {
    auto const plain = key.cells().open(content_cell(row.id), row.content);
    if (!plain) return std::nullopt;
    auto payment = benefits::decode_case_payment(plain->view());
    if (!payment) return std::nullopt;
    return Payable{row.id, row.run, row.case_id, row.person, row.number, std::move(*payment), row.state};
}

void add_payables(store::Transaction& tx, Keyring const& keyring, std::span<Payable const> payables,
                  std::span<Key const* const> keys, Random& random) {
    require(payables.size() == keys.size(), "each payable comes with its person's key");
    if (payables.empty()) return;
    struct Cells {
        Bytes content;
        crypto::Sha256 tag;
    };
    std::vector<Cells> cells;
    cells.reserve(payables.size());
    std::vector<std::vector<store::Value>> rows;
    rows.reserve(payables.size());
    for (std::size_t i = 0; i < payables.size(); ++i) {
        auto const& one = payables[i];
        cells.push_back({keys[i]->cells().seal(content_cell(one.id), benefits::encode(one.payment), random),
                         tag_of(keyring, one.id, one.run, one.case_id, one.person, one.number)});
        rows.push_back({one.id, one.run, one.case_id, one.person, one.number, cells.back().content,
                        cells.back().tag, name_of(one.state)});
    }
    tx.insert_many(
        "INSERT INTO payable (id, run_id, case_id, person_id, number, content, tag, state) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        rows);
}

std::map<CaseId, PayableRow> newest_payables(store::Transaction& tx, Keyring const& keyring,
                                             std::span<CaseId const> ids) {
    std::map<CaseId, PayableRow> found;
    store::in_lists(ids, [&](std::vector<store::Value> const& fifty) {
        for (auto& row : rows_of(tx, keyring,
                                 store::sql<payable_columns, "WHERE p.case_id ", store::in_list,
                                            "AND p.number = (SELECT MAX(n.number) FROM payable n "
                                            "WHERE n.case_id = p.case_id)">,
                                 fifty))
            found.emplace(row.case_id, std::move(row));
    });
    return found;
}

std::vector<PayableRow> payables_of(store::Transaction& tx, Keyring const& keyring, CaseId id) {
    return rows_of(tx, keyring, store::sql<payable_columns, "WHERE p.case_id = ? ORDER BY p.number DESC">,
                   {id});
}

std::optional<PayableRow> find_payable(store::Transaction& tx, Keyring const& keyring, PayableId id) {
    auto rows = rows_of(tx, keyring, store::sql<payable_columns, "WHERE p.id = ?">, {id});
    return store::first_of(std::move(rows));
}

std::vector<PayableRow> payables_in(store::Transaction& tx, Keyring const& keyring, PayableState state,
                                    PayableId after, std::int64_t most) {
    return rows_of(tx, keyring,
                   store::sql<payable_columns,
                              "WHERE p.state = ? AND p.id > ? ORDER BY p.id OFFSET 0 ROWS FETCH NEXT ? ROWS "
                              "ONLY">,
                   {name_of(state), after, most});
}

std::int64_t count_payables(store::Transaction& tx, PayableState state) {
    return std::get<0>(*tx.row<std::int64_t>("SELECT COUNT(*) FROM payable WHERE state = ?", name_of(state)));
}

bool move_payable(store::Transaction& tx, PayableId id, PayableState from, PayableState to) {
    return tx.execute("UPDATE payable SET state = ? WHERE id = ? AND state = ?", name_of(to), id,
                      name_of(from)) == 1;
}

}  // namespace klout7::payments
