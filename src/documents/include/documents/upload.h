#pragma once

#include <expected>
#include <memory>

#include "base/id.h"
#include "crypto/hash.h"
#include "crypto/keyring.h"
#include "documents/folder_store.h"

namespace klout7::documents {

inline constexpr std::uint64_t largest_document_bytes = 50 * 1024 * 1024;
inline constexpr std::uint32_t first_document_version = 1;

enum class ContentType { pdf };
std::string_view media_type_of(ContentType type);

enum class UploadFault {
    empty,
    too_large,  ///< over largest_document_bytes
    not_a_pdf,
    already_there,  ///< this document has its file
    full,           ///< no space left: later again
    unwritable,     ///< the store does not work: later again
};

/// A file that is sealed and safely in the store, without its row yet.
struct StoredDocument {
    DocumentId document;
    PersonId person;
    StoreName store_name;
    ContentType content_type;
    std::uint64_t size_bytes;
    crypto::Sha256 sha256;  ///< of the plain content: says whether a file is this one
};

/// Seals a file while it arrives, so that nothing of it lies anywhere in the clear. A first fault is the end
/// of it: what was written is removed and every later call gives the same fault. Destroyed unfinished, it
/// leaves nothing. The random source outlives it; one thread at a time.
template <class Zone>
class Upload {
public:
    Upload(Upload&&) noexcept;
    ~Upload();

    /// Errors: too_large, not_a_pdf (by its first bytes), full, unwritable.
    std::expected<void, UploadFault> add(BytesView plain);
    /// On return the file survives a power cut. Call once, after the last byte. Errors: every one.
    std::expected<StoredDocument, UploadFault> finish();

private:
    template <class>
    friend class Documents;
    struct State;
    explicit Upload(std::unique_ptr<State> state);
    static std::expected<Upload, UploadFault> begin(FolderStore const& store,
                                                    crypto::Keyring<Zone> const& keyring, Random& random,
                                                    crypto::PersonKey<Zone> const& key, PersonId person,
                                                    DocumentId document);
    std::unique_ptr<State> state_;
};

extern template class Upload<OfficeZone>;
extern template class Upload<MedicalZone>;

}  // namespace klout7::documents
