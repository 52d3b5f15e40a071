// What every store promises, asked of each.

#include "documents/store.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <algorithm>
#include <atomic>
#include <optional>
#include <thread>

#include "base/clock.h"
#include "documents/folder_store.h"
#include "testing/folder.h"
#include "testing/share.h"

using namespace klout7;
using namespace klout7::documents;
using namespace klout7::documents::testing;

namespace {

StoreName const name = *StoreName::parse("v0000000000000000000000000000000");
StoreName const other_name = *StoreName::parse("00000000000000000000000000000000");

struct InFolder {
    TestingFolder folder;
    FolderStore files = *FolderStore::open(folder.path());
    std::size_t file_count() const { return folder.files().size(); }
    std::filesystem::path path() const { return folder.path(); }
};

struct OnShare {
    TestingShare& share = (TestingShare::shared().empty(), TestingShare::shared());
    SystemClock clock;
    SystemRandom share_random;
    SmbStore files = *SmbStore::open(share.settings(), clock, share_random);
    std::size_t file_count() const { return share.file_count(); }
    std::filesystem::path path() const { return share.path(); }
};

template <class Place>
struct On : Place {
    SystemRandom random;
    Store& store = this->files;

    void put(StoreName const& as, BytesView content) {
        auto writer = store.create(as, random);
        REQUIRE(writer);
        REQUIRE(writer->write(content));
        REQUIRE(writer->keep());
    }
    Bytes random_bytes(std::size_t size) {
        Bytes content(size);
        random.fill(content);
        return content;
    }
    Bytes whole(StoreName const& of) {
        auto const file = store.read(of);
        REQUIRE(file);
        Bytes content(static_cast<std::size_t>(file->size()));
        REQUIRE(file->read(0, content));
        return content;
    }
};

}  // namespace

TEST_CASE_TEMPLATE("every store: what is kept can be read, whole and from any offset", Place, InFolder,
                   OnShare) {
    On<Place> on;
    auto const content = on.random_bytes(3'000'001);
    on.put(name, content);
    CHECK(on.file_count() == 1);
    CHECK(on.whole(name) == content);
    auto const file = on.store.read(name);
    REQUIRE(file);
    CHECK(file->size() == content.size());
    for (std::size_t const offset : {std::size_t{2'999'001}, std::size_t{0}, std::size_t{262'000}}) {
        Bytes part(1000);
        REQUIRE(file->read(offset, part));
        CHECK(std::equal(part.begin(), part.end(), content.begin() + static_cast<std::ptrdiff_t>(offset)));
    }
    Bytes part(1000);
    CHECK_FALSE(file->read(2'999'002, part));
    CHECK_FALSE(file->read(3'000'001, part));
    CHECK(file->read(0, {}));
}

TEST_CASE_TEMPLATE("every store: a file of any size, written in any pieces", Place, InFolder, OnShare) {
    On<Place> on;
    auto const content = on.random_bytes(2'200'000);
    for (auto const piece : {std::size_t{1} << 20U, std::size_t{100'003}, std::size_t{2'200'000}}) {
        auto const as = StoreName::make_random(on.random);
        auto writer = on.store.create(as, on.random);
        REQUIRE(writer);
        for (BytesView rest{content}; !rest.empty(); rest = rest.subspan(std::min(piece, rest.size())))
            REQUIRE(writer->write(rest.first(std::min(piece, rest.size()))));
        REQUIRE(writer->keep());
        CHECK(on.whole(as) == content);
    }
    for (auto const size : {std::size_t{0}, std::size_t{1}, (std::size_t{1} << 20U) + 1}) {
        auto const as = StoreName::make_random(on.random);
        on.put(as, BytesView{content}.first(size));
        CHECK(on.whole(as).size() == size);
    }
}

TEST_CASE_TEMPLATE("every store: a name that is taken is never written again", Place, InFolder, OnShare) {
    On<Place> on;
    on.put(name, Bytes{1, 2, 3});
    auto second = on.store.create(name, on.random);
    REQUIRE(second);
    REQUIRE(second->write(Bytes{4, 5}));
    CHECK(second->keep().error() == StoreFault::exists);
    CHECK(on.file_count() == 1);
    CHECK(on.whole(name) == Bytes{1, 2, 3});
}

TEST_CASE_TEMPLATE("every store: of many who write one name at once, one does, and it stays", Place, InFolder,
                   OnShare) {
    On<Place> on;
    for (int round = 0; round < 5; ++round) {
        auto const as = StoreName::make_random(on.random);
        std::atomic<int> kept = 0;
        std::atomic<int> winner = -1;
        {
            std::vector<std::jthread> writers;
            for (int i = 0; i < 8; ++i) {
                writers.emplace_back([&, i] {
                    auto writer = on.store.create(as, on.random);
                    if (!writer || !writer->write(Bytes(1000, static_cast<std::uint8_t>(i)))) return;
                    auto const done = writer->keep();
                    CHECK((done || done.error() == StoreFault::exists));
                    if (done) ++kept, winner = i;
                });
            }
        }
        CHECK(kept == 1);
        CHECK(on.whole(as) == Bytes(1000, static_cast<std::uint8_t>(winner)));
        CHECK(on.file_count() == static_cast<std::size_t>(round + 1));
    }
}

TEST_CASE_TEMPLATE("every store: what is not kept leaves nothing", Place, InFolder, OnShare) {
    On<Place> on;
    {
        auto writer = on.store.create(name, on.random);
        REQUIRE(writer);
        REQUIRE(writer->write(Bytes(1'500'000, 7)));
        CHECK(on.file_count() == 1);
    }
    CHECK(on.file_count() == 0);
    CHECK(on.store.read(name).error() == StoreFault::missing);
}

TEST_CASE_TEMPLATE("every store: a file is not there before it is whole", Place, InFolder, OnShare) {
    On<Place> on;
    auto writer = on.store.create(name, on.random);
    REQUIRE(writer);
    REQUIRE(writer->write(Bytes(1'500'000, 7)));
    CHECK(on.store.read(name).error() == StoreFault::missing);
    REQUIRE(writer->keep());
    CHECK(on.whole(name).size() == 1'500'000);
}

TEST_CASE_TEMPLATE("every store: a name that is not there is missing, and a removed one is gone", Place,
                   InFolder, OnShare) {
    On<Place> on;
    CHECK(on.store.read(name).error() == StoreFault::missing);
    CHECK(on.store.remove(name).error() == StoreFault::missing);
    on.put(name, Bytes{9});
    REQUIRE(on.store.remove(name));
    CHECK(on.store.read(name).error() == StoreFault::missing);
    on.put(name, Bytes{8});
    CHECK(on.whole(name) == Bytes{8});
}

TEST_CASE_TEMPLATE("every store: what has its name is listed in order, what arrives is not", Place, InFolder,
                   OnShare) {
    On<Place> on;
    CHECK(on.store.names()->empty());
    on.put(name, Bytes{1});
    on.put(other_name, Bytes{1});
    auto arriving = on.store.create(StoreName::make_random(on.random), on.random);
    CHECK(*on.store.names() == std::vector{other_name, name});
    CHECK(on.store.abandoned(SystemClock{}.now() - Duration::minutes(1))->empty());
}

TEST_CASE_TEMPLATE("every store: every file is of one time, and one that arrives of its own", Place, InFolder,
                   OnShare) {
    On<Place> on;
    auto const facts_of = [](std::filesystem::path const& path) {
        struct stat facts {};
        REQUIRE(stat(path.c_str(), &facts) == 0);
        return facts;
    };
    for (auto const size : {std::size_t{0}, std::size_t{1}, std::size_t{2'500'000}}) {
        auto const as = StoreName::make_random(on.random);
        on.put(as, Bytes(size, 7));
        auto const place = on.path() / as.folder() / as.text();
        auto const facts = facts_of(place);
        CHECK(facts.st_mtim.tv_sec == time_of_files_seconds);
        CHECK(facts.st_mtim.tv_nsec == 0);
        CHECK(facts.st_atim.tv_sec == time_of_files_seconds);
        CHECK(facts.st_atim.tv_nsec == 0);
        (void)on.whole(as);
        CHECK(facts_of(place).st_mtim.tv_sec == time_of_files_seconds);
    }
    auto arriving = on.store.create(name, on.random);
    REQUIRE(arriving);
    REQUIRE(arriving->write(Bytes(1'500'000, 7)));
    std::filesystem::directory_iterator const in_folder{on.path() / "incoming"};
    REQUIRE(in_folder != std::filesystem::directory_iterator{});
    CHECK(facts_of(in_folder->path()).st_mtim.tv_sec > time_of_files_seconds);
}

TEST_CASE_TEMPLATE("every store: many who read and write at once do not see each other", Place, InFolder,
                   OnShare) {
    On<Place> on;
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&] {
            SystemRandom random;
            Bytes content(1'200'000);
            random.fill(content);
            for (int round = 0; round < 3; ++round) {
                auto const as = StoreName::make_random(random);
                auto writer = on.store.create(as, random);
                bool const is_kept = writer && writer->write(content) && writer->keep();
                auto const file = on.store.read(as);
                Bytes back(content.size());
                CHECK((is_kept && file && file->read(0, back) && back == content));
            }
        });
    }
}

TEST_CASE_TEMPLATE("every store: an open file outlives the store", Place, InFolder, OnShare) {
    std::optional<Store::Reader> file;
    {
        On<Place> on;
        on.put(name, Bytes{1, 2, 3});
        auto opened = on.store.read(name);
        REQUIRE(opened);
        file.emplace(std::move(*opened));
    }
    Bytes content(3);
    REQUIRE(file->read(0, content));
    CHECK(content == Bytes{1, 2, 3});
}
