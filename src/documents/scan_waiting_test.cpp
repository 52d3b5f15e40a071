#include "documents/scan_waiting.h"

#include <doctest/doctest.h>

#include "testing/side.h"

using namespace klout7;
using namespace klout7::documents;
using namespace klout7::documents::testing;
using access::FailureKind;

namespace {

/// A side whose uploads meet no scanner, unless it is told otherwise.
template <class Zone>
struct Waiting : SideFixture<Zone> {
    Scanner nobody{"no-scanner"};
    audit::Recorder<Zone> recorder{this->keyring, this->random,
                                   Zone::side == Side::office ? "klout7-office" : "klout7-medical"};
    Waiting() { this->scanner = &nobody; }

    ScanStep step(Scanner const& with) {
        return scan_one_waiting<Zone>(
            {this->files, with, this->keys, recorder, this->database, this->clock, this->random});
    }
    ScanStep step() { return step(TestingScanner::shared().scanner); }
    DocumentView view(DocumentId id) {
        auto const listed = this->list();
        REQUIRE(listed);
        for (auto const& one : *listed) {
            if (one.row.id == id) return one;
        }
        REQUIRE(false);
        return {};
    }
    ScanState state(DocumentId id) { return view(id).verdict.state; }
    bool is_closed(DocumentId id) {
        auto const opened = this->open(id);
        return !opened && opened.error().kind == FailureKind::not_clean;
    }
    std::int64_t lines() {
        std::int64_t count = 0;
        this->tamper([&](store::Transaction& tx) {
            count = std::get<0>(*tx.row<std::int64_t>("SELECT COUNT(*) FROM audit_event"));
        });
        return count;
    }
};

}  // namespace

TEST_CASE_TEMPLATE("what came while no scanner was there waits, stays closed, and is scanned when one is",
                   Zone, OfficeZone, MedicalZone) {
    Waiting<Zone> side;
    auto const clean = side.put(bytes_of(pdf_of("a letter")));
    auto const infected = side.put(bytes_of(pdf_of(eicar)));
    CHECK(side.state(clean) == ScanState::waits);
    CHECK(side.is_closed(clean));
    CHECK(side.is_closed(infected));

    CHECK(side.step(side.nobody) == ScanStep::away);
    CHECK(side.is_closed(clean));
    CHECK(side.lines() == 0);

    CHECK(side.step() == ScanStep::verdict);
    CHECK(side.step() == ScanStep::verdict);
    CHECK(side.step() == ScanStep::nothing_waits);
    CHECK(side.lines() == 2);
    CHECK(side.state(clean) == ScanState::clean);
    auto opened = side.open(clean);
    REQUIRE(opened);
    CHECK(text_of(whole(*opened)) == pdf_of("a letter"));
    CHECK(side.is_closed(infected));
    auto const verdict = side.view(infected).verdict;
    CHECK(verdict.state == ScanState::quarantined);
    CHECK(verdict.reason == QuarantineReason::infected);
    CHECK(verdict.signature == "Eicar-Test-Signature");
}

TEST_CASE("what is scanned while it arrives has its verdict at once, and what is found is kept sealed") {
    Office office;
    auto const clean = office.put(bytes_of(pdf_of("a letter")));
    CHECK(office.last.verdict.state == ScanState::clean);
    CHECK(office.last.signatures.starts_with("ClamAV "));
    CHECK(office.open(clean));
    auto const infected = office.put(bytes_of(pdf_of(own_signature)));
    CHECK(office.last.verdict.state == ScanState::quarantined);
    CHECK(office.open(infected).error().kind == FailureKind::not_clean);
    for (auto const& file : office.folder.files())
        CHECK(content_of(file).find("KLOUT7") == std::string::npos);
    office.tamper([&](store::Transaction& tx) {
        auto const row = tx.row<std::optional<Bytes>, std::string>(
            "SELECT finding, signatures FROM document_scan WHERE document_id = ?", infected);
        REQUIRE((row && std::get<0>(*row)));
        CHECK(text_of(*std::get<0>(*row)).find("Klout7-Test") == std::string::npos);
        CHECK(std::get<1>(*row) == office.last.signatures);
    });
}

TEST_CASE("a verdict that was written, moved or changed by somebody without the keyring opens nothing") {
    Office office;
    auto const infected = office.put(bytes_of(pdf_of(eicar)));
    auto const clean = office.put(bytes_of(pdf_of("a letter")));
    auto const written = [&](auto statement) {
        office.tamper(statement);
        auto const opened = office.open(infected);
        CHECK_FALSE(opened);
        return opened.error().kind;
    };
    CHECK(written([&](store::Transaction& tx) {
              tx.execute("UPDATE document_scan SET state = 'clean' WHERE document_id = ?", infected);
          }) == FailureKind::unavailable);
    CHECK(
        written([&](store::Transaction& tx) {
            tx.execute(
                "UPDATE document_scan SET state = 'clean', finding = NULL, tag = NULL WHERE document_id = ?",
                infected);
        }) == FailureKind::unavailable);
    CHECK(written([&](store::Transaction& tx) {
              auto const [at, tag] = *tx.row<Instant, crypto::Sha256>(
                  "SELECT scanned_at, tag FROM document_scan WHERE document_id = ?", clean);
              tx.execute("UPDATE document_scan SET scanned_at = ?, tag = ? WHERE document_id = ?", at, tag,
                         infected);
          }) == FailureKind::unavailable);
    // Without a row, or back to waiting: closed, and scanned again.
    CHECK(written([&](store::Transaction& tx) {
              tx.execute("UPDATE document_scan SET state = 'waits', tag = NULL WHERE document_id = ?",
                         infected);
          }) == FailureKind::not_clean);
    CHECK(written([&](store::Transaction& tx) {
              tx.execute("DELETE FROM document_scan WHERE document_id = ?", infected);
          }) == FailureKind::not_clean);
    CHECK(office.open(clean));
}

TEST_CASE(
    "a document that the scanner never comes to an end with keeps nobody waiting, and ends in quarantine") {
    Waiting<OfficeZone> office;
    auto const bad = office.put(bytes_of(pdf_of("bad")));
    office.clock.advance(Duration::seconds(1));
    auto const good = office.put(bytes_of(pdf_of("good")));
    // Its file is not what was sealed, so that there is nothing to scan.
    std::filesystem::resize_file(
        office.folder.path() / office.store_name(bad).folder() / office.store_name(bad).text(), 100);
    CHECK(office.step() == ScanStep::tried);
    CHECK(office.step() == ScanStep::verdict);
    CHECK(office.state(good) == ScanState::clean);
    for (std::int64_t i = 1; i + 1 < most_tries; ++i) {
        CHECK(office.step() == ScanStep::tried);
        CHECK(office.state(bad) == ScanState::waits);
    }
    CHECK(office.step() == ScanStep::verdict);
    CHECK(office.step() == ScanStep::nothing_waits);
    CHECK(office.state(bad) == ScanState::quarantined);
    CHECK(office.lines() == 2);
}

TEST_CASE("a document whose key was destroyed waits for nothing") {
    Waiting<OfficeZone> office;
    office.put(bytes_of(pdf_of("a letter")));
    REQUIRE(
        office.database.transact([&](store::Transaction& tx) { office.keys.destroy(tx, office.person); }));
    CHECK(office.step() == ScanStep::verdict);
    CHECK(office.step() == ScanStep::nothing_waits);
}
