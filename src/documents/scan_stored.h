#pragma once

#include "documents/scan_waiting.h"
#include "stored_document.h"

namespace klout7::documents {

/// A document that is to be scanned, and what opens it.
template <class Zone>
struct ToScan {
    std::optional<DocumentRow> row = {};  ///< nothing: it is not what this program wrote
    std::optional<OpenDocument<Zone>> content = {};
    bool is_gone = false;  ///< the key of whom it is about was destroyed, and the document with it

    typename vault::PersonKeys<Zone>::Key const* key() const {
        return content ? content->key.get() : nullptr;
    }
};

/// What stands in the store under this id. Errors: the database did not answer.
template <class Zone>
std::expected<ToScan<Zone>, store::StoreError> find_stored(ScanParts<Zone> const& parts, DocumentId id);

/// What the scanner says of it; `broken_answer` when there is nothing to read, or not what was written.
template <class Zone>
ScanResult scan_stored(ToScan<Zone> const& document, Scanner const& scanner);

/// Who reads the log sees what became of it.
template <class Zone>
void write_scan_line(ScanParts<Zone> const& parts, store::Transaction& tx, DocumentId id,
                     std::optional<DocumentRow> const& row, ScanState state);

#define KLOUT7_FOR(Zone)                                                                               \
    extern template std::expected<ToScan<Zone>, store::StoreError> find_stored(ScanParts<Zone> const&, \
                                                                               DocumentId);            \
    extern template ScanResult scan_stored(ToScan<Zone> const&, Scanner const&);                       \
    extern template void write_scan_line(ScanParts<Zone> const&, store::Transaction&, DocumentId,      \
                                         std::optional<DocumentRow> const&, ScanState);
KLOUT7_FOR(OfficeZone)
KLOUT7_FOR(MedicalZone)
#undef KLOUT7_FOR

}  // namespace klout7::documents
