#pragma once

#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "access/failure.h"
#include "access/gate.h"
#include "base/content.h"
#include "crypto/document_cipher.h"
#include "documents/limits.h"
#include "documents/release.h"
#include "documents/store.h"
#include "documents/verdict.h"
#include "documents/withdrawal.h"
#include "gate/gate.h"
#include "vault/person_keys.h"

namespace klout7::documents {

enum class UploadFault {
    too_large,
    refused,  ///< by the gate
    full,
    unwritable,
    exists,
};

/// The name a person gave a file: one line in normal form C, 1 to 1,024 bytes, without slashes, control
/// characters and what turns the direction of writing; not "." or "..". White space at its ends is left out.
std::optional<std::string> document_name(std::string_view text);

/// An upload that is whole on disk.
struct KeptUpload {
    std::uint64_t size_bytes = 0;
    Verdict verdict;         ///< `waits` when the scanner did not come to an end with it
    std::string signatures;  ///< engine and signatures that scanned; empty when there was no scanner
    /// As the gate found it. Nothing of what is in quarantine and would have been refused.
    std::optional<gate::FileType> type = {};
};

/// A document that is to arrive: about whom, and how large it may be.
struct Arrival {
    PersonId person;
    DocumentId document;
    std::uint64_t largest_bytes = Limits{}.document_bytes;
};

/// A document on its way into the store: sealed and scanned side by side while it arrives, so no plain byte
/// is ever on disk. When it is whole, the gate looks at what was sealed. Not kept, it is gone. A first fault
/// is the end of it: every later call gives the same. The key outlives it.
template <class Zone>
class Upload {
public:
    using Key = typename vault::PersonKeys<Zone>::Key;
    static std::expected<std::unique_ptr<Upload>, UploadFault> begin(Store const& store,
                                                                     Scanner const& scanner,
                                                                     crypto::Keyring<Zone> const& keyring,
                                                                     Key const& key, Arrival const& arrival,
                                                                     Random& random);
    ~Upload();
    Upload(Upload const&) = delete;
    Upload& operator=(Upload const&) = delete;
    /// Errors: too_large, refused (by its first bytes), full, unwritable.
    std::expected<void, UploadFault> add(BytesView plain);
    /// Whole on disk, with what the scanner and the gate say of it. What the gate refuses is removed again,
    /// but for what the scanner put into quarantine.
    std::expected<KeptUpload, UploadFault> keep();
    /// Why it was refused; only of what was.
    std::optional<gate::Refusal> refusal() const;
    /// Removes what was kept: its row certainly did not come.
    void take_back();

private:
    struct State;
    explicit Upload(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

/// Whose document it is. The row carries a tag; reading one that was not written by a program with this
/// keyring ends the work (broken).
struct DocumentRow {
    DocumentId id;
    CaseId case_id;
    PersonId person;
    UserId created_by;
    Instant created_at;
    DocumentId first = {};  ///< of which this is a later version; none (zero) of a first one
    std::int64_t version = 1;
    DocumentId first_version() const { return version == 1 ? id : first; }
};
/// The number of a version that takes the place of this document; nothing when another has taken it, or when
/// it is withdrawn.
std::optional<std::int64_t> next_version(store::Transaction& tx, DocumentRow const& row);

struct DocumentView {
    DocumentRow row;
    std::string file_name;
    std::uint64_t size_bytes = 0;
    Verdict verdict = {};
    std::optional<gate::FileType> type = {};  ///< nothing where the gate found none
    std::optional<Withdrawal> withdrawal = {};
    std::optional<ReleaseState> release = {};  ///< how it stands with the newest request for it
};

/// The rows of a kept upload. An id that is there ends the work (already_there), and so does a version.
template <class Zone>
void add_document(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                  typename vault::PersonKeys<Zone>::Key const& key, DocumentView const& document,
                  std::string const& signatures, Random& random);
template <class Zone>
std::optional<DocumentRow> find_document(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                                         DocumentId id);
/// Oldest first, with every version and what was withdrawn. Errors: unavailable when a row is not what was
/// written.
template <class Zone>
std::expected<std::vector<DocumentView>, access::Failure> documents_of(
    store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
    typename vault::PersonKeys<Zone>::Key const& key, CaseId id, access::Access const& access);

/// A document opened for a reader who was cleared for its case: any part of it, decrypted as it is read.
template <class Zone>
struct OpenDocument {
    DocumentView view;
    std::shared_ptr<Store::Reader> file;
    std::shared_ptr<typename vault::PersonKeys<Zone>::Key> key;
    std::shared_ptr<crypto::DocumentOpener<Zone>> content;

    /// What it says, without the padding; outlives this.
    Content plain() const {
        return {view.size_bytes, [open = *this](std::uint64_t offset, BytesSpan out) {
                    return open.content->read(offset, out).has_value();
                }};
    }
};
/// Errors: withdrawn; not_clean unless the scanner said that it is clean, or two people released it;
/// unavailable when row, file and reader do not belong together.
template <class Zone>
std::expected<OpenDocument<Zone>, access::Failure> open_document(store::Transaction& tx, Store const& store,
                                                                 crypto::Keyring<Zone> const& keyring,
                                                                 typename vault::PersonKeys<Zone>::Key&& key,
                                                                 DocumentRow const& row,
                                                                 access::Access const& access);

/// Of a document that was moved: removes its file from the store. What cannot be removed now is found by the
/// sweep.
template <class Zone>
void remove_moved(Store const& store, crypto::Keyring<Zone> const& keyring, DocumentId moved);

}  // namespace klout7::documents
