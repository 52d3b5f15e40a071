#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "documents/scan_waiting.h"

namespace klout7::documents {

/// Everything that is clean, scanned once more because the scanner has other signatures than it was scanned
/// with. What is found in it closes it from then on; what the scanner does not come to an end with stays as
/// it was and is counted. When signatures change again before the end, the next one begins from the start.
struct Rescan {
    std::int64_t number = 0;
    std::string signatures;  ///< as the scanner calls them
    bool is_paused = false;  ///< stays so for the ones after it
    Instant started_at;
    std::optional<Instant> finished_at;
    DocumentId after = {};         ///< looked at last; they are looked at in the order of their ids
    std::int64_t scanned = 0;      ///< still clean
    std::int64_t found = 0;        ///< in quarantine now
    std::int64_t not_scanned = 0;  ///< left as they were
};

std::optional<Rescan> newest_rescan(store::Transaction& tx);
/// How many documents it has still to look at; 0 of one that has come to its end.
std::int64_t left_of(store::Transaction& tx, Rescan const& rescan);
/// Nothing is scanned again until it goes on. False when there has been none yet.
bool pause_rescans(store::Transaction& tx, bool is_paused);

enum class RescanStep {
    nothing,      ///< all was scanned with these signatures
    paused,       ///< somebody holds it up
    begun,        ///< the scanner has other signatures; its line is in the log
    clean,        ///< one document was looked at, and stays as it is
    found,        ///< one is closed from now on; its line is in the log
    not_scanned,  ///< one could not be looked at
    finished,     ///< it has come to its end; its line is in the log
    away,         ///< the scanner does not answer
    database,     ///< the database did not answer
};
/// One step: goes on where the last one stopped, whatever happened in between.
template <class Zone>
RescanStep rescan_one(ScanParts<Zone> const& parts);

extern template RescanStep rescan_one(ScanParts<OfficeZone> const&);
extern template RescanStep rescan_one(ScanParts<MedicalZone> const&);

}  // namespace klout7::documents
