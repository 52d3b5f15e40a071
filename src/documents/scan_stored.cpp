#include "scan_stored.h"

namespace klout7::documents {

template <class Zone>
std::expected<ToScan<Zone>, store::StoreError> find_stored(ScanParts<Zone> const& parts, DocumentId id) {
    auto found = parts.database.transact([&](store::Transaction& tx) {
        ToScan<Zone> document;
        document.row = find_document(tx, parts.keys.keyring(), id);
        if (!document.row) return document;
        auto key = parts.keys.load(tx, document.row->person);
        document.is_gone = !key && key.error() == vault::VaultError::no_key;
        if (key)
            document.content =
                open_stored(tx, parts.store, parts.keys.keyring(), std::move(*key), *document.row);
        return document;
    });
    // A row that this program did not write: there is nothing to scan, and the others go on.
    if (!found && found.error() == store::StoreError::broken) return ToScan<Zone>{};
    return found;
}

template <class Zone>
ScanResult scan_stored(ToScan<Zone> const& document, Scanner const& scanner) {
    if (!document.content) return NotScanned::broken_answer;
    auto scan = scanner.begin();
    bool const is_read = read_in_pieces(document.content->plain(), [&](BytesView part) {
        scan.add(part);
        return true;
    });
    // Not a byte of what was altered, so nothing is known of it.
    if (!is_read) return NotScanned::broken_answer;
    return scan.finish();
}

template <class Zone>
void write_scan_line(ScanParts<Zone> const& parts, store::Transaction& tx, DocumentId id,
                     std::optional<DocumentRow> const& row, ScanState state) {
    audit::Event line;
    line.at = parts.clock.now();
    line.action = "scan";
    line.object_class = "document";
    line.object = id.uuid();
    if (row) line.person = row->person;
    line.role = "scanner";
    line.ground = name_of(state);
    parts.recorder.record(tx, {&line, 1});
}

#define KLOUT7_FOR(Zone)                                                                                     \
    template std::expected<ToScan<Zone>, store::StoreError> find_stored(ScanParts<Zone> const&, DocumentId); \
    template ScanResult scan_stored(ToScan<Zone> const&, Scanner const&);                                    \
    template void write_scan_line(ScanParts<Zone> const&, store::Transaction&, DocumentId,                   \
                                  std::optional<DocumentRow> const&, ScanState);
KLOUT7_FOR(OfficeZone)
KLOUT7_FOR(MedicalZone)
#undef KLOUT7_FOR

}  // namespace klout7::documents
