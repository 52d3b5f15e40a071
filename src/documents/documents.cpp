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
    return store::row_tag(keyring, "document",
                          {row.id, row.case_id, row.person, row.created_by, row.created_at});
}

}  // namespace

template <class Zone>
void add_document(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                  typename vault::PersonKeys<Zone>::Key const& key, DocumentView const& document,
                  std::string const& signatures, Random& random) {
    auto const& row = document.row;
    tx.execute(
        "INSERT INTO document (id, case_id, person_id, file_name, size_bytes, sealed_bytes, created_by, "
        "created_at, tag) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        row.id, row.case_id, row.person,
        key.cells().seal({"document", "file_name", row.id.uuid()}, document.file_name, random),
        key.cells().seal({"document", "size_bytes", row.id.uuid()}, size_cell(document), random),
        static_cast<std::int64_t>(crypto::sealed_size(crypto::padded_size(document.size_bytes))),
        row.created_by, row.created_at, tag_of(keyring, row));
    add_verdict(tx, keyring, key, row.id, {document.verdict, signatures, row.created_at}, random);
}

template <class Zone>
std::optional<DocumentRow> find_document(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                                         DocumentId id) {
    auto const found = tx.row<CaseId, PersonId, UserId, Instant, crypto::Sha256>(
        "SELECT case_id, person_id, created_by, created_at, tag FROM document WHERE id = ?", id);
    if (!found) return std::nullopt;
    auto const& [case_id, person, by, at, tag] = *found;
    DocumentRow const row{id, case_id, person, by, at};
    store::require_row_tag(tag, tag_of(keyring, row));
    return row;
}

namespace {

/// What stands in the rows of a document besides whose it is.
struct ViewColumns {
    Bytes file_name;
    Bytes size_bytes;
    VerdictColumns verdict;
};

template <class Zone>
std::optional<DocumentView> view_of(crypto::Keyring<Zone> const& keyring,
                                    typename vault::PersonKeys<Zone>::Key const& key, DocumentRow const& row,
                                    ViewColumns const& columns) {
    auto const name = key.cells().open({"document", "file_name", row.id.uuid()}, columns.file_name);
    auto const size = key.cells().open({"document", "size_bytes", row.id.uuid()}, columns.size_bytes);
    auto const known = size ? size_in(size->view(), row.case_id) : std::nullopt;
    auto verdict = verdict_in(keyring, key, row.id, columns.verdict);
    if (!name || !known || !verdict) return std::nullopt;
    return DocumentView{row, std::string{name->text()}, known->size_bytes, std::move(*verdict), known->type};
}

}  // namespace

template <class Zone>
std::expected<std::vector<DocumentView>, access::Failure> documents_of(
    store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
    typename vault::PersonKeys<Zone>::Key const& key, CaseId id, access::Access const& access) {
    require(access.covers(id), "a reader sees only the documents of the case that the gate cleared");
    std::vector<DocumentView> views;
    for (auto& [document, person, by, at, name, size, tag, state, finding, scanned_at, scan_tag] :
         tx.rows<DocumentId, PersonId, UserId, Instant, Bytes, Bytes, crypto::Sha256,
                 std::optional<std::string>, std::optional<Bytes>, std::optional<Instant>,
                 std::optional<crypto::Sha256>>("SELECT d.id, d.person_id, d.created_by, d.created_at, "
                                                "d.file_name, d.size_bytes, d.tag, s.state, "
                                                "s.finding, s.scanned_at, s.tag FROM document d LEFT JOIN "
                                                "document_scan s ON s.document_id = d.id "
                                                "WHERE d.case_id = ? ORDER BY d.created_at, d.id",
                                                id)) {
        DocumentRow const row{document, id, person, by, at};
        store::require_row_tag(tag, tag_of(keyring, row));
        auto view = view_of(keyring, key, row,
                            {std::move(name), std::move(size), {state, finding, scanned_at, scan_tag}});
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
    auto const cells = tx.row<Bytes, Bytes, std::optional<std::string>, std::optional<Bytes>,
                              std::optional<Instant>, std::optional<crypto::Sha256>>(
        "SELECT d.file_name, d.size_bytes, s.state, s.finding, s.scanned_at, s.tag FROM document d "
        "LEFT JOIN document_scan s ON s.document_id = d.id WHERE d.id = ?",
        row.id);
    if (!cells) return std::nullopt;
    auto const& [name, size, state, finding, scanned_at, scan_tag] = *cells;
    auto view = view_of(keyring, key, row, {name, size, {state, finding, scanned_at, scan_tag}});
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
    auto opened = open_stored(tx, store, keyring, std::move(key), row);
    if (!opened) return std::unexpected(access::Failure{access::FailureKind::unavailable});
    if (opened->view.verdict.state != ScanState::clean)
        return std::unexpected(access::Failure{access::FailureKind::not_clean});
    return std::move(*opened);
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
        DocumentRow const&, access::Access const&);
KLOUT7_FOR(OfficeZone)
KLOUT7_FOR(MedicalZone)
#undef KLOUT7_FOR

}  // namespace klout7::documents
