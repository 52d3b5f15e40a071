// Cells, person keys, settings, messages: what was sealed opens in its place, and nothing else does.
#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "crypto/cell.h"
#include "crypto/hpke.h"
#include "crypto/keyring.h"

using namespace klout7;
using namespace klout7::crypto;

namespace {

namespace fs = std::filesystem;

template <class Sealer, class Opener>
concept CanOpen = requires(Sealer sealer, Opener opener, PersonId person) {
    opener.wrap(sealer, person, std::declval<Random&>());
};
static_assert(CanOpen<PersonKey<MedicalZone>, Keyring<MedicalZone>>);
static_assert(!CanOpen<PersonKey<OfficeZone>, Keyring<MedicalZone>>);
static_assert(!CanOpen<PersonKey<MedicalZone>, Keyring<OfficeZone>>);

Instant const now = Instant::from_microseconds(1'795'000'000'000'000);

struct Fixture {
    SeededRandom random{11};
    Keyring<OfficeZone> keyring =
        Keyring<OfficeZone>::create({Uuid::version_7(now, random), Environment::test}, random);
    PersonId person = PersonId::make(now, random);
    PersonId other_person = PersonId::make(now, random);
    Uuid row = Uuid::version_7(now, random);
};

/// How many of all one-bit changes of `sealed` still open.
template <class Open>
std::size_t opens_after_one_bit(Bytes sealed, Open open) {
    std::size_t opened = 0;
    for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
        sealed[bit / 8] = static_cast<std::uint8_t>(sealed[bit / 8] ^ 1U << bit % 8U);
        if (open(sealed)) ++opened;
        sealed[bit / 8] = static_cast<std::uint8_t>(sealed[bit / 8] ^ 1U << bit % 8U);
    }
    return opened;
}

}  // namespace

TEST_CASE_FIXTURE(Fixture, "a cell opens in its own place and nowhere else") {
    auto const key = keyring.new_person_key(random);
    CellPlace const place{"person", "last_name_sealed", row};
    auto const cell = key.cells().seal(place, "Jansen", random);
    CHECK(cell.size() == 6 + CellCipher<OfficeZone>::overhead_bytes);
    REQUIRE(key.cells().open(place, cell));
    CHECK(key.cells().open(place, cell)->text() == "Jansen");

    CHECK_FALSE(key.cells().open({"other", "last_name_sealed", row}, cell));
    CHECK_FALSE(key.cells().open({"person", "first_name_sealed", row}, cell));
    CHECK_FALSE(key.cells().open({"person", "last_name_sealed", Uuid::version_7(now, random)}, cell));
    CHECK_FALSE(keyring.new_person_key(random).cells().open(place, cell));
    CHECK_FALSE(CellCipher<MedicalZone>(key.key(), 1, Environment::test).open(place, cell));
    CHECK_FALSE(CellCipher<OfficeZone>(key.key(), 1, Environment::production).open(place, cell));
    CHECK(CellCipher<OfficeZone>(key.key(), 2, Environment::test).open(place, cell).error() ==
          OpenError::unknown_key);
    CHECK(opens_after_one_bit(
              cell, [&](Bytes const& changed) { return key.cells().open(place, changed).has_value(); }) == 0);
    for (std::size_t size = 0; size < cell.size(); ++size)
        CHECK_FALSE(key.cells().open(place, BytesView{cell}.first(size)));
    CHECK(key.cells().seal(place, "Jansen", random) != cell);
}

TEST_CASE_FIXTURE(Fixture, "a person key unwraps for its person only") {
    auto const key = keyring.new_person_key(random);
    auto const wrapped = keyring.wrap(key, person, random);
    auto const again = keyring.unwrap(wrapped, person);
    REQUIRE(again);
    CHECK(equal_in_constant_time(again->key().view(), key.key().view()));
    CHECK_FALSE(keyring.unwrap(wrapped, other_person));
    CHECK_FALSE(keyring.unwrap({2, wrapped.wrapped}, person));
    CHECK(opens_after_one_bit(wrapped.wrapped, [&](Bytes const& changed) {
              return keyring.unwrap({1, changed}, person).has_value();
          }) == 0);
}

TEST_CASE_FIXTURE(Fixture, "a sealed setting opens under its own name") {
    auto const sealed = keyring.seal_setting("office.database_password", bytes_of("secret"), random);
    CHECK(keyring.open_setting("office.database_password", sealed)->text() == "secret");
    CHECK_FALSE(keyring.open_setting("office.other", sealed));
    CHECK_FALSE(keyring.open_setting("office.database_password", "secret"));
    CHECK_FALSE(keyring.open_setting("office.database_password", sealed.substr(0, sealed.size() - 2)));
}

TEST_CASE_FIXTURE(Fixture, "a keyring file opens with its secret, on its side, whole and unchanged") {
    auto pattern = (fs::temp_directory_path() / "klout7-keyring-XXXXXX").string();
    fs::path const folder = mkdtemp(pattern.data());
    auto const file = folder / "office.keyring";
    UnsealingSecret const secret{UnsealingSecret::Kind::credential, SecretBytes{Bytes(32, 7)}};
    REQUIRE(keyring.save_new(file, secret, random));
    CHECK(keyring.save_new(file, secret, random).error() == KeyringError::unwritable);

    auto const opened = Keyring<OfficeZone>::open(file, secret);
    REQUIRE(opened);
    CHECK(opened->identity().environment == Environment::test);
    CHECK(opened->document_name(DocumentId{row}, 1) == keyring.document_name(DocumentId{row}, 1));
    CHECK(opened->blind_index(IndexColumn::person_bsn, "1") ==
          keyring.blind_index(IndexColumn::person_bsn, "1"));
    CHECK(opened->blind_index(IndexColumn::person_bsn, "1") !=
          opened->blind_index(IndexColumn::user_name, "1"));

    CHECK(Keyring<MedicalZone>::open(file, secret).error() == KeyringError::wrong_side);
    UnsealingSecret const wrong{UnsealingSecret::Kind::credential, SecretBytes{Bytes(32, 8)}};
    CHECK(Keyring<OfficeZone>::open(file, wrong).error() == KeyringError::wrong_secret);
    CHECK(Keyring<OfficeZone>::open(folder / "none", secret).error() == KeyringError::unreadable);

    std::ifstream in{file, std::ios::binary};
    std::string const whole{std::istreambuf_iterator<char>{in}, {}};
    for (std::size_t at = 0; at < whole.size(); at += 3) {
        auto changed = whole;
        changed[at] = static_cast<char>(changed[at] ^ 0x10);
        std::ofstream{folder / "changed", std::ios::binary | std::ios::trunc} << changed;
        CHECK_FALSE(Keyring<OfficeZone>::open(folder / "changed", secret));
    }
    for (std::size_t size = 0; size < whole.size(); size += 5) {
        std::ofstream{folder / "changed", std::ios::binary | std::ios::trunc} << whole.substr(0, size);
        CHECK(Keyring<OfficeZone>::open(folder / "changed", secret).error() == KeyringError::malformed);
    }
    fs::remove_all(folder);
}

TEST_CASE_FIXTURE(Fixture, "a passphrase opens a keyring, another does not") {
    auto pattern = (fs::temp_directory_path() / "klout7-keyring-XXXXXX").string();
    fs::path const folder = mkdtemp(pattern.data());
    REQUIRE(keyring.save_new(folder / "k", UnsealingSecret::passphrase("a long passphrase"), random));
    CHECK(Keyring<OfficeZone>::open(folder / "k", UnsealingSecret::passphrase("a long passphrase")));
    CHECK(Keyring<OfficeZone>::open(folder / "k", UnsealingSecret::passphrase("a long Passphrase")).error() ==
          KeyringError::wrong_secret);
    fs::remove_all(folder);
}

TEST_CASE_FIXTURE(Fixture, "a message opens for its receiver, from its sender, with its context, unchanged") {
    auto const sender = HpkePrivateKey::random(random);
    auto const recipient = HpkePrivateKey::random(random);
    auto const stranger = HpkePrivateKey::random(random);
    auto const info = bytes_of("info");
    auto const data = bytes_of("data");
    auto const sealed = hpke_seal(recipient.public_key(), sender, info, data, bytes_of("hello"), random);
    CHECK(hpke_open(recipient, sender.public_key(), info, data, sealed)->text() == "hello");
    CHECK_FALSE(hpke_open(stranger, sender.public_key(), info, data, sealed));
    CHECK_FALSE(hpke_open(recipient, stranger.public_key(), info, data, sealed));
    CHECK_FALSE(hpke_open(recipient, sender.public_key(), bytes_of("other"), data, sealed));
    CHECK_FALSE(hpke_open(recipient, sender.public_key(), info, bytes_of("other"), sealed));
    CHECK(opens_after_one_bit(sealed, [&](Bytes const& changed) {
              return hpke_open(recipient, sender.public_key(), info, data, changed).has_value();
          }) == 0);
    CHECK_FALSE(hpke_open(recipient, sender.public_key(), info, data, {}));
    Bytes zero_point(sealed);
    std::fill_n(zero_point.begin(), 32, std::uint8_t{0});
    CHECK_FALSE(hpke_open(recipient, sender.public_key(), info, data, zero_point));
}
