#include "documents/sweep.h"

#include <doctest/doctest.h>

#include <chrono>
#include <fstream>
#include <optional>
#include <thread>

#include "testing/killed.h"
#include "testing/side.h"

using namespace klout7;
using namespace klout7::documents;
using namespace klout7::documents::testing;

namespace {

struct Sweeping : Office {
    std::chrono::steady_clock::time_point steady{};
    std::optional<Sweep<OfficeZone>> sweep;

    Sweeping() { start(); }
    /// As a program that starts now, which has seen nothing yet.
    void start() {
        sweep.emplace(files, keyring, database, clock, [this] { return steady; });
    }
    Swept sweep_now() {
        auto const swept = sweep->run();
        REQUIRE(swept);
        return *swept;
    }
    Swept sweep_after(Duration time) {
        clock.advance(time);
        steady += std::chrono::microseconds{time.microseconds};
        return sweep_now();
    }
    Swept sweep_later() { return sweep_after(Duration::hours(2)); }
};

}  // namespace

TEST_CASE(
    "an upload that is killed at any step loses nothing and leaves nothing that the sweep does not remove") {
    Sweeping office;
    auto const kept = office.put(made_up_pdf(100, office.random));
    auto const content = made_up_pdf(40'000, office.random);
    std::size_t step = 0;
    std::size_t had_its_name = 0;
    for (bool was_killed = true; was_killed; ++step) {
        CAPTURE(step);
        auto const id = office.new_id();
        // A fork holds the same random bytes as its parent; the place of the crash makes them differ.
        SeededRandom its_own{step};
        was_killed = trace([&] { (void)office.upload(id, content, its_own); }, step + 1).was_killed;

        // Whole under its name, or not there.
        if (office.files.read(office.store_name(id))) {
            ++had_its_name;
            REQUIRE(office.record(id, content.size()));
            auto opened = office.open(id);
            REQUIRE(opened);
            CHECK(whole(*opened) == content);
            CHECK(office.sweep_later().orphans == 0);
        } else {
            CHECK(was_killed);
            std::size_t const left = office.folder.files().size() - 1 - had_its_name;
            CHECK(left <= 1);
            CHECK(office.sweep_later() == Swept{left, 0, 0});
            REQUIRE(office.upload(id, content));
            REQUIRE(office.files.remove(office.store_name(id)));
        }
        REQUIRE(office.folder.files().size() == 1 + had_its_name);
    }
    CHECK(step > 10);
    CHECK(had_its_name > 1);
    CHECK(office.open(kept));
}

TEST_CASE("a program killed between file and row leaves a file that the sweep removes after an hour") {
    Sweeping office;
    auto const with_row = office.put(made_up_pdf(5000, office.random));
    auto const id = office.new_id();
    auto const content = made_up_pdf(5000, office.random);
    SeededRandom its_own{1};
    trace([&] {
        if (office.upload(id, content, its_own)) raise(SIGKILL);
    });
    REQUIRE(office.folder.files().size() == 2);
    CHECK(office.sweep_now() == Swept{});
    CHECK(office.sweep_after(Duration::minutes(59)) == Swept{});
    CHECK(office.folder.files().size() == 2);
    CHECK(office.sweep_after(Duration::minutes(1)) == Swept{0, 1, 0});
    CHECK_FALSE(office.files.read(office.store_name(id)));
    CHECK(office.open(with_row));
    CHECK(office.sweep_later() == Swept{});
}

TEST_CASE("a program that starts knows of no file how old it is, and removes none") {
    Sweeping office;
    REQUIRE(office.upload(office.new_id(), made_up_pdf(10, office.random)));
    CHECK(office.sweep_now() == Swept{});
    office.start();
    CHECK(office.sweep_later() == Swept{});
    CHECK(office.sweep_later() == Swept{0, 1, 0});
}

TEST_CASE(
    "an upload whose row comes within the hour is never swept, however often the sweep sees it before") {
    Sweeping office;
    auto const content = made_up_pdf(5000, office.random);
    auto const id = office.new_id();
    REQUIRE(office.upload(id, content));
    for (int i = 0; i < 6; ++i) CHECK(office.sweep_after(Duration::minutes(9)) == Swept{});
    REQUIRE(office.record(id, content.size()));
    CHECK(office.sweep_later() == Swept{});
    CHECK(office.sweep_later() == Swept{});
    CHECK(office.open(id));
}

TEST_CASE("an upload that is tried again under its name is as new as its file") {
    Sweeping office;
    auto const content = made_up_pdf(5000, office.random);
    auto const id = office.new_id();
    REQUIRE(office.upload(id, content));
    CHECK(office.sweep_now() == Swept{});
    // As it is when the first try was refused, and the second is between its file and its row.
    REQUIRE(office.files.remove(office.store_name(id)));
    REQUIRE(office.upload(id, content));
    CHECK(office.sweep_later() == Swept{});
    REQUIRE(office.record(id, content.size()));
    CHECK(office.sweep_later() == Swept{});
    CHECK(office.open(id));
}

TEST_CASE("what is still arriving is never swept, however long it takes") {
    Sweeping office;
    auto upload = Upload<OfficeZone>::begin(office.files, *office.scanner, office.keyring, office.key,
                                            {office.person, office.new_id()}, office.random);
    REQUIRE((*upload)->add(made_up_pdf(50'000, office.random)));
    CHECK(office.sweep_after(Duration::days(3)) == Swept{});
    CHECK((*upload)->keep());
}

TEST_CASE("a sweep over more rows than one step finds exactly the files without a row") {
    Sweeping office;
    auto const content = made_up_pdf(10, office.random);
    // Rows without a file, so that there are steps before, between and after.
    std::vector<DocumentId> ids;
    for (int i = 0; i < 10'100; ++i) ids.push_back(office.new_id());
    std::vector<DocumentId> with_row;
    for (auto const at : {0U, 4999U, 5000U, 7000U, 10'099U}) with_row.push_back(ids[at]);
    auto const without = office.new_id();
    REQUIRE(office.upload(without, content));
    for (auto const id : with_row) REQUIRE(office.upload(id, content));
    Bytes const nothing;
    crypto::Sha256 const no_tag{};
    REQUIRE(office.database.transact([&](store::Transaction& tx) {
        std::vector<std::vector<store::Value>> rows;
        for (auto const& id : ids)
            rows.push_back(
                {id, office.case_id, office.person, nothing, nothing, 0, office.actor.user, 0, id, no_tag});
        tx.insert_many(
            "INSERT INTO document (id, case_id, person_id, file_name, size_bytes, sealed_bytes, created_by, "
            "created_at, series_id, tag) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            rows);
    }));
    CHECK(office.sweep_now() == Swept{});
    CHECK(office.sweep_later() == Swept{0, 1, 0});
    CHECK_FALSE(office.files.read(office.store_name(without)));
    for (auto const id : with_row) CHECK(office.files.read(office.store_name(id)));
}

TEST_CASE("a database that lost its rows takes no documents with it") {
    Sweeping office;
    std::vector<DocumentId> ids;
    for (std::size_t i = 0; i < most_orphans + 1; ++i)
        ids.push_back(office.put(made_up_pdf(10, office.random)));
    office.tamper([](store::Transaction& tx) {
        tx.execute("DELETE FROM document");
        tx.execute("DELETE FROM document_scan");
    });
    CHECK(office.sweep_now() == Swept{});
    CHECK(office.sweep_later() == Swept{0, 0, most_orphans + 1});
    CHECK(office.folder.files().size() == most_orphans + 1);
    REQUIRE(office.record(ids.front(), 10));
    CHECK(office.sweep_later() == Swept{0, most_orphans, 0});
    CHECK(office.open(ids.front()));
}

TEST_CASE("a database that does not answer leaves everything as it is") {
    Sweeping office;
    REQUIRE(office.upload(office.new_id(), made_up_pdf(10, office.random)));
    auto nobody = store::Database{{.side = Side::office,
                                   .logins = store::fixed_login(office.server.server().odbc(), "x"),
                                   .user = "k7_nobody"}};
    Sweep<OfficeZone> without_rows{office.files, office.keyring, nobody, office.clock,
                                   [&] { return office.steady; }};
    for (int i = 0; i < 3; ++i) {
        CHECK(without_rows.run().error() == Sweep<OfficeZone>::Fault::database);
        office.steady += std::chrono::hours{2};
    }
    CHECK(office.folder.files().size() == 1);
    std::filesystem::remove_all(office.folder.path() / "incoming");
    CHECK(office.sweep->run().error() == Sweep<OfficeZone>::Fault::store);
}

TEST_CASE("a sweeper sweeps as soon as it starts") {
    Sweeping office;
    std::ofstream{office.folder.path() / "incoming" / StoreName::make_random(office.random).text()} << "x";
    office.clock.advance(Duration::hours(2));
    Sweeper<OfficeZone> const sweeper{office.files, office.keyring, office.database, office.clock};
    for (int i = 0; i < 200 && !office.folder.files().empty(); ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds{20});
    CHECK(office.folder.files().empty());
}

TEST_CASE("a removed file is a line in the operating log, by a name that says nothing") {
    auto const name = *StoreName::parse("00000000000000000000000000000000");
    CHECK(log_detail::json_member(field("file", name)) == R"(,"file":"00000000000000000000000000000000")");
}
