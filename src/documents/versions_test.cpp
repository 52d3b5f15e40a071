#include <doctest/doctest.h>

#include "documents/documents.h"
#include "documents/rescan.h"
#include "documents/sweep.h"
#include "testing/side.h"

using namespace klout7;
using namespace klout7::documents;
using namespace klout7::documents::testing;
using access::FailureKind;

namespace {

/// A document that takes the place of another.
template <class Zone>
std::optional<DocumentId> put_version(SideFixture<Zone>& side, DocumentId replaced, BytesView content) {
    auto const id = side.new_id();
    REQUIRE(side.upload(id, content));
    auto const row = *side.database.transact([&](store::Transaction& tx) -> std::optional<DocumentRow> {
        auto const old = find_document(tx, side.keyring, replaced);
        auto const version = next_version(tx, *old);
        if (!version) return std::nullopt;
        return DocumentRow{
            id, side.case_id, side.person, side.actor.user, side.clock.now(), old->first_version(), *version};
    });
    if (!row) return std::nullopt;
    REQUIRE(side.record(*row, content.size(), "Plan van aanpak, herzien.pdf"));
    return id;
}

template <class Zone>
std::expected<void, store::StoreError> withdraw(SideFixture<Zone>& side, DocumentId id,
                                                std::optional<DocumentId> moved_to = {}) {
    return side.database.transact([&](store::Transaction& tx) {
        add_withdrawal(tx, side.keyring, id,
                       {WithdrawalReason::wrong_case, side.actor.user, side.clock.now(), moved_to});
    });
}

}  // namespace

TEST_CASE("a version takes the place of another, and each stays to be read") {
    Office office;
    auto const first_content = made_up_pdf(5000, office.random);
    auto const second_content = made_up_pdf(6000, office.random);
    auto const first = office.put(first_content);
    auto const second = put_version(office, first, second_content);
    REQUIRE(second);
    auto const third = put_version(office, *second, first_content);
    REQUIRE(third);
    // Only the newest is replaced.
    CHECK_FALSE(put_version(office, first, first_content));
    CHECK_FALSE(put_version(office, *second, first_content));

    CHECK(whole(*office.open(first)) == first_content);
    CHECK(whole(*office.open(*second)) == second_content);
    CHECK(whole(*office.open(*third)) == first_content);
    auto const listed = office.list();
    REQUIRE(listed);
    std::vector<std::int64_t> versions;
    for (auto const& view : *listed) {
        CHECK(view.row.first_version() == first);
        versions.push_back(view.row.version);
    }
    std::ranges::sort(versions);
    CHECK(versions == std::vector<std::int64_t>{1, 2, 3});
}

TEST_CASE("of two who replace the same version at once, one does") {
    Office office;
    auto const first = office.put(made_up_pdf(5000, office.random));
    auto const row = [&] {
        return DocumentRow{
            office.new_id(), office.case_id, office.person, office.actor.user, office.clock.now(), first, 2};
    };
    CHECK(office.record(row(), 5000));
    CHECK(office.record(row(), 5000).error() == store::StoreError::already_there);
}

TEST_CASE("a version that is made one of another document tells") {
    Office office;
    auto const first = office.put(made_up_pdf(5000, office.random));
    auto const other = office.put(made_up_pdf(5000, office.random));
    auto const second = *put_version(office, first, made_up_pdf(5000, office.random));
    for (auto const& [id, of, version] : {std::tuple{second, other, 2}, std::tuple{second, first, 3},
                                          std::tuple{second, second, 1}, std::tuple{other, first, 3}}) {
        CAPTURE(version);
        auto const before = *office.database.transact([&](store::Transaction& tx) {
            return *tx.row<DocumentId, std::int64_t>("SELECT series_id, version FROM document WHERE id = ?",
                                                     id);
        });
        office.tamper([&](auto& tx) {
            tx.execute("UPDATE document SET series_id = ?, version = ? WHERE id = ?", of, version, id);
        });
        CHECK(office.open(id).error().kind == FailureKind::unavailable);
        CHECK(office.list().error().kind == FailureKind::unavailable);
        office.tamper([&](auto& tx) {
            tx.execute("UPDATE document SET series_id = ?, version = ? WHERE id = ?", std::get<0>(before),
                       std::get<1>(before), id);
        });
        CHECK(office.open(id));
    }
}

TEST_CASE("what is withdrawn nobody opens any more, and the one before it can be replaced again") {
    Medical medical;
    auto const first = medical.put(made_up_pdf(5000, medical.random));
    auto const second = *put_version(medical, first, made_up_pdf(5000, medical.random));
    REQUIRE(withdraw(medical, second));
    CHECK(medical.open(second).error().kind == FailureKind::withdrawn);
    CHECK(medical.open(first));
    CHECK(withdraw(medical, second).error() == store::StoreError::already_there);
    CHECK_FALSE(put_version(medical, second, made_up_pdf(5000, medical.random)));
    auto const third = put_version(medical, first, made_up_pdf(5000, medical.random));
    REQUIRE(third);
    auto const listed = medical.list();
    REQUIRE(listed);
    for (auto const& view : *listed) {
        CHECK(view.withdrawal.has_value() == (view.row.id == second));
        if (view.row.id == *third) CHECK(view.row.version == 3);
        if (view.withdrawal) CHECK(view.withdrawal->by == medical.actor.user);
    }
    // Who altered why or by whom is found out.
    medical.tamper([&](auto& tx) {
        tx.execute("UPDATE document_withdrawal SET withdrawn_by = ? WHERE document_id = ?",
                   UserId::make(medical.clock.now(), medical.random), second);
    });
    CHECK(medical.list().error().kind == FailureKind::unavailable);
}

TEST_CASE("what was moved leaves no file: at once, or by the sweep") {
    Office office;
    auto const stays = office.put(made_up_pdf(5000, office.random));
    auto const moved = office.put(made_up_pdf(5000, office.random));
    auto const left = office.put(made_up_pdf(5000, office.random));
    REQUIRE(withdraw(office, moved, stays));
    REQUIRE(withdraw(office, left, stays));
    remove_moved(office.files, office.keyring, moved);
    CHECK(office.folder.files().size() == 2);
    std::chrono::steady_clock::time_point now{};
    Sweep<OfficeZone> sweep{office.files, office.keyring, office.database, office.clock,
                            [&now] { return now; }};
    REQUIRE(sweep.run());
    CHECK(office.folder.files().size() == 2);
    now += std::chrono::hours{1};
    auto const swept = sweep.run();
    REQUIRE(swept);
    CHECK(swept->orphans == 1);
    CHECK(office.folder.files().size() == 1);
    CHECK(office.open(stays));
    CHECK(office.open(moved).error().kind == FailureKind::withdrawn);
}

TEST_CASE("what was in quarantine is read when another released it, and what was found stays written down") {
    Office office;
    auto const id = office.put(bytes_of(pdf_of(eicar)));
    CHECK(office.open(id).error().kind == FailureKind::not_clean);
    Release const asked{ReleaseId::make(office.clock.now(), office.random), id,
                        "Dit is het proefbestand van de beheerder.", office.actor.user, office.clock.now()};
    REQUIRE(office.database.transact([&](store::Transaction& tx) {
        add_release<OfficeZone>(tx, office.keyring, office.key, asked, office.random);
    }));
    CHECK(office.list()->front().release == ReleaseState::asked);
    auto const other = UserId::make(office.clock.now(), office.random);
    auto const release = [&](ReleaseState state) {
        return *office.database.transact([&](store::Transaction& tx) {
            auto const row = open_releases(tx, office.keyring);
            if (row.empty()) return false;
            CHECK(reason_of<OfficeZone>(office.key, row.front()) == asked.reason);
            auto decided = row.front().release;
            decided.state = state;
            decided.decided_by = other;
            decided.decided_at = office.clock.now();
            return decide(tx, office.keyring, decided) &&
                   (state == ReleaseState::refused ||
                    release_from_quarantine(tx, office.keyring, id, office.clock.now()));
        });
    };
    REQUIRE(release(ReleaseState::released));
    CHECK_FALSE(release(ReleaseState::released));
    CHECK(office.open(id));
    auto const view = office.list()->front();
    CHECK(view.verdict.state == ScanState::released);
    CHECK(view.verdict.signature == "Eicar-Test-Signature");
    CHECK(view.release == ReleaseState::released);
    // A release that is written by hand opens nothing, and neither does one of another document.
    auto const second = office.put(bytes_of(pdf_of(eicar)));
    office.tamper([&](auto& tx) {
        tx.execute("UPDATE document_scan SET state = 'released' WHERE document_id = ?", second);
    });
    CHECK(office.open(second).error().kind == FailureKind::unavailable);
    office.tamper([&](auto& tx) {
        auto const tag = std::get<0>(
            *tx.template row<crypto::Sha256>("SELECT tag FROM document_scan WHERE document_id = ?", id));
        tx.execute("UPDATE document_scan SET tag = ? WHERE document_id = ?", tag, second);
    });
    CHECK(office.open(second).error().kind == FailureKind::unavailable);
}

TEST_CASE("limits of one person and of one employer hold to the byte") {
    Office office;
    auto const employer = EmployerId::make(office.clock.now(), office.random);
    count_employer(office.database, employer);
    count_employer(office.database, employer);
    office.put(made_up_pdf(5000, office.random));
    auto const stored = crypto::sealed_size(crypto::padded_size(5000));
    auto const lacking = [&](Limits const& limits, std::uint64_t more) {
        return *office.database.transact(
            [&](store::Transaction& tx) { return lacking_room(tx, limits, office.person, employer, more); });
    };
    CHECK_FALSE(lacking({.person_bytes = stored + 100}, 100));
    CHECK(lacking({.person_bytes = stored + 100}, 101) == Quota::person);
    CHECK(lacking({.person_bytes = stored - 1}, 0) == Quota::person);
    REQUIRE(office.database.transact([&](store::Transaction& tx) { add_to_employer(tx, employer, stored); }));
    CHECK_FALSE(lacking({.employer_bytes = stored + 100}, 100));
    CHECK(lacking({.employer_bytes = stored + 100}, 101) == Quota::employer);
    auto const nobody = PersonId::make(office.clock.now(), office.random);
    CHECK_FALSE(*office.database.transact([&](store::Transaction& tx) {
        return lacking_room(tx, {.employer_bytes = 0}, nobody, std::nullopt, stored);
    }));
}
