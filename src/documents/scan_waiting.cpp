#include "documents/scan_waiting.h"

#include <chrono>

#include "base/log.h"
#include "base/rounds.h"
#include "documents/rescan.h"
#include "scan_stored.h"

namespace klout7::documents {
namespace {

using namespace std::chrono_literals;

constexpr auto look_again_after = 10s;

struct Waiting {
    DocumentId id;
    std::int64_t tries = 0;
};
std::optional<Waiting> next_waiting(store::Transaction& tx) {
    auto const found = tx.row<DocumentId, std::int64_t>(
        "SELECT document_id, tries FROM document_scan WHERE state = 'waits' "
        "ORDER BY tries, arrived_at, document_id OFFSET 0 ROWS FETCH NEXT 1 ROWS ONLY");
    if (!found) return std::nullopt;
    return Waiting{std::get<0>(*found), std::get<1>(*found)};
}

template <class Zone>
bool keep(ScanParts<Zone> const& parts, DocumentId id, ToScan<Zone> const& document, Scanned const& scanned) {
    return parts.database
        .transact([&](store::Transaction& tx) {
            if (set_verdict(tx, parts.keys.keyring(), document.key(), id, ScanState::waits, scanned,
                            parts.random))
                write_scan_line(parts, tx, id, document.row, scanned.verdict.state);
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
    auto const waiting = parts.database.transact(next_waiting);
    if (!waiting) return ScanStep::database;
    if (!*waiting) return ScanStep::nothing_waits;
    auto const& [id, tries] = **waiting;
    auto const document = find_stored(parts, id);
    if (!document) return ScanStep::database;
    auto verdict = verdict_of(scan_stored(*document, parts.scanner));
    if (verdict.state == ScanState::waits) {
        if (!document->is_gone && tries + 1 < most_tries)
            return count_try(parts, id) ? ScanStep::tried : ScanStep::database;
        verdict = {ScanState::quarantined, QuarantineReason::not_scanned};
    }
    bool const is_kept = keep(parts, id, *document, {std::move(verdict), *signatures, parts.clock.now()});
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
        if (step == ScanStep::verdict) return 0ms;
        return step == ScanStep::nothing_waits ? scan_again() : look_again_after;
    }
    /// Gently: after each document it rests as long as that one took.
    std::chrono::milliseconds scan_again() {
        auto const began = std::chrono::steady_clock::now();
        switch (rescan_one(parts)) {
            case RescanStep::begun:
                return 0ms;
            case RescanStep::clean:
            case RescanStep::found:
            case RescanStep::not_scanned:
                return std::chrono::ceil<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began);
            case RescanStep::nothing:
            case RescanStep::paused:
            case RescanStep::finished:
            case RescanStep::away:
            case RescanStep::database:
                break;
        }
        return look_again_after;
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
