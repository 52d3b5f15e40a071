#pragma once

#include <expected>
#include <memory>
#include <optional>
#include <vector>

#include "access/gate.h"
#include "base/clock.h"
#include "crypto/keyring.h"
#include "documents/document_name.h"
#include "documents/folder_store.h"
#include "documents/upload.h"
#include "store/database.h"

namespace klout7::documents {

/// What is known of a document to who may know it; sealed in its row.
struct DocumentDetails {
    DocumentName file_name;
    ContentType content_type;
    std::uint64_t size_bytes;
    crypto::Sha256 sha256;
};

/// What the gate needs to know of a document.
struct DocumentFacts {
    CaseId case_id;
    PersonId person;
};

/// One line of a list.
struct DocumentView {
    DocumentId id;
    Instant created_at;
    UserId created_by;
    std::optional<DocumentDetails> details;  ///< none: the row is not what was recorded
};

enum class DocumentFault {
    no_row,      ///< there is no such document
    no_file,     ///< there should be a file and there is none
    unreadable,  ///< the disk does not give it: later again
    altered,     ///< row, file or key are not those it was sealed with
};

/// A row to be.
struct NewDocument {
    StoredDocument stored;
    CaseId case_id;
    DocumentName file_name;
    UserId created_by;
    Instant created_at;
};

/// A document being read. Has its own file handle and key: outlives the transaction that opened it.
/// One thread at a time; memory of two chunks at any size.
template <class Zone>
class OpenDocument {
public:
    OpenDocument(OpenDocument&&) noexcept;
    ~OpenDocument();
    DocumentDetails const& details() const;
    std::uint64_t size_bytes() const { return details().size_bytes; }
    /// Fills `out` from `offset`; both inside the document. Nothing that was altered is given out.
    /// Errors: unreadable, altered.
    std::expected<void, DocumentFault> read(std::uint64_t offset, BytesSpan out);

private:
    template <class>
    friend class Documents;
    struct State;
    explicit OpenDocument(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

/// The documents of one side: their sealed files and the rows that say whose they are.
///
/// Putting one in: `begin`, `add`, `finish` (the file is durable now), then `record` in the transaction of
/// the action. If that transaction was certainly rolled back, `remove` the file. If its end is unknown
/// (StoreError::unavailable) leave it: the row may be there, and `orphans` tells when it is not.
template <class Zone>
class Documents {
public:
    using Key = crypto::PersonKey<Zone>;
    static constexpr int most_per_page = 100;

    Documents(FolderStore const& files, crypto::Keyring<Zone> const& keyring, Random& random)
        : files_(files), keyring_(keyring), random_(random) {}

    /// Errors: full, unwritable.
    std::expected<Upload<Zone>, UploadFault> begin(Key const& key, PersonId person,
                                                   DocumentId document) const;
    /// A document that has a row already ends the work (already_there). The key is that of `stored.person`.
    void record(store::Transaction& tx, Key const& key, NewDocument const& document) const;
    /// For a file whose row did not happen. Errors: missing, unwritable.
    std::expected<void, StoreFault> remove(StoreName const& name) const { return files_.remove(name); }

    std::optional<DocumentFacts> find(store::Transaction& tx, DocumentId document) const;
    /// Newest first, from before `before` on. The key is that of the person of the case.
    std::vector<DocumentView> list(store::Transaction& tx, Key const& key, CaseId case_id,
                                   access::Access const& access, std::optional<DocumentId> before = {}) const;
    /// `access` covers the case that `find` gave.
    std::expected<OpenDocument<Zone>, DocumentFault> open(store::Transaction& tx, Key const& key,
                                                          DocumentId document,
                                                          access::Access const& access) const;

    /// Files older than a day without a row: of uploads that were cut off before it. Memory: about 64 bytes
    /// per file in the store. Errors: unreadable.
    std::expected<std::vector<StoreName>, StoreFault> orphans(store::Transaction& tx, Instant now) const;

private:
    FolderStore const& files_;
    crypto::Keyring<Zone> const& keyring_;
    Random& random_;
};

extern template class OpenDocument<OfficeZone>;
extern template class OpenDocument<MedicalZone>;
extern template class Documents<OfficeZone>;
extern template class Documents<MedicalZone>;

}  // namespace klout7::documents
