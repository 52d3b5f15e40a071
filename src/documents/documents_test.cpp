#include "documents/documents.h"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <thread>

#include "base/text.h"
#include "testing/side.h"

using namespace klout7;
using namespace klout7::documents;
using namespace klout7::documents::testing;
using access::FailureKind;

namespace {

// A key of one side neither seals nor opens a document of the other.
template <class Zone, class KeyZone>
concept CanBegin = requires(FolderStore const& store, Scanner const& scanner,
                            crypto::Keyring<Zone> const& keyring, Random& random,
                            typename vault::PersonKeys<KeyZone>::Key const& key) {
    Upload<Zone>::begin(store, scanner, keyring, key, Arrival{}, random);
};
template <class Zone, class KeyZone>
concept CanOpen = requires(store::Transaction& tx, FolderStore const& store,
                           crypto::Keyring<Zone> const& keyring,
                           typename vault::PersonKeys<KeyZone>::Key&& key, DocumentRow const& row,
                           access::Access const& access) {
    open_document<Zone>(tx, store, keyring, std::move(key), row, access);
};
template <class Zone, class KeyZone>
concept CanList = requires(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                           typename vault::PersonKeys<KeyZone>::Key const& key,
                           access::Access const& access) {
    documents_of<Zone>(tx, keyring, key, CaseId{}, access);
};
static_assert(CanBegin<OfficeZone, OfficeZone> && CanBegin<MedicalZone, MedicalZone>);
static_assert(!CanBegin<OfficeZone, MedicalZone> && !CanBegin<MedicalZone, OfficeZone>);
static_assert(CanOpen<OfficeZone, OfficeZone> && CanOpen<MedicalZone, MedicalZone>);
static_assert(!CanOpen<OfficeZone, MedicalZone> && !CanOpen<MedicalZone, OfficeZone>);
static_assert(CanList<OfficeZone, OfficeZone> && CanList<MedicalZone, MedicalZone>);
static_assert(!CanList<OfficeZone, MedicalZone> && !CanList<MedicalZone, OfficeZone>);
static_assert(Loggable<DocumentId> && Loggable<StoreName> && !Loggable<DocumentView>);

template <class Zone>
void show_round_trip(SideFixture<Zone>& side, std::size_t size, std::size_t piece) {
    CAPTURE(size);
    CAPTURE(piece);
    auto const content = made_up_pdf(size, side.random);
    auto const id = side.new_id();
    CHECK(side.upload(id, content, piece) == size);
    REQUIRE(side.record(id, size));
    auto const stored = std::filesystem::file_size(side.folder.path() / side.store_name(id).folder() /
                                                   side.store_name(id).text());
    CHECK(stored == crypto::sealed_size(crypto::padded_size(size)));
    auto opened = side.open(id);
    REQUIRE(opened);
    CHECK(opened->view.size_bytes == size);
    CHECK(opened->view.file_name == "Plan van aanpak.pdf");
    CHECK(whole(*opened) == content);
    Bytes part(size / 2);
    REQUIRE(opened->content->read(size / 3, part));
    CHECK(std::equal(part.begin(), part.end(), content.begin() + static_cast<std::ptrdiff_t>(size / 3)));
}

Bytes gate_vector(std::string_view name) {
    std::ifstream in{std::filesystem::path{KLOUT7_VECTORS} / "gate" / name, std::ios::binary};
    REQUIRE(in.good());
    return Bytes{std::istreambuf_iterator<char>{in}, {}};
}

/// What reading all of a document says, by opening or by reading.
template <class Zone>
bool is_given_out(SideFixture<Zone>& side, DocumentId id) {
    auto opened = side.open(id);
    if (!opened) {
        CHECK(opened.error().kind == FailureKind::unavailable);
        return false;
    }
    Bytes plain(static_cast<std::size_t>(opened->view.size_bytes));
    return opened->content->read(0, plain).has_value();
}

}  // namespace

TEST_CASE("a document of any size comes back whole and in parts, on both sides") {
    Office office;
    show_round_trip(office, 10, 1);
    for (std::size_t const size : {4095U, 4096U, 4097U, 16383U, 16384U, 16385U, 32768U})
        show_round_trip(office, size, 1000);
    show_round_trip(office, 5 << 20, 65'536);
    Medical medical;
    for (std::size_t const size : {4096U, 16384U, 16385U}) show_round_trip(medical, size, 100'000);
}

TEST_CASE("a file in the store is at most 12 % larger than its document, and never smaller than 4 KiB") {
    Office office;
    for (std::size_t const size : {10U, 5000U, 70'000U, 1'234'567U}) {
        CAPTURE(size);
        auto const id = office.new_id();
        REQUIRE(office.upload(id, made_up_pdf(size, office.random)));
        auto const file = office.files.read(office.store_name(id));
        REQUIRE(file);
        CHECK(file->size() >= std::max<std::uint64_t>(size, 4096));
        // 16 bytes for each 16 KiB and 64 at the start are the seal, not padding.
        auto const seal = 64 + 16 * (file->size() / 16'384 + 1);
        CHECK(static_cast<double>(file->size() - seal) <= std::max(1.12 * static_cast<double>(size), 4096.0));
    }
}

TEST_CASE("the largest document is taken, one byte more is not, and nothing of it stays") {
    Office office;
    auto content = made_up_pdf(static_cast<std::size_t>(office.largest), office.random);
    CHECK(office.upload(office.new_id(), content, 1 << 20) == office.largest);
    content.push_back(' ');
    CHECK(office.upload(office.new_id(), content, 1 << 20).error() == UploadFault::too_large);
    CHECK(office.folder.files().size() == 1);
}

TEST_CASE("what the gate does not take is refused with its reason and leaves nothing") {
    Office office;
    using gate::Refusal;
    struct Row {
        std::string content;
        Refusal refusal;
    };
    for (auto const& [content, refusal] :
         {Row{"", Refusal::unknown_type}, Row{"%PDF-", Refusal::malformed},
          Row{"%PDF-1.7 cut off here", Refusal::malformed}, Row{"%PDF-1.7 %%EO", Refusal::malformed},
          Row{"PK\3\4 %%EOF", Refusal::malformed}, Row{" %PDF-1.7 %%EOF", Refusal::disguised},
          Row{"%PDF-1.7\n1 0 obj << /Launch 1 >> endobj %%EOF", Refusal::scripts}}) {
        CAPTURE(content);
        for (std::size_t const piece : {1U, 10'000U}) {
            CHECK(office.upload(office.new_id(), bytes_of(content), piece).error() == UploadFault::refused);
            CHECK(office.last_refusal == refusal);
        }
    }
    CHECK(office.folder.files().empty());
}

TEST_CASE("a document of each type keeps its type, and the scanner's word stands before the gate's") {
    Office office;
    for (auto const& [name, type] :
         {std::pair{"good.docx", gate::FileType::docx}, std::pair{"good.xlsx", gate::FileType::xlsx},
          std::pair{"good.odt", gate::FileType::odt}, std::pair{"good.jpg", gate::FileType::jpeg},
          std::pair{"good.eml", gate::FileType::eml}, std::pair{"windows.txt", gate::FileType::text}}) {
        CAPTURE(name);
        auto const content = gate_vector(name);
        auto opened = office.open(office.put(content, name));
        REQUIRE(opened);
        CHECK(opened->view.type == type);
        CHECK(whole(*opened) == content);
    }
    // A script, and harmful besides: it stays, closed.
    auto const id = office.put(bytes_of("%PDF-1.7\n1 0 obj << /Launch 1 >> endobj\n" + eicar + "\n%%EOF"));
    CHECK(office.last.verdict.state == ScanState::quarantined);
    CHECK(!office.last.type);
    CHECK(office.open(id).error().kind == FailureKind::not_clean);
}

TEST_CASE("every sample of the gate is judged as its table says when it is uploaded") {
    Office office;
    std::ifstream in{std::filesystem::path{KLOUT7_VECTORS} / "gate" / "expected.tsv"};
    std::string line;
    std::getline(in, line);
    std::size_t taken = 0;
    std::size_t closed = 0;
    while (std::getline(in, line)) {
        auto const cells = split(line, '\t');
        auto const name = std::string{cells[0]};
        CAPTURE(name);
        auto const uploaded = office.upload(office.new_id(), gate_vector(cells[0]));
        if (uploaded && office.last.verdict.state == ScanState::quarantined) {
            // The scanner knows some of these tricks too.
            ++closed;
            CHECK(!office.last.type);
        } else if (uploaded) {
            ++taken;
            REQUIRE(office.last.type);
            auto const media_type = gate::media_type(*office.last.type);
            auto const word = cells[1] == "docx"   ? "wordprocessing"
                              : cells[1] == "xlsx" ? "spreadsheet"
                                                   : cells[1];
            CHECK(
                (media_type.find(word) != std::string_view::npos || cells[1] == "odt" || cells[1] == "eml"));
        } else {
            CHECK(uploaded.error() == UploadFault::refused);
            REQUIRE(office.last_refusal);
            CHECK(gate::name_of(*office.last_refusal) == cells[1]);
        }
    }
    CHECK(taken > 20);
    CHECK(closed < 5);
    CHECK(office.folder.files().size() == taken + closed);
}

TEST_CASE("the first wrong bytes end an upload; a later call gives the same fault") {
    Office office;
    auto upload = Upload<OfficeZone>::begin(office.files, *office.scanner, office.keyring, office.key,
                                            {office.person, office.new_id()}, office.random);
    REQUIRE(upload);
    CHECK((*upload)->add(bytes_of("MZ")));
    CHECK((*upload)->add(bytes_of(std::string_view{"\0GGGG", 5})).error() == UploadFault::refused);
    CHECK((*upload)->refusal() == gate::Refusal::unknown_type);
    CHECK(office.folder.files().empty());
    CHECK((*upload)->add(bytes_of("%PDF-1.7 %%EOF")).error() == UploadFault::refused);
    CHECK((*upload)->keep().error() == UploadFault::refused);
}

TEST_CASE("neither the folder nor the table shows anything of a name or a content") {
    Medical medical;
    std::string const words = "kanarie-hernia-klacht";
    std::string const file_name = "Spreekuur kanarie Jansen.pdf";
    std::string content = "%PDF-1.7 ";
    for (int i = 0; i < 4000; ++i) content += words;
    content += "%%EOF";
    auto const id = medical.put(bytes_of(content), file_name);

    auto const shows = [&](std::string const& where) {
        for (std::string const& text :
             {words, file_name, std::string{"kanarie"}, std::string{"hernia"}, std::string{"%PDF"},
              std::string{"%%EOF"}, std::string{".pdf"}, std::to_string(content.size())})
            if (where.find(text) != std::string::npos) return true;
        return false;
    };
    CHECK(shows(content));
    auto const files = medical.folder.files();
    REQUIRE(files.size() == 1);
    CHECK(files[0].filename().string() == medical.keyring.document_name(id, 1));
    CHECK_FALSE(shows(files[0].string()));
    CHECK_FALSE(shows(content_of(files[0])));
    CHECK(content_of(files[0]).find(text_of(id.bytes())) == std::string::npos);

    std::string dump;
    medical.tamper([&](store::Transaction& tx) {
        for (auto const& [name, size] : tx.rows<Bytes, Bytes>("SELECT file_name, size_bytes FROM document"))
            dump.append(text_of(name)).append(text_of(size));
    });
    CHECK(dump.size() > 60);
    CHECK_FALSE(shows(dump));
    auto const listed = medical.list();
    REQUIRE((listed && listed->size() == 1));
    CHECK(listed->front().file_name == file_name);
    CHECK(listed->front().size_bytes == content.size());
}

TEST_CASE("nothing lies in the clear while a document is arriving") {
    Office office;
    auto upload = Upload<OfficeZone>::begin(office.files, *office.scanner, office.keyring, office.key,
                                            {office.person, office.new_id()}, office.random);
    REQUIRE(upload);
    std::string content = "%PDF-1.7 ";
    for (int i = 0; i < 20'000; ++i) content += "kanarie-hernia-klacht";
    REQUIRE((*upload)->add(bytes_of(content)));
    auto const files = office.folder.files();
    REQUIRE(files.size() == 1);
    CHECK(files[0].parent_path().filename() == "incoming");
    auto const spooled = content_of(files[0]);
    CHECK(spooled.size() > 200'000);
    CHECK(spooled.find("kanarie") == std::string::npos);
    CHECK(spooled.find("%PDF") == std::string::npos);
}

TEST_CASE("a file with any one byte changed is never given out") {
    Office office;
    auto const id = office.put(made_up_pdf(300, office.random));
    auto const file = office.folder.files().at(0);
    auto const sealed = content_of(file);
    REQUIRE(is_given_out(office, id));
    auto opened_with = [&](std::size_t at, char byte) {
        std::fstream out{file, std::ios::binary | std::ios::in | std::ios::out};
        out.seekp(static_cast<std::streamoff>(at));
        out.put(byte);
        out.close();
        return is_given_out(office, id);
    };
    for (std::size_t at = 0; at < sealed.size(); ++at) {
        CAPTURE(at);
        REQUIRE_FALSE(opened_with(at, static_cast<char>(sealed[at] ^ 1)));
        std::fstream back{file, std::ios::binary | std::ios::in | std::ios::out};
        back.seekp(static_cast<std::streamoff>(at));
        back.put(sealed[at]);
    }
    CHECK(is_given_out(office, id));
}

TEST_CASE("a cut, lengthened or missing file is never given out") {
    Office office;
    auto const id = office.put(made_up_pdf(40'000, office.random));
    auto const file = office.folder.files().at(0);
    auto const sealed = content_of(file);
    auto const write = [&](std::string const& bytes) {
        std::ofstream{file, std::ios::binary | std::ios::trunc} << bytes;
    };
    REQUIRE(is_given_out(office, id));
    for (std::size_t const size : {sealed.size() - 1, sealed.size() - 16'400, std::size_t{64 + 16'400},
                                   std::size_t{64}, std::size_t{63}, std::size_t{8}, std::size_t{0}}) {
        CAPTURE(size);
        write(sealed.substr(0, size));
        CHECK_FALSE(is_given_out(office, id));
    }
    write(sealed + "x");
    CHECK_FALSE(is_given_out(office, id));
    write(sealed + sealed.substr(64));
    CHECK_FALSE(is_given_out(office, id));
    write(sealed);
    CHECK(is_given_out(office, id));
    REQUIRE(office.files.remove(office.store_name(id)));
    CHECK_FALSE(is_given_out(office, id));
}

TEST_CASE("a file that shrinks under a reader gives no bytes") {
    Office office;
    auto const id = office.put(made_up_pdf(100'000, office.random));
    auto opened = office.open(id);
    REQUIRE(opened);
    std::filesystem::resize_file(office.folder.files().at(0), 30'000);
    Bytes part(10);
    CHECK(opened->content->read(0, part));
    CHECK_FALSE(opened->content->read(50'000, part));
}

TEST_CASE("two documents whose files were exchanged both tell") {
    Office office;
    auto const a = office.put(made_up_pdf(5000, office.random));
    auto const b = office.put(made_up_pdf(5000, office.random));
    auto const files = office.folder.files();
    REQUIRE(files.size() == 2);
    std::filesystem::rename(files[0], office.folder.path() / "x");
    std::filesystem::rename(files[1], files[0]);
    std::filesystem::rename(office.folder.path() / "x", files[1]);
    CHECK_FALSE(is_given_out(office, a));
    CHECK_FALSE(is_given_out(office, b));
}

TEST_CASE("a row that was moved to another case or person tells, in the list too") {
    Office office;
    auto const id = office.put(made_up_pdf(5000, office.random));
    auto const elsewhere = CaseId::make(office.clock.now(), office.random);
    auto const stranger = PersonId::make(office.clock.now(), office.random);
    office.new_key(stranger);
    REQUIRE(office.open(id));
    auto const refused = [](auto const& opened) {
        return !opened && opened.error().kind == FailureKind::unavailable;
    };

    // Into a case of somebody else, whose doctor or case manager would be cleared for it.
    office.tamper([&](auto& tx) {
        CHECK(tx.execute("UPDATE document SET case_id = ? WHERE id = ?", elsewhere, id) == 1);
    });
    CHECK(refused(office.open_as(id, office.person, elsewhere, stranger)));
    // Into another case of the same person.
    CHECK(refused(office.open_as(id, office.person, elsewhere, office.person)));
    office.tamper([&](auto& tx) {
        tx.execute("UPDATE document SET case_id = ?, person_id = ? WHERE id = ?", office.case_id, stranger,
                   id);
    });
    CHECK(refused(office.open_as(id, stranger, office.case_id, stranger)));
    CHECK(refused(office.open_as(id, office.person, office.case_id, office.person)));
    office.tamper(
        [&](auto& tx) { tx.execute("UPDATE document SET person_id = ? WHERE id = ?", office.person, id); });
    CHECK(office.open(id));

    auto const other = office.put(made_up_pdf(5000, office.random), "Andere brief.pdf");
    CHECK(office.list()->size() == 2);
    office.tamper([&](auto& tx) {
        auto const row =
            tx.template row<Bytes, Bytes>("SELECT file_name, size_bytes FROM document WHERE id = ?", other);
        tx.execute("UPDATE document SET file_name = ?, size_bytes = ? WHERE id = ?", std::get<0>(*row),
                   std::get<1>(*row), id);
    });
    CHECK(refused(office.open(id)));
    CHECK(refused(office.list()));
    CHECK(office.open(other));
}

TEST_CASE("a document is put in once: a second file or row of the same id is refused") {
    Office office;
    auto const content = made_up_pdf(5000, office.random);
    auto const id = office.put(content);
    CHECK(office.upload(id, made_up_pdf(6000, office.random)).error() == UploadFault::exists);
    CHECK(office.folder.files().size() == 1);
    CHECK(office.record(id, 1).error() == store::StoreError::already_there);
    auto opened = office.open(id);
    REQUIRE(opened);
    CHECK(whole(*opened) == content);
}

TEST_CASE("of two who upload the same id at once, one has it and the other hears so") {
    Office office;
    auto const id = office.new_id();
    std::array<Bytes, 2> const contents{made_up_pdf(300'000, office.random),
                                        made_up_pdf(300'000, office.random)};
    std::array<std::expected<std::uint64_t, UploadFault>, 2> results;
    {
        std::array<std::jthread, 2> both;
        for (std::size_t i = 0; i < 2; ++i) {
            both[i] = std::jthread{[&, i] {
                auto const own_key = office.keyring.unwrap(
                    office.keyring.wrap(office.key, office.person, office.random), office.person);
                auto begun = Upload<OfficeZone>::begin(office.files, *office.scanner, office.keyring,
                                                       *own_key, {office.person, id}, office.random);
                if (!begun || !(*begun)->add(contents[i]))
                    results[i] = std::unexpected(UploadFault::unwritable);
                else if (auto const kept = (*begun)->keep(); kept)
                    results[i] = kept->size_bytes;
                else
                    results[i] = std::unexpected(kept.error());
            }};
        }
    }
    REQUIRE(results[0].has_value() != results[1].has_value());
    std::size_t const winner = results[0] ? 0 : 1;
    CHECK(results[1 - winner].error() == UploadFault::exists);
    CHECK(office.folder.files().size() == 1);
    office.last.verdict.state = ScanState::clean;
    REQUIRE(office.record(id, 300'000));
    auto opened = office.open(id);
    REQUIRE(opened);
    CHECK(whole(*opened) == contents[winner]);
}

TEST_CASE("a row that speaks of another size than its file has is refused, not read past its end") {
    Office office;
    for (std::uint64_t const size_bytes : {std::uint64_t{1}, std::uint64_t{6000}, std::uint64_t{1} << 40U}) {
        CAPTURE(size_bytes);
        auto const id = office.new_id();
        REQUIRE(office.upload(id, made_up_pdf(5000, office.random)));
        REQUIRE(office.record(id, size_bytes));
        CHECK_FALSE(is_given_out(office, id));
    }
}

TEST_CASE("an upload that is cut off leaves nothing, and one that is taken back neither") {
    Office office;
    auto const id = office.new_id();
    auto const begin = [&] {
        return Upload<OfficeZone>::begin(office.files, *office.scanner, office.keyring, office.key,
                                         {office.person, id}, office.random);
    };
    {
        auto upload = begin();
        REQUIRE(upload);
        REQUIRE((*upload)->add(made_up_pdf(200'000, office.random)));
        CHECK(office.folder.files().size() == 1);
    }
    CHECK(office.folder.files().empty());
    auto upload = begin();
    REQUIRE((*upload)->add(made_up_pdf(200, office.random)));
    REQUIRE((*upload)->keep());
    CHECK(office.folder.files().size() == 1);
    (*upload)->take_back();
    CHECK(office.folder.files().empty());
    CHECK(office.upload(id, made_up_pdf(200, office.random)));
}

TEST_CASE("a full disk is told as full and leaves nothing; what was there stays, and later there is room") {
    Office office;
    auto const id = office.put(made_up_pdf(100'000, office.random));
    auto const before = office.folder.files();
    for (std::size_t const most_bytes : {0U, 30U, 64U, 16'000U, 2'000'000U}) {
        CAPTURE(most_bytes);
        FullDisk const full{most_bytes};
        CHECK(office.upload(office.new_id(), made_up_pdf(3'000'000, office.random)).error() ==
              UploadFault::full);
        CHECK(office.folder.files() == before);
    }
    CHECK(is_given_out(office, id));
    CHECK(office.upload(office.new_id(), made_up_pdf(3'000'000, office.random)));
}

TEST_CASE("keys of the other side do not open a document, even if they were the very same bytes") {
    Medical medical;
    auto const id = medical.put(made_up_pdf(5000, medical.random));
    auto const sealed = content_of(medical.folder.files().at(0));
    auto const read = [&](std::uint64_t offset, BytesSpan out) {
        if (offset + out.size() > sealed.size()) return false;
        std::ranges::copy(bytes_of(sealed).subspan(offset, out.size()), out.begin());
        return true;
    };
    crypto::DocumentContext const context{medical.person, id, 1};
    CHECK(crypto::DocumentOpener<MedicalZone>::open(medical.key, Environment::test, context, sealed.size(),
                                                    read));
    crypto::PersonKey<OfficeZone> const same_bytes{medical.key.key().copy(), medical.key.version(),
                                                   Environment::test};
    CHECK(
        crypto::DocumentOpener<OfficeZone>::open(same_bytes, Environment::test, context, sealed.size(), read)
            .error() == crypto::OpenError::altered);
    CHECK(crypto::DocumentOpener<MedicalZone>::open(medical.key, Environment::production, context,
                                                    sealed.size(), read)
              .error() == crypto::OpenError::altered);
    // Nor does another person's key of the same side.
    auto const stranger = PersonId::make(medical.clock.now(), medical.random);
    medical.new_key(stranger);
    CHECK_FALSE(medical.open_as(id, stranger, medical.case_id, medical.person));
    // And the account of the office has no right to the table.
    auto office = medical.server.office();
    auto const looked = office.transact(
        [&](store::Transaction& tx) { return tx.rows<DocumentId>("SELECT id FROM {PEER}.document").size(); });
    CHECK(looked.error() == store::StoreError::refused);
}

TEST_CASE("the account of the program can neither change nor remove a row") {
    Office office;
    office.put(made_up_pdf(100, office.random));
    for (auto const& statement :
         {store::Sql{"UPDATE document SET created_at = 0"}, store::Sql{"DELETE FROM document"}}) {
        auto const done = office.database.transact([&](store::Transaction& tx) { tx.execute(statement); });
        CHECK(done.error() == store::StoreError::refused);
    }
}

TEST_CASE("the list of a case is oldest first, and holds no other case") {
    Office office;
    std::vector<DocumentId> ids;
    for (int i = 0; i < 3; ++i) {
        office.clock.advance(Duration::seconds(1));
        ids.push_back(office.put(made_up_pdf(100, office.random), "Brief " + std::to_string(i) + ".pdf"));
    }
    auto const own_case = std::exchange(office.case_id, CaseId::make(office.clock.now(), office.random));
    office.put(made_up_pdf(100, office.random), "Elders.pdf");
    office.case_id = own_case;
    auto const listed = office.list();
    REQUIRE((listed && listed->size() == 3));
    for (std::size_t i = 0; i < 3; ++i) {
        CHECK((*listed)[i].row.id == ids[i]);
        CHECK((*listed)[i].file_name == "Brief " + std::to_string(i) + ".pdf");
        CHECK((*listed)[i].row.created_by == office.actor.user);
    }
    auto const found = office.database.transact(
        [&](store::Transaction& tx) { return find_document(tx, office.keyring, ids.front()); });
    REQUIRE((found && *found));
    CHECK((*found)->case_id == office.case_id);
    CHECK((*found)->person == office.person);
    CHECK_FALSE(*office.database.transact(
        [&](store::Transaction& tx) { return find_document(tx, office.keyring, office.new_id()); }));
}

TEST_CASE("a document stays readable after its transaction and after its name is gone") {
    Office office;
    auto const content = made_up_pdf(100'000, office.random);
    auto const id = office.put(content);
    auto opened = office.open(id);
    REQUIRE(opened);
    auto moved = std::move(*opened);
    REQUIRE(office.files.remove(office.store_name(id)));
    CHECK(whole(moved) == content);
}
