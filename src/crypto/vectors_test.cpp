// Known answers from the standards.
#include <doctest/doctest.h>

#include "crypto/hash.h"
#include "crypto/password_hash.h"
#include "crypto/signature.h"

using namespace klout7;
using namespace klout7::crypto;

namespace {

Bytes hex(std::string_view text) {
    auto const digit = [](char c) { return static_cast<std::uint8_t>(c <= '9' ? c - '0' : c - 'a' + 10); };
    Bytes bytes;
    for (std::size_t i = 0; i + 1 < text.size(); i += 2)
        bytes.push_back(static_cast<std::uint8_t>(digit(text[i]) << 4U | digit(text[i + 1])));
    return bytes;
}

}  // namespace

TEST_CASE("SHA-256, FIPS 180-4 example") {
    CHECK(to_hex(sha256(bytes_of("abc"))) ==
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    Sha256Stream stream;
    stream.add(bytes_of("a"));
    stream.add(bytes_of("bc"));
    CHECK(stream.finish() == sha256(bytes_of("abc")));
}

TEST_CASE("HMAC-SHA-256, RFC 4231 test case 2") {
    CHECK(to_hex(hmac_sha256(bytes_of("Jefe"), bytes_of("what do ya want for nothing?"))) ==
          "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST_CASE("HMAC-SHA-1, RFC 2202 test case 2") {
    CHECK(to_hex(hmac_sha1(bytes_of("Jefe"), bytes_of("what do ya want for nothing?"))) ==
          "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
}

TEST_CASE("HKDF-SHA-256, RFC 5869 A.1") {
    auto const extracted = hkdf_sha256_extract(hex("000102030405060708090a0b0c"), Bytes(22, 0x0b));
    CHECK(to_hex(extracted.view()) == "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5");
    auto const expanded = hkdf_sha256_expand(extracted.view(), hex("f0f1f2f3f4f5f6f7f8f9"), 42);
    CHECK(to_hex(expanded.view()) ==
          "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
}

TEST_CASE("Ed25519, RFC 8032 7.1 test 2") {
    SigningKey const key{Key256{hex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")}};
    CHECK(to_hex(key.public_key()) == "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
    auto signature = key.sign(hex("72"));
    CHECK(to_hex(signature) ==
          "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c38"
          "7b2eaeb4302aeeb00d291612bb0c00");
    CHECK(verify(key.public_key(), hex("72"), signature));
    CHECK_FALSE(verify(key.public_key(), hex("73"), signature));
    signature[0] ^= 1U;
    CHECK_FALSE(verify(key.public_key(), hex("72"), signature));
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
