#include "documents/documents.h"

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>

#include "base/log.h"
#include "crypto/document_cipher.h"
#include "store/testing.h"
#include "testing_folder.h"
#include "vault/person_keys.h"

using namespace klout7;
using namespace klout7::documents;

namespace {

// A key of one side neither seals nor opens a document of the other.
template <class Zone, class KeyZone>
concept CanBegin = requires(Documents<Zone> const& documents, crypto::PersonKey<KeyZone> const& key) {
    documents.begin(key, PersonId{}, DocumentId{});
};
template <class Zone, class KeyZone>
concept CanOpen = requires(Documents<Zone> const& documents, store::Transaction& tx,
                           crypto::PersonKey<KeyZone> const& key, access::Access const& access) {
    documents.open(tx, key, DocumentId{}, access);
};
template <class Zone, class KeyZone>
concept CanList = requires(Documents<Zone> const& documents, store::Transaction& tx,
                           crypto::PersonKey<KeyZone> const& key, access::Access const& access) {
    documents.list(tx, key, CaseId{}, access);
};
template <class Zone, class KeyZone>
concept CanRecord = requires(Documents<Zone> const& documents, store::Transaction& tx,
                             crypto::PersonKey<KeyZone> const& key, NewDocument const& row) {
    documents.record(tx, key, row);
};
static_assert(CanBegin<OfficeZone, OfficeZone> && CanBegin<MedicalZone, MedicalZone>);
static_assert(!CanBegin<OfficeZone, MedicalZone> && !CanBegin<MedicalZone, OfficeZone>);
static_assert(CanOpen<OfficeZone, OfficeZone> && CanOpen<MedicalZone, MedicalZone>);
static_assert(!CanOpen<OfficeZone, MedicalZone> && !CanOpen<MedicalZone, OfficeZone>);
static_assert(CanList<OfficeZone, OfficeZone> && CanList<MedicalZone, MedicalZone>);
static_assert(!CanList<OfficeZone, MedicalZone> && !CanList<MedicalZone, OfficeZone>);
static_assert(CanRecord<OfficeZone, OfficeZone> && CanRecord<MedicalZone, MedicalZone>);
static_assert(!CanRecord<OfficeZone, MedicalZone> && !CanRecord<MedicalZone, OfficeZone>);
static_assert(
    !std::is_constructible_v<Documents<OfficeZone>, FolderStore&, crypto::Keyring<MedicalZone>&, Random&>);
static_assert(
    std::is_constructible_v<Documents<OfficeZone>, FolderStore&, crypto::Keyring<OfficeZone>&, Random&>);
static_assert(Loggable<DocumentId> && !Loggable<DocumentDetails> && !Loggable<StoreName>);

template <class Zone>
store::Database database_of(store::TestServer& server) {
    if constexpr (Zone::side == Side::office)
        return server.office();
    else
        return server.medical();
}

/// One side with a person, a case of that person, and who works on it.
template <class Zone>
struct SideFixture {
    store::TestServer& server = store::TestServer::shared();
    TestingFolder folder;
    SystemRandom random;
    FixedClock clock{SystemClock{}.now()};
    crypto::Keyring<Zone> keyring =
        crypto::Keyring<Zone>::create({Uuid::version_7(clock.now(), random), Environment::test}, random);
    vault::PersonKeys<Zone> keys{keyring, random, clock};
    store::Database database;
    FolderStore files = *FolderStore::open(folder.path());
    Documents<Zone> documents{files, keyring, random};
    PersonId person = PersonId::make(clock.now(), random);
    CaseId case_id = CaseId::make(clock.now(), random);
    crypto::PersonKey<Zone> key;
    access::Actor const actor{
        .user = UserId::make(clock.now(), random),
        .side = Zone::side,
        .role = Zone::side == Side::office ? access::Role::case_manager : access::Role::company_doctor,
        .person = {},
        .employer = {},
        .responsible = {},
        .session = SessionId::make(clock.now(), random),
        .source = "192.0.2.1",
        .signed_in_at = clock.now()};
    access::AccessGate gate{actor, clock.now()};

    SideFixture() : database((server.empty_tables(), database_of<Zone>(server))), key(new_key(person)) {}

    crypto::PersonKey<Zone> new_key(PersonId of) {
        auto made = database.transact([&](store::Transaction& tx) { return keys.create(tx, of); });
        REQUIRE(made);
        return std::move(*made);
    }
    access::Access access_to(access::Action action, CaseId of) {
        auto access = gate.ask(action, {.resource = access::Resource::document,
                                        .case_id = of,
                                        .person = person,
                                        .assigned_user = actor.user});
        REQUIRE(access);
        return std::move(*access);
    }
    DocumentId new_id() { return DocumentId::make(clock.now(), random); }

    std::expected<StoredDocument, UploadFault> upload(DocumentId id, BytesView content,
                                                      std::size_t piece = 10'000) {
        auto begun = documents.begin(key, person, id);
        if (!begun) return std::unexpected(begun.error());
        for (; !content.empty(); content = content.subspan(std::min(piece, content.size()))) {
            if (auto const added = begun->add(content.first(std::min(piece, content.size()))); !added)
                return std::unexpected(added.error());
        }
        return begun->finish();
    }
    NewDocument row_for(StoredDocument const& stored, std::string_view name = "Plan van aanpak.pdf") {
        return {stored, case_id, *DocumentName::parse(name), actor.user, clock.now()};
    }
    void record(NewDocument const& row) {
        REQUIRE(database.transact([&](store::Transaction& tx) { documents.record(tx, key, row); }));
    }
    DocumentId put(BytesView content, std::string_view name = "Plan van aanpak.pdf") {
        auto const stored = upload(new_id(), content);
        REQUIRE(stored);
        record(row_for(*stored, name));
        return stored->document;
    }
    std::expected<OpenDocument<Zone>, DocumentFault> open_with(crypto::PersonKey<Zone> const& with,
                                                               DocumentId id, CaseId of) {
        auto const access = access_to(access::Action::read, of);
        std::optional<std::expected<OpenDocument<Zone>, DocumentFault>> opened;
        REQUIRE(database.transact(
            [&](store::Transaction& tx) { opened.emplace(documents.open(tx, with, id, access)); }));
        return std::move(*opened);
    }
    auto open(DocumentId id) { return open_with(key, id, case_id); }
    std::vector<DocumentView> list(std::optional<DocumentId> before = {}) {
        auto const access = access_to(access::Action::list, case_id);
        auto listed = database.transact(
            [&](store::Transaction& tx) { return documents.list(tx, key, case_id, access, before); });
        REQUIRE(listed);
        return std::move(*listed);
    }
    std::vector<StoreName> orphans(Duration later) {
        std::expected<std::vector<StoreName>, StoreFault> found;
        REQUIRE(database.transact(
            [&](store::Transaction& tx) { found = documents.orphans(tx, clock.now() + later); }));
        REQUIRE(found);
        return *found;
    }
    /// With every right of the server: as a database administrator would.
    void tamper(auto statement) {
        auto everything = server.with_every_right(Zone::side);
        REQUIRE(everything.transact([&](store::Transaction& tx) { statement(tx); }));
    }
};
using Office = SideFixture<OfficeZone>;
using Medical = SideFixture<MedicalZone>;

/// Something that is a PDF by its first and last bytes, of a given size.
Bytes made_up_pdf(std::size_t size, Random& random) {
    Bytes content(size);
    random.fill(content);
    std::ranges::copy(bytes_of("%PDF-"), content.begin());
    std::ranges::copy(bytes_of("%%EOF"), content.end() - 5);
    return content;
}

template <class Zone>
Bytes whole(OpenDocument<Zone>& document) {
    Bytes content(static_cast<std::size_t>(document.size_bytes()));
    REQUIRE(document.read(0, content));
    return content;
}

template <class Zone>
void show_round_trip(std::size_t size, std::size_t piece) {
    CAPTURE(size);
    CAPTURE(piece);
    SideFixture<Zone> side;
    auto const content = made_up_pdf(size, side.random);
    auto const stored = side.upload(side.new_id(), content, piece);
    REQUIRE(stored);
    CHECK(stored->size_bytes == size);
    CHECK(stored->sha256 == crypto::sha256(content));
    side.record(side.row_for(*stored));
    auto opened = side.open(stored->document);
    REQUIRE(opened);
    CHECK(opened->size_bytes() == size);
    CHECK(opened->details().file_name.text() == "Plan van aanpak.pdf");
    CHECK(opened->details().sha256 == stored->sha256);
    CHECK(media_type_of(opened->details().content_type) == "application/pdf");
    CHECK(whole(*opened) == content);
    Bytes part(size / 2);
    REQUIRE(opened->read(size / 3, part));
    CHECK(std::equal(part.begin(), part.end(), content.begin() + static_cast<std::ptrdiff_t>(size / 3)));
    CHECK(side.folder.files().size() == 1);
}

}  // namespace

TEST_CASE("a document of any size comes back whole and in parts, on both sides") {
    show_round_trip<OfficeZone>(10, 1);
    for (std::size_t const size : {4095U, 4096U, 4097U, 16383U, 16384U, 16385U, 32768U}) {
        show_round_trip<OfficeZone>(size, 1000);
        show_round_trip<MedicalZone>(size, 100'000);
    }
    show_round_trip<OfficeZone>(5 << 20, 65'536);
}

TEST_CASE("the largest document is taken, one byte more is not, and nothing of it stays") {
    Office office;
    auto content = made_up_pdf(largest_document_bytes, office.random);
    CHECK(office.upload(office.new_id(), content, 1 << 20));
    content.push_back(' ');
    CHECK(office.upload(office.new_id(), content, 1 << 20).error() == UploadFault::too_large);
    CHECK(office.folder.files().size() == 1);
}

TEST_CASE("what is empty or no PDF by its content is refused and leaves nothing") {
    Office office;
    CHECK(office.upload(office.new_id(), {}).error() == UploadFault::empty);
    for (std::string const text :
         {"%", "%PDF-", "%PDF-1.7 cut off here", "%PDF-1.7 %%EO", "PK\3\4 %%EOF", " %PDF-1.7 %%EOF"}) {
        CAPTURE(text);
        CHECK(office.upload(office.new_id(), bytes_of(text), 1).error() == UploadFault::not_a_pdf);
        CHECK(office.upload(office.new_id(), bytes_of(text)).error() == UploadFault::not_a_pdf);
    }
    // The end mark may have 1019 bytes behind it, not one more.
    for (std::size_t const piece : {1U, 700U, 5000U}) {
        auto content = to_bytes("%PDF-1.7 " + std::string(3000, 'x') + "%%EOF" + std::string(1019, ' '));
        CHECK(office.upload(office.new_id(), content, piece));
        content.push_back(' ');
        CHECK(office.upload(office.new_id(), content, piece).error() == UploadFault::not_a_pdf);
    }
    CHECK(office.folder.files().size() == 3);
}

TEST_CASE("the first wrong bytes end an upload; a later call gives the same fault") {
    Office office;
    auto upload = office.documents.begin(office.key, office.person, office.new_id());
    REQUIRE(upload);
    CHECK(upload->add(bytes_of("%P")));
    CHECK(upload->add(bytes_of("NG")).error() == UploadFault::not_a_pdf);
    CHECK(office.folder.files().empty());
    CHECK(upload->add(bytes_of("%PDF-1.7 %%EOF")).error() == UploadFault::not_a_pdf);
    CHECK(upload->finish().error() == UploadFault::not_a_pdf);
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
              std::string{"%%EOF"}, std::string{".pdf"}, std::string{"application"}})
            if (where.find(text) != std::string::npos) return true;
        return false;
    };
    CHECK(shows(content));
    auto const files = medical.folder.files();
    REQUIRE(files.size() == 1);
    auto const store_name = files[0].filename().string();
    CHECK(StoreName::parse(store_name));
    CHECK(store_name == medical.keyring.document_name(id, 1));
    CHECK_FALSE(shows(files[0].string()));
    CHECK_FALSE(shows(content_of(files[0])));
    CHECK(content_of(files[0]).find(text_of(id.bytes())) == std::string::npos);

    std::string dump;
    medical.tamper([&](store::Transaction& tx) {
        for (auto const& [row_id, details] : tx.rows<Bytes, Bytes>("SELECT id, details FROM document")) {
            dump.append(text_of(row_id)).append(text_of(details));
        }
    });
    CHECK(dump.size() > 100);
    CHECK_FALSE(shows(dump));
    REQUIRE(medical.list().size() == 1);
    CHECK(medical.list()[0].details->file_name.text() == file_name);
}

TEST_CASE("nothing lies in the clear while a document is arriving") {
    Office office;
    auto upload = office.documents.begin(office.key, office.person, office.new_id());
    REQUIRE(upload);
    std::string content = "%PDF-1.7 ";
    for (int i = 0; i < 4000; ++i) content += "kanarie-hernia-klacht";
    REQUIRE(upload->add(bytes_of(content)));
    auto const files = office.folder.files();
    REQUIRE(files.size() == 1);
    auto const spooled = content_of(files[0]);
    CHECK(spooled.size() > 60'000);
    CHECK(spooled.find("kanarie") == std::string::npos);
    CHECK(spooled.find("%PDF") == std::string::npos);
}

TEST_CASE("a changed, cut or lengthened file is never given out") {
    Office office;
    auto const content = made_up_pdf(40'000, office.random);
    auto const id = office.put(content);
    auto const file = office.folder.files().at(0);
    auto const sealed = content_of(file);
    auto const write = [&](std::string const& bytes) {
        std::ofstream{file, std::ios::binary | std::ios::trunc} << bytes;
    };
    auto const fault = [&]() -> std::optional<DocumentFault> {
        auto opened = office.open(id);
        if (!opened) return opened.error();
        Bytes plain(content.size());
        auto const read = opened->read(0, plain);
        return read ? std::nullopt : std::optional{read.error()};
    };
    CHECK_FALSE(fault());
    for (std::size_t at = 0; at < sealed.size(); at += at < 100 ? 1 : 997) {
        CAPTURE(at);
        auto changed = sealed;
        changed[at] = static_cast<char>(changed[at] ^ 1);
        write(changed);
        // Bytes 4 and 5 name the key, 6 and 7 are reserved; all of it is `altered` to who asks.
        CHECK(fault() == DocumentFault::altered);
    }
    write(sealed.substr(0, sealed.size() - 1));
    CHECK(fault() == DocumentFault::altered);
    write(sealed + "x");
    CHECK(fault() == DocumentFault::altered);
    write("");
    CHECK(fault() == DocumentFault::altered);
    write(sealed);
    CHECK_FALSE(fault());
    REQUIRE(office.files.remove(*StoreName::parse(file.filename().string())));
    CHECK(fault() == DocumentFault::no_file);
    CHECK(office.open(office.new_id()).error() == DocumentFault::no_row);
}

TEST_CASE("a file that shrinks under a reader gives no bytes") {
    Office office;
    auto const id = office.put(made_up_pdf(100'000, office.random));
    auto opened = office.open(id);
    REQUIRE(opened);
    std::filesystem::resize_file(office.folder.files().at(0), 30'000);
    Bytes part(10);
    CHECK(opened->read(0, part));
    CHECK(opened->read(50'000, part).error() == DocumentFault::unreadable);
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
    CHECK(office.open(a).error() == DocumentFault::altered);
    CHECK(office.open(b).error() == DocumentFault::altered);
}

TEST_CASE("a row that was moved to another case, person or version tells, in the list too") {
    Office office;
    auto const id = office.put(made_up_pdf(5000, office.random));
    auto const whole_one = office.put(made_up_pdf(5000, office.random));
    auto const elsewhere = CaseId::make(office.clock.now(), office.random);
    auto const stranger = PersonId::make(office.clock.now(), office.random);
    auto const stranger_key = office.new_key(stranger);

    office.tamper([&](auto& tx) {
        CHECK(tx.execute("UPDATE document SET case_id = ? WHERE id = ?", elsewhere, id) == 1);
    });
    CHECK(office.open_with(office.key, id, elsewhere).error() == DocumentFault::altered);
    office.tamper([&](auto& tx) {
        tx.execute("UPDATE document SET case_id = ?, person_id = ? WHERE id = ?", office.case_id, stranger,
                   id);
    });
    CHECK(office.open_with(stranger_key, id, office.case_id).error() == DocumentFault::altered);
    CHECK(office.open(id).error() == DocumentFault::altered);
    office.tamper([&](auto& tx) {
        tx.execute("UPDATE document SET person_id = ?, document_version = 2 WHERE id = ?", office.person, id);
    });
    CHECK(office.open(id).error() == DocumentFault::no_file);
    office.tamper([&](auto& tx) { tx.execute("UPDATE document SET document_version = 1 WHERE id = ?", id); });
    CHECK(office.open(id));

    office.tamper([&](auto& tx) {
        auto const row = tx.template row<Bytes>("SELECT details FROM document WHERE id = ?", whole_one);
        tx.execute("UPDATE document SET details = ? WHERE id = ?", std::get<0>(*row), id);
    });
    CHECK(office.open(id).error() == DocumentFault::altered);
    auto const listed = office.list();
    REQUIRE(listed.size() == 2);
    for (auto const& view : listed) CHECK(view.details.has_value() == (view.id == whole_one));
}

TEST_CASE("a document is put in once: a second file or row of the same id is refused") {
    Office office;
    auto const content = made_up_pdf(5000, office.random);
    auto const id = office.put(content);
    auto const again = office.upload(id, made_up_pdf(6000, office.random));
    CHECK(again.error() == UploadFault::already_there);
    CHECK(office.folder.files().size() == 1);
    StoredDocument const same{.document = id,
                              .person = office.person,
                              .store_name = *StoreName::parse(office.keyring.document_name(id, 1)),
                              .content_type = ContentType::pdf,
                              .size_bytes = 1,
                              .sha256 = {}};
    auto const row = office.row_for(same);
    auto const recorded = office.database.transact(
        [&](store::Transaction& tx) { office.documents.record(tx, office.key, row); });
    CHECK(recorded.error() == store::StoreError::already_there);
    auto opened = office.open(id);
    REQUIRE(opened);
    CHECK(whole(*opened) == content);
}

TEST_CASE("a row that speaks of another size than its file has is refused, not read past its end") {
    Office office;
    for (std::uint64_t const size_bytes : {std::uint64_t{1}, std::uint64_t{6000}, std::uint64_t{1} << 40U}) {
        CAPTURE(size_bytes);
        auto stored = office.upload(office.new_id(), made_up_pdf(5000, office.random));
        REQUIRE(stored);
        stored->size_bytes = size_bytes;
        office.record(office.row_for(*stored));
        CHECK(office.open(stored->document).error() == DocumentFault::altered);
    }
}

TEST_CASE("an upload that is cut off leaves nothing") {
    Office office;
    {
        auto upload = office.documents.begin(office.key, office.person, office.new_id());
        REQUIRE(upload);
        REQUIRE(upload->add(made_up_pdf(200'000, office.random)));
        auto moved = std::move(*upload);
        REQUIRE(moved.add(bytes_of("more")));
        CHECK(office.folder.files().size() == 1);
    }
    CHECK(office.folder.files().empty());
}

TEST_CASE("a full disk is told as full and leaves nothing; what was there stays, and later there is room") {
    Office office;
    TestingFolder const folder;
    SmallDisk const disk{folder.path()};
    auto const files = FolderStore::open(folder.path());
    REQUIRE(files);
    Documents<OfficeZone> const documents{*files, office.keyring, office.random};
    auto const put = [&](std::size_t size) -> std::expected<StoredDocument, UploadFault> {
        auto upload = documents.begin(office.key, office.person, office.new_id());
        if (!upload) return std::unexpected(upload.error());
        if (auto const added = upload->add(made_up_pdf(size, office.random)); !added)
            return std::unexpected(added.error());
        return upload->finish();
    };
    CHECK(put(100'000));
    auto const before = folder.files();
    CHECK(put(3'000'000).error() == UploadFault::full);
    CHECK(folder.files() == before);
    CHECK(put(100'000));
}

TEST_CASE("keys of the other side do not open a document, even if they were the very same bytes") {
    Medical medical;
    auto const content = made_up_pdf(5000, medical.random);
    auto const id = medical.put(content);
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
    auto const stranger = medical.new_key(PersonId::make(medical.clock.now(), medical.random));
    CHECK(medical.open_with(stranger, id, medical.case_id).error() == DocumentFault::altered);
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

TEST_CASE("a program killed between file and row leaves an orphan, which the sweep names after a day") {
    Office office;
    auto const with_row = office.put(made_up_pdf(5000, office.random));
    auto const id = office.new_id();
    auto const content = made_up_pdf(5000, office.random);
    auto const child = fork();
    if (child == 0) {
        if (office.upload(id, content)) raise(SIGKILL);
        _exit(1);
    }
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    REQUIRE(WIFSIGNALED(status));
    REQUIRE(FolderStore::open(office.folder.path()));
    CHECK(office.folder.files().size() == 2);
    CHECK(office.open(id).error() == DocumentFault::no_row);
    CHECK(office.orphans(Duration::hours(23)).empty());
    auto const orphans = office.orphans(Duration::hours(25));
    REQUIRE(orphans.size() == 1);
    CHECK(orphans[0].text() == office.keyring.document_name(id, 1));
    REQUIRE(office.documents.remove(orphans[0]));
    CHECK(office.orphans(Duration::hours(25)).empty());
    CHECK(office.open(with_row));
}

TEST_CASE("a sweep over more rows than one step finds exactly the orphans") {
    Office office;
    auto const content = made_up_pdf(10, office.random);
    std::vector<NewDocument> rows;
    std::string orphan;
    for (int i = 0; i < 60; ++i) {
        auto const stored = office.upload(office.new_id(), content);
        REQUIRE(stored);
        if (i == 30)
            orphan = stored->store_name.text();
        else
            rows.push_back(office.row_for(*stored));
    }
    // Rows without a file, so that there are steps before, between and after.
    for (int i = 0; i < 5200; ++i) {
        auto more = rows[0];
        more.stored.document = office.new_id();
        rows.push_back(more);
    }
    REQUIRE(office.database.transact([&](store::Transaction& tx) {
        for (auto const& row : rows) office.documents.record(tx, office.key, row);
    }));
    auto const orphans = office.orphans(Duration::days(2));
    REQUIRE(orphans.size() == 1);
    CHECK(orphans[0].text() == orphan);
}

TEST_CASE("a row that is rolled back leaves a file that can be removed") {
    Office office;
    auto const stored = office.upload(office.new_id(), made_up_pdf(100, office.random));
    REQUIRE(stored);
    auto const row = office.row_for(*stored);
    REQUIRE(office.database.transact([&](store::Transaction& tx) {
        office.documents.record(tx, office.key, row);
        tx.roll_back_at_end();
    }));
    CHECK(office.list().empty());
    CHECK(office.documents.remove(stored->store_name));
    CHECK(office.folder.files().empty());
}

TEST_CASE("the list of a case is paged, newest first, and holds no other case") {
    Office office;
    auto const stored = office.upload(office.new_id(), made_up_pdf(100, office.random));
    REQUIRE(stored);
    std::vector<DocumentId> ids;
    REQUIRE(office.database.transact([&](store::Transaction& tx) {
        ids.clear();
        for (int i = 0; i < 150; ++i) {
            office.clock.advance(Duration::seconds(1));
            auto row = office.row_for(*stored, "Brief " + std::to_string(i) + ".pdf");
            row.stored.document = office.new_id();
            ids.push_back(row.stored.document);
            office.documents.record(tx, office.key, row);
        }
        auto elsewhere = office.row_for(*stored);
        elsewhere.stored.document = office.new_id();
        elsewhere.case_id = CaseId::make(office.clock.now(), office.random);
        office.documents.record(tx, office.key, elsewhere);
    }));
    auto const first = office.list();
    REQUIRE(first.size() == 100);
    CHECK(first.front().id == ids.back());
    CHECK(first.front().details->file_name.text() == "Brief 149.pdf");
    CHECK(first.front().created_by == office.actor.user);
    auto const second = office.list(first.back().id);
    REQUIRE(second.size() == 50);
    CHECK(second.back().id == ids.front());
    CHECK(office.list(second.back().id).empty());

    auto const facts = office.database.transact(
        [&](store::Transaction& tx) { return office.documents.find(tx, ids.front()); });
    REQUIRE((facts && *facts));
    CHECK((*facts)->case_id == office.case_id);
    CHECK((*facts)->person == office.person);
    auto const none = office.database.transact(
        [&](store::Transaction& tx) { return office.documents.find(tx, office.new_id()); });
    CHECK((none && !*none));
}

TEST_CASE("a document stays readable after its transaction and after its name is gone") {
    Office office;
    auto const content = made_up_pdf(100'000, office.random);
    auto opened = office.open(office.put(content));
    REQUIRE(opened);
    auto moved = std::move(*opened);
    REQUIRE(office.files.remove(*StoreName::parse(office.folder.files().at(0).filename().string())));
    CHECK(whole(moved) == content);
}
