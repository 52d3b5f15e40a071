// Known answers made by others: the files of tests/vectors, each with its source.
#include <argon2.h>
#include <doctest/doctest.h>
#include <openssl/sha.h>

#include <algorithm>

#include "aead.h"
#include "base/vector_file.h"
#include "chunked.h"
#include "crypto/cell.h"
#include "crypto/hash.h"
#include "crypto/password_hash.h"
#include "crypto/signature.h"
#include "hpke_internal.h"
#include "testing/given_random.h"

using namespace klout7;
using namespace klout7::crypto;
using klout7::crypto::testing::GivenRandom;
using klout7::testing::from_hex;
using klout7::testing::read_vectors;
using klout7::testing::Vector;

TEST_CASE("SHA-256, FIPS 180-4 example") {
    CHECK(to_hex(sha256(bytes_of("abc"))) ==
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    Sha256Stream stream;
    stream.add(bytes_of("a"));
    stream.add(bytes_of("bc"));
    CHECK(stream.finish() == sha256(bytes_of("abc")));
}

TEST_CASE("SHA-1, RFC 3174 example") {
    CHECK(to_hex(sha1(bytes_of("abc"))) == "a9993e364706816aba3e25717850c26c9cd0d89d");
}

TEST_CASE("AES-256-GCM, test cases 13 to 16 of its specification") {
    for (auto const& vector : read_vectors(KLOUT7_VECTORS "/aes_256_gcm.txt")) {
        INFO("test ", vector.text("test"));
        Aes256Gcm const cipher{Key256{vector.bytes("key")}};
        auto const plain = vector.bytes("plain");
        Bytes sealed(plain.size() + Aes256Gcm::tag_bytes);
        cipher.seal(vector.bytes("nonce"), vector.bytes("aad"), plain, sealed);
        CHECK(to_hex(sealed) == vector.text("cipher") + vector.text("tag"));
        Bytes opened(plain.size());
        CHECK(cipher.open(vector.bytes("nonce"), vector.bytes("aad"), sealed, opened));
        CHECK(opened == plain);
        sealed.back() ^= 1U;
        CHECK_FALSE(cipher.open(vector.bytes("nonce"), vector.bytes("aad"), sealed, opened));
        CHECK(std::all_of(opened.begin(), opened.end(), [](auto byte) { return byte == 0; }));
    }
}

TEST_CASE("a cell is AES-256-GCM with its place as associated data") {
    // The key, nonce and text of test case 16; the associated data is that of the place.
    auto const vector = read_vectors(KLOUT7_VECTORS "/aes_256_gcm.txt").back();
    Key256 const key{vector.bytes("key")};
    auto const plain = vector.bytes("plain");
    GivenRandom random{vector.bytes("nonce")};
    CellPlace const place{"person", "last_name_sealed", Uuid{}};
    auto const cell = CellCipher<OfficeZone>(key, 1, Environment::test).seal(place, plain, random);
    auto const bound = Fields{}
                           .add("klout7/cell/1")
                           .add("office")
                           .add("test")
                           .add("person")
                           .add("last_name_sealed")
                           .add(Bytes(16));
    Bytes sealed(plain.size() + Aes256Gcm::tag_bytes);
    Aes256Gcm{key}.seal(vector.bytes("nonce"), bound.view(), plain, sealed);
    CHECK(to_hex(cell) == "010001" + vector.text("nonce") + to_hex(sealed));
    CHECK(to_hex(cell).substr(30, vector.text("cipher").size()) == vector.text("cipher"));
}

TEST_CASE("HMAC-SHA-256, RFC 4231") {
    for (auto const& vector : read_vectors(KLOUT7_VECTORS "/hmac_sha256.txt")) {
        INFO("test ", vector.text("test"));
        auto const& expected = vector.text("tag");
        CHECK(to_hex(hmac_sha256(vector.bytes("key"), vector.bytes("data"))).substr(0, expected.size()) ==
              expected);
    }
}

TEST_CASE("HMAC-SHA-1, RFC 2202 test case 2") {
    CHECK(to_hex(hmac_sha1(bytes_of("Jefe"), bytes_of("what do ya want for nothing?"))) ==
          "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
}

TEST_CASE("HKDF-SHA-256, RFC 5869 A.1 to A.3") {
    for (auto const& vector : read_vectors(KLOUT7_VECTORS "/hkdf_sha256.txt")) {
        INFO("test ", vector.text("test"));
        auto const extracted = hkdf_sha256_extract(vector.bytes("salt"), vector.bytes("ikm"));
        CHECK(to_hex(extracted.view()) == vector.text("prk"));
        auto const size = vector.bytes("okm").size();
        CHECK(to_hex(hkdf_sha256_expand(extracted.view(), vector.bytes("info"), size).view()) ==
              vector.text("okm"));
    }
}

TEST_CASE("Ed25519, RFC 8032 7.1") {
    for (auto const& vector : read_vectors(KLOUT7_VECTORS "/ed25519.txt")) {
        INFO("test ", vector.text("test"));
        SigningKey const key{Key256{vector.bytes("seed")}};
        auto message = vector.bytes("message");
        CHECK(to_hex(key.public_key()) == vector.text("public"));
        auto signature = key.sign(message);
        CHECK(to_hex(signature) == vector.text("signature"));
        CHECK(verify(key.public_key(), message, signature));
        signature[0] ^= 1U;
        CHECK_FALSE(verify(key.public_key(), message, signature));
        signature[0] ^= 1U;
        message.push_back(0);
        CHECK_FALSE(verify(key.public_key(), message, signature));
    }
}

TEST_CASE("HPKE in mode_auth, RFC 9180") {
    for (auto const& vector : read_vectors(KLOUT7_VECTORS "/hpke_auth.txt")) {
        HpkePrivateKey const recipient{Key256{vector.bytes("recipient_secret")}};
        HpkePrivateKey const sender{Key256{vector.bytes("sender_secret")}};
        HpkePrivateKey const ephemeral{Key256{vector.bytes("ephemeral_secret")}};
        CHECK(to_hex(recipient.public_key()) == vector.text("recipient_public"));
        CHECK(to_hex(sender.public_key()) == vector.text("sender_public"));
        auto const info = vector.bytes("info");
        auto const data = vector.bytes("aad");
        auto const sealed =
            hpke_seal_with(ephemeral, recipient.public_key(), sender, info, data, vector.bytes("plain"));
        CHECK(to_hex(sealed) == vector.text("enc") + vector.text("cipher"));
        auto const opened = hpke_open(recipient, sender.public_key(), info, data, sealed);
        REQUIRE(opened);
        CHECK(to_hex(opened->view()) == vector.text("plain"));
    }
}

namespace {

/// The message of a whole chunked ciphertext; nothing when it is refused anywhere.
std::optional<Bytes> open_chunked(Key256 const& key, BytesView context, BytesView sealed) {
    auto const size = chunked::plain_size(sealed.size());
    if (!size) return std::nullopt;
    auto const opener = chunked::Opener::open(key, context, sealed.first(chunked::prefix_bytes));
    if (!opener) return std::nullopt;
    Bytes message(*size);
    auto rest = sealed.subspan(chunked::prefix_bytes);
    auto into = BytesSpan{message};
    for (std::uint64_t number = 0; !rest.empty(); ++number) {
        auto const chunk = rest.first(std::min(rest.size(), chunked::sealed_chunk_bytes));
        auto const out = into.first(chunk.size() - Aes256Gcm::tag_bytes);
        if (!opener->open(number, chunk, out)) return std::nullopt;
        rest = rest.subspan(chunk.size());
        into = into.subspan(out.size());
    }
    return message;
}

std::string sha512_hex(BytesView data) {
    std::array<std::uint8_t, SHA512_DIGEST_LENGTH> digest{};
    SHA512(data.data(), data.size(), digest.data());
    return to_hex(digest);
}

}  // namespace

TEST_CASE("chunked encryption, Wycheproof's vectors of Cobblestone-256") {
    for (auto const& vector : read_vectors(KLOUT7_VECTORS "/chunked_encryption.txt")) {
        INFO("test ", vector.text("test"));
        Key256 const key{vector.bytes("key")};
        auto const context = vector.bytes("context");
        auto const sealed = vector.bytes("sealed");
        auto const message = open_chunked(key, context, sealed);
        CHECK(message.has_value() == (vector.text("result") == "valid"));
        if (!message) continue;
        CHECK(std::to_string(message->size()) == vector.text("size"));
        CHECK(sha512_hex(*message) == vector.text("sha512"));

        // Sealed again with the same salt, it is the same to the byte.
        GivenRandom random{{sealed.begin(), sealed.begin() + chunked::salt_bytes}};
        chunked::Sealer sealer{key, context, random};
        Bytes again{sealer.prefix().begin(), sealer.prefix().end()};
        auto const write = [&](BytesView bytes) {
            append(again, bytes);
            return true;
        };
        REQUIRE(sealer.add(*message, write));
        REQUIRE(sealer.finish(write));
        CHECK(again == sealed);
    }
}

TEST_CASE("Argon2id, RFC 9106 5.3 and the vectors of the reference implementation") {
    for (auto const& vector : read_vectors(KLOUT7_VECTORS "/argon2id.txt")) {
        if (vector.has("phc")) {
            INFO(vector.text("phc"));
            CHECK(verify_password(vector.text("words"), vector.text("phc")));
            CHECK_FALSE(verify_password(vector.text("words") + "x", vector.text("phc")));
            continue;
        }
        // Klout7 uses no secret and no associated data, so the RFC's own vector goes to the library itself.
        auto password = vector.bytes("password");
        auto salt = vector.bytes("salt");
        auto secret = vector.bytes("secret");
        auto data = vector.bytes("aad");
        Bytes tag(vector.bytes("tag").size());
        auto const count = [](auto const& text) { return static_cast<std::uint32_t>(std::stoul(text)); };
        auto const size = [](Bytes const& bytes) { return static_cast<std::uint32_t>(bytes.size()); };
        argon2_context context{};
        context.out = tag.data();
        context.outlen = size(tag);
        context.pwd = password.data();
        context.pwdlen = size(password);
        context.salt = salt.data();
        context.saltlen = size(salt);
        context.secret = secret.data();
        context.secretlen = size(secret);
        context.ad = data.data();
        context.adlen = size(data);
        context.t_cost = count(vector.text("passes"));
        context.m_cost = count(vector.text("memory_kib"));
        context.lanes = context.threads = count(vector.text("lanes"));
        context.version = ARGON2_VERSION_13;
        REQUIRE(argon2id_ctx(&context) == ARGON2_OK);
        CHECK(to_hex(tag) == vector.text("tag"));
    }
}

TEST_CASE("a password is told by its hash, and only it") {
    SeededRandom random{1};
    auto const hash = hash_password("correct horse battery", {64, 1}, random);
    CHECK(hash.starts_with("$argon2id$v=19$m=64,t=1,p=1$"));
    CHECK(verify_password("correct horse battery", hash));
    CHECK_FALSE(verify_password("correct horse batterY", hash));
    CHECK_FALSE(verify_password("", hash));
    CHECK_FALSE(verify_password("correct horse battery", "not a hash"));
    CHECK(hash_password("correct horse battery", {64, 1}, random) != hash);
}
