#include "documents/smb_store.h"

#include <doctest/doctest.h>
#include <signal.h>

#include <algorithm>
#include <thread>

#include "testing/share.h"
#include "testing/side.h"
#include "testing/wire.h"

using namespace klout7;
using namespace klout7::documents;
using namespace klout7::documents::testing;

namespace {

StoreName const name = *StoreName::parse("v0000000000000000000000000000000");

/// A store on a Samba of this test.
struct Fixture {
    TestingShare share;
    FixedClock clock{SystemClock{}.now()};
    SystemRandom random;
    SmbStore store = *SmbStore::open(share.settings(), clock, random);

    void put(StoreName const& as, BytesView content) {
        auto writer = store.create(as, random);
        REQUIRE(writer);
        REQUIRE(writer->write(content));
        REQUIRE(writer->keep());
    }
    std::expected<SmbStore, SmbProblem> open(SmbSettings settings) {
        return SmbStore::open(std::move(settings), clock, random);
    }
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "a share that cannot be used is refused, with the reason") {
    auto settings = share.settings();
    settings.password = std::make_shared<SecretBytes const>(SecretBytes::from_text("another"));
    CHECK(open(settings).error() == SmbProblem::no_login);
    settings = share.settings();
    settings.user = "somebody";
    CHECK(open(settings).error() == SmbProblem::no_login);
    settings = share.settings();
    settings.share = "other";
    CHECK(open(settings).error() == SmbProblem::no_share);
    settings = share.settings();
    settings.port = TestingShare::free_port();
    CHECK(open(settings).error() == SmbProblem::unreachable);
    settings = share.settings();
    settings.server = "nowhere.invalid";
    CHECK(open(settings).error() == SmbProblem::unreachable);
    settings = share.settings();
    settings.program = "/nowhere/klout7-smb";
    CHECK(open(settings).error() == SmbProblem::no_program);
}

TEST_CASE("a share that does not encrypt is refused before anything is sent to it") {
    TestingShare const plain{"off"};
    TappedWire wire{plain.settings().port};
    auto settings = plain.settings();
    settings.port = wire.port();
    FixedClock const clock{SystemClock{}.now()};
    SystemRandom random;
    auto const opened = SmbStore::open(settings, clock, random);
    REQUIRE_FALSE(opened);
    CHECK(opened.error() == SmbProblem::not_encrypted);
    CHECK(text_for(opened.error()).find("server smb encrypt = required") != std::string_view::npos);
    CHECK(std::filesystem::is_empty(plain.path()));
    CHECK(wire.heard_name(settings.user));
    CHECK_FALSE(wire.heard_name(settings.share));
}

TEST_CASE_FIXTURE(Fixture,
                  "who listens at the wire hears who signs in, and no name and no byte of a document") {
    TappedWire wire{share.settings().port};
    auto settings = share.settings();
    settings.port = wire.port();
    std::string const canary = "a canary that nobody should hear";
    {
        auto const over_wire = open(settings);
        REQUIRE(over_wire);
        auto writer = over_wire->create(name, random);
        REQUIRE(writer);
        for (int i = 0; i < 50'000; ++i) REQUIRE(writer->write(bytes_of(canary)));
        REQUIRE(writer->keep());
        auto const file = over_wire->read(name);
        REQUIRE(file);
        Bytes content(canary.size());
        REQUIRE(file->read(canary.size() * 40'000, content));
        CHECK(text_of(content) == canary);
        CHECK(over_wire->names()->size() == 1);
    }
    CHECK(wire.heard().size() > 50'000 * canary.size());
    CHECK(wire.heard_name(settings.user));
    CHECK_FALSE(wire.heard_name(settings.share));
    CHECK_FALSE(wire.heard_name(name.text()));
    CHECK_FALSE(wire.heard_name("incoming"));
    CHECK_FALSE(wire.heard(canary));
    CHECK_FALSE(wire.heard(settings.password->text()));
    CHECK_FALSE(wire.heard_name(settings.password->text()));
}

TEST_CASE_FIXTURE(Fixture, "after the server was started again, reading goes on and writing begins anew") {
    Bytes content(3'000'000);
    random.fill(content);
    put(name, content);
    auto const file = store.read(name);
    REQUIRE(file);
    Bytes part(1000);
    REQUIRE(file->read(0, part));
    auto arriving = store.create(StoreName::make_random(random), random);
    REQUIRE(arriving);
    REQUIRE(arriving->write(BytesView{content}.first(1'500'000)));

    share.stop();
    share.start();
    REQUIRE(file->read(2'000'000, part));
    CHECK(std::equal(part.begin(), part.end(), content.begin() + 2'000'000));
    CHECK(arriving->keep().error() == StoreFault::away);
    put(StoreName::make_random(random), content);
}

TEST_CASE_FIXTURE(Fixture, "what somebody has open is not removed, and later it is") {
    put(name, Bytes{1, 2, 3});
    {
        auto const file = store.read(name);
        REQUIRE(file);
        CHECK(store.remove(name).error() == StoreFault::unwritable);
        Bytes content(3);
        CHECK(file->read(0, content));
    }
    CHECK(store.remove(name));
}

TEST_CASE_FIXTURE(Fixture, "while the server is stopped the store is away, and then it is there again") {
    put(name, Bytes{1, 2, 3});
    auto const file = store.read(name);
    auto arriving = store.create(StoreName::make_random(random), random);
    REQUIRE(arriving);
    share.stop();
    CHECK(store.read(name).error() == StoreFault::away);
    CHECK(store.remove(name).error() == StoreFault::away);
    CHECK(store.create(name, random).error() == StoreFault::away);
    CHECK(store.names().error() == StoreFault::away);
    CHECK(store.abandoned(clock.now()).error() == StoreFault::away);
    CHECK_FALSE(store.remove_abandoned(name));
    // The first megabyte is on its way when `write` is done with it.
    CHECK_FALSE((arriving->write(Bytes(1'500'000, 1)) && arriving->write(Bytes(1'500'000, 1))));
    CHECK(arriving->fault() == StoreFault::away);
    Bytes content(3);
    CHECK_FALSE(file->read(0, content));
    CHECK(open(share.settings()).error() == SmbProblem::unreachable);

    share.start();
    REQUIRE(file->read(0, content));
    CHECK(content == Bytes{1, 2, 3});
}

TEST_CASE_FIXTURE(Fixture,
                  "a document on a share opens as it was sealed, and not at all when it was altered there") {
    Medical medical;
    medical.store = &store;
    auto const content = made_up_pdf(300'000, random);
    auto const id = medical.put(content);
    auto opened = medical.open(id);
    REQUIRE(opened);
    CHECK(whole(*opened) == content);
    Bytes part(1000);
    REQUIRE(opened->content->read(200'000, part));
    CHECK(std::equal(part.begin(), part.end(), content.begin() + 200'000));

    auto const place = share.path() / medical.store_name(id).folder() / medical.store_name(id).text();
    auto const sealed = content_of(place);
    auto const lies_there = [&](std::string const& bytes) {
        std::ofstream{place, std::ios::binary} << bytes;
        auto const again = medical.open(id);
        Bytes all(content.size());
        return again && again->content->read(0, all) && all == content;
    };
    CHECK(lies_there(sealed));
    auto altered = sealed;
    altered[100'000] ^= 1;
    CHECK_FALSE(lies_there(altered));
    CHECK_FALSE(lies_there(sealed.substr(0, sealed.size() - 1)));
    CHECK_FALSE(lies_there(sealed + "x"));
    CHECK_FALSE(lies_there(""));
    CHECK(lies_there(sealed));
    std::filesystem::remove(place);
    CHECK(medical.open(id).error().kind == access::FailureKind::unavailable);
}

TEST_CASE_FIXTURE(Fixture, "a server that stands still is away once its time is over") {
    auto settings = share.settings();
    settings.patience = std::chrono::seconds{3};
    auto const impatient = open(settings);
    REQUIRE(impatient);
    share.stand_still();
    CHECK(impatient->read(name).error() == StoreFault::away);
    share.go_on();
    CHECK(impatient->read(name).error() == StoreFault::missing);
}

TEST_CASE_FIXTURE(Fixture, "a klout7-smb that is killed is started again") {
    put(name, Bytes{1, 2, 3});
    auto const file = store.read(name);
    REQUIRE(file);
    REQUIRE_FALSE(store.processes().empty());
    for (auto const process : store.processes()) kill(process, SIGKILL);
    Bytes content(3);
    REQUIRE(file->read(0, content));
    CHECK(content == Bytes{1, 2, 3});
    CHECK_FALSE(store.processes().empty());
}

TEST_CASE_FIXTURE(Fixture, "klout7-smb has the password in no place where others look") {
    REQUIRE_FALSE(store.processes().empty());
    for (auto const process : store.processes()) {
        auto const of_process = std::filesystem::path{"/proc"} / std::to_string(process);
        for (auto const* where : {"cmdline", "environ"}) {
            auto const said = content_of(of_process / where);
            CHECK(said.find(share.settings().password->text()) == std::string::npos);
            CHECK(said.find(share.settings().user) == std::string::npos);
        }
    }
}

TEST_CASE_FIXTURE(Fixture, "a server whose clock is wrong does not make what is new look old") {
    auto const arriving = store.create(name, random);
    REQUIRE(arriving);
    // Ours two hours ahead is its two hours behind.
    clock.advance(Duration::hours(2));
    CHECK(store.abandoned(clock.now() - Duration::hours(1))->empty());
    CHECK(store.abandoned(clock.now() + Duration::minutes(1))->size() == 1);
}

TEST_CASE_FIXTURE(Fixture, "what a program that was killed left is found and removed") {
    auto const left = StoreName::make_random(random);
    for (auto const* folder : {"incoming", "claims"})
        std::ofstream{share.path() / folder / left.text()} << "x";
    CHECK(store.abandoned(clock.now() - Duration::minutes(1))->empty());
    auto const found = store.abandoned(clock.now() + Duration::hours(1));
    REQUIRE(found);
    CHECK(*found == std::vector{left, left});
    for (auto const& one : *found) CHECK(store.remove_abandoned(one));
    CHECK(share.file_count() == 0);
}

TEST_CASE_FIXTURE(Fixture, "a name that another program is about to give is not given twice") {
    std::ofstream{share.path() / "claims" / name.text()} << "";
    auto writer = store.create(name, random);
    REQUIRE(writer);
    auto const kept = writer->keep();
    REQUIRE_FALSE(kept);
    CHECK(kept.error() == StoreFault::exists);
    CHECK(std::filesystem::exists(share.path() / "claims" / name.text()));
    CHECK(share.file_count() == 1);
}

TEST_CASE_FIXTURE(Fixture, "what lies there with another length than was sent is not kept") {
    auto writer = store.create(name, random);
    REQUIRE(writer);
    REQUIRE(writer->write(Bytes(1'500'000, 1)));
    for (auto const& entry : std::filesystem::directory_iterator{share.path() / "incoming"})
        std::filesystem::resize_file(entry.path(), 2'000'000);
    auto const kept = writer->keep();
    REQUIRE_FALSE(kept);
    CHECK(kept.error() == StoreFault::unwritable);
    CHECK(share.file_count() == 0);
}

TEST_CASE_FIXTURE(Fixture, "a share belongs to the first who uses it, and is refused to every other") {
    auto settings = share.settings();
    CHECK(open(settings));
    settings.owner = "medical";
    CHECK(open(settings).error() == SmbProblem::of_another);
    settings.owner = "offic";
    CHECK(open(settings).error() == SmbProblem::of_another);
    std::ofstream{share.path() / "owner"} << "office of another";
    CHECK(open(share.settings()).error() == SmbProblem::of_another);
    // As a program leaves it that is killed there.
    std::ofstream{share.path() / "owner"} << "";
    CHECK(open(share.settings()));
    CHECK(content_of(share.path() / "owner") == "office");
}

TEST_CASE_FIXTURE(Fixture, "a share where nothing may be written is refused") {
    for (auto const& entry : std::filesystem::directory_iterator{share.path()})
        std::filesystem::remove_all(entry);
    std::filesystem::permissions(share.path(),
                                 std::filesystem::perms::owner_read | std::filesystem::perms::owner_exec);
    CHECK(open(share.settings()).error() == SmbProblem::unwritable);
    std::filesystem::permissions(share.path(), std::filesystem::perms::owner_all);
}
