#include "documents/folder_store.h"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <fstream>
#include <thread>

#include "base/clock.h"
#include "testing_folder.h"

using namespace klout7;
using namespace klout7::documents;

namespace {

namespace fs = std::filesystem;

StoreName const name = *StoreName::parse("v0000000000000000000000000000000");
StoreName const other_name = *StoreName::parse("00000000000000000000000000000000");

struct Fixture {
    TestingFolder folder;
    SystemRandom random;
    FolderStore store = *FolderStore::open(folder.path() / "office");

    void put(StoreName const& as, Bytes const& content) {
        auto incoming = store.begin(random);
        REQUIRE(incoming);
        REQUIRE(incoming->add(content));
        REQUIRE(incoming->keep(as));
    }
    std::size_t file_count() const { return folder.files().size(); }
};

}  // namespace

TEST_CASE("a name of the store is 32 characters base32hex, and its folder is its first byte") {
    CHECK_FALSE(StoreName::parse(""));
    CHECK_FALSE(StoreName::parse("../../../../../../etc/passwd0000"));
    CHECK_FALSE(StoreName::parse("0000000000000000000000000000000"));
    CHECK_FALSE(StoreName::parse("000000000000000000000000000000000"));
    CHECK_FALSE(StoreName::parse("w0000000000000000000000000000000"));
    CHECK_FALSE(StoreName::parse("V0000000000000000000000000000000"));
    for (unsigned first = 0; first < 256; ++first) {
        Bytes raw(20, 0xFF);
        raw[0] = static_cast<std::uint8_t>(first);
        CHECK(StoreName::parse(to_base32hex(raw))->folder() == to_hex(BytesView{raw}.first(1)));
    }
}

TEST_CASE_FIXTURE(Fixture, "what is kept can be read from any offset, and by its owner alone") {
    Bytes content(100'000);
    random.fill(content);
    put(name, content);
    CHECK(file_count() == 1);
    CHECK(fs::exists(folder.path() / "office" / name.folder() / name.text()));
    struct stat facts {};
    REQUIRE(stat((folder.path() / "office" / name.folder() / name.text()).c_str(), &facts) == 0);
    CHECK((facts.st_mode & 0777U) == 0600U);
    REQUIRE(stat((folder.path() / "office" / name.folder()).c_str(), &facts) == 0);
    CHECK((facts.st_mode & 0777U) == 0700U);

    auto const file = store.open_file(name);
    REQUIRE(file);
    CHECK(file->size_bytes() == content.size());
    Bytes part(1000);
    REQUIRE(file->read(99'000, part));
    CHECK(std::equal(part.begin(), part.end(), content.begin() + 99'000));
    CHECK(file->read(99'001, part).error() == StoreFault::unreadable);
}

TEST_CASE_FIXTURE(Fixture, "a name that is taken is never written again") {
    put(name, {1, 2, 3});
    auto second = store.begin(random);
    REQUIRE(second);
    REQUIRE(second->add(Bytes{4, 5}));
    CHECK(second->keep(name).error() == StoreFault::exists);
    CHECK(file_count() == 1);
    Bytes content(3);
    REQUIRE(store.open_file(name)->read(0, content));
    CHECK(content == Bytes{1, 2, 3});
}

TEST_CASE_FIXTURE(Fixture, "of many who write one name at once, one does") {
    std::atomic<int> kept = 0;
    {
        std::vector<std::jthread> writers;
        for (int i = 0; i < 8; ++i) {
            writers.emplace_back([&] {
                auto incoming = store.begin(random);
                if (incoming && incoming->add(Bytes(1000, 1)) && incoming->keep(name)) ++kept;
            });
        }
    }
    CHECK(kept == 1);
    CHECK(file_count() == 1);
}

TEST_CASE_FIXTURE(Fixture, "what is not finished leaves nothing") {
    {
        auto incoming = store.begin(random);
        REQUIRE(incoming->add(Bytes(50'000, 7)));
        CHECK(file_count() == 1);
    }
    CHECK(file_count() == 0);
}

TEST_CASE_FIXTURE(Fixture,
                  "what a killed program left is removed at the next start; what still arrives is not") {
    auto const child = fork();
    if (child == 0) {
        SeededRandom own{1};  // a fork has the same random bytes in store as its parent
        auto incoming = store.begin(own);
        if (incoming && incoming->add(Bytes(50'000, 7))) raise(SIGKILL);
        _exit(1);
    }
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    REQUIRE(WIFSIGNALED(status));
    auto arriving = store.begin(random);
    REQUIRE(arriving);
    REQUIRE(arriving->add(Bytes(10, 1)));
    REQUIRE(file_count() == 2);
    std::this_thread::sleep_for(std::chrono::milliseconds{20});  // a step of the file system's clock
    REQUIRE(FolderStore::open(folder.path() / "office"));
    CHECK(file_count() == 1);
    CHECK(arriving->keep(name));
    CHECK(store.open_file(name));
}

TEST_CASE_FIXTURE(Fixture, "a program stopped just after it gave a document its place loses nothing") {
    put(name, {1, 2, 3});
    fs::create_hard_link(folder.path() / "office" / name.folder() / name.text(),
                         folder.path() / "office/incoming/half");
    std::this_thread::sleep_for(std::chrono::milliseconds{20});  // a step of the file system's clock
    REQUIRE(FolderStore::open(folder.path() / "office"));
    CHECK(file_count() == 1);
    CHECK(store.open_file(name));
}

TEST_CASE_FIXTURE(Fixture,
                  "a name that is not there is missing, and a removed one is gone but for who reads it") {
    CHECK(store.open_file(name).error() == StoreFault::missing);
    CHECK(store.remove(name).error() == StoreFault::missing);
    put(name, {9});
    auto const reading = store.open_file(name);
    REQUIRE(store.remove(name));
    CHECK(store.open_file(name).error() == StoreFault::missing);
    Bytes content(1);
    CHECK(reading->read(0, content));
}

TEST_CASE_FIXTURE(Fixture, "a link or a folder in the place of a document is not read") {
    auto const secret = folder.path() / "secret";
    fs::create_directories(secret);
    auto const in_store = [&](StoreName const& of) {
        return folder.path() / "office" / of.folder() / of.text();
    };
    fs::create_symlink("/etc/passwd", in_store(name));
    fs::create_directory(in_store(other_name));
    CHECK(store.open_file(name).error() == StoreFault::unreadable);
    CHECK(store.open_file(other_name).error() == StoreFault::unreadable);
}

TEST_CASE_FIXTURE(Fixture, "names are listed by the time of writing, and foreign files are left out") {
    put(name, {1});
    put(other_name, {1});
    fs::create_directory(folder.path() / "office/00/x");
    auto const now = SystemClock{}.now();
    CHECK(store.older_than(now - Duration::minutes(1))->empty());
    CHECK(*store.older_than(now + Duration::minutes(1)) == std::vector{other_name, name});
    fs::remove_all(folder.path() / "office/17");
    CHECK(store.older_than(now).error() == StoreFault::unreadable);
}

TEST_CASE("a folder that cannot be made is unwritable") {
    TestingFolder const folder;
    std::ofstream{folder.path() / "file"} << "x";
    CHECK(FolderStore::open(folder.path() / "file/office").error() == StoreFault::unwritable);
}

TEST_CASE("a full disk is told as full, leaves nothing, and later there is room again") {
    TestingFolder const folder;
    SmallDisk const disk{folder.path()};
    auto const store = FolderStore::open(folder.path());
    REQUIRE(store);
    SystemRandom random;
    {
        auto incoming = store->begin(random);
        REQUIRE(incoming);
        std::expected<void, StoreFault> added;
        for (int i = 0; i < 1000 && added; ++i) added = incoming->add(Bytes(16'384, 1));
        REQUIRE_FALSE(added);
        CHECK(added.error() == StoreFault::full);
    }
    CHECK(folder.files().empty());
    auto incoming = store->begin(random);
    REQUIRE(incoming);
    CHECK(incoming->add(Bytes(16'384, 1)));
    CHECK(incoming->keep(name));
}
