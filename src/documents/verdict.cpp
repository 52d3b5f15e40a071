#include "documents/verdict.h"

#include "store/row_tag.h"

namespace klout7::documents {
namespace {

constexpr auto all_states = {ScanState::waits, ScanState::clean, ScanState::quarantined, ScanState::released};
constexpr auto all_reasons = {QuarantineReason::infected, QuarantineReason::encrypted,
                              QuarantineReason::limit, QuarantineReason::not_scanned};

/// What may be read hangs on it.
template <class Zone>
crypto::Sha256 tag_of(crypto::Keyring<Zone> const& keyring, DocumentId document, std::string_view state,
                      Instant scanned_at) {
    return store::row_tag(keyring, "document_scan", {document, state, scanned_at});
}

/// What the sealed cell `finding` holds: the reason, and behind a space the signature.
std::string finding_text(Verdict const& verdict) {
    std::string text{name_of(*verdict.reason)};
    if (!verdict.signature.empty()) text.append(" ").append(verdict.signature);
    return text;
}

bool read_finding(std::string_view text, Verdict& verdict) {
    auto const space = text.find(' ');
    for (auto const reason : all_reasons) {
        if (name_of(reason) == text.substr(0, space)) verdict.reason = reason;
    }
    if (space != std::string_view::npos) verdict.signature = text.substr(space + 1);
    return verdict.reason.has_value();
}

/// The columns of a verdict, as they are written.
struct Written {
    std::string state;
    std::optional<Bytes> finding;
    std::optional<std::string> signatures;
    std::optional<Instant> scanned_at;
    std::optional<crypto::Sha256> tag;
};
template <class Zone>
Written written(crypto::Keyring<Zone> const& keyring, typename vault::PersonKeys<Zone>::Key const* key,
                DocumentId document, Scanned const& scanned, Random& random) {
    auto const& verdict = scanned.verdict;
    Written columns{.state = std::string{name_of(verdict.state)},
                    .finding = {},
                    .signatures = {},
                    .scanned_at = {},
                    .tag = {}};
    if (verdict.state == ScanState::waits) return columns;
    if (key != nullptr && verdict.reason) {
        auto const text = finding_text(verdict);
        columns.finding =
            key->cells().seal({"document_scan", "finding", document.uuid()}, bytes_of(text), random);
    }
    columns.signatures = scanned.signatures;
    columns.scanned_at = scanned.at;
    columns.tag = tag_of(keyring, document, columns.state, scanned.at);
    return columns;
}

}  // namespace

std::string_view name_of(ScanState state) {
    switch (state) {
        case ScanState::waits:
            return "waits";
        case ScanState::clean:
            return "clean";
        case ScanState::quarantined:
            return "quarantined";
        case ScanState::released:
            return "released";
    }
    return {};
}

std::string_view name_of(QuarantineReason reason) {
    switch (reason) {
        case QuarantineReason::infected:
            return "infected";
        case QuarantineReason::encrypted:
            return "encrypted";
        case QuarantineReason::limit:
            return "limit";
        case QuarantineReason::not_scanned:
            return "not_scanned";
    }
    return {};
}

Verdict verdict_of(ScanResult const& result) {
    if (std::holds_alternative<Clean>(result)) return {.state = ScanState::clean};
    if (auto const* infected = std::get_if<Infected>(&result))
        return {ScanState::quarantined, QuarantineReason::infected, infected->signature};
    switch (std::get<NotScanned>(result)) {
        case NotScanned::encrypted:
            return {ScanState::quarantined, QuarantineReason::encrypted};
        case NotScanned::limit:
            return {ScanState::quarantined, QuarantineReason::limit};
        case NotScanned::away:
        case NotScanned::busy:
        case NotScanned::timed_out:
        case NotScanned::broken_answer:
            return {};
    }
    return {};
}

template <class Zone>
void add_verdict(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                 typename vault::PersonKeys<Zone>::Key const& key, DocumentId document,
                 Scanned const& scanned, Random& random) {
    auto const row = written(keyring, &key, document, scanned, random);
    tx.execute(
        "INSERT INTO document_scan (document_id, state, tries, arrived_at, finding, signatures, scanned_at, "
        "tag) VALUES (?, ?, 0, ?, ?, ?, ?, ?)",
        document, row.state, scanned.at, row.finding, row.signatures, row.scanned_at, row.tag);
}

template <class Zone>
bool set_verdict(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                 typename vault::PersonKeys<Zone>::Key const* key, DocumentId document, ScanState from,
                 Scanned const& scanned, Random& random) {
    auto const row = written(keyring, key, document, scanned, random);
    return tx.execute(
               "UPDATE document_scan SET state = ?, finding = ?, signatures = ?, scanned_at = ?, tag = ? "
               "WHERE document_id = ? AND state = ?",
               row.state, row.finding, row.signatures, row.scanned_at, row.tag, document, name_of(from)) == 1;
}

template <class Zone>
std::optional<Verdict> verdict_in(crypto::Keyring<Zone> const& keyring,
                                  typename vault::PersonKeys<Zone>::Key const& key, DocumentId document,
                                  VerdictColumns const& columns) {
    Verdict verdict;
    // Who writes `waits` without a tag takes a document away and gives none.
    if (!columns.state || *columns.state == name_of(ScanState::waits)) return verdict;
    auto const expected = tag_of(keyring, document, *columns.state, columns.scanned_at.value_or(Instant{}));
    store::require_row_tag(columns.tag.value_or(crypto::Sha256{}), expected);
    verdict.state = ScanState::quarantined;
    for (auto const state : all_states) {
        if (name_of(state) == *columns.state) verdict.state = state;
    }
    if (!columns.finding) return verdict;
    auto const text = key.cells().open({"document_scan", "finding", document.uuid()}, *columns.finding);
    if (!text || !read_finding(text->text(), verdict)) return std::nullopt;
    return verdict;
}

template <class Zone>
std::optional<Verdict> find_verdict(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                                    typename vault::PersonKeys<Zone>::Key const& key, DocumentId document) {
    auto const row = tx.row<std::optional<std::string>, std::optional<Bytes>, std::optional<Instant>,
                            std::optional<crypto::Sha256>>(
        "SELECT state, finding, scanned_at, tag FROM document_scan WHERE document_id = ?", document);
    if (!row) return Verdict{};
    auto const& [state, finding, scanned_at, tag] = *row;
    return verdict_in(keyring, key, document, {state, finding, scanned_at, tag});
}

template <class Zone>
bool release_from_quarantine(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                             DocumentId document, Instant at) {
    auto const state = name_of(ScanState::released);
    return tx.execute(
               "UPDATE document_scan SET state = ?, scanned_at = ?, tag = ? WHERE document_id = ? AND state "
               "= "
               "'quarantined'",
               state, at, tag_of(keyring, document, state, at), document) == 1;
}

#define KLOUT7_FOR(Zone)                                                                                  \
    template void add_verdict<Zone>(store::Transaction&, crypto::Keyring<Zone> const&,                    \
                                    vault::PersonKeys<Zone>::Key const&, DocumentId, Scanned const&,      \
                                    Random&);                                                             \
    template bool set_verdict<Zone>(store::Transaction&, crypto::Keyring<Zone> const&,                    \
                                    vault::PersonKeys<Zone>::Key const*, DocumentId, ScanState,           \
                                    Scanned const&, Random&);                                             \
    template std::optional<Verdict> verdict_in<Zone>(crypto::Keyring<Zone> const&,                        \
                                                     vault::PersonKeys<Zone>::Key const&, DocumentId,     \
                                                     VerdictColumns const&);                              \
    template std::optional<Verdict> find_verdict<Zone>(store::Transaction&, crypto::Keyring<Zone> const&, \
                                                       vault::PersonKeys<Zone>::Key const&, DocumentId);  \
    template bool release_from_quarantine(store::Transaction&, crypto::Keyring<Zone> const&, DocumentId,  \
                                          Instant);
KLOUT7_FOR(OfficeZone)
KLOUT7_FOR(MedicalZone)
#undef KLOUT7_FOR

}  // namespace klout7::documents
