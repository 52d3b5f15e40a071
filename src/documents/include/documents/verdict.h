#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "documents/scanner.h"
#include "store/database.h"
#include "vault/person_keys.h"

namespace klout7::documents {

/// Whether a document may be read. What waits is scanned later (scan_waiting.h).
enum class ScanState {
    waits,
    clean,
    quarantined,
    released,  ///< was in quarantine, and two people said that it may be read after all
};
std::string_view name_of(ScanState state);
constexpr bool may_be_read(ScanState state) {
    return state == ScanState::clean || state == ScanState::released;
}

/// Why a document is, or was, in quarantine.
enum class QuarantineReason {
    infected,     ///< a signature was found in it
    encrypted,    ///< what is in it cannot be looked at
    limit,        ///< larger or deeper inside than is looked at
    not_scanned,  ///< the scanner never came to an end with it, or the document cannot be read any more
};
std::string_view name_of(QuarantineReason reason);

struct Verdict {
    ScanState state = ScanState::waits;
    std::optional<QuarantineReason> reason = {};  ///< of what is, or was, in quarantine
    std::string signature = {};                   ///< of what is infected
};
Verdict verdict_of(ScanResult const& result);

/// A verdict as it came: by which engine and signatures, and when.
struct Scanned {
    Verdict verdict;
    std::string signatures;
    Instant at;
};

/// The row of table document_scan beside that of a new document.
template <class Zone>
void add_verdict(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                 typename vault::PersonKeys<Zone>::Key const& key, DocumentId document,
                 Scanned const& scanned, Random& random);
/// For one in this state. Without `key`, which was destroyed, nothing of why is kept. False when it is in
/// another state by now.
template <class Zone>
bool set_verdict(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                 typename vault::PersonKeys<Zone>::Key const* key, DocumentId document, ScanState from,
                 Scanned const& scanned, Random& random);

/// The columns of document_scan, as a query that names them brings them. All are empty of a document that has
/// no row.
struct VerdictColumns {
    std::optional<std::string> state;
    std::optional<Bytes> finding;
    std::optional<Instant> scanned_at;
    std::optional<crypto::Sha256> tag;
};
/// What the row says of this document. A state other than `waits` carries a tag; one that was not written by
/// a program with this keyring ends the work (broken). Nothing when its cell does not open.
template <class Zone>
std::optional<Verdict> verdict_in(crypto::Keyring<Zone> const& keyring,
                                  typename vault::PersonKeys<Zone>::Key const& key, DocumentId document,
                                  VerdictColumns const& columns);

template <class Zone>
std::optional<Verdict> find_verdict(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                                    typename vault::PersonKeys<Zone>::Key const& key, DocumentId document);
/// What was found in it stays written down. False when it is in quarantine no more.
template <class Zone>
bool release_from_quarantine(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                             DocumentId document, Instant at);

}  // namespace klout7::documents
