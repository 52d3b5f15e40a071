#include "documents/documents.h"

#include <algorithm>
#include <charconv>

#include "base/check.h"
#include "base/text.h"
#include "store/row_tag.h"

namespace klout7::documents {
namespace {

constexpr std::size_t tail_bytes = 1024;

UploadFault fault_of(StoreFault fault) {
    switch (fault) {
        case StoreFault::full:
            return UploadFault::full;
        case StoreFault::exists:
            return UploadFault::exists;
        case StoreFault::missing:
        case StoreFault::unwritable:
            return UploadFault::unwritable;
    }
    return UploadFault::unwritable;
}

}  // namespace

std::optional<std::string> document_name(std::string_view text) {
    auto const name = to_nfc(trim(text));
    if (!name || name->empty() || count_code_points(*name) > 200) return std::nullopt;
    auto const unwanted = [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == '/' || c == '\\' || c == 0x7F;
    };
    if (std::any_of(name->begin(), name->end(), unwanted)) return std::nullopt;
    return name;
}

template <class Zone>
struct Upload<Zone>::State {
    FolderStore::Writer writer;
    crypto::DocumentSealer<Zone> sealer;
    std::uint64_t size = 0;
    Bytes head;
    Bytes tail;

    State(FolderStore::Writer&& w, Key const& key, Environment environment,
          crypto::DocumentContext const& context, Random& random)
        : writer(std::move(w)), sealer(key, environment, context, random, [this](BytesView sealed) {
              return writer.write(sealed);
          }) {}
};

template <class Zone>
Upload<Zone>::Upload(std::unique_ptr<State> state) : state_(std::move(state)) {}
template <class Zone>
Upload<Zone>::~Upload() = default;

template <class Zone>
auto Upload<Zone>::begin(FolderStore const& store, crypto::Keyring<Zone> const& keyring, Key const& key,
                         PersonId person, DocumentId document, Random& random)
    -> std::expected<std::unique_ptr<Upload>, UploadFault> {
    auto writer = store.create(keyring.document_name(document, 1));
    if (!writer) return std::unexpected(fault_of(writer.error()));
    return std::unique_ptr<Upload>{
        new Upload{std::make_unique<State>(std::move(*writer), key, keyring.identity().environment,
                                           crypto::DocumentContext{person, document, 1}, random)}};
}

template <class Zone>
std::expected<void, UploadFault> Upload<Zone>::add(BytesView plain) {
    auto& s = *state_;
    if (plain.size() > largest_document_bytes - s.size) return std::unexpected(UploadFault::too_large);
    s.size += plain.size();
    if (s.head.size() < 5) append(s.head, plain.first(std::min(plain.size(), 5 - s.head.size())));
    append(s.tail, plain.last(std::min(plain.size(), tail_bytes)));
    if (s.tail.size() > tail_bytes)
        s.tail.erase(s.tail.begin(), s.tail.end() - static_cast<std::ptrdiff_t>(tail_bytes));
    if (!s.sealer.add(plain)) return std::unexpected(fault_of(s.writer.fault()));
    return {};
}

template <class Zone>
std::expected<std::uint64_t, UploadFault> Upload<Zone>::keep() {
    auto& s = *state_;
    if (text_of(s.head) != "%PDF-" || text_of(s.tail).find("%%EOF") == std::string_view::npos)
        return std::unexpected(UploadFault::not_a_pdf);
    if (!s.sealer.finish()) return std::unexpected(fault_of(s.writer.fault()));
    if (auto const kept = s.writer.keep(); !kept) return std::unexpected(fault_of(kept.error()));
    return s.size;
}

namespace {

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
        key.cells().seal({"document", "size_bytes", row.id.uuid()}, std::to_string(document.size_bytes),
                         random),
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
    if (!name || !size) return std::nullopt;
    DocumentView view{row, std::string{name->text()}, 0};
    std::from_chars(size->text().data(), size->text().data() + size->size(), view.size_bytes);
    return view;
}

}  // namespace

template <class Zone>
std::vector<DocumentView> documents_of(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                                       typename vault::PersonKeys<Zone>::Key const& key, CaseId id,
                                       access::Access const& access) {
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
        if (auto view = view_of(key, row, name, size)) views.push_back(std::move(*view));
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
    auto file = store.read(keyring.document_name(row.id, 1));
    if (!view || !file) return broken;
    auto shared_file = std::make_shared<FolderStore::Reader>(std::move(*file));
    auto shared_key = std::make_shared<typename vault::PersonKeys<Zone>::Key>(std::move(key));
    auto content = crypto::DocumentOpener<Zone>::open(
        *shared_key, keyring.identity().environment, {row.person, row.id, 1}, shared_file->size(),
        [shared_file](std::uint64_t offset, BytesSpan out) { return shared_file->read(offset, out); });
    if (!content || content->padded_bytes() < view->size_bytes) return broken;
    return OpenDocument<Zone>{std::move(*view), shared_file, shared_key,
                              std::make_shared<crypto::DocumentOpener<Zone>>(std::move(*content))};
}

#define KLOUT7_FOR(Zone)                                                                                     \
    template class Upload<Zone>;                                                                             \
    template void add_document<Zone>(store::Transaction&, crypto::Keyring<Zone> const&,                      \
                                     vault::PersonKeys<Zone>::Key const&, DocumentView const&, Random&);     \
    template std::optional<DocumentRow> find_document<Zone>(store::Transaction&,                             \
                                                            crypto::Keyring<Zone> const&, DocumentId);       \
    template std::vector<DocumentView> documents_of<Zone>(store::Transaction&, crypto::Keyring<Zone> const&, \
                                                          vault::PersonKeys<Zone>::Key const&, CaseId,       \
                                                          access::Access const&);                            \
    template std::expected<OpenDocument<Zone>, access::Failure> open_document<Zone>(                         \
        store::Transaction&, FolderStore const&, crypto::Keyring<Zone> const&,                               \
        vault::PersonKeys<Zone>::Key&&, DocumentRow const&, access::Access const&);
KLOUT7_FOR(OfficeZone)
KLOUT7_FOR(MedicalZone)
#undef KLOUT7_FOR

}  // namespace klout7::documents
