#include "passkeys/passkeys.h"

#include <doctest/doctest.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/vector_file.h"
#include "crypto/hash.h"
#include "passkeys/testing.h"

using namespace klout7;
using namespace klout7::passkeys;
using namespace klout7::passkeys::testing;

namespace {

RelyingParty const here{"klout7.example", "https://klout7.example:8443"};
Bytes const challenge = to_bytes("a question that was asked once");
Bytes const owner = to_bytes("the handle of its owner");

using EvpKey = std::shared_ptr<EVP_PKEY>;

Bytes number_of(EvpKey const& key, char const* name, std::size_t size) {
    BIGNUM* number = nullptr;
    REQUIRE(EVP_PKEY_get_bn_param(key.get(), name, &number) == 1);
    Bytes bytes(size);
    BN_bn2binpad(number, bytes.data(), static_cast<int>(size));
    BN_free(number);
    return bytes;
}

Signer signer_of(Algorithm algorithm, EvpKey const& key, Bytes cose_key) {
    return {algorithm, std::move(cose_key), [key](BytesView message) {
                std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> const context{EVP_MD_CTX_new(),
                                                                                      EVP_MD_CTX_free};
                std::size_t size = 0;
                EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get());
                EVP_DigestSign(context.get(), nullptr, &size, message.data(), message.size());
                Bytes signature(size);
                EVP_DigestSign(context.get(), signature.data(), &size, message.data(), message.size());
                signature.resize(size);
                return signature;
            }};
}

Bytes es256_cose_key(BytesView x, BytesView y) {
    return cbor_map({cbor_number(1), cbor_number(2), cbor_number(3), cbor_number(-7), cbor_number(-1),
                     cbor_number(1), cbor_number(-2), cbor_bytes(x), cbor_number(-3), cbor_bytes(y)});
}

Signer es256_signer() {
    EvpKey const key{EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"), EVP_PKEY_free};
    return signer_of(Algorithm::es256, key,
                     es256_cose_key(number_of(key, OSSL_PKEY_PARAM_EC_PUB_X, 32),
                                    number_of(key, OSSL_PKEY_PARAM_EC_PUB_Y, 32)));
}

Signer rs256_signer(std::size_t bits = 2048) {
    EvpKey const key{EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", bits), EVP_PKEY_free};
    return signer_of(Algorithm::rs256, key,
                     cbor_map({cbor_number(1), cbor_number(3), cbor_number(3), cbor_number(-257),
                               cbor_number(-1), cbor_bytes(number_of(key, OSSL_PKEY_PARAM_RSA_N, bits / 8)),
                               cbor_number(-2), cbor_bytes(number_of(key, OSSL_PKEY_PARAM_RSA_E, 3))}));
}

Authenticator with(Signer signer) {
    SeededRandom random{7};
    return Authenticator{here, std::move(signer), random};
}
Authenticator with_ed25519() {
    SeededRandom random{11};
    return with(ed25519_signer(random));
}

std::string outcome(std::expected<Passkey, Fault> const& checked) {
    return std::string{checked ? "accepted" : name_of(checked.error())};
}
std::string outcome(std::expected<std::uint32_t, Fault> const& checked) {
    return std::string{checked ? "accepted" : name_of(checked.error())};
}

std::expected<Passkey, Fault> made(Bytes const& client_data, Bytes const& attestation) {
    return check_registration(here, challenge, {client_data, attestation});
}
std::expected<Passkey, Fault> made(Words const& words) {
    return made(words.client_data(), words.attestation());
}

/// The words with a packed statement that the passkey itself signs.
Words self_attested(Authenticator const& authenticator, Words words) {
    words.format = "packed";
    words.statement =
        cbor_map({cbor_text("alg"), cbor_number(static_cast<int>(authenticator.signer().algorithm)),
                  cbor_text("sig"), cbor_bytes(authenticator.sign(words.signed_bytes()))});
    return words;
}

/// Has made a passkey, and uses it with words that a test changes before or after they are signed.
struct InUse {
    Authenticator authenticator;
    Passkey passkey;

    explicit InUse(Signer signer) : authenticator(with(std::move(signer))) {
        auto const kept = made(authenticator.made(challenge));
        REQUIRE(kept.has_value());
        passkey = *kept;
    }
    std::expected<std::uint32_t, Fault> check(Bytes const& client_data, Bytes const& data,
                                              Bytes const& signature, BytesView handle = owner) const {
        return check_assertion(here, challenge, passkey, owner, {client_data, data, signature, handle});
    }
    std::expected<std::uint32_t, Fault> check(Words const& words) const {
        return check(words.client_data(), words.authenticator_data(),
                     authenticator.sign(words.signed_bytes()));
    }
};

struct Case {
    char const* what;
    std::string fault;
    std::function<void(Words&)> change;
};

}  // namespace

TEST_CASE("the passkeys of the standard are judged as they should be") {
    RelyingParty const example{"example.org", "https://example.org"};
    std::set<std::string> outcomes;
    for (auto const& vector : klout7::testing::read_vectors(KLOUT7_VECTORS "/webauthn.txt")) {
        INFO(vector.text("name"));
        auto const passkey =
            check_registration(example, vector.bytes("made_for"),
                               {vector.bytes("made_client_data"), vector.bytes("attestation")});
        CHECK(outcome(passkey) == vector.text("made"));
        outcomes.insert(vector.text("made"));
        if (!passkey || !vector.has("used")) continue;
        auto const data = vector.bytes("authenticator_data");
        auto const client_data = vector.bytes("used_client_data");
        auto const signature = vector.bytes("signature");
        CHECK(outcome(check_assertion(example, vector.bytes("used_for"), *passkey, owner,
                                      {client_data, data, signature, {}})) == vector.text("used"));
    }
    CHECK(outcomes.contains("accepted"));
}

TEST_CASE("a passkey of every algorithm is made and used, with and without a statement") {
    SeededRandom random{3};
    for (auto const& signer : {es256_signer(), ed25519_signer(random), rs256_signer()}) {
        INFO(static_cast<int>(signer.algorithm));
        InUse used{signer};
        CHECK(used.passkey.algorithm == signer.algorithm);
        CHECK(used.passkey.credential_id.size() == 32);
        CHECK(used.passkey.model[15] == 0xAA);
        CHECK(used.check(used.authenticator.used(challenge)) == 1U);
        auto const words = self_attested(used.authenticator, used.authenticator.made(challenge));
        CHECK(outcome(made(words)) == "accepted");
    }
}

TEST_CASE("what comes from another device or says how it is protected is accepted too") {
    auto authenticator = with_ed25519();
    auto words = authenticator.made(challenge);
    words.flags |= backup_eligible | backed_up | with_extensions;
    words.extensions = cbor_map({cbor_text("credProtect"), cbor_number(3)});
    auto const passkey = made(self_attested(authenticator, words));
    REQUIRE(outcome(passkey) == "accepted");
    CHECK(passkey->may_be_copied);
    words.more = R"(,"crossOrigin":false,"other_keys_can_be_added_here":{"deep":1})";
    CHECK(outcome(made(words)) == "accepted");
}

TEST_CASE("a passkey that is not made as it should be is refused with the reason") {
    auto const authenticator = with_ed25519();
    auto const good = authenticator.made(challenge);
    REQUIRE(outcome(made(good)) == "accepted");
    auto const with_key = [](Bytes cose_key) {
        return [cose_key = std::move(cose_key)](Words& words) { words.cose_key = cose_key; };
    };
    Bytes const half(32, 0x11);
    Case const cases[] = {
        {"made for signing in", "wrong_type", [](Words& w) { w.type = "webauthn.get"; }},
        {"no type", "wrong_type", [](Words& w) { w.type = ""; }},
        {"type in capitals", "wrong_type", [](Words& w) { w.type = "WEBAUTHN.CREATE"; }},
        {"another challenge", "wrong_challenge", [](Words& w) { w.challenge = to_base64url(Bytes(32, 1)); }},
        {"no challenge", "wrong_challenge", [](Words& w) { w.challenge = ""; }},
        {"challenge with padding", "wrong_challenge", [](Words& w) { w.challenge += "="; }},
        {"challenge and more", "wrong_challenge", [](Words& w) { w.challenge += "AAAA"; }},
        {"another site", "wrong_origin", [](Words& w) { w.origin = "https://klout8.example:8443"; }},
        {"another port", "wrong_origin", [](Words& w) { w.origin = "https://klout7.example:8444"; }},
        {"no port", "wrong_origin", [](Words& w) { w.origin = "https://klout7.example"; }},
        {"without TLS", "wrong_origin", [](Words& w) { w.origin = "http://klout7.example:8443"; }},
        {"a longer name", "wrong_origin", [](Words& w) { w.origin += ".evil.example"; }},
        {"a name below ours", "wrong_origin", [](Words& w) { w.origin = "https://a.klout7.example:8443"; }},
        {"origin with a path", "wrong_origin", [](Words& w) { w.origin += "/"; }},
        {"origin null", "wrong_origin", [](Words& w) { w.origin = "null"; }},
        {"an app", "wrong_origin", [](Words& w) { w.origin = "android:apk-key-hash:AAAA"; }},
        {"inside another site", "cross_origin", [](Words& w) { w.more = R"(,"crossOrigin":true)"; }},
        {"inside, as text", "cross_origin", [](Words& w) { w.more = R"(,"crossOrigin":"false")"; }},
        {"below a named site", "cross_origin",
         [](Words& w) { w.more = R"(,"topOrigin":"https://evil.example")"; }},
        {"broken JSON", "client_data_not_json", [](Words& w) { w.more = ","; }},
        {"nested JSON", "client_data_not_json", [](Words& w) { w.more = R"(,"a":[[[[1]]]])"; }},
        {"not UTF-8", "client_data_not_json", [](Words& w) { w.more = ",\"a\":\"\xff\""; }},
        {"endless JSON", "too_large", [](Words& w) { w.more = R"(,"a":")" + std::string(5000, 'a') + '"'; }},
        {"another relying party", "wrong_relying_party", [](Words& w) { w.relying_party = "evil.example"; }},
        {"a part of our name", "wrong_relying_party", [](Words& w) { w.relying_party = "example"; }},
        {"our name and port", "wrong_relying_party", [](Words& w) { w.relying_party += ":8443"; }},
        {"our name in capitals", "wrong_relying_party", [](Words& w) { w.relying_party = "Klout7.example"; }},
        {"nobody there", "user_not_present", [](Words& w) { w.flags &= ~present; }},
        {"nobody verified", "user_not_verified", [](Words& w) { w.flags &= ~verified; }},
        {"no flags", "user_not_present", [](Words& w) { w.flags = with_credential; }},
        {"copied, and never to be", "wrong_flags", [](Words& w) { w.flags |= backed_up; }},
        {"no passkey in it", "no_credential", [](Words& w) { w.flags &= ~with_credential; }},
        {"extensions announced", "malformed", [](Words& w) { w.flags |= with_extensions; }},
        {"extensions not announced", "malformed", [](Words& w) { w.extensions = cbor_map({}); }},
        {"extensions no map", "malformed",
         [](Words& w) { w.flags |= with_extensions, w.extensions = cbor_array({}); }},
        {"more behind the extensions", "malformed",
         [](Words& w) {
             w.flags |= with_extensions, w.extensions = joined({cbor_map({}), {0}});
         }},
        {"protection no number", "malformed",
         [](Words& w) {
             w.flags |= with_extensions;
             w.extensions = cbor_map({cbor_text("credProtect"), cbor_text("3")});
         }},
        {"protection too high", "malformed",
         [](Words& w) {
             w.flags |= with_extensions;
             w.extensions = cbor_map({cbor_text("credProtect"), cbor_number(4)});
         }},
        {"no id", "credential_id_size", [](Words& w) { w.credential_id.clear(); }},
        {"a short id", "credential_id_size", [](Words& w) { w.credential_id.resize(15); }},
        {"a long id", "credential_id_size", [](Words& w) { w.credential_id.resize(1024); }},
        {"no key", "malformed", with_key({})},
        {"key no map", "malformed", with_key(cbor_array({cbor_number(1)}))},
        {"key of nothing", "unknown_algorithm", with_key(cbor_map({}))},
        {"ES384", "unknown_algorithm",
         with_key(cbor_map({cbor_number(1), cbor_number(2), cbor_number(3), cbor_number(-35)}))},
        {"ES256K", "unknown_algorithm",
         with_key(cbor_map({cbor_number(1), cbor_number(2), cbor_number(3), cbor_number(-47)}))},
        {"RS1", "unknown_algorithm",
         with_key(cbor_map({cbor_number(1), cbor_number(3), cbor_number(3), cbor_number(-65535)}))},
        {"HMAC", "unknown_algorithm",
         with_key(cbor_map({cbor_number(1), cbor_number(4), cbor_number(3), cbor_number(5)}))},
        {"algorithm as text", "unknown_algorithm",
         with_key(cbor_map({cbor_number(1), cbor_number(2), cbor_number(3), cbor_text("ES256")}))},
        {"a point off the curve", "bad_key", with_key(es256_cose_key(half, half))},
        {"the point zero", "bad_key", with_key(es256_cose_key(Bytes(32, 0), Bytes(32, 0)))},
        {"half a point", "bad_key",
         with_key(cbor_map({cbor_number(1), cbor_number(2), cbor_number(3), cbor_number(-7), cbor_number(-1),
                            cbor_number(1), cbor_number(-2), cbor_bytes(half)}))},
        {"a short point", "bad_key", with_key(es256_cose_key(Bytes(31, 1), half))},
        {"a long point", "bad_key", with_key(es256_cose_key(Bytes(33, 1), half))},
        {"ES256 of another curve", "bad_key",
         with_key(cbor_map({cbor_number(1), cbor_number(2), cbor_number(3), cbor_number(-7), cbor_number(-1),
                            cbor_number(2), cbor_number(-2), cbor_bytes(half), cbor_number(-3),
                            cbor_bytes(half)}))},
        {"ES256 with a key of another type", "bad_key",
         with_key(cbor_map({cbor_number(1), cbor_number(1), cbor_number(3), cbor_number(-7), cbor_number(-1),
                            cbor_number(6), cbor_number(-2), cbor_bytes(half)}))},
        {"a short Ed25519 key", "bad_key",
         with_key(cbor_map({cbor_number(1), cbor_number(1), cbor_number(3), cbor_number(-8), cbor_number(-1),
                            cbor_number(6), cbor_number(-2), cbor_bytes(Bytes(31, 1))}))},
        {"a short RSA key", "bad_key", with_key(rs256_signer(1024).cose_key)},
        {"a long RSA key", "bad_key", with_key(rs256_signer(4096).cose_key)},
        {"a statement where none is said", "wrong_attestation",
         [](Words& w) { w.statement = cbor_map({cbor_text("sig"), cbor_bytes(Bytes{})}); }},
        {"statement no map", "malformed", [](Words& w) { w.statement = cbor_array({}); }},
        {"format U2F", "unknown_format", [](Words& w) { w.format = "fido-u2f"; }},
        {"format TPM", "unknown_format", [](Words& w) { w.format = "tpm"; }},
        {"format in capitals", "unknown_format", [](Words& w) { w.format = "None"; }},
        {"no format", "unknown_format", [](Words& w) { w.format = ""; }},
        {"packed and empty", "wrong_attestation", [](Words& w) { w.format = "packed"; }},
    };
    for (auto const& [what, fault, change] : cases) {
        INFO(what);
        auto words = good;
        change(words);
        CHECK(outcome(made(words)) == fault);
    }
}

TEST_CASE("a statement that is not signed as it says is refused") {
    auto const authenticator = with_ed25519();
    auto const good = authenticator.made(challenge);
    auto const signature = cbor_bytes(authenticator.sign(good.signed_bytes()));
    auto const alg = cbor_text("alg");
    auto const sig = cbor_text("sig");
    auto const x5c = cbor_text("x5c");
    std::pair<char const*, Bytes> const statements[] = {
        {"no algorithm", cbor_map({sig, signature})},
        {"no signature", cbor_map({alg, cbor_number(-8)})},
        {"the algorithm of another key", cbor_map({alg, cbor_number(-7), sig, signature})},
        {"an unknown algorithm", cbor_map({alg, cbor_number(-9), sig, signature})},
        {"algorithm as text", cbor_map({alg, cbor_text("-8"), sig, signature})},
        {"an empty signature", cbor_map({alg, cbor_number(-8), sig, cbor_bytes(Bytes{})})},
        {"a signature of zeros", cbor_map({alg, cbor_number(-8), sig, cbor_bytes(Bytes(64, 0))})},
        {"signature as text", cbor_map({alg, cbor_number(-8), sig, cbor_text("signed")})},
        {"no certificate", cbor_map({alg, cbor_number(-8), sig, signature, x5c, cbor_array({})})},
        {"certificate no list", cbor_map({alg, cbor_number(-8), sig, signature, x5c, cbor_number(1)})},
        {"a certificate that is none",
         cbor_map({alg, cbor_number(-8), sig, signature, x5c, cbor_array({cbor_bytes(Bytes{1, 2, 3})})})},
        {"a certificate for SHA-1",
         cbor_map({alg, cbor_number(-65535), sig, signature, x5c, cbor_array({cbor_bytes(Bytes{1})})})},
    };
    for (auto const& [what, statement] : statements) {
        INFO(what);
        auto words = good;
        words.format = "packed";
        words.statement = statement;
        CHECK(outcome(made(words)) == "wrong_attestation");
    }
    SUBCASE("what was signed is what counts") {
        auto changed = self_attested(authenticator, good);
        changed.counter = 1;
        CHECK(outcome(made(changed)) == "wrong_attestation");
        auto other = self_attested(authenticator, good);
        other.more = R"(,"crossOrigin":false,"x":1)";
        CHECK(outcome(made(other)) == "wrong_attestation");
    }
}

TEST_CASE("an attestation that is cut off anywhere is refused, and so is one with more behind it") {
    auto const authenticator = with_ed25519();
    auto const words = self_attested(authenticator, authenticator.made(challenge));
    auto const whole = words.attestation();
    for (std::size_t size = 0; size < whole.size(); ++size) {
        INFO(size);
        CHECK(outcome(made(words.client_data(), {whole.begin(), whole.begin() + static_cast<long>(size)})) ==
              "not_cbor");
    }
    auto longer = whole;
    longer.push_back(0);
    CHECK(outcome(made(words.client_data(), longer)) == "not_cbor");
    CHECK(outcome(made(words.client_data(), Bytes(20'000, 0))) == "too_large");
}

TEST_CASE("CBOR that lies about its size costs nothing and is refused") {
    auto const client_data = with_ed25519().made(challenge).client_data();
    Bytes const lies[] = {
        {0xBB, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF},  // a map of 2^64 - 1 entries
        {0x9A, 0x7F, 0xFF, 0xFF, 0xFF},                          // a list of 2^31 - 1
        {0x5B, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF},  // as many bytes
        {0xBF, 0xFF},                                            // a map without a size
        {0xC1, 0xA0},                                            // a tag
        {0xFF},
        {0x1C},
        {0xF6},
        {0x00},
        {0x80},
        Bytes(1000, 0x81),  // a thousand lists, each in the one before
    };
    for (auto const& lie : lies) {
        INFO(to_hex(lie));
        CHECK(outcome(made(client_data, lie)) == "not_cbor");
    }
    CHECK(outcome(made(client_data, cbor_map({}))) == "malformed");
}

TEST_CASE("a passkey that is not used as it should be is refused with the reason") {
    InUse used{es256_signer()};
    used.passkey.counter = 5;
    auto words = used.authenticator.used(challenge);
    words.counter = 6;
    REQUIRE(used.check(words) == 6U);
    Case const cases[] = {
        {"made for registration", "wrong_type", [](Words& w) { w.type = "webauthn.create"; }},
        {"a payment", "wrong_type", [](Words& w) { w.type = "payment.get"; }},
        {"another challenge", "wrong_challenge", [](Words& w) { w.challenge = to_base64url(Bytes(32, 1)); }},
        {"another site", "wrong_origin", [](Words& w) { w.origin = "https://evil.example"; }},
        {"the other side", "wrong_origin", [](Words& w) { w.origin = "https://klout7.example:8444"; }},
        {"inside another site", "cross_origin", [](Words& w) { w.more = R"(,"crossOrigin":true)"; }},
        {"another relying party", "wrong_relying_party", [](Words& w) { w.relying_party = "evil.example"; }},
        {"nobody there", "user_not_present", [](Words& w) { w.flags &= ~present; }},
        {"nobody verified", "user_not_verified", [](Words& w) { w.flags &= ~verified; }},
        {"copied, and never to be", "wrong_flags", [](Words& w) { w.flags |= backed_up; }},
        {"suddenly on other devices", "wrong_flags", [](Words& w) { w.flags |= backup_eligible; }},
        {"with a passkey in it", "wrong_flags",
         [](Words& w) {
             w.flags |= with_credential;
             w.credential_id.resize(32);
             w.cose_key = cbor_map({});
         }},
        {"extensions announced", "malformed", [](Words& w) { w.flags |= with_extensions; }},
        {"more behind", "malformed", [](Words& w) { w.extensions = {0}; }},
        {"the last counter", "old_counter", [](Words& w) { w.counter = 5; }},
        {"an older counter", "old_counter", [](Words& w) { w.counter = 4; }},
        {"no counter any more", "old_counter", [](Words& w) { w.counter = 0; }},
    };
    for (auto const& [what, fault, change] : cases) {
        INFO(what);
        auto changed = words;
        change(changed);
        CHECK(outcome(used.check(changed)) == fault);
    }
    auto const data = words.authenticator_data();
    auto const client_data = words.client_data();
    auto const signature = used.authenticator.sign(words.signed_bytes());
    SUBCASE("the handle of another user") {
        CHECK(outcome(used.check(client_data, data, signature, to_bytes("somebody"))) == "wrong_user");
        CHECK(outcome(used.check(client_data, data, signature, {})) == "accepted");
    }
    SUBCASE("cut off") {
        for (std::size_t size = 0; size < data.size(); ++size)
            CHECK(outcome(used.check(client_data, {data.begin(), data.begin() + static_cast<long>(size)},
                                     signature)) == "malformed");
        for (std::size_t size = 0; size < signature.size(); ++size)
            CHECK(outcome(used.check(client_data, data,
                                     {signature.begin(), signature.begin() + static_cast<long>(size)})) ==
                  "wrong_signature");
    }
    SUBCASE("signed by another key, or by none") {
        CHECK(outcome(used.check(client_data, data, es256_signer().sign(words.signed_bytes()))) ==
              "wrong_signature");
        CHECK(outcome(used.check(client_data, data, Bytes(64, 0))) == "wrong_signature");
        CHECK(outcome(used.check(client_data, data, Bytes(2000, 0))) == "too_large");
        // r and s zero: valid for every key where nobody looks.
        CHECK(outcome(used.check(client_data, data, {0x30, 0x06, 0x02, 0x01, 0x00, 0x02, 0x01, 0x00})) ==
              "wrong_signature");
    }
}

TEST_CASE("no bit of what was signed can be changed") {
    SeededRandom random{5};
    for (auto const& signer : {es256_signer(), ed25519_signer(random)}) {
        InUse used{signer};
        auto const words = used.authenticator.used(challenge);
        auto const signature = used.authenticator.sign(words.signed_bytes());
        auto const refuses_every_bit_of = [&](Bytes const& bytes, auto check) {
            for (std::size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
                auto changed = bytes;
                changed[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
                INFO(bit);
                CHECK(!check(changed).has_value());
            }
        };
        refuses_every_bit_of(words.authenticator_data(), [&](Bytes const& data) {
            return used.check(words.client_data(), data, signature);
        });
        refuses_every_bit_of(words.client_data(), [&](Bytes const& client_data) {
            return used.check(client_data, words.authenticator_data(), signature);
        });
        refuses_every_bit_of(signature, [&](Bytes const& changed) {
            return used.check(words.client_data(), words.authenticator_data(), changed);
        });
    }
}

TEST_CASE("a passkey whose authenticator does not count is used as often as its owner likes") {
    InUse used{es256_signer()};
    auto words = used.authenticator.used(challenge);
    words.counter = 0;
    CHECK(used.check(words) == 0U);
    CHECK(used.check(words) == 0U);
    used.passkey.counter = 1;
    CHECK(outcome(used.check(words)) == "old_counter");
}
