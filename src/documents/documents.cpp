#include "documents/documents.h"

#include <algorithm>

#include "base/check.h"
#include "crypto/document_cipher.h"
#include "details.h"

namespace klout7::documents {
namespace {

constexpr Duration orphan_age = Duration::days(1);
constexpr int rows_per_sweep_step = 5000;

crypto::CellPlace details_place(DocumentId document) { return {"document", "details", document.uuid()}; }

template <class Zone>
std::optional<DocumentDetails> open_details(crypto::PersonKey<Zone> const& key, DocumentId document,
                                            CaseId case_id, BytesView sealed) {
    auto const plain = key.cells().open(details_place(document), sealed);
    if (!plain) return std::nullopt;
    return decode_details(case_id, plain->view());
}

DocumentFault fault_of(StoreFault fault) {
    return fault == StoreFault::missing ? DocumentFault::no_file : DocumentFault::unreadable;
}

void require_cleared(access::Access const& access, access::Action action, CaseId case_id) {
    require(access.resource() == access::Resource::document && access.action() == action,
            "cleared for this action on documents");
    require(access.covers(case_id), "cleared for this case");
}

}  // namespace

template <class Zone>
struct OpenDocument<Zone>::State {
    DocumentDetails details;
    FolderStore::StoredFile file;
    bool disk_failed = false;
    std::optional<crypto::DocumentOpener<Zone>> opener = {};

    DocumentFault fault() const { return disk_failed ? DocumentFault::unreadable : DocumentFault::altered; }
};

template <class Zone>
OpenDocument<Zone>::OpenDocument(std::unique_ptr<State> state) : state_(std::move(state)) {}
template <class Zone>
OpenDocument<Zone>::OpenDocument(OpenDocument&&) noexcept = default;
template <class Zone>
OpenDocument<Zone>::~OpenDocument() = default;

template <class Zone>
DocumentDetails const& OpenDocument<Zone>::details() const {
    return state_->details;
}

template <class Zone>
std::expected<void, DocumentFault> OpenDocument<Zone>::read(std::uint64_t offset, BytesSpan out) {
    require(offset <= size_bytes() && out.size() <= size_bytes() - offset, "a part inside the document");
    state_->disk_failed = false;
    if (!state_->opener->read(offset, out)) return std::unexpected(state_->fault());
    return {};
}

template <class Zone>
std::expected<Upload<Zone>, UploadFault> Documents<Zone>::begin(Key const& key, PersonId person,
                                                                DocumentId document) const {
    return Upload<Zone>::begin(files_, keyring_, random_, key, person, document);
}

template <class Zone>
void Documents<Zone>::record(store::Transaction& tx, Key const& key, NewDocument const& document) const {
    auto const& stored = document.stored;
    auto const plain = encode_details(
        document.case_id, {document.file_name, stored.content_type, stored.size_bytes, stored.sha256});
    tx.execute(
        "INSERT INTO document (id, case_id, person_id, document_version, key_version, details, created_at, "
        "created_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        stored.document, document.case_id, stored.person, first_document_version,
        std::uint32_t{key.version()}, key.cells().seal(details_place(stored.document), plain.view(), random_),
        document.created_at, document.created_by);
}

template <class Zone>
std::optional<DocumentFacts> Documents<Zone>::find(store::Transaction& tx, DocumentId document) const {
    auto const row =
        tx.row<CaseId, PersonId>("SELECT case_id, person_id FROM document WHERE id = ?", document);
    if (!row) return std::nullopt;
    return DocumentFacts{std::get<CaseId>(*row), std::get<PersonId>(*row)};
}

template <class Zone>
std::vector<DocumentView> Documents<Zone>::list(store::Transaction& tx, Key const& key, CaseId case_id,
                                                access::Access const& access,
                                                std::optional<DocumentId> before) const {
    require_cleared(access, access::Action::list, case_id);
    std::array<std::uint8_t, Uuid::size_bytes> behind_all{};
    behind_all.fill(0xFF);
    std::vector<DocumentView> views;
    for (auto const& [id, details, created_at, created_by] : tx.rows<DocumentId, Bytes, Instant, UserId>(
             "SELECT id, details, created_at, created_by FROM document WHERE case_id = ? AND id < ? "
             "ORDER BY id DESC OFFSET 0 ROWS FETCH NEXT ? ROWS ONLY",
             case_id, before.value_or(DocumentId{Uuid{behind_all}}), most_per_page)) {
        views.push_back({id, created_at, created_by, open_details<Zone>(key, id, case_id, details)});
    }
    return views;
}

template <class Zone>
auto Documents<Zone>::open(store::Transaction& tx, Key const& key, DocumentId document,
                           access::Access const& access) const
    -> std::expected<OpenDocument<Zone>, DocumentFault> {
    auto const row = tx.row<CaseId, PersonId, std::int64_t, Bytes>(
        "SELECT case_id, person_id, document_version, details FROM document WHERE id = ?", document);
    if (!row) return std::unexpected(DocumentFault::no_row);
    auto const& [case_id, person, version_number, sealed_details] = *row;
    require_cleared(access, access::Action::read, case_id);
    auto const version = static_cast<std::uint32_t>(version_number);

    auto details = open_details<Zone>(key, document, case_id, sealed_details);
    if (!details) return std::unexpected(DocumentFault::altered);
    auto const name = StoreName::parse(keyring_.document_name(document, version));
    require(name.has_value(), "the keyring makes names of the store");
    auto file = files_.open_file(*name);
    if (!file) return std::unexpected(fault_of(file.error()));
    auto const sealed_bytes = file->size_bytes();
    if (sealed_bytes != crypto::sealed_size(crypto::padded_size(details->size_bytes)))
        return std::unexpected(DocumentFault::altered);

    using State = typename OpenDocument<Zone>::State;
    std::unique_ptr<State> state{new State{std::move(*details), std::move(*file)}};
    auto opener = crypto::DocumentOpener<Zone>::open(
        key, keyring_.identity().environment, {person, document, version}, sealed_bytes,
        [own = state.get()](std::uint64_t offset, BytesSpan out) {
            bool const done = own->file.read(offset, out).has_value();
            if (!done) own->disk_failed = true;
            return done;
        });
    if (!opener) return std::unexpected(state->fault());
    state->opener.emplace(std::move(*opener));
    return OpenDocument<Zone>{std::move(state)};
}

template <class Zone>
std::expected<std::vector<StoreName>, StoreFault> Documents<Zone>::orphans(store::Transaction& tx,
                                                                           Instant now) const {
    // Files before rows: a row that comes in between has its file in the list and is found.
    auto files = files_.older_than(now - orphan_age);
    if (!files) return std::unexpected(files.error());
    std::vector<bool> has_row(files->size());
    DocumentId last;
    for (;;) {
        auto const rows = tx.rows<DocumentId, std::int64_t>(
            "SELECT id, document_version FROM document WHERE id > ? ORDER BY id OFFSET 0 ROWS FETCH NEXT ? "
            "ROWS ONLY",
            last, rows_per_sweep_step);
        for (auto const& [id, version] : rows) {
            auto const name =
                StoreName::parse(keyring_.document_name(id, static_cast<std::uint32_t>(version)));
            auto const found = std::lower_bound(files->begin(), files->end(), *name);
            if (found != files->end() && *found == *name)
                has_row[static_cast<std::size_t>(found - files->begin())] = true;
        }
        if (rows.size() < std::size_t{rows_per_sweep_step}) break;
        last = std::get<DocumentId>(rows.back());
    }
    std::vector<StoreName> orphans;
    for (std::size_t i = 0; i < files->size(); ++i) {
        if (!has_row[i]) orphans.push_back(std::move((*files)[i]));
    }
    return orphans;
}

template class OpenDocument<OfficeZone>;
template class OpenDocument<MedicalZone>;
template class Documents<OfficeZone>;
template class Documents<MedicalZone>;

}  // namespace klout7::documents
