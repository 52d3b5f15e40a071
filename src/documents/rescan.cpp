#include "documents/rescan.h"

#include "scan_stored.h"

namespace klout7::documents {
namespace {

/// What was moved to another case is scanned there.
constexpr store::SqlPart still_to_scan{
    "FROM document_scan s WHERE s.state = 'clean' AND s.document_id > ? AND s.signatures <> ? "
    "AND NOT EXISTS (SELECT 1 FROM document_withdrawal w WHERE w.document_id = s.document_id "
    "AND w.moved_to IS NOT NULL) "};

std::optional<DocumentId> next_document(store::Transaction& tx, Rescan const& rescan) {
    auto const found =
        tx.row<DocumentId>(store::sql<"SELECT s.document_id ", still_to_scan,
                                      "ORDER BY s.document_id OFFSET 0 ROWS FETCH NEXT 1 ROWS ONLY">,
                           rescan.after, rescan.signatures);
    if (!found) return std::nullopt;
    return std::get<0>(*found);
}

/// When it began and ended, for who controls: with which signatures, and what it found.
template <class Zone>
void write_line(ScanParts<Zone> const& parts, store::Transaction& tx, std::string action,
                Rescan const& rescan) {
    audit::Event line;
    line.at = parts.clock.now();
    line.action = std::move(action);
    line.object_class = "rescan";
    line.role = "scanner";
    line.ground = rescan.finished_at ? "finished" : "new signatures";
    line.detail = rescan.signatures;
    parts.recorder.record(tx, {&line, 1});
}

template <class Zone>
void begin(ScanParts<Zone> const& parts, store::Transaction& tx, std::optional<Rescan> const& before,
           std::string const& signatures) {
    auto const now = parts.clock.now();
    Rescan const next{.number = before ? before->number + 1 : 1,
                      .signatures = signatures,
                      .is_paused = before && before->is_paused,
                      .started_at = now,
                      .finished_at = {}};
    tx.execute(
        "INSERT INTO document_rescan (number, signatures, is_paused, started_at, scanned, found, "
        "not_scanned) "
        "VALUES (?, ?, ?, ?, 0, 0, 0)",
        next.number, next.signatures, next.is_paused, now);
    write_line(parts, tx, "create", next);
}

template <class Zone>
void finish(ScanParts<Zone> const& parts, store::Transaction& tx, Rescan rescan) {
    rescan.finished_at = parts.clock.now();
    tx.execute("UPDATE document_rescan SET finished_at = ? WHERE number = ?", rescan.finished_at,
               rescan.number);
    write_line(parts, tx, "end", rescan);
}

/// What one look at the tables says to do.
struct Found {
    RescanStep step = RescanStep::nothing;
    Rescan rescan = {};
    DocumentId document = {};  ///< when it is `clean`: to be looked at
};
template <class Zone>
Found look(ScanParts<Zone> const& parts, store::Transaction& tx, std::string const& signatures) {
    auto const newest = newest_rescan(tx);
    if (!newest || newest->signatures != signatures) {
        begin(parts, tx, newest, signatures);
        return {RescanStep::begun};
    }
    if (newest->finished_at) return {RescanStep::nothing};
    if (newest->is_paused) return {RescanStep::paused};
    auto const document = next_document(tx, *newest);
    if (document) return {RescanStep::clean, *newest, *document};
    finish(parts, tx, *newest);
    return {RescanStep::finished};
}

template <class Zone>
void keep(ScanParts<Zone> const& parts, store::Transaction& tx, Found const& found,
          ToScan<Zone> const& document, Verdict const& verdict) {
    if (verdict.state != ScanState::waits) {
        Scanned const scanned{verdict, found.rescan.signatures, parts.clock.now()};
        bool const is_set = set_verdict(tx, parts.keys.keyring(), document.key(), found.document,
                                        ScanState::clean, scanned, parts.random);
        if (is_set && verdict.state == ScanState::quarantined)
            write_scan_line(parts, tx, found.document, document.row, verdict.state);
    }
    tx.execute(
        "UPDATE document_rescan SET after_document = ?, scanned = scanned + ?, found = found + ?, "
        "not_scanned = not_scanned + ? WHERE number = ?",
        found.document, verdict.state == ScanState::clean, verdict.state == ScanState::quarantined,
        verdict.state == ScanState::waits, found.rescan.number);
}

RescanStep step_of(ScanState state) {
    switch (state) {
        case ScanState::clean:
            return RescanStep::clean;
        case ScanState::quarantined:
            return RescanStep::found;
        case ScanState::waits:
        case ScanState::released:  // two people say so, never the scanner
            break;
    }
    return RescanStep::not_scanned;
}

}  // namespace

std::optional<Rescan> newest_rescan(store::Transaction& tx) {
    auto const found = tx.row<std::int64_t, std::string, std::int64_t, Instant, std::optional<Instant>,
                              std::optional<DocumentId>, std::int64_t, std::int64_t, std::int64_t>(
        "SELECT number, signatures, is_paused, started_at, finished_at, after_document, scanned, found, "
        "not_scanned FROM document_rescan ORDER BY number DESC OFFSET 0 ROWS FETCH NEXT 1 ROWS ONLY");
    if (!found) return std::nullopt;
    auto const& [number, signatures, is_paused, started, finished, after, scanned, closed, not_scanned] =
        *found;
    return Rescan{.number = number,
                  .signatures = signatures,
                  .is_paused = is_paused != 0,
                  .started_at = started,
                  .finished_at = finished,
                  .after = after.value_or(DocumentId{}),
                  .scanned = scanned,
                  .found = closed,
                  .not_scanned = not_scanned};
}

std::int64_t left_of(store::Transaction& tx, Rescan const& rescan) {
    if (rescan.finished_at) return 0;
    return std::get<0>(*tx.row<std::int64_t>(store::sql<"SELECT COUNT(*) ", still_to_scan>, rescan.after,
                                             rescan.signatures));
}

bool pause_rescans(store::Transaction& tx, bool is_paused) {
    auto const newest = newest_rescan(tx);
    if (!newest) return false;
    tx.execute("UPDATE document_rescan SET is_paused = ? WHERE number = ?", is_paused, newest->number);
    return true;
}

template <class Zone>
RescanStep rescan_one(ScanParts<Zone> const& parts) {
    auto const signatures = parts.scanner.version();
    if (!signatures) return RescanStep::away;
    auto const found =
        parts.database.transact([&](store::Transaction& tx) { return look(parts, tx, *signatures); });
    if (!found) return RescanStep::database;
    if (found->step != RescanStep::clean) return found->step;
    auto const document = find_stored(parts, found->document);
    if (!document) return RescanStep::database;
    auto const result = scan_stored(*document, parts.scanner);
    auto const* const not_scanned = std::get_if<NotScanned>(&result);
    if (not_scanned != nullptr && document->content &&
        (*not_scanned == NotScanned::away || *not_scanned == NotScanned::busy))
        return RescanStep::away;  // the next step tries it again
    auto const verdict = verdict_of(result);
    auto const kept =
        parts.database.transact([&](store::Transaction& tx) { keep(parts, tx, *found, *document, verdict); });
    return kept ? step_of(verdict.state) : RescanStep::database;
}

template RescanStep rescan_one(ScanParts<OfficeZone> const&);
template RescanStep rescan_one(ScanParts<MedicalZone> const&);

}  // namespace klout7::documents
