#include "documents/check.h"

#include <doctest/doctest.h>

#include <fstream>
#include <utility>

#include "testing/side.h"

using namespace klout7;
using namespace klout7::documents;
using namespace klout7::documents::testing;
using access::FailureKind;

namespace {

struct Result {
    Checked checked;
    std::vector<Found> found;

    std::uint64_t count(Damage damage) const {
        return static_cast<std::uint64_t>(std::ranges::count(found, damage, &Found::damage));
    }
    bool names(DocumentId id, Damage damage) const {
        return std::ranges::any_of(
            found, [&](Found const& one) { return one.document == id && one.damage == damage; });
    }
};

template <class Zone>
struct Checking : SideFixture<Zone> {
    std::vector<DocumentId> put_some(std::size_t how_many) {
        std::vector<DocumentId> ids;
        for (std::size_t i = 0; i < how_many; ++i)
            ids.push_back(this->put(made_up_pdf(100 + i * 30'000, this->random)));
        return ids;
    }
    std::filesystem::path file_of(DocumentId id) {
        auto const name = this->store_name(id);
        return this->folder.path() / name.folder() / name.text();
    }
    void flip(DocumentId id, std::uintmax_t place) {
        std::fstream file{file_of(id), std::ios::in | std::ios::out | std::ios::binary};
        file.seekg(static_cast<std::streamoff>(place));
        auto const byte = static_cast<char>(file.get() ^ 1);
        file.seekp(static_cast<std::streamoff>(place));
        file.put(byte);
    }
    CheckParts<Zone> parts() { return {this->files, this->keys, this->database, this->clock}; }
    Result check() {
        Result result;
        CheckOptions options;
        options.found = [&](Found const& one) { result.found.push_back(one); };
        auto const checked = documents::check(parts(), options);
        REQUIRE(checked);
        result.checked = *checked;
        return result;
    }
};

}  // namespace

TEST_CASE_TEMPLATE("a store in which nothing is wrong is read to its last byte", Zone, OfficeZone,
                   MedicalZone) {
    Checking<Zone> side;
    CHECK(side.check().checked.documents == 0);
    side.put_some(3);
    std::vector<std::uint64_t> progress;
    CheckOptions options;
    options.progress = [&](Checked const& so_far) { progress.push_back(so_far.looked_at); };
    auto const checked = documents::check(side.parts(), options);
    REQUIRE(checked);
    CHECK(checked->documents == 3);
    CHECK(checked->whole == 3);
    CHECK(checked->bytes >= 90'000);
    CHECK(progress == std::vector<std::uint64_t>{1, 2, 3});
    CHECK(side.check().found.empty());
}

TEST_CASE("each kind of damage is found and named, and the check changes nothing") {
    Checking<OfficeZone> office;
    auto const ids = office.put_some(8);
    std::filesystem::remove(office.file_of(ids[0]));
    office.flip(ids[1], std::filesystem::file_size(office.file_of(ids[1])) - 5);
    std::filesystem::resize_file(office.file_of(ids[2]),
                                 std::filesystem::file_size(office.file_of(ids[2])) - 1);
    std::filesystem::rename(office.file_of(ids[3]), office.folder.path() / "kept");
    std::filesystem::copy_file(office.file_of(ids[4]), office.file_of(ids[3]));
    std::filesystem::remove(office.folder.path() / "kept");
    office.tamper([&](store::Transaction& tx) {
        tx.execute("UPDATE document SET created_at = created_at + 1 WHERE id = ?", ids[5]);
        tx.execute("DELETE FROM document_scan WHERE document_id = ?", ids[6]);
        tx.execute("DELETE FROM document_scan WHERE document_id = ?", ids[7]);
        tx.execute("DELETE FROM document WHERE id = ?", ids[7]);
    });
    auto const files = office.folder.files();
    auto const result = office.check();
    CHECK(result.names(ids[0], Damage::missing));
    CHECK(result.names(ids[1], Damage::altered));
    CHECK(result.names(ids[2], Damage::altered));
    CHECK(result.names(ids[3], Damage::altered));
    CHECK(result.names(ids[5], Damage::row));
    CHECK(result.names(ids[6], Damage::no_verdict));
    CHECK(result.count(Damage::extra) == 1);
    CHECK(result.found.back().file == office.store_name(ids[7]));
    CHECK(result.found.size() == 7);
    CHECK(result.checked.documents == 7);
    CHECK(result.checked.looked_at == 7);
    CHECK(result.checked.whole == 2);
    CHECK(office.folder.files() == files);
    CHECK(office.check().found.size() == 7);
}

TEST_CASE("a file that no document knows is told and left: it may be one that is still arriving") {
    Checking<OfficeZone> office;
    office.put_some(1);
    auto const arriving = office.new_id();
    REQUIRE(office.upload(arriving, made_up_pdf(100, office.random)));
    auto const result = office.check();
    REQUIRE(result.found.size() == 1);
    CHECK(result.checked.extra == 1);
    CHECK(result.found[0].damage == Damage::extra);
    CHECK(result.found[0].file == office.store_name(arriving));
    CHECK_FALSE(can_repair(Damage::extra));
    CHECK_FALSE(repair(office.parts(), result.found[0]));
    REQUIRE(office.record(arriving, 100));
    CHECK(office.open(arriving));
    CHECK(office.check().found.empty());
}

TEST_CASE("what gets its row or goes while the check walks is no damage") {
    Checking<OfficeZone> office;
    office.put_some(2);
    auto const gets_row = office.new_id();
    REQUIRE(office.upload(gets_row, made_up_pdf(100, office.random)));
    auto const goes = office.new_id();
    REQUIRE(office.upload(goes, made_up_pdf(100, office.random)));
    Result result;
    CheckOptions options;
    options.found = [&](Found const& one) { result.found.push_back(one); };
    bool is_first = true;
    options.progress = [&](Checked const&) {
        if (!std::exchange(is_first, false)) return;
        REQUIRE(office.record(gets_row, 100));
        REQUIRE(office.files.remove(office.store_name(goes)));
    };
    REQUIRE(documents::check(office.parts(), options));
    CHECK_FALSE(is_first);
    CHECK(result.found.empty());
}

TEST_CASE("a shredded person is no damage") {
    Checking<OfficeZone> office;
    auto const id = office.put_some(1).front();
    REQUIRE(
        office.database.transact([&](store::Transaction& tx) { office.keys.destroy(tx, office.person); }));
    auto const shredded = office.check();
    CHECK(shredded.checked.shredded == 1);
    CHECK(shredded.checked.whole == 0);
    CHECK_FALSE(shredded.names(id, Damage::row));
}

TEST_CASE("what can be repaired is: a lost verdict is asked for again") {
    Checking<OfficeZone> office;
    auto const id = office.put_some(1).front();
    office.tamper(
        [&](store::Transaction& tx) { tx.execute("DELETE FROM document_scan WHERE document_id = ?", id); });
    auto const result = office.check();
    REQUIRE(result.found.size() == 1);
    CHECK(can_repair(result.found[0].damage));
    CHECK(repair(office.parts(), result.found[0]));
    CHECK(office.check().found.empty());
    CHECK(office.open(id).error().kind == FailureKind::not_clean);
    // Somebody else was quicker.
    CHECK(repair(office.parts(), result.found[0]));
}

TEST_CASE("what cannot be repaired is left as it is") {
    Checking<OfficeZone> office;
    auto const id = office.put_some(1).front();
    office.flip(id, 100);
    auto const result = office.check();
    REQUIRE(result.found.size() == 1);
    CHECK_FALSE(can_repair(result.found[0].damage));
    CHECK_FALSE(repair(office.parts(), result.found[0]));
    CHECK(office.folder.files().size() == 1);
}

TEST_CASE("a store or a database that does not answer is no damage") {
    Checking<OfficeZone> office;
    office.put_some(1);
    auto nobody = store::Database{{.side = Side::office,
                                   .logins = store::fixed_login(office.server.server().odbc(), "x"),
                                   .user = "k7_nobody"}};
    CHECK(documents::check<OfficeZone>({office.files, office.keys, nobody, office.clock}).error() ==
          CheckFault::database);
    std::filesystem::remove_all(office.folder.path());
    CHECK(documents::check(office.parts()).error() == CheckFault::store);
}
