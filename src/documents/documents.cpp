#include "documents/documents.h"

#include <algorithm>

#include "base/check.h"
#include "store/row_tag.h"
#include "store_name.h"

namespace klout7::documents {
namespace {

// What the sealed cell size_bytes holds: the case(16) and the size(8). The case is in it so that a row that
// was moved to another case tells.
constexpr std::size_t size_cell_bytes = Uuid::size_bytes + 8;

Bytes size_cell(DocumentView const& document) {
    Bytes plain;
    append(plain, document.row.case_id.bytes());
    append_u64(plain, document.size_bytes);
    return plain;
}

std::optional<std::uint64_t> size_in(BytesView plain, CaseId case_id) {
    if (plain.size() != size_cell_bytes ||
        !std::ranges::equal(plain.first(Uuid::size_bytes), case_id.bytes()))
        return std::nullopt;
    std::uint64_t size = 0;
    for (auto const byte : plain.subspan(Uuid::size_bytes)) size = size << 8U | byte;
    return size;
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
                  Random& random) {
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

template <class Key>
std::optional<DocumentView> view_of(Key const& key, DocumentRow const& row, Bytes const& name_cell,
                                    Bytes const& size_cell) {
    auto const name = key.cells().open({"document", "file_name", row.id.uuid()}, name_cell);
    auto const size = key.cells().open({"document", "size_bytes", row.id.uuid()}, size_cell);
    auto const size_bytes = size ? size_in(size->view(), row.case_id) : std::nullopt;
    if (!name || !size_bytes) return std::nullopt;
    return DocumentView{row, std::string{name->text()}, *size_bytes};
}

}  // namespace

template <class Zone>
std::expected<std::vector<DocumentView>, access::Failure> documents_of(
    store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
    typename vault::PersonKeys<Zone>::Key const& key, CaseId id, access::Access const& access) {
    require(access.covers(id), "a reader sees only the documents of the case that the gate cleared");
    std::vector<DocumentView> views;
    for (auto const& [document, person, by, at, name, size, tag] :
         tx.rows<DocumentId, PersonId, UserId, Instant, Bytes, Bytes, crypto::Sha256>(
             "SELECT id, person_id, created_by, created_at, file_name, size_bytes, tag FROM document WHERE "
             "case_id = ? "
             "ORDER BY created_at, id",
             id)) {
        DocumentRow const row{document, id, person, by, at};
        store::require_row_tag(tag, tag_of(keyring, row));
        auto view = view_of(key, row, name, size);
        if (!view) return std::unexpected(access::Failure{access::FailureKind::unavailable});
        views.push_back(std::move(*view));
    }
    return views;
}

template <class Zone>
std::expected<OpenDocument<Zone>, access::Failure> open_document(
    store::Transaction& tx, FolderStore const& store, crypto::Keyring<Zone> const& keyring,
    typename vault::PersonKeys<Zone>::Key&& key, DocumentRow const& row, access::Access const& access) {
    require(access.covers(row.case_id), "a reader sees only the documents of the case that the gate cleared");
    auto const broken = std::unexpected(access::Failure{access::FailureKind::unavailable});
    auto const cells =
        tx.row<Bytes, Bytes>("SELECT file_name, size_bytes FROM document WHERE id = ?", row.id);
    if (!cells) return broken;
    auto view = view_of(key, row, std::get<0>(*cells), std::get<1>(*cells));
    auto file = store.read(store_name(keyring, row.id));
    if (!view || !file) return broken;
    auto shared_file = std::make_shared<FolderStore::Reader>(std::move(*file));
    auto shared_key = std::make_shared<typename vault::PersonKeys<Zone>::Key>(std::move(key));
    auto content = crypto::DocumentOpener<Zone>::open(
        *shared_key, keyring.identity().environment, {row.person, row.id, 1}, shared_file->size(),
        [shared_file](std::uint64_t offset, BytesSpan out) { return shared_file->read(offset, out); });
    if (!content || content->padded_bytes() != crypto::padded_size(view->size_bytes)) return broken;
    return OpenDocument<Zone>{std::move(*view), shared_file, shared_key,
                              std::make_shared<crypto::DocumentOpener<Zone>>(std::move(*content))};
}

#define KLOUT7_FOR(Zone)                                                                                 \
    template void add_document<Zone>(store::Transaction&, crypto::Keyring<Zone> const&,                  \
                                     vault::PersonKeys<Zone>::Key const&, DocumentView const&, Random&); \
    template std::optional<DocumentRow> find_document<Zone>(store::Transaction&,                         \
                                                            crypto::Keyring<Zone> const&, DocumentId);   \
    template std::expected<std::vector<DocumentView>, access::Failure> documents_of<Zone>(               \
        store::Transaction&, crypto::Keyring<Zone> const&, vault::PersonKeys<Zone>::Key const&, CaseId,  \
        access::Access const&);                                                                          \
    template std::expected<OpenDocument<Zone>, access::Failure> open_document<Zone>(                     \
        store::Transaction&, FolderStore const&, crypto::Keyring<Zone> const&,                           \
        vault::PersonKeys<Zone>::Key&&, DocumentRow const&, access::Access const&);
KLOUT7_FOR(OfficeZone)
KLOUT7_FOR(MedicalZone)
#undef KLOUT7_FOR

}  // namespace klout7::documents
