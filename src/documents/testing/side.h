#pragma once

#include <doctest/doctest.h>

#include <algorithm>

#include "documents/documents.h"
#include "documents/folder_store.h"
#include "store/testing.h"
#include "store_name.h"
#include "testing/folder.h"
#include "testing/scanner.h"

namespace klout7::documents::testing {

/// A PDF of a given size, with a stream of random bytes where there is room for it.
inline Bytes made_up_pdf(std::size_t size, Random& random) {
    constexpr std::string_view begin = "%PDF-1.7\n1 0 obj\n<< >>\nstream\n";
    constexpr std::string_view end = "\nendstream\nendobj\n%%EOF";
    Bytes content(size, ' ');
    std::ranges::copy(bytes_of("%PDF-"), content.begin());
    std::ranges::copy(bytes_of("%%EOF"), content.end() - 5);
    if (size < begin.size() + end.size()) return content;
    random.fill(content);
    std::ranges::copy(bytes_of(begin), content.begin());
    std::ranges::copy(bytes_of(end), content.end() - static_cast<std::ptrdiff_t>(end.size()));
    return content;
}

/// One side with a person, a case of that person, and who works on it.
template <class Zone>
struct SideFixture {
    using Key = typename vault::PersonKeys<Zone>::Key;

    store::TestServer& server = store::TestServer::shared();
    TestingFolder folder;
    SystemRandom random;
    FixedClock clock{SystemClock{}.now()};
    crypto::Keyring<Zone> keyring =
        crypto::Keyring<Zone>::create({Uuid::version_7(clock.now(), random), Environment::test}, random);
    vault::PersonKeys<Zone> keys{keyring, random, clock};
    store::Database database;
    FolderStore files = *FolderStore::open(folder.path());
    Store const* store = &files;  ///< where documents go and come from
    Scanner const* scanner = &TestingScanner::shared().scanner;
    std::uint64_t largest = 8 * mebibyte;  ///< of what is uploaded
    KeptUpload last = {};                  ///< what was uploaded last
    std::optional<gate::Refusal> last_refusal = {};
    PersonId person = PersonId::make(clock.now(), random);
    CaseId case_id = CaseId::make(clock.now(), random);
    Key key;
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

    SideFixture() : database((server.empty_tables(), own_database())), key(new_key(person)) {}

    store::Database own_database() { return Zone::side == Side::office ? server.office() : server.medical(); }
    Key new_key(PersonId of) {
        auto made = database.transact([&](store::Transaction& tx) { return keys.create(tx, of); });
        REQUIRE(made);
        return std::move(*made);
    }
    Key load_key(PersonId of) {
        std::optional<Key> key_of;
        REQUIRE(database.transact(
            [&](store::Transaction& tx) { key_of.emplace(std::move(*keys.load(tx, of))); }));
        return std::move(*key_of);
    }
    access::Access access_to(access::Action action, CaseId of, PersonId about) {
        auto access = gate.ask(action, {.resource = access::Resource::document,
                                        .case_id = of,
                                        .person = about,
                                        .assigned_user = actor.user});
        REQUIRE(access);
        return std::move(*access);
    }
    DocumentId new_id() { return DocumentId::make(clock.now(), random); }
    StoreName store_name(DocumentId id) { return documents::store_name(keyring, id); }

    std::expected<std::uint64_t, UploadFault> upload(DocumentId id, BytesView content, Random& with,
                                                     std::size_t piece = 10'000) {
        auto begun = Upload<Zone>::begin(*store, *scanner, keyring, key, {person, id, largest}, with);
        if (!begun) return std::unexpected(begun.error());
        for (; !content.empty(); content = content.subspan(std::min(piece, content.size()))) {
            if (auto const added = (*begun)->add(content.first(std::min(piece, content.size()))); !added) {
                last_refusal = (*begun)->refusal();
                return std::unexpected(added.error());
            }
        }
        auto const kept = (*begun)->keep();
        last_refusal = (*begun)->refusal();
        if (!kept) return std::unexpected(kept.error());
        last = *kept;
        return kept->size_bytes;
    }
    std::expected<std::uint64_t, UploadFault> upload(DocumentId id, BytesView content,
                                                     std::size_t piece = 10'000) {
        return upload(id, content, random, piece);
    }
    std::expected<void, store::StoreError> record(DocumentId id, std::uint64_t size_bytes,
                                                  std::string_view name = "Plan van aanpak.pdf") {
        return record({id, case_id, person, actor.user, clock.now()}, size_bytes, name);
    }
    std::expected<void, store::StoreError> record(DocumentRow const& row, std::uint64_t size_bytes,
                                                  std::string_view name = "Plan van aanpak.pdf") {
        DocumentView const view{row, std::string{name}, size_bytes, last.verdict, last.type};
        return database.transact([&](store::Transaction& tx) {
            add_document<Zone>(tx, keyring, key, view, last.signatures, random);
        });
    }
    DocumentId put(BytesView content, std::string_view name = "Plan van aanpak.pdf") {
        auto const id = new_id();
        REQUIRE(upload(id, content));
        REQUIRE(record(id, content.size(), name));
        return id;
    }
    using Opened = std::expected<OpenDocument<Zone>, access::Failure>;
    /// As a reader who was cleared for a case of somebody opens the document of that id.
    Opened open_as(DocumentId id, PersonId key_of, CaseId of, PersonId about) {
        auto const access = access_to(access::Action::read, of, about);
        std::optional<Opened> opened;
        auto const done = database.transact([&](store::Transaction& tx) {
            auto const row = find_document(tx, keyring, id);
            REQUIRE(row);
            opened.emplace(open_document<Zone>(tx, *store, keyring, load_key(key_of), *row, access));
        });
        if (!done) return std::unexpected(access::Failure{access::failure_of(done.error())});
        return std::move(*opened);
    }
    Opened open(DocumentId id) { return open_as(id, person, case_id, person); }
    std::expected<std::vector<DocumentView>, access::Failure> list() {
        auto const access = access_to(access::Action::list, case_id, person);
        auto listed = database.transact(
            [&](store::Transaction& tx) { return documents_of<Zone>(tx, keyring, key, case_id, access); });
        if (!listed) return std::unexpected(access::Failure{access::failure_of(listed.error())});
        return std::move(*listed);
    }
    /// With every right of the server: as a database administrator would.
    void tamper(auto statement) {
        auto everything = server.with_every_right(Zone::side);
        REQUIRE(everything.transact([&](store::Transaction& tx) { statement(tx); }));
    }
};
using Office = SideFixture<OfficeZone>;
using Medical = SideFixture<MedicalZone>;

template <class Zone>
Bytes whole(OpenDocument<Zone> const& document) {
    Bytes content(static_cast<std::size_t>(document.view.size_bytes));
    REQUIRE(document.content->read(0, content));
    return content;
}

}  // namespace klout7::documents::testing
