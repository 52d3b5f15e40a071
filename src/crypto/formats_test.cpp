// Our own formats: what docs/data-formats.md says, tests/vectors/formats.txt and the code are one.
#include <doctest/doctest.h>

#include <algorithm>

#include "base/testing.h"
#include "base/vector_file.h"
#include "crypto/document_cipher.h"
#include "crypto/hpke.h"
#include "crypto/keyring.h"
#include "crypto/password_hash.h"
#include "keyring_file.h"
#include "testing/given_random.h"

using namespace klout7;
using namespace klout7::crypto;
using klout7::crypto::testing::CountingRandom;
using klout7::testing::read_vectors;
using klout7::testing::Vector;

namespace {

Uuid const row = *Uuid::parse("01900000-0000-7000-8000-000000000001");
PersonId const person{*Uuid::parse("01900000-0000-7000-8000-000000000002")};
DocumentId const document{*Uuid::parse("01900000-0000-7000-8000-000000000003")};
Uuid const installation = *Uuid::parse("01900000-0000-7000-8000-000000000004");

/// Domain keys, person keys, nonces and salts all come from a counter that starts at 00 for each of them.
template <class Zone>
Keyring<Zone> counted_keyring() {
    CountingRandom random;
    return Keyring<Zone>::create({installation, Environment::test}, random);
}

PersonKey<MedicalZone> counted_person_key() {
    CountingRandom random;
    return counted_keyring<MedicalZone>().new_person_key(random);
}

Bytes keyring_file() {
    CountingRandom keys;
    KeyringContent content;
    content.installation = installation;
    content.environment = Environment::test;
    content.side = Side::medical;
    for (auto const name : domain_names) content.domains.emplace(name, Key256::random(keys));
    content.peer.fill(0xaa);
    UnsealingSecret const secret{UnsealingSecret::Kind::credential, SecretBytes{Bytes(32, 0x07)}};
    CountingRandom random;
    return write_keyring(content, secret, random);
}

Bytes sealed_document() {
    Bytes sealed;
    CountingRandom random;
    auto const key = counted_person_key();
    DocumentSealer<MedicalZone> sealer{
        key, Environment::test, {person, document, 1}, random, [&](BytesView bytes) {
            append(sealed, bytes);
            return true;
        }};
    REQUIRE(sealer.add(bytes_of("what the doctor wrote")));
    REQUIRE(sealer.finish());
    return sealed;
}

Bytes sealed_message() {
    HpkePrivateKey const sender{Key256{Bytes(32, 0x11)}};
    HpkePrivateKey const recipient{Key256{Bytes(32, 0x22)}};
    CountingRandom random;
    return hpke_seal(recipient.public_key(), sender, bytes_of("info"), bytes_of("data"), bytes_of("hello"),
                     random);
}

/// Every value of formats.txt, as the code makes it today.
Vector made_now() {
    auto const office = counted_keyring<OfficeZone>();
    auto const medical = counted_keyring<MedicalZone>();
    auto const key = counted_person_key();
    auto const sealed = sealed_document();
    Vector now;
    now.set("keyring", to_hex(keyring_file()));
    {
        CountingRandom random;
        now.set("wrapped_person_key", to_hex(medical.wrap(key, person, random).wrapped));
    }
    {
        CountingRandom random;
        now.set("cell", to_hex(key.cells().seal({"medical_note", "words_sealed", row}, "griep", random)));
    }
    now.set("document_begin", to_hex(BytesView{sealed}.first(64)));
    now.set("document_first_bytes", to_hex(BytesView{sealed}.subspan(64, 32)));
    now.set("document_tag", to_hex(BytesView{sealed}.last(16)));
    now.set("document_size", std::to_string(sealed.size()));
    now.set("document_sha256", to_hex(sha256(sealed)));
    now.set("document_name", medical.document_name(document, 1));
    now.set("index_bsn", to_hex(office.blind_index(IndexColumn::person_bsn, "999990019")));
    now.set("index_birth_date", to_hex(office.blind_index(IndexColumn::person_birth_date, "1980-02-29")));
    now.set("index_surname_token", to_hex(office.blind_token(IndexColumn::person_surname, "jan")));
    now.set("index_user_name", to_hex(office.blind_index(IndexColumn::user_name, "j.jansen")));
    {
        CountingRandom random;
        now.set("setting", office.seal_setting("office.database_password", bytes_of("secret"), random));
    }
    now.set("audit_tag", to_hex(office.audit_tag(bytes_of("entry"))));
    {
        Bytes const null{0};
        Bytes const five{1, 0, 0, 0, 0, 0, 0, 0, 5};
        Bytes const x{2, 'x'};
        auto const row_of_example = Fields{}.add("klout7/row/1").add("example").add(null).add(five).add(x);
        now.set("row_tag", to_hex(office.row_tag(row_of_example.view())));
    }
    now.set("audit_public_key", to_hex(office.audit_signing_key().public_key()));
    {
        CountingRandom random;
        now.set("password_hash", hash_password("correct horse battery", {64, 1}, random));
    }
    {
        Bytes salt(16);
        CountingRandom{}.fill(salt);
        now.set("password_tag", to_hex(counted_keyring<OfficeZone>().password_tag(salt, "fietsen")));
    }
    now.set("message", to_hex(sealed_message()));
    return now;
}

}  // namespace

TEST_CASE("every format is to the byte what tests/vectors/formats.txt and docs/data-formats.md show") {
    auto const now = made_now();
    auto const written = read_vectors(KLOUT7_VECTORS "/formats.txt");
    REQUIRE(written.size() == 1);
    for (auto const& [name, value] : now) {
        INFO(name);
        CHECK(written[0].has(name));
        if (written[0].has(name)) CHECK(written[0].text(name) == value);
    }
    CHECK(std::distance(written[0].begin(), written[0].end()) == std::distance(now.begin(), now.end()));

    auto const page = page_without_blanks(KLOUT7_VECTORS "/../../docs/data-formats.md");
    for (auto const& [name, value] : written[0]) {
        INFO(name);
        CHECK(page.find(without_blanks(value)) != std::string::npos);
    }
}

TEST_CASE("what the vectors of our formats hold opens again") {
    auto const vector = read_vectors(KLOUT7_VECTORS "/formats.txt")[0];
    auto const medical = counted_keyring<MedicalZone>();
    auto const key = counted_person_key();

    UnsealingSecret const secret{UnsealingSecret::Kind::credential, SecretBytes{Bytes(32, 0x07)}};
    auto const content = read_keyring(vector.bytes("keyring"), secret, Side::medical);
    REQUIRE(content);
    CHECK(content->installation == installation);
    CHECK(content->environment == Environment::test);
    CHECK(std::all_of(content->peer.begin(), content->peer.end(), [](auto byte) { return byte == 0xaa; }));
    CHECK(to_hex(content->domains.at("index").view()).starts_with("2021222324"));

    auto const unwrapped = medical.unwrap({1, vector.bytes("wrapped_person_key")}, person);
    REQUIRE(unwrapped);
    CHECK(equal_in_constant_time(unwrapped->key().view(), key.key().view()));

    auto const cell = key.cells().open({"medical_note", "words_sealed", row}, vector.bytes("cell"));
    REQUIRE(cell);
    CHECK(cell->text() == "griep");

    auto const setting =
        counted_keyring<OfficeZone>().open_setting("office.database_password", vector.text("setting"));
    REQUIRE(setting);
    CHECK(setting->text() == "secret");

    CHECK(verify_password("correct horse battery", vector.text("password_hash")));

    HpkePrivateKey const sender{Key256{Bytes(32, 0x11)}};
    HpkePrivateKey const recipient{Key256{Bytes(32, 0x22)}};
    auto const message = hpke_open(recipient, sender.public_key(), bytes_of("info"), bytes_of("data"),
                                   vector.bytes("message"));
    REQUIRE(message);
    CHECK(message->text() == "hello");
}
