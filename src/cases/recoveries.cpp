#include "cases/recoveries.h"

#include <utility>

#include "case_row.h"
#include "store/in_list.h"
#include "store/row_tag.h"

namespace klout7::cases {
namespace {

using handover::RecoveryBy;

using RecoveryId = Id<struct RecoveryIdKind>;
using Columns = store::Row<RecoveryId, CaseId, std::int64_t, std::optional<LocalDate>, std::string, UserId,
                           Instant, crypto::Sha256>;

crypto::Sha256 tag_of(Keyring const& keyring, RecoveryId id, Recovery const& row) {
    return store::row_tag(
        keyring, "recovery",
        {id, row.case_id, row.number, row.first_fit_day, name_of(row.by), row.user, row.reported_at});
}

Recovery recovery_of(Keyring const& keyring, Columns const& columns) {
    auto const& [id, case_id, number, day, role, user, at, tag] = columns;
    auto const by = role == name_of(RecoveryBy::client) ? RecoveryBy::client : RecoveryBy::company_doctor;
    Recovery const recovery{case_id, number, day, by, user, at};
    store::require_row_tag(tag, tag_of(keyring, id, recovery));
    return recovery;
}

constexpr store::SqlPart recovery_columns{
    "SELECT id, case_id, number, first_fit_day, by_role, by_user, reported_at, tag FROM recovery "};

std::vector<Recovery> newest(store::Transaction& tx, Keyring const& keyring, CaseId id, std::int64_t most) {
    std::vector<Recovery> found;
    for (auto const& columns : tx.rows<RecoveryId, CaseId, std::int64_t, std::optional<LocalDate>,
                                       std::string, UserId, Instant, crypto::Sha256>(
             store::sql<recovery_columns,
                        "WHERE case_id = ? ORDER BY number DESC OFFSET 0 ROWS FETCH NEXT ? ROWS ONLY">,
             id, most))
        found.push_back(recovery_of(keyring, columns));
    return found;
}

}  // namespace

std::string_view name_of(RecoveryBy by) {
    switch (by) {
        case RecoveryBy::client:
            return "client";
        case RecoveryBy::company_doctor:
            return "company_doctor";
    }
    std::unreachable();
}

std::vector<Recovery> recoveries_of(store::Transaction& tx, Keyring const& keyring, CaseId id) {
    return newest(tx, keyring, id, handover::recovery_most_reports);
}

std::optional<Recovery> newest_recovery(store::Transaction& tx, Keyring const& keyring, CaseId id) {
    auto const found = newest(tx, keyring, id, 1);
    return found.empty() ? std::nullopt : std::optional{found.front()};
}

std::map<CaseId, Recovery> newest_recoveries(store::Transaction& tx, Keyring const& keyring,
                                             std::span<CaseId const> ids) {
    std::map<CaseId, Recovery> found;
    store::in_lists(ids, [&](std::vector<store::Value> const& fifty) {
        for (auto const& row : tx.rows_with<RecoveryId, CaseId, std::int64_t, std::optional<LocalDate>,
                                            std::string, UserId, Instant, crypto::Sha256>(
                 store::sql<recovery_columns, "WHERE case_id ", store::in_list>, fifty)) {
            auto recovery = recovery_of(keyring, row);
            auto const [at, is_new] = found.try_emplace(recovery.case_id, recovery);
            if (!is_new && at->second.number < recovery.number) at->second = recovery;
        }
    });
    return found;
}

void add_recovery(store::Transaction& tx, Keyring const& keyring, Recovery const& recovery, Instant now,
                  Random& random) {
    auto const id = RecoveryId::make(now, random);
    tx.execute(
        "INSERT INTO recovery (id, case_id, number, first_fit_day, by_role, by_user, reported_at, tag) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        id, recovery.case_id, recovery.number, recovery.first_fit_day, name_of(recovery.by), recovery.user,
        recovery.reported_at, tag_of(keyring, id, recovery));
}

handover::RecoveryNow recovery_now(CaseRow const& row, std::optional<Recovery> const& newest,
                                   LocalDate today) {
    handover::RecoveryNow now{row.first_sick_day, today};
    if (!newest) return now;
    now.times = newest->number;
    now.first_fit_day = newest->first_fit_day;
    now.by = newest->by;
    now.reported_on = LocalDate::in_the_netherlands(newest->reported_at);
    return now;
}

bool set_recovered(store::Transaction& tx, CaseRow const& row, std::optional<LocalDate> recovered_from,
                   std::optional<NextStep> const& next) {
    auto const columns = columns_of(next);
    return tx.execute(
               "UPDATE case_file SET recovered_from = ?, next_task = ?, next_due = ?, next_waits = ?, "
               "version = version + 1 WHERE id = ? AND version = ?",
               recovered_from, columns.task, columns.due, columns.waits, row.id, row.version) == 1;
}

}  // namespace klout7::cases
