#include "documents/rescan.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "testing/side.h"

using namespace klout7;
using namespace klout7::documents;
using namespace klout7::documents::testing;
using access::FailureKind;

namespace {

/// A scanner that knows one signature more than the one that uploads meet.
struct NewScanner {
    TestingFolder signatures;
    TestingFolder folder;
    PrivateScanner server = start();
    Scanner scanner{private_scanner_socket(folder.path())};

    NewScanner() {
        for (int i = 0; i < 200 && !scanner.version(); ++i)
            std::this_thread::sleep_for(std::chrono::milliseconds{50});
        require(scanner.version().has_value(), "clamd starts");
    }
    PrivateScanner start() {
        std::ofstream{signatures.path() / "new.ndb"}
            << "Known-Today:0:*:" << to_hex(bytes_of("known since today")) << "\n";
        auto made = PrivateScanner::start({.folder = folder.path(), .system_signatures = signatures.path()});
        require(made.has_value(), "clamd is installed, and there is room in memory");
        return std::move(*made);
    }
    static NewScanner& shared() {
        static NewScanner one;
        return one;
    }
};

template <class Zone>
struct Rescanning : SideFixture<Zone> {
    audit::Recorder<Zone> recorder{this->keyring, this->random,
                                   Zone::side == Side::office ? "klout7-office" : "klout7-medical"};

    /// Later than what was put before it: it is looked at behind it.
    DocumentId put_next(std::string const& words) {
        this->clock.advance(Duration::seconds(1));
        return this->put(bytes_of(pdf_of(words)));
    }
    RescanStep step(Scanner const& with) {
        return rescan_one<Zone>(
            {this->files, with, this->keys, recorder, this->database, this->clock, this->random});
    }
    RescanStep step() { return step(NewScanner::shared().scanner); }
    /// What was scanned until now was so with signatures that are no more.
    void signatures_are_old() {
        this->tamper([](store::Transaction& tx) {
            tx.execute("UPDATE document_scan SET signatures = 'ClamAV before'");
            tx.execute("UPDATE document_rescan SET signatures = 'ClamAV before'");
        });
    }
    Rescan newest() {
        auto const found = this->database.transact(newest_rescan);
        REQUIRE((found && *found));
        return **found;
    }
    std::int64_t left() {
        return *this->database.transact(
            [&](store::Transaction& tx) { return left_of(tx, *newest_rescan(tx)); });
    }
    void pause(bool is_paused) {
        REQUIRE(this->database.transact(
                    [&](store::Transaction& tx) { return pause_rescans(tx, is_paused); }) == true);
    }
    std::vector<std::string> lines() {
        std::vector<std::string> actions;
        this->tamper([&](store::Transaction& tx) {
            for (auto const& [entry] : tx.rows<Bytes>("SELECT entry FROM audit_event ORDER BY number")) {
                auto const event = audit::decode_entry(entry)->event;
                actions.push_back(event.action + " " + event.object_class + ": " + event.ground);
            }
        });
        return actions;
    }
};

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE_TEMPLATE("what new signatures find in what was clean is closed, and all else stays as it was", Zone,
                   OfficeZone, MedicalZone) {
    Rescanning<Zone> side;
    auto const first = side.put_next("a letter");
    auto const harmful = side.put_next("known since today");
    auto const last = side.put_next("another letter");
    CHECK(side.open(harmful));
    side.signatures_are_old();
    CHECK(side.step() == RescanStep::begun);
    CHECK(side.left() == 3);
    CHECK(side.step() == RescanStep::clean);
    CHECK(side.left() == 2);
    CHECK(side.open(harmful));
    CHECK(side.step() == RescanStep::found);
    CHECK(side.open(harmful).error().kind == FailureKind::not_clean);
    CHECK(side.step() == RescanStep::clean);
    CHECK(side.step() == RescanStep::finished);
    CHECK(side.step() == RescanStep::nothing);

    CHECK(side.open(first));
    CHECK(side.open(last));
    auto const rescan = side.newest();
    CHECK(rescan.signatures == NewScanner::shared().scanner.version());
    CHECK(rescan.scanned == 2);
    CHECK(rescan.found == 1);
    CHECK(rescan.not_scanned == 0);
    CHECK(rescan.finished_at == side.clock.now());
    CHECK(side.left() == 0);
    CHECK(side.lines() ==
          Lines{"create rescan: new signatures", "scan document: quarantined", "end rescan: finished"});
}

TEST_CASE(
    "what was scanned with these signatures is not scanned again, and what waits or is in quarantine is not "
    "looked at") {
    Rescanning<OfficeZone> office;
    Scanner const nobody{"no-scanner"};
    office.put(bytes_of(pdf_of("a letter")));
    office.put(bytes_of(pdf_of(eicar)));
    office.scanner = &nobody;
    office.put(bytes_of(pdf_of("it waits")));
    CHECK(office.step() == RescanStep::begun);
    CHECK(office.step() == RescanStep::finished);
    CHECK(office.newest().scanned == 0);
    // Another signature: a rescan of its own.
    office.signatures_are_old();
    CHECK(office.step() == RescanStep::begun);
    CHECK(office.newest().number == 2);
    CHECK(office.step() == RescanStep::clean);
    CHECK(office.step() == RescanStep::finished);
    CHECK(office.newest().scanned == 1);
}

TEST_CASE("a rescan that is held up scans nothing until it goes on, and new signatures do not let it loose") {
    Rescanning<OfficeZone> office;
    CHECK(office.database.transact([](store::Transaction& tx) { return pause_rescans(tx, true); }) == false);
    auto const harmful = office.put(bytes_of(pdf_of("known since today")));
    office.signatures_are_old();
    CHECK(office.step() == RescanStep::begun);
    office.pause(true);
    CHECK(office.step() == RescanStep::paused);
    office.signatures_are_old();
    CHECK(office.step() == RescanStep::begun);
    CHECK(office.step() == RescanStep::paused);
    CHECK(office.open(harmful));
    office.pause(false);
    CHECK(office.step() == RescanStep::found);
    CHECK_FALSE(office.open(harmful));
}

TEST_CASE("without a scanner nothing is lost, and what cannot be looked at stays as it was and is counted") {
    Rescanning<OfficeZone> office;
    Scanner const nobody{"no-scanner"};
    auto const bad = office.put_next("bad");
    auto const good = office.put_next("good");
    auto const forged = office.put_next("forged");
    office.signatures_are_old();
    CHECK(office.step(nobody) == RescanStep::away);
    CHECK(office.step() == RescanStep::begun);
    CHECK(office.step(nobody) == RescanStep::away);
    std::filesystem::resize_file(
        office.folder.path() / office.store_name(bad).folder() / office.store_name(bad).text(), 100);
    office.tamper([&](store::Transaction& tx) {
        tx.execute("UPDATE document SET created_at = created_at + 1 WHERE id = ?", forged);
    });
    CHECK(office.step() == RescanStep::not_scanned);
    CHECK(office.step() == RescanStep::clean);
    CHECK(office.step() == RescanStep::not_scanned);
    CHECK(office.step() == RescanStep::finished);
    CHECK(office.newest().not_scanned == 2);
    CHECK(office.open(good));
}
