#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <set>
#include <thread>

#include "audit/integrator.h"
#include "audit/proofs.h"
#include "audit/reader.h"
#include "audit/recorder.h"
#include "audit/verify.h"
#include "base/clock.h"
#include "base/testing.h"
#include "store/testing.h"

using namespace klout7;
using namespace klout7::audit;

namespace {

/// A log of its own with some events, and what it takes to add to it, sign it and check it.
struct Log {
    store::TestServer& server = store::TestServer::shared();
    SystemRandom random;
    SystemClock clock;
    crypto::Keyring<OfficeZone> keyring = crypto::Keyring<OfficeZone>::create(
        {Uuid::version_7(clock.now(), random), Environment::test}, random);
    store::Database office;
    store::Database log;
    Recorder<OfficeZone> recorder{keyring, random, "klout7-office"};
    std::filesystem::path folder;
    PersonId person = PersonId::make(clock.now(), random);

    Log() : office((server.empty_tables(), server.office())), log(server.office_log()) {
        auto pattern = (std::filesystem::temp_directory_path() / "klout7-log-XXXXXX").string();
        folder = mkdtemp(pattern.data());
    }
    ~Log() { std::filesystem::remove_all(folder); }

    Event event(std::string action, std::string detail = {}) {
        return {.at = clock.now(),
                .action = std::move(action),
                .object_class = "case_file",
                .object = Uuid::version_7(clock.now(), random),
                .person = person,
                .user = UserId::make(clock.now(), random),
                .role = "case_manager",
                .ground = "assigned",
                .detail = std::move(detail)};
    }
    void record(int count) {
        for (int i = 0; i < count; ++i) {
            auto const one = event("read", i % 2 == 0 ? "192.0.2.7" : "");
            REQUIRE(office.transact([&](store::Transaction& tx) { recorder.record(tx, {&one, 1}); }));
        }
    }
    void sign() { REQUIRE(integrate(keyring, log, folder)); }
    std::optional<std::string> first_fault() {
        auto const verdict = verify(keyring, log, folder);
        REQUIRE(verdict);
        return verdict->first_fault;
    }
    void tamper(std::string const& statement) { REQUIRE(server.server_operator().execute(statement)); }
};

}  // namespace

TEST_CASE("events are numbered without a gap, also when many write at once and some roll back") {
    Log log;
    GroupRecorder<OfficeZone> group{log.recorder, log.office};
    // As the same program in another process would: what one of them knows of numbers, the other does not.
    Recorder<OfficeZone> const elsewhere{log.keyring, log.random, "klout7-office"};
    {
        std::vector<std::jthread> writers;
        for (int i = 0; i < 4; ++i) {
            writers.emplace_back([&, &recorder = i % 2 == 0 ? log.recorder : elsewhere] {
                for (int n = 0; n < 25; ++n) {
                    auto const one = log.event("read");
                    CHECK(group.record({&one, 1}));
                    auto const ignored = log.office.transact([&](store::Transaction& tx) {
                        recorder.record(tx, {&one, 1});
                        if (n % 5 == 0) tx.roll_back_at_end();
                    });
                    CHECK(ignored);
                }
            });
        }
    }
    auto const verdict = verify(log.keyring, log.log, log.folder);
    REQUIRE(verdict);
    INFO(verdict->first_fault.value_or("whole"));
    CHECK_FALSE(verdict->first_fault);
    CHECK(verdict->events == 100 + 80);
}

TEST_CASE("a whole log verifies before and after it is signed, and lines come back with their detail") {
    Log log;
    log.record(3);
    CHECK_FALSE(log.first_fault());
    log.sign();
    log.record(600);
    log.sign();
    log.record(2);
    auto const verdict = verify(log.keyring, log.log, log.folder);
    REQUIRE(verdict);
    CHECK_FALSE(verdict->first_fault);
    CHECK(verdict->events == 605);
    CHECK(verdict->under_checkpoint == 603);
    auto const lines =
        log.log.transact([&](store::Transaction& tx) { return read_lines(tx, log.keyring, log.person, {}); });
    REQUIRE(lines);
    REQUIRE(lines->size() == 100);
    CHECK(lines->front().entry.number == 605);
    CHECK(lines->front().entry.event.action == "read");
    CHECK((*lines)[1].detail == "192.0.2.7");
}

TEST_CASE("every line of every program is found in the signed log with its proof, and none that is not") {
    Log log;
    Recorder<OfficeZone> const operations{log.keyring, log.random, "klout7"};
    // In runs: of the one only, of the other only for whole bundles, and mixed.
    Recorder<OfficeZone> const& office = log.recorder;
    for (auto const& [recorder, count] :
         {std::pair{&office, 3}, {&operations, 700}, {&office, 520}, {&operations, 1}}) {
        std::vector<Event> const many(static_cast<std::size_t>(count), log.event("read"));
        REQUIRE(log.office.transact([&](store::Transaction& tx) { recorder->record(tx, many); }));
        log.sign();
    }
    Proofs const proofs{log.keyring, log.folder};
    auto const newest = proofs.newest();
    REQUIRE(newest);
    auto const size = newest->checkpoint.size;
    REQUIRE(size == 1224);
    std::vector<Hash> leaves;
    for (std::uint64_t index = 0; index * tile_width < size; ++index) {
        auto const entries = LogFolder{log.folder}.read_entries_under(size, index);
        REQUIRE(entries);
        for (auto const& entry : *entries) leaves.push_back(leaf_hash(entry));
    }
    auto const heads_of = [&](std::vector<Subtree> const& path) {
        std::vector<Hash> heads;
        for (auto const [first, end] : path)
            heads.push_back(tree_head(std::span{leaves}.subspan(first, end - first)));
        return heads;
    };
    std::set<std::uint64_t> places;
    for (auto const& [program, last] : {std::pair{"klout7-office", 523}, {"klout7", 701}}) {
        for (std::int64_t number = 1; number <= last; ++number) {
            auto const proof = proofs.of_line(program, number);
            REQUIRE(proof);
            auto const entry = decode_entry(proof->entry);
            CHECK((entry && entry->program == program && entry->number == number));
            CHECK(leaf_hash(proof->entry) == leaves[proof->index]);
            CHECK(proof->hashes == heads_of(inclusion_path(proof->index, size)));
            places.insert(proof->index);
        }
        for (std::int64_t const number : {-1, 0, last + 1})
            CHECK(proofs.of_line(program, number).error() == ProofError::not_there);
    }
    CHECK(places.size() == size);
    CHECK(proofs.of_line("klout7-medical", 1).error() == ProofError::not_there);
    for (std::uint64_t from = 0; from <= size; from += 17)
        CHECK(proofs.of_growth(from, size) == heads_of(consistency_path(from, size)));
    CHECK(proofs.of_growth(3, 2).error() == ProofError::not_there);
    CHECK(proofs.of_growth(3, size + 1).error() == ProofError::not_there);
}

TEST_CASE("a line is proven at any moment while the log grows, and a log that is not whole says so") {
    Log log;
    CHECK(Proofs{log.keyring, log.folder}.newest().error() == ProofError::not_there);
    log.record(3);
    log.sign();
    {
        std::jthread const growing{[&](std::stop_token const& stop) {
            while (!stop.stop_requested()) {
                std::vector<Event> const many(70, log.event("read"));
                CHECK(log.office.transact([&](store::Transaction& tx) { log.recorder.record(tx, many); }));
                CHECK(integrate(log.keyring, log.log, log.folder));
            }
        }};
        for (int i = 0; i < 200; ++i)
            CHECK(Proofs{log.keyring, log.folder}.of_line("klout7-office", 1 + i % 3));
    }
    auto const is_line = [&](std::int64_t number) {
        return log.log.transact(
            [&](store::Transaction& tx) { return has_line(tx, "klout7-office", number); });
    };
    CHECK(is_line(3) == true);
    CHECK(is_line(1'000'000) == false);
    std::filesystem::remove_all(log.folder / "tile");
    CHECK(Proofs{log.keyring, log.folder}.of_line("klout7-office", 1).error() == ProofError::damaged);
}

TEST_CASE("every way of tampering with a row is named with its line") {
    struct Way {
        char const* what;
        char const* statement;
        char const* named;
    };
    auto const ways = std::to_array<Way>({
        {"an entry edited", "UPDATE {}audit_event SET entry = CONCAT(entry, 'x') WHERE number = 2",
         "line 2 "},
        {"a tag edited", "UPDATE {}audit_event SET tag = REPEAT('x', 32) WHERE number = 3", "line 3 "},
        {"the time edited", "UPDATE {}audit_event SET at = at + 1 WHERE number = 2", "line 2 "},
        {"the person taken out", "UPDATE {}audit_event SET person_id = NULL WHERE number = 4", "line 4 "},
        {"the user changed", "UPDATE {}audit_event SET user_id = REPEAT('u', 16) WHERE number = 1",
         "line 1 "},
        {"the detail changed", "UPDATE {}audit_event SET detail = CONCAT(detail, 'x') WHERE number = 5",
         "line 5 "},
        {"the detail removed", "UPDATE {}audit_event SET detail = NULL WHERE number = 5", "line 5 "},
        {"a line deleted", "DELETE FROM {}audit_event WHERE number = 2", "line 2 was removed"},
        {"the last signed line deleted", "DELETE FROM {}audit_event WHERE number = 6", "line 6 was removed"},
        {"the last line deleted", "DELETE FROM {}audit_event WHERE number = 8", "line 8 was removed"},
        {"the count turned back with it",
         "DELETE FROM {}audit_event WHERE number >= 5; UPDATE {}audit_number SET last_number = 4 WHERE "
         "program = "
         "'klout7-office'",
         "line 5 was removed"},
        {"a copy inserted at the end",
         "INSERT INTO {}audit_event SELECT program, 9, at, person_id, user_id, entry, tag, detail FROM "
         "{}audit_event WHERE number = 2",
         "line 9 was inserted"},
        {"a copy inserted before the start",
         "INSERT INTO {}audit_event SELECT program, 0, at, person_id, user_id, entry, tag, detail FROM "
         "{}audit_event WHERE number = 2",
         "line 0 was inserted"},
        {"a line of a program that wrote none, before the start",
         "INSERT INTO {}audit_event SELECT 'klout7', -1, at, person_id, user_id, entry, tag, detail FROM "
         "{}audit_event WHERE number = 2",
         "klout7 line -1 was inserted"},
        {"a line of another program",
         "INSERT INTO {}audit_event SELECT 'klout7', 1, at, person_id, user_id, entry, tag, detail FROM "
         "{}audit_event WHERE number = 2",
         "klout7 line 1 was inserted"},
        {"a line of a program that is none",
         "INSERT INTO {}audit_event SELECT 'nobody', 1, at, person_id, user_id, entry, tag, detail FROM "
         "{}audit_event WHERE number = 2",
         "nobody line 1 was inserted"},
        {"two lines swapped",
         "UPDATE {}audit_event SET number = -1 WHERE number = 2; UPDATE {}audit_event SET number = 2 WHERE "
         "number = "
         "4; UPDATE {}audit_event SET number = 4 WHERE number = -1",
         "line 2 "},
    });
    for (auto const& way : ways) {
        INFO(way.what);
        Log log;
        log.record(6);
        log.sign();
        log.record(2);
        REQUIRE_FALSE(log.first_fault());
        std::string statements = way.statement;
        for (auto at = statements.find("{}"); at != std::string::npos; at = statements.find("{}"))
            statements.replace(at, 2, "klout7_office.");
        for (std::size_t from = 0; from < statements.size();) {
            auto const end = std::min(statements.find("; ", from), statements.size());
            log.tamper(statements.substr(from, end - from));
            from = end + 2;
        }
        auto const fault = log.first_fault();
        REQUIRE(fault);
        INFO(*fault);
        CHECK(fault->find(way.named) != std::string::npos);
    }
}

TEST_CASE("a changed file of the log is named, and nothing is added to it any more") {
    Log log;
    log.record(5);
    log.sign();
    std::filesystem::resize_file(log.folder / "tile/entries/000.p/5", 20);
    CHECK(log.first_fault());
    log.record(1);
    CHECK_FALSE(integrate(log.keyring, log.log, log.folder));
}

TEST_CASE("the account of the program can add events and can neither read, change nor remove one") {
    Log log;
    log.record(1);
    auto const refused = [&](auto statement) {
        auto const done = log.office.transact([&](store::Transaction& tx) { statement(tx); });
        return !done && done.error() == store::StoreError::refused;
    };
    CHECK(refused([](auto& tx) { tx.template rows<std::int64_t>("SELECT number FROM audit_event"); }));
    CHECK(refused([](auto& tx) { tx.execute("UPDATE audit_event SET at = 0"); }));
    CHECK(refused([](auto& tx) { tx.execute("DELETE FROM audit_event"); }));
    CHECK(refused([](auto& tx) { tx.execute("DELETE FROM audit_number"); }));
}

TEST_CASE("an integrator signs by itself, once more at its end, and is alone") {
    Log log;
    {
        auto const first = Integrator<OfficeZone>::start(log.keyring, log.log, log.folder);
        REQUIRE(first);
        CHECK_FALSE(Integrator<OfficeZone>::start(log.keyring, log.log, log.folder));
        log.record(300);
    }
    auto const verdict = verify(log.keyring, log.log, log.folder);
    REQUIRE(verdict);
    CHECK(verdict->under_checkpoint == 300);
    CHECK_FALSE(verdict->first_fault);
    log.record(10);
    REQUIRE(Integrator<OfficeZone>::start(log.keyring, log.log, log.folder));
    CHECK(verify(log.keyring, log.log, log.folder)->under_checkpoint == 310);
}

TEST_CASE("a whole log verifies at any moment while it grows and is signed") {
    Log log;
    log.record(3);
    log.sign();
    std::jthread const growing{[&](std::stop_token const& stop) {
        while (!stop.stop_requested()) {
            std::vector<Event> const many(150, log.event("read", "192.0.2.7"));
            CHECK(log.office.transact([&](store::Transaction& tx) { log.recorder.record(tx, many); }));
            CHECK(integrate(log.keyring, log.log, log.folder));
        }
    }};
    std::uint64_t before = 0;
    for (int i = 0; i < 10 || (before <= 1000 && i < 10'000); ++i) {
        auto const verdict = verify(log.keyring, log.log, log.folder);
        REQUIRE(verdict);
        INFO(verdict->first_fault.value_or("whole"));
        CHECK_FALSE(verdict->first_fault);
        CHECK(verdict->under_checkpoint >= before);
        before = verdict->under_checkpoint;
    }
    CHECK(before > 1000);
}

TEST_CASE("a line that cannot be signed is reported once, with all that come behind it") {
    Log log;
    log.record(2);
    log.sign();
    log.record(20);
    log.tamper("UPDATE klout7_office.audit_event SET tag = UNHEX(REPEAT('00', 32)) WHERE number = 3");
    auto const errors = errors_of([&] { log.sign(); });
    CHECK(std::ranges::count(errors, '\n') == 1);
    CHECK(errors.find("\"number\":3}") != std::string::npos);
    CHECK(verify(log.keyring, log.log, log.folder)->first_fault->find("line 3 ") != std::string::npos);
}

TEST_CASE("a line that somebody put into the table never comes under a signature") {
    Log log;
    log.record(3);
    log.sign();
    log.tamper(
        "INSERT INTO klout7_office.audit_event SELECT program, 4, at, person_id, user_id, entry, tag, detail "
        "FROM "
        "klout7_office.audit_event WHERE number = 2");
    log.tamper("UPDATE klout7_office.audit_number SET last_number = 4 WHERE program = 'klout7-office'");
    log.sign();
    auto const fault = log.first_fault();
    REQUIRE(fault);
    CHECK(fault->find("line 4 ") != std::string::npos);
    log.tamper("DELETE FROM klout7_office.audit_event WHERE number = 4");
    log.tamper("UPDATE klout7_office.audit_number SET last_number = 3 WHERE program = 'klout7-office'");
    CHECK_FALSE(log.first_fault());
    log.record(2);
    log.sign();
    CHECK(verify(log.keyring, log.log, log.folder)->under_checkpoint == 5);
}

namespace {

/// The next write of this file of the log finds the disk full; the writer then takes this away itself.
std::filesystem::path fill_disk_for(Log const& log, std::string_view file) {
    auto const place = log.folder / (std::string{file} + ".new");
    std::filesystem::create_directories(place.parent_path());
    std::filesystem::create_symlink("/dev/full", place);
    return place;
}

/// Waits, for the integrator does its work by itself.
bool comes_true(std::function<bool()> const& what) {
    for (int i = 0; i < 200; ++i, std::this_thread::sleep_for(std::chrono::milliseconds{50}))
        if (what()) return true;
    return false;
}

}  // namespace

TEST_CASE("a log that could not be written goes on where its checkpoint stands, and is whole") {
    for (std::string_view const file : {"tile/entries/000", "tile/0/000", "tile/entries/001.p/4"}) {
        INFO(std::string{file});
        Log log;
        log.record(250);
        auto const integrator = Integrator<OfficeZone>::start(log.keyring, log.log, log.folder);
        REQUIRE(integrator);
        auto const all_signed = [&](std::uint64_t events) {
            auto const verdict = verify(log.keyring, log.log, log.folder);
            return verdict && verdict->under_checkpoint == events && !verdict->first_fault;
        };
        REQUIRE(comes_true([&] { return all_signed(250); }));
        auto const full = fill_disk_for(log, file);
        REQUIRE(log.office.transact([&](store::Transaction& tx) {
            std::vector<Event> const ten(10, log.event("read"));
            log.recorder.record(tx, ten);
        }));
        CHECK(comes_true([&] { return !std::filesystem::is_symlink(full); }));
        CHECK(comes_true([&] { return all_signed(260); }));
    }
}

TEST_CASE("whatever a round could not finish, the checkpoint that stands can be read") {
    Log log;
    log.record(5);
    log.sign();
    for (int i = 0; i < 3; ++i) {
        fill_disk_for(log, "checkpoint");
        log.record(3);
        CHECK_FALSE(integrate(log.keyring, log.log, log.folder));
        CHECK_FALSE(log.first_fault());
    }
    log.sign();
    log.record(300);
    log.sign();
    CHECK(verify(log.keyring, log.log, log.folder)->under_checkpoint == 314);
}

TEST_CASE("unfinished tiles that only older checkpoints need are removed") {
    Log log;
    auto const integrator = Integrator<OfficeZone>::start(log.keyring, log.log, log.folder);
    REQUIRE(integrator);
    auto const entries = log.folder / "tile/entries";
    std::uint64_t events = 0;
    for (auto const more : {5, 300, 1, 1}) {
        REQUIRE(log.office.transact([&](store::Transaction& tx) {
            std::vector<Event> const many(static_cast<std::size_t>(more), log.event("read"));
            log.recorder.record(tx, many);
        }));
        events += static_cast<std::uint64_t>(more);
        CHECK(
            comes_true([&] { return verify(log.keyring, log.log, log.folder)->under_checkpoint == events; }));
    }
    auto const unfinished = [&] {
        std::set<std::string> found;
        for (auto const& one : std::filesystem::recursive_directory_iterator{entries})
            if (one.is_regular_file()) found.insert(one.path().lexically_relative(entries));
        return found;
    };
    CHECK(comes_true([&] { return unfinished() == std::set<std::string>{"000", "001.p/50", "001.p/51"}; }));
}
