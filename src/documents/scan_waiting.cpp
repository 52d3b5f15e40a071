#include "documents/scan_waiting.h"

#include <algorithm>
#include <chrono>

#include "base/log.h"
#include "base/rounds.h"
#include "base/secret_bytes.h"
#include "stored_document.h"

namespace klout7::documents {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t piece_bytes = 64 * 1024;
constexpr auto look_again_after = 10s;

/// A document that waits, and what opens it.
template <class Zone>
struct Waiting {
    DocumentId id;
    std::int64_t tries = 0;
    std::optional<DocumentRow> row = {};
    std::optional<OpenDocument<Zone>> content = {};
    bool is_gone = false;  ///< the key of whom it is about was destroyed, and the document with it
};

template <class Zone>
std::optional<Waiting<Zone>> next_waiting(ScanParts<Zone> const& parts, store::Transaction& tx) {
    auto const found = tx.row<DocumentId, std::int64_t>(
        "SELECT document_id, tries FROM document_scan WHERE state = 'waits' "
        "ORDER BY tries, arrived_at, document_id OFFSET 0 ROWS FETCH NEXT 1 ROWS ONLY");
    if (!found) return std::nullopt;
    auto const& [id, tries] = *found;
    Waiting<Zone> waiting{.id = id, .tries = tries};
    waiting.row = find_document(tx, parts.keys.keyring(), id);
    if (!waiting.row) return waiting;
    auto key = parts.keys.load(tx, waiting.row->person);
    waiting.is_gone = !key && key.error() == vault::VaultError::no_key;
    if (key) {
        waiting.content = open_stored(tx, parts.store, parts.keys.keyring(), std::move(*key), *waiting.row);
    }
    return waiting;
}

template <class Zone>
ScanResult scan(OpenDocument<Zone> const& document, Scanner::Scan&& scan) {
    SecretBytes piece{piece_bytes};
    auto const size = document.view.size_bytes;
    for (std::uint64_t offset = 0; offset < size; offset += piece_bytes) {
        auto const part =
            piece.span().first(static_cast<std::size_t>(std::min<std::uint64_t>(piece_bytes, size - offset)));
        // Not a byte of what was altered, so nothing is known of it.
        if (!document.content->read(offset, part)) return NotScanned::broken_answer;
        scan.add(part);
    }
    return scan.finish();
}

/// Who reads the log of a document sees what became of it.
template <class Zone>
void write_line(ScanParts<Zone> const& parts, store::Transaction& tx, DocumentId id,
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

template <class Zone>
bool keep(ScanParts<Zone> const& parts, Waiting<Zone> const& waiting, Scanned const& scanned) {
    auto const* key = waiting.content ? waiting.content->key.get() : nullptr;
    return parts.database
        .transact([&](store::Transaction& tx) {
            if (set_verdict(tx, parts.keys.keyring(), key, waiting.id, scanned, parts.random))
                write_line(parts, tx, waiting.id, waiting.row, scanned.verdict.state);
        })
        .has_value();
}

template <class Zone>
bool count_try(ScanParts<Zone> const& parts, DocumentId id) {
    return parts.database
        .transact([&](store::Transaction& tx) {
            tx.execute("UPDATE document_scan SET tries = tries + 1 WHERE document_id = ?", id);
        })
        .has_value();
}

}  // namespace

template <class Zone>
ScanStep scan_one_waiting(ScanParts<Zone> const& parts) {
    auto const signatures = parts.scanner.version();
    if (!signatures) return ScanStep::away;
    auto waiting = parts.database.transact([&](store::Transaction& tx) { return next_waiting(parts, tx); });
    if (!waiting) return ScanStep::database;
    if (!*waiting) return ScanStep::nothing_waits;
    auto const& document = **waiting;
    auto verdict = document.content ? verdict_of(scan(*document.content, parts.scanner.begin())) : Verdict{};
    if (verdict.state == ScanState::waits) {
        if (!document.is_gone && document.tries + 1 < most_tries)
            return count_try(parts, document.id) ? ScanStep::tried : ScanStep::database;
        verdict = {ScanState::quarantined, QuarantineReason::not_scanned};
    }
    bool const is_kept = keep(parts, document, {std::move(verdict), *signatures, parts.clock.now()});
    return is_kept ? ScanStep::verdict : ScanStep::database;
}

template <class Zone>
struct WaitingScans<Zone>::State {
    ScanParts<Zone> parts;
    bool was_away = false;
    Rounds rounds;

    explicit State(ScanParts<Zone> const& with) : parts(with), rounds([this] { return round(); }) {}

    std::chrono::milliseconds round() {
        auto const step = scan_one_waiting(parts);
        tell(step == ScanStep::away);
        return step == ScanStep::verdict ? 0ms : look_again_after;
    }
    void tell(bool is_away) {
        if (is_away == was_away) return;
        was_away = is_away;
        if (is_away)
            write_log(LogLevel::error, "the scanner is away: new documents wait, and stay closed",
                      field("side", Zone::side));
        else
            write_log(LogLevel::info, "the scanner is back", field("side", Zone::side));
    }
};

template <class Zone>
WaitingScans<Zone>::WaitingScans(ScanParts<Zone> const& parts) : state_(std::make_unique<State>(parts)) {}
template <class Zone>
WaitingScans<Zone>::~WaitingScans() = default;

template ScanStep scan_one_waiting(ScanParts<OfficeZone> const&);
template ScanStep scan_one_waiting(ScanParts<MedicalZone> const&);
template class WaitingScans<OfficeZone>;
template class WaitingScans<MedicalZone>;

}  // namespace klout7::documents
