#include "crypto/document_cipher.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace klout7;
using namespace klout7::crypto;

namespace {

Instant const now = Instant::from_microseconds(1'795'000'000'000'000);

struct Fixture {
    SeededRandom random{12};
    Keyring<MedicalZone> keyring =
        Keyring<MedicalZone>::create({Uuid::version_7(now, random), Environment::test}, random);
    PersonKey<MedicalZone> key = keyring.new_person_key(random);
    DocumentContext context{PersonId::make(now, random), DocumentId::make(now, random), 1};

    Bytes seal(BytesView plain, std::size_t piece) {
        Bytes sealed;
        DocumentSealer<MedicalZone> sealer{key, Environment::test, context, random, [&](BytesView bytes) {
                                               append(sealed, bytes);
                                               return true;
                                           }};
        for (std::size_t at = 0; at < plain.size(); at += piece) {
            REQUIRE(sealer.add(plain.subspan(at, std::min(piece, plain.size() - at))));
        }
        REQUIRE(sealer.finish());
        return sealed;
    }
    std::expected<Bytes, OpenError> open(Bytes const& sealed, DocumentContext const& as) const {
        auto opener = DocumentOpener<MedicalZone>::open(
            key, Environment::test, as, sealed.size(), [&](std::uint64_t offset, BytesSpan out) {
                if (offset + out.size() > sealed.size()) return false;
                std::copy_n(sealed.begin() + static_cast<std::ptrdiff_t>(offset), out.size(), out.begin());
                return true;
            });
        if (!opener) return std::unexpected(opener.error());
        Bytes plain(opener->padded_bytes());
        if (auto const read = opener->read(0, plain); !read) return std::unexpected(read.error());
        return plain;
    }
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "a document of any size comes back, padded with zero bytes") {
    for (std::size_t const size : {0U, 1U, 4095U, 4096U, 4097U, 16383U, 16384U, 16385U, 32768U, 100000U}) {
        Bytes plain(size);
        random.fill(plain);
        auto const sealed = seal(plain, 5000);
        CHECK(sealed.size() == sealed_size(padded_size(size)));
        auto const opened = open(sealed, context);
        REQUIRE(opened);
        CHECK(opened->size() == padded_size(size));
        CHECK(std::equal(plain.begin(), plain.end(), opened->begin()));
        CHECK(std::all_of(opened->begin() + static_cast<std::ptrdiff_t>(size), opened->end(),
                          [](auto byte) { return byte == 0; }));
    }
}

TEST_CASE("padding hides the exact size and costs at most 12 % above the smallest size") {
    CHECK(padded_size(0) == 4096);
    CHECK(padded_size(4096) == 4096);
    for (std::uint64_t size = 4097; size < 300'000'000; size += size / 37 + 1) {
        CHECK(padded_size(size) >= size);
        CHECK(static_cast<double>(padded_size(size)) <= 1.12 * static_cast<double>(size));
        CHECK(padded_size(padded_size(size)) == padded_size(size));
    }
}

TEST_CASE_FIXTURE(Fixture, "any part of a document can be read") {
    Bytes plain(70000);
    random.fill(plain);
    auto const sealed = seal(plain, 70000);
    auto opener = DocumentOpener<MedicalZone>::open(
        key, Environment::test, context, sealed.size(), [&](std::uint64_t offset, BytesSpan out) {
            std::copy_n(sealed.begin() + static_cast<std::ptrdiff_t>(offset), out.size(), out.begin());
            return true;
        });
    REQUIRE(opener);
    for (auto const& [offset, size] :
         {std::pair<std::size_t, std::size_t>{0, 1}, {16383, 2}, {16384, 16384}, {100, 60000}, {69999, 1}}) {
        Bytes part(size);
        REQUIRE(opener->read(offset, part));
        CHECK(std::equal(part.begin(), part.end(), plain.begin() + static_cast<std::ptrdiff_t>(offset)));
    }
}

TEST_CASE_FIXTURE(Fixture, "a document with one bit changed, cut or exchanged does not open") {
    auto const sealed = seal(bytes_of("what the doctor wrote"), 100);
    auto changed = sealed;
    for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
        INFO("bit ", bit);
        changed[bit / 8] = static_cast<std::uint8_t>(changed[bit / 8] ^ 1U << bit % 8);
        CHECK_FALSE(open(changed, context));
        changed[bit / 8] = static_cast<std::uint8_t>(changed[bit / 8] ^ 1U << bit % 8);
    }
    Bytes const long_one = seal(Bytes(50000, 1), 50000);
    for (std::size_t const size :
         {0UL, 7UL, 63UL, 64UL, 64UL + 16400, long_one.size() - 1, long_one.size() - 100}) {
        CHECK_FALSE(
            open(Bytes(long_one.begin(), long_one.begin() + static_cast<std::ptrdiff_t>(size)), context));
    }
    auto as = context;
    as.version = 2;
    CHECK_FALSE(open(sealed, as));
    as = context;
    as.document = DocumentId::make(now, random);
    CHECK_FALSE(open(sealed, as));
    as = context;
    as.person = PersonId::make(now, random);
    CHECK_FALSE(open(sealed, as));
}
