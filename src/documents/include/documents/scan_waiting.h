#pragma once

#include <memory>

#include "audit/recorder.h"
#include "base/clock.h"
#include "documents/scanner.h"
#include "documents/store.h"
#include "vault/person_keys.h"

namespace klout7::documents {

/// What scanning by itself works with. Everything outlives it.
template <class Zone>
struct ScanParts {
    Store const& store;
    Scanner const& scanner;
    vault::PersonKeys<Zone> const& keys;
    audit::Recorder<Zone> const& recorder;
    store::Database& database;
    Clock const& clock;
    Random& random;
};

/// How often a document is tried while the scanner is there, before it goes into quarantine as not scanned.
inline constexpr std::int64_t most_tries = 10;

enum class ScanStep {
    nothing_waits,
    verdict,   ///< one document is clean or in quarantine now, with its line in the log
    tried,     ///< one was not scanned to its end, and comes again behind the others
    away,      ///< the scanner does not answer: nothing was tried
    database,  ///< the database did not answer
};
/// Scans one document that waits: the least tried, of those the oldest. A document that the scanner never
/// comes to an end with keeps none of the others waiting.
template <class Zone>
ScanStep scan_one_waiting(ScanParts<Zone> const& parts);

/// Scans what waits, one after the other, and looks every ten seconds whether something does, until it goes.
/// The operating log tells when the scanner goes away and comes back.
template <class Zone>
class WaitingScans {
public:
    explicit WaitingScans(ScanParts<Zone> const& parts);
    ~WaitingScans();
    WaitingScans(WaitingScans const&) = delete;
    WaitingScans& operator=(WaitingScans const&) = delete;

private:
    struct State;
    std::unique_ptr<State> state_;
};

extern template ScanStep scan_one_waiting(ScanParts<OfficeZone> const&);
extern template ScanStep scan_one_waiting(ScanParts<MedicalZone> const&);
extern template class WaitingScans<OfficeZone>;
extern template class WaitingScans<MedicalZone>;

}  // namespace klout7::documents
