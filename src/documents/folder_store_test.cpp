#include "documents/folder_store.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <algorithm>
#include <atomic>
#include <thread>

#include "base/clock.h"
#include "testing/folder.h"
#include "testing/killed.h"

using namespace klout7;
using namespace klout7::documents;
using namespace klout7::documents::testing;

namespace {

namespace fs = std::filesystem;

StoreName const name = *StoreName::parse("v0000000000000000000000000000000");
StoreName const other_name = *StoreName::parse("00000000000000000000000000000000");

struct Fixture {
    TestingFolder folder;
    SystemRandom random;
    FolderStore store = *FolderStore::open(folder.path() / "office");

    void put(StoreName const& as, Bytes const& content) {
        auto writer = store.create(as, random);
        REQUIRE(writer);
        REQUIRE(writer->write(content));
        REQUIRE(writer->keep());
    }
    fs::path place(StoreName const& of) const { return folder.path() / "office" / of.folder() / of.text(); }
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
    struct stat facts {};
    REQUIRE(stat(place(name).c_str(), &facts) == 0);
    CHECK((facts.st_mode & 0777U) == 0600U);
    REQUIRE(stat(place(name).parent_path().c_str(), &facts) == 0);
    CHECK((facts.st_mode & 0777U) == 0700U);

    auto const file = store.read(name);
    REQUIRE(file);
    CHECK(file->size() == content.size());
    Bytes part(1000);
    REQUIRE(file->read(99'000, part));
    CHECK(std::equal(part.begin(), part.end(), content.begin() + 99'000));
    CHECK_FALSE(file->read(99'001, part));
}

TEST_CASE_FIXTURE(Fixture, "a name that is taken is never written again") {
    put(name, {1, 2, 3});
    auto second = store.create(name, random);
    REQUIRE(second);
    REQUIRE(second->write(Bytes{4, 5}));
    CHECK(second->keep().error() == StoreFault::exists);
    CHECK(file_count() == 1);
    Bytes content(3);
    REQUIRE(store.read(name)->read(0, content));
    CHECK(content == Bytes{1, 2, 3});
}

TEST_CASE_FIXTURE(Fixture, "of many who write one name at once, one does") {
    std::atomic<int> kept = 0;
    {
        std::vector<std::jthread> writers;
        for (int i = 0; i < 8; ++i) {
            writers.emplace_back([&] {
                auto writer = store.create(name, random);
                if (writer && writer->write(Bytes(1000, 1)) && writer->keep()) ++kept;
            });
        }
    }
    CHECK(kept == 1);
    CHECK(file_count() == 1);
}

TEST_CASE_FIXTURE(Fixture, "what is not kept leaves nothing") {
    {
        auto writer = store.create(name, random);
        REQUIRE(writer->write(Bytes(50'000, 7)));
        CHECK(file_count() == 1);
    }
    CHECK(file_count() == 0);
}

TEST_CASE_FIXTURE(Fixture, "a document is on disk before it has its name, and its name before the answer") {
    auto const done = trace([&] { put(name, Bytes(1000, 7)); });
    std::vector<std::uint64_t> steps;
    for (auto const call : done.calls) {
#ifdef SYS_link
        if (call == SYS_link) steps.push_back(SYS_linkat);
#endif
        if (call == SYS_write || call == SYS_fsync || call == SYS_linkat) steps.push_back(call);
    }
    CHECK(steps == std::vector<std::uint64_t>{SYS_write, SYS_fsync, SYS_linkat, SYS_fsync});
    Bytes content(1000);
    REQUIRE(store.read(name));
    CHECK(store.read(name)->read(0, content));
}

TEST_CASE_FIXTURE(Fixture, "the folders of names are on disk before the first document is") {
    auto const done = trace([&] { (void)FolderStore::open(folder.path() / "medical"); });
    auto const last_made = std::find_if(done.calls.rbegin(), done.calls.rend(), [](auto call) {
#ifdef SYS_mkdir
        if (call == SYS_mkdir) return true;
#endif
        return call == SYS_mkdirat;
    });
    REQUIRE(last_made != done.calls.rend());
    CHECK(std::find(done.calls.rbegin(), last_made, std::uint64_t{SYS_fsync}) != last_made);
}

TEST_CASE_FIXTURE(Fixture,
                  "a writer that was killed left what nobody writes any more; one that lives did not") {
    auto const hour_later = SystemClock{}.now() + Duration::hours(1);
    SeededRandom its_own{1};  // a fork holds the same random bytes as its parent
    trace([&] {
        auto writer = store.create(name, its_own);
        if (writer && writer->write(Bytes(50'000, 7))) raise(SIGKILL);
    });
    auto arriving = store.create(other_name, random);
    REQUIRE(arriving);
    REQUIRE(arriving->write(Bytes(10, 1)));
    REQUIRE(file_count() == 2);
    CHECK(store.abandoned(SystemClock{}.now() - Duration::minutes(1))->empty());
    auto const abandoned = store.abandoned(hour_later);
    REQUIRE(abandoned);
    REQUIRE(abandoned->size() == 1);
    CHECK(store.remove_abandoned(abandoned->front()));
    CHECK(file_count() == 1);
    CHECK(arriving->keep());
    CHECK(store.read(other_name));
}

TEST_CASE_FIXTURE(Fixture,
                  "a name that is not there is missing, and a removed one is gone but for who reads it") {
    CHECK(store.read(name).error() == StoreFault::missing);
    CHECK(store.remove(name).error() == StoreFault::missing);
    put(name, {9});
    auto const reading = store.read(name);
    REQUIRE(store.remove(name));
    CHECK(store.read(name).error() == StoreFault::missing);
    Bytes content(1);
    CHECK(reading->read(0, content));
}

TEST_CASE_FIXTURE(Fixture, "a link or a folder in the place of a document is not read") {
    fs::create_symlink("/etc/passwd", place(name));
    fs::create_directory(place(other_name));
    CHECK(store.read(name).error() == StoreFault::unreadable);
    CHECK(store.read(other_name).error() == StoreFault::unreadable);
}

TEST_CASE_FIXTURE(Fixture, "neither reading nor removing leaves its time on a file or its folder") {
    auto const has_one_time = [](fs::path const& path, bool also_read) {
        struct stat facts {};
        REQUIRE(stat(path.c_str(), &facts) == 0);
        return facts.st_mtim.tv_sec == time_of_files_seconds &&
               (!also_read || facts.st_atim.tv_sec == time_of_files_seconds);
    };
    StoreName const beside = *StoreName::parse("v0000000000000000000000000000001");
    put(name, Bytes(100'000, 7));
    put(beside, {1});
    auto const folder_of_both = place(name).parent_path();
    REQUIRE(folder_of_both == place(beside).parent_path());
    CHECK(has_one_time(folder_of_both, false));
    Bytes content(100'000);
    REQUIRE(store.read(name)->read(0, content));
    CHECK(has_one_time(place(name), true));
    REQUIRE(store.remove(beside));
    CHECK(has_one_time(folder_of_both, false));
}

TEST_CASE_FIXTURE(Fixture, "names are listed in order, and foreign files are left out") {
    put(name, {1});
    put(other_name, {1});
    fs::create_directory(folder.path() / "office/00/x");
    fs::create_hard_link(place(name), folder.path() / "office/00" / name.text());
    CHECK(*store.names() == std::vector{other_name, name});
    fs::remove_all(folder.path() / "office/17");
    CHECK(store.names().error() == StoreFault::unreadable);
}

TEST_CASE("a folder that cannot be made is unwritable") {
    TestingFolder const folder;
    std::ofstream{folder.path() / "file"} << "x";
    CHECK(FolderStore::open(folder.path() / "file/office").error() == StoreFault::unwritable);
}

TEST_CASE_FIXTURE(Fixture, "a folder that is taken away is unwritable and leaves nothing behind") {
    auto writer = store.create(name, random);
    REQUIRE(writer);
    fs::remove_all(place(name).parent_path());
    CHECK(writer->keep().error() == StoreFault::unwritable);
    CHECK(file_count() == 0);
    fs::remove_all(folder.path() / "office/incoming");
    CHECK(store.create(name, random).error() == StoreFault::unwritable);
}

TEST_CASE_FIXTURE(Fixture, "a full disk is told as full, leaves nothing, and later there is room again") {
    {
        FullDisk const full{1 << 20};
        auto writer = store.create(name, random);
        REQUIRE(writer);
        bool written = true;
        for (int i = 0; i < 1000 && written; ++i) written = writer->write(Bytes(16'384, 1));
        CHECK_FALSE(written);
        CHECK(writer->fault() == StoreFault::full);
    }
    CHECK(file_count() == 0);
    put(name, Bytes(2 << 20, 1));
}
