#include "documents/documents.h"

#include <algorithm>

#include "base/big_endian.h"
#include "base/check.h"
#include "store/row_tag.h"
#include "store_name.h"
#include "stored_document.h"

namespace klout7::documents {
namespace {

// What the sealed cell size_bytes holds: the case(16), the size(8) and the type(1), which is 0 where the gate
// found none. The case is in it so that a row that was moved to another case tells. Before there was a gate
// it had no type: what it was of was a PDF.
constexpr std::size_t size_end = Uuid::size_bytes + 8;

Bytes size_cell(DocumentView const& document) {
    Bytes plain;
    append(plain, document.row.case_id.bytes());
    append_u64(plain, document.size_bytes);
    plain.push_back(document.type ? gate::number_of(*document.type) : std::uint8_t{0});
    return plain;
}

struct SizeAndType {
    std::uint64_t size_bytes = 0;
    std::optional<gate::FileType> type;
};
std::optional<SizeAndType> size_in(BytesView plain, CaseId case_id) {
    if ((plain.size() != size_end && plain.size() != size_end + 1) ||
        !std::ranges::equal(plain.first(Uuid::size_bytes), case_id.bytes()))
        return std::nullopt;
    SizeAndType found;
    found.size_bytes = big_endian(plain.subspan(Uuid::size_bytes, 8));
    found.type = plain.size() == size_end ? gate::FileType::pdf : gate::type_of_number(plain.back());
    return found;
}

/// Of which case a document is decides who may open it.
template <class Zone>
crypto::Sha256 tag_of(crypto::Keyring<Zone> const& keyring, DocumentRow const& row) {
    // Before there were versions each was a first one, and stays what was written then.
    if (row.version == 1)
        return store::row_tag(keyring, "document",
                              {row.id, row.case_id, row.person, row.created_by, row.created_at});
    return store::row_tag(
        keyring, "document",
        {row.id, row.case_id, row.person, row.created_by, row.created_at, row.first, row.version});
}

}  // namespace

template <class Zone>
void add_document(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                  typename vault::PersonKeys<Zone>::Key const& key, DocumentView const& document,
                  std::string const& signatures, Random& random) {
    auto const& row = document.row;
    tx.execute(
        "INSERT INTO document (id, case_id, person_id, file_name, size_bytes, sealed_bytes, created_by, "
        "created_at, series_id, version, tag) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        row.id, row.case_id, row.person,
        key.cells().seal({"document", "file_name", row.id.uuid()}, document.file_name, random),
        key.cells().seal({"document", "size_bytes", row.id.uuid()}, size_cell(document), random),
        static_cast<std::int64_t>(crypto::sealed_size(crypto::padded_size(document.size_bytes))),
        row.created_by, row.created_at, row.first_version(), row.version, tag_of(keyring, row));
    add_verdict(tx, keyring, key, row.id, {document.verdict, signatures, row.created_at}, random);
}

namespace {

constexpr store::SqlPart row_columns{
    "d.id, d.case_id, d.person_id, d.created_by, d.created_at, d.series_id, d.version, d.tag "};
template <class Zone>
DocumentRow row_of(crypto::Keyring<Zone> const& keyring, DocumentRow const& row, crypto::Sha256 const& tag) {
    store::require_row_tag(tag, tag_of(keyring, row));
    return row;
}

/// What stands in the rows of a document besides whose it is.
constexpr store::SqlPart view_columns{
    "d.file_name, d.size_bytes, s.state, s.finding, s.scanned_at, s.tag, w.reason, w.moved_to, "
    "w.withdrawn_by, w.withdrawn_at, w.tag "};
constexpr store::SqlPart from_documents{
    "FROM document d LEFT JOIN document_scan s ON s.document_id = d.id "
    "LEFT JOIN document_withdrawal w ON w.document_id = d.id "};
struct ViewColumns {
    Bytes file_name;
    Bytes size_bytes;
    VerdictColumns verdict;
    WithdrawalColumns withdrawal;
};

template <class Zone>
std::optional<DocumentView> view_of(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                                    typename vault::PersonKeys<Zone>::Key const& key, DocumentRow const& row,
                                    ViewColumns const& columns) {
    auto const name = key.cells().open({"document", "file_name", row.id.uuid()}, columns.file_name);
    auto const size = key.cells().open({"document", "size_bytes", row.id.uuid()}, columns.size_bytes);
    auto const known = size ? size_in(size->view(), row.case_id) : std::nullopt;
    auto verdict = verdict_in(keyring, key, row.id, columns.verdict);
    if (!name || !known || !verdict) return std::nullopt;
    DocumentView view{row, std::string{name->text()}, known->size_bytes, std::move(*verdict), known->type};
    view.withdrawal = withdrawal_in(keyring, row.id, columns.withdrawal);
    // Only what was in quarantine was ever asked for.
    if (view.verdict.reason) {
        if (auto const newest = newest_release(tx, keyring, row.id)) view.release = newest->release.state;
    }
    return view;
}

}  // namespace

template <class Zone>
std::optional<DocumentRow> find_document(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                                         DocumentId id) {
    auto const found =
        tx.row<DocumentId, CaseId, PersonId, UserId, Instant, DocumentId, std::int64_t, crypto::Sha256>(
            store::sql<"SELECT ", row_columns, "FROM document d WHERE d.id = ?">, id);
    if (!found) return std::nullopt;
    auto const& [same, case_id, person, by, at, first, version, tag] = *found;
    return row_of(keyring, {id, case_id, person, by, at, first, version}, tag);
}

std::optional<std::int64_t> next_version(store::Transaction& tx, DocumentRow const& row) {
    std::int64_t last = 0;
    std::optional<DocumentId> newest;
    for (auto const& [id, version, withdrawn] : tx.rows<DocumentId, std::int64_t, std::optional<Instant>>(
             "SELECT d.id, d.version, w.withdrawn_at FROM document d LEFT JOIN document_withdrawal w "
             "ON w.document_id = d.id WHERE d.series_id = ? ORDER BY d.version DESC",
             row.first_version())) {
        last = std::max(last, version);
        if (!newest && !withdrawn) newest = id;
    }
    return newest == row.id ? std::optional{last + 1} : std::nullopt;
}

template <class Zone>
std::expected<std::vector<DocumentView>, access::Failure> documents_of(
    store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
    typename vault::PersonKeys<Zone>::Key const& key, CaseId id, access::Access const& access) {
    require(access.covers(id), "a reader sees only the documents of the case that the gate cleared");
    std::vector<DocumentView> views;
    for (auto& [document, case_id, person, by, at, first, version, tag, name, size, state, finding,
                scanned_at, scan_tag, why, moved_to, withdrawn_by, withdrawn_at, withdrawal_tag] :
         tx.rows<DocumentId, CaseId, PersonId, UserId, Instant, DocumentId, std::int64_t, crypto::Sha256,
                 Bytes, Bytes, std::optional<std::string>, std::optional<Bytes>, std::optional<Instant>,
                 std::optional<crypto::Sha256>, std::optional<std::string>, std::optional<DocumentId>,
                 std::optional<UserId>, std::optional<Instant>, std::optional<crypto::Sha256>>(
             store::sql<"SELECT ", row_columns, ", ", view_columns, from_documents,
                        "WHERE d.case_id = ? ORDER BY d.created_at, d.id">,
             id)) {
        auto const row = row_of(keyring, {document, id, person, by, at, first, version}, tag);
        auto view = view_of(tx, keyring, key, row,
                            {std::move(name),
                             std::move(size),
                             {state, finding, scanned_at, scan_tag},
                             {why, moved_to, withdrawn_by, withdrawn_at, withdrawal_tag}});
        if (!view) return std::unexpected(access::Failure{access::FailureKind::unavailable});
        views.push_back(std::move(*view));
    }
    return views;
}

template <class Zone>
std::optional<OpenDocument<Zone>> open_stored(store::Transaction& tx, Store const& store,
                                              crypto::Keyring<Zone> const& keyring,
                                              typename vault::PersonKeys<Zone>::Key&& key,
                                              DocumentRow const& row) {
    auto const cells =
        tx.row<Bytes, Bytes, std::optional<std::string>, std::optional<Bytes>, std::optional<Instant>,
               std::optional<crypto::Sha256>, std::optional<std::string>, std::optional<DocumentId>,
               std::optional<UserId>, std::optional<Instant>, std::optional<crypto::Sha256>>(
            store::sql<"SELECT ", view_columns, from_documents, "WHERE d.id = ?">, row.id);
    if (!cells) return std::nullopt;
    auto const& [name, size, state, finding, scanned_at, scan_tag, why, moved_to, withdrawn_by, withdrawn_at,
                 withdrawal_tag] = *cells;
    auto view = view_of(tx, keyring, key, row,
                        {name,
                         size,
                         {state, finding, scanned_at, scan_tag},
                         {why, moved_to, withdrawn_by, withdrawn_at, withdrawal_tag}});
    auto file = store.read(store_name(keyring, row.id));
    if (!view || !file) return std::nullopt;
    auto shared_file = std::make_shared<Store::Reader>(std::move(*file));
    auto shared_key = std::make_shared<typename vault::PersonKeys<Zone>::Key>(std::move(key));
    auto content = crypto::DocumentOpener<Zone>::open(
        *shared_key, keyring.identity().environment, {row.person, row.id, 1}, shared_file->size(),
        [shared_file](std::uint64_t offset, BytesSpan out) { return shared_file->read(offset, out); });
    if (!content || content->padded_bytes() != crypto::padded_size(view->size_bytes)) return std::nullopt;
    return OpenDocument<Zone>{std::move(*view), shared_file, shared_key,
                              std::make_shared<crypto::DocumentOpener<Zone>>(std::move(*content))};
}

template <class Zone>
std::expected<OpenDocument<Zone>, access::Failure> open_document(store::Transaction& tx, Store const& store,
                                                                 crypto::Keyring<Zone> const& keyring,
                                                                 typename vault::PersonKeys<Zone>::Key&& key,
                                                                 DocumentRow const& row,
                                                                 access::Access const& access) {
    require(access.covers(row.case_id), "a reader sees only the documents of the case that the gate cleared");
    // Of what was moved there is no file any more.
    if (is_withdrawn(tx, row.id)) return std::unexpected(access::Failure{access::FailureKind::withdrawn});
    auto opened = open_stored(tx, store, keyring, std::move(key), row);
    if (!opened) return std::unexpected(access::Failure{access::FailureKind::unavailable});
    if (!may_be_read(opened->view.verdict.state))
        return std::unexpected(access::Failure{access::FailureKind::not_clean});
    return std::move(*opened);
}

template <class Zone>
void remove_moved(Store const& store, crypto::Keyring<Zone> const& keyring, DocumentId moved) {
    (void)store.remove(store_name(keyring, moved));
}

#define KLOUT7_FOR(Zone)                                                                                 \
    template void add_document<Zone>(store::Transaction&, crypto::Keyring<Zone> const&,                  \
                                     vault::PersonKeys<Zone>::Key const&, DocumentView const&,           \
                                     std::string const&, Random&);                                       \
    template std::optional<DocumentRow> find_document<Zone>(store::Transaction&,                         \
                                                            crypto::Keyring<Zone> const&, DocumentId);   \
    template std::expected<std::vector<DocumentView>, access::Failure> documents_of<Zone>(               \
        store::Transaction&, crypto::Keyring<Zone> const&, vault::PersonKeys<Zone>::Key const&, CaseId,  \
        access::Access const&);                                                                          \
    template std::optional<OpenDocument<Zone>> open_stored<Zone>(                                        \
        store::Transaction&, Store const&, crypto::Keyring<Zone> const&, vault::PersonKeys<Zone>::Key&&, \
        DocumentRow const&);                                                                             \
    template std::expected<OpenDocument<Zone>, access::Failure> open_document<Zone>(                     \
        store::Transaction&, Store const&, crypto::Keyring<Zone> const&, vault::PersonKeys<Zone>::Key&&, \
        DocumentRow const&, access::Access const&);                                                      \
    template void remove_moved<Zone>(Store const&, crypto::Keyring<Zone> const&, DocumentId);
KLOUT7_FOR(OfficeZone)
KLOUT7_FOR(MedicalZone)
#undef KLOUT7_FOR

}  // namespace klout7::documents
