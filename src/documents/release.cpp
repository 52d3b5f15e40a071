#include "documents/release.h"

#include <array>

#include "base/named.h"
#include "store/first_of.h"
#include "store/row_tag.h"

namespace klout7::documents {
namespace {

constexpr std::array all_states{ReleaseState::asked, ReleaseState::released, ReleaseState::refused};

template <class Zone>
crypto::Sha256 tag_of(crypto::Keyring<Zone> const& keyring, Release const& release) {
    return store::row_tag(keyring, "document_release",
                          {release.id, release.document, release.asked_by, release.asked_at,
                           name_of(release.state), release.decided_by, release.decided_at});
}

crypto::CellPlace reason_cell(ReleaseId id) { return {"document_release", "reason", id.uuid()}; }

constexpr store::SqlPart columns{
    "SELECT id, document_id, reason, asked_by, asked_at, state, decided_by, decided_at, tag "
    "FROM document_release "};
using Columns = store::Row<ReleaseId, DocumentId, Bytes, UserId, Instant, std::string, std::optional<UserId>,
                           std::optional<Instant>, crypto::Sha256>;

template <class Zone>
ReleaseRow row_of(crypto::Keyring<Zone> const& keyring, Columns const& found) {
    auto const& [id, document, reason, asked_by, asked_at, state, decided_by, decided_at, tag] = found;
    Release const release{id,         document,  {},
                          asked_by,   asked_at,  named(all_states, state).value_or(ReleaseState::refused),
                          decided_by, decided_at};
    store::require_row_tag(tag, tag_of(keyring, release));
    return {release, reason};
}

template <class Zone>
std::vector<ReleaseRow> rows_of(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                                store::Sql statement, std::vector<store::Value> const& values) {
    std::vector<ReleaseRow> rows;
    for (auto const& found :
         tx.rows_with<ReleaseId, DocumentId, Bytes, UserId, Instant, std::string, std::optional<UserId>,
                      std::optional<Instant>, crypto::Sha256>(statement, values))
        rows.push_back(row_of(keyring, found));
    return rows;
}

}  // namespace

std::string_view name_of(ReleaseState state) {
    switch (state) {
        case ReleaseState::asked:
            return "asked";
        case ReleaseState::released:
            return "released";
        case ReleaseState::refused:
            return "refused";
    }
    return {};
}

template <class Zone>
void add_release(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                 typename vault::PersonKeys<Zone>::Key const& key, Release const& release, Random& random) {
    tx.execute(
        "INSERT INTO document_release (id, document_id, reason, asked_by, asked_at, state, tag) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        release.id, release.document,
        key.cells().seal(reason_cell(release.id), bytes_of(release.reason), random), release.asked_by,
        release.asked_at, name_of(release.state), tag_of(keyring, release));
}

template <class Zone>
std::optional<ReleaseRow> find_release(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                                       ReleaseId id) {
    return store::first_of(rows_of(tx, keyring, store::sql<columns, "WHERE id = ?">, {id}));
}

template <class Zone>
std::vector<ReleaseRow> open_releases(store::Transaction& tx, crypto::Keyring<Zone> const& keyring) {
    return rows_of(tx, keyring,
                   store::sql<columns,
                              "WHERE state = 'asked' ORDER BY asked_at, id OFFSET 0 ROWS FETCH NEXT 100 "
                              "ROWS ONLY">,
                   {});
}

template <class Zone>
std::optional<ReleaseRow> newest_release(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                                         DocumentId document) {
    return store::first_of(rows_of(
        tx, keyring,
        store::sql<columns,
                   "WHERE document_id = ? ORDER BY asked_at DESC, id DESC OFFSET 0 ROWS FETCH NEXT 1 ROWS "
                   "ONLY">,
        {document}));
}

template <class Zone>
std::optional<std::string> reason_of(typename vault::PersonKeys<Zone>::Key const& key,
                                     ReleaseRow const& row) {
    auto const text = key.cells().open(reason_cell(row.release.id), row.reason);
    return text ? std::optional{std::string{text->text()}} : std::nullopt;
}

template <class Zone>
bool decide(store::Transaction& tx, crypto::Keyring<Zone> const& keyring, Release const& decided) {
    return tx.execute(
               "UPDATE document_release SET state = ?, decided_by = ?, decided_at = ?, tag = ? "
               "WHERE id = ? AND state = 'asked'",
               name_of(decided.state), decided.decided_by, decided.decided_at, tag_of(keyring, decided),
               decided.id) == 1;
}

#define KLOUT7_FOR(Zone)                                                                                 \
    template void add_release<Zone>(store::Transaction&, crypto::Keyring<Zone> const&,                   \
                                    vault::PersonKeys<Zone>::Key const&, Release const&, Random&);       \
    template std::optional<ReleaseRow> find_release(store::Transaction&, crypto::Keyring<Zone> const&,   \
                                                    ReleaseId);                                          \
    template std::vector<ReleaseRow> open_releases(store::Transaction&, crypto::Keyring<Zone> const&);   \
    template std::optional<ReleaseRow> newest_release(store::Transaction&, crypto::Keyring<Zone> const&, \
                                                      DocumentId);                                       \
    template std::optional<std::string> reason_of<Zone>(vault::PersonKeys<Zone>::Key const&,             \
                                                        ReleaseRow const&);                              \
    template bool decide(store::Transaction&, crypto::Keyring<Zone> const&, Release const&);
KLOUT7_FOR(OfficeZone)
KLOUT7_FOR(MedicalZone)
#undef KLOUT7_FOR

}  // namespace klout7::documents
