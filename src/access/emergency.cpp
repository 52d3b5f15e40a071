#include "access/emergency.h"

#include <algorithm>

#include "store/row_tag.h"

namespace klout7::access {
namespace {

crypto::Sha256 tag_of(MedicalKeyring const& keyring, EmergencyAccess const& access) {
    return store::row_tag(keyring, "emergency_access",
                          {access.id, access.user, access.case_id, access.opened_at, access.reviewed_by,
                           access.reviewed_at, access.is_justified});
}

crypto::CellPlace reason_cell(EmergencyId id) { return {"emergency_access", "reason", id.uuid()}; }

std::vector<EmergencyWithReason> emergencies_where(store::Transaction& tx, MedicalKeyring const& keyring,
                                                   store::Sql sql, auto const&... parameters) {
    std::vector<EmergencyWithReason> found;
    for (auto const& [id, user, case_id, opened, by, at, justified, reason, tag] :
         tx.rows<EmergencyId, UserId, CaseId, Instant, std::optional<UserId>, std::optional<Instant>,
                 std::optional<bool>, Bytes, crypto::Sha256>(sql, parameters...)) {
        EmergencyAccess const access{id, user, case_id, opened, by, at, justified};
        store::require_row_tag(tag, tag_of(keyring, access));
        auto const plain = keyring.cells().open(reason_cell(id), reason);
        if (!plain) store::unexpected_cell();
        found.push_back({access, std::string{plain->text()}});
    }
    return found;
}

}  // namespace

void insert_emergency(store::Transaction& tx, MedicalKeyring const& keyring, EmergencyAccess const& access,
                      std::string_view reason, Random& random) {
    tx.execute(
        "INSERT INTO emergency_access (id, user_id, case_id, reason, opened_at, tag) VALUES (?, ?, ?, ?, ?, "
        "?)",
        access.id, access.user, access.case_id,
        keyring.cells().seal(reason_cell(access.id), bytes_of(reason), random), access.opened_at,
        tag_of(keyring, access));
}

bool is_open_in_emergency(store::Transaction& tx, MedicalKeyring const& keyring, UserId user, CaseId case_id,
                          Instant now) {
    return !emergencies_where(tx, keyring,
                              "SELECT id, user_id, case_id, opened_at, reviewed_by, reviewed_at, "
                              "is_justified, reason, tag FROM emergency_access WHERE user_id = ? AND "
                              "case_id = ? AND opened_at > ?",
                              user, case_id, now - emergency_lasts)
                .empty();
}

bool has_overdue_emergency(store::Transaction& tx, MedicalKeyring const& keyring, UserId user, Instant now) {
    return !emergencies_where(tx, keyring,
                              "SELECT id, user_id, case_id, opened_at, reviewed_by, reviewed_at, "
                              "is_justified, reason, tag FROM emergency_access WHERE user_id = ? AND "
                              "reviewed_at IS NULL AND opened_at < ?",
                              user, now - emergency_reviewed_within)
                .empty();
}

std::vector<EmergencyWithReason> unreviewed_emergencies(store::Transaction& tx,
                                                        MedicalKeyring const& keyring) {
    return emergencies_where(tx, keyring,
                             "SELECT id, user_id, case_id, opened_at, reviewed_by, reviewed_at, "
                             "is_justified, reason, tag FROM emergency_access WHERE reviewed_at IS NULL "
                             "ORDER BY opened_at, id OFFSET 0 ROWS FETCH NEXT ? ROWS ONLY",
                             std::int64_t{100});
}

std::optional<EmergencyAccess> find_emergency(store::Transaction& tx, MedicalKeyring const& keyring,
                                              EmergencyId id) {
    auto const found = emergencies_where(tx, keyring,
                                         "SELECT id, user_id, case_id, opened_at, reviewed_by, reviewed_at, "
                                         "is_justified, reason, tag FROM emergency_access WHERE id = ?",
                                         id);
    return found.empty() ? std::nullopt : std::optional{found.front().access};
}

bool review_emergency(store::Transaction& tx, MedicalKeyring const& keyring, EmergencyAccess access,
                      UserId by, bool is_justified, Instant now) {
    access.reviewed_by = by;
    access.reviewed_at = now;
    access.is_justified = is_justified;
    return tx.execute(
               "UPDATE emergency_access SET reviewed_by = ?, reviewed_at = ?, is_justified = ?, tag = ? "
               "WHERE id = ? AND reviewed_at IS NULL",
               access.reviewed_by, access.reviewed_at, access.is_justified, tag_of(keyring, access),
               access.id) == 1;
}

}  // namespace klout7::access
