#include "crypto/hpke.h"

#include <openssl/evp.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "aead.h"
#include "crypto/hash.h"
#include "hpke_internal.h"
#include "openssl_error.h"

namespace klout7::crypto {
namespace {

constexpr std::size_t public_bytes = 32;
// RFC 9180 7: KEM 0x0020, KDF 0x0001, AEAD 0x0002.
constexpr std::uint8_t kem_suite[] = {'K', 'E', 'M', 0x00, 0x20};
constexpr std::uint8_t hpke_suite[] = {'H', 'P', 'K', 'E', 0x00, 0x20, 0x00, 0x01, 0x00, 0x02};
constexpr std::uint8_t mode_auth = 0x02;

struct FreeKey {
    void operator()(EVP_PKEY* key) const noexcept { EVP_PKEY_free(key); }
};
struct FreeContext {
    void operator()(EVP_PKEY_CTX* context) const noexcept { EVP_PKEY_CTX_free(context); }
};
using Key = std::unique_ptr<EVP_PKEY, FreeKey>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, FreeContext>;

Key private_key(Key256 const& key) {
    Key made{EVP_PKEY_new_raw_private_key(EVP_PKEY_X25519, nullptr, key.view().data(), Key256::size_bytes)};
    require(made != nullptr, "X25519 is there");
    return made;
}

HpkePublicKey public_key_of(Key256 const& key) {
    HpkePublicKey bytes{};
    auto size = bytes.size();
    must(EVP_PKEY_get_raw_public_key(private_key(key).get(), bytes.data(), &size), "a public key");
    return bytes;
}

/// Nothing for a public key that gives the all-zero secret (RFC 9180 7.1.4).
std::optional<SecretBytes> diffie_hellman(Key256 const& own, HpkePublicKey const& theirs) {
    auto const key = private_key(own);
    Key const peer{EVP_PKEY_new_raw_public_key(EVP_PKEY_X25519, nullptr, theirs.data(), theirs.size())};
    KeyContext const context{EVP_PKEY_CTX_new(key.get(), nullptr)};
    SecretBytes shared{32};
    auto size = shared.size();
    if (!peer || EVP_PKEY_derive_init(context.get()) != 1 ||
        EVP_PKEY_derive_set_peer(context.get(), peer.get()) != 1 ||
        EVP_PKEY_derive(context.get(), shared.span().data(), &size) != 1) {
        return std::nullopt;
    }
    return shared;
}

// RFC 9180 4: LabeledExtract and LabeledExpand.
SecretBytes labeled_extract(BytesView suite, BytesView salt, std::string_view label, BytesView input) {
    Bytes labeled = to_bytes("HPKE-v1");
    append(labeled, suite);
    append(labeled, bytes_of(label));
    append(labeled, input);
    auto extracted = hkdf_sha256_extract(salt, labeled);
    wipe(labeled);
    return extracted;
}

SecretBytes labeled_expand(BytesView suite, BytesView key, std::string_view label, BytesView info,
                           std::size_t size) {
    Bytes labeled;
    append_u16(labeled, static_cast<std::uint16_t>(size));
    append(labeled, bytes_of("HPKE-v1"));
    append(labeled, suite);
    append(labeled, bytes_of(label));
    append(labeled, info);
    return hkdf_sha256_expand(key, labeled, size);
}

SecretBytes shared_secret(SecretBytes const& first, SecretBytes const& second, HpkePublicKey const& enc,
                          HpkePublicKey const& recipient, HpkePublicKey const& sender) {
    SecretBytes both{first.size() + second.size()};
    std::copy(first.view().begin(), first.view().end(), both.span().begin());
    std::copy(second.view().begin(), second.view().end(),
              both.span().begin() + static_cast<std::ptrdiff_t>(first.size()));
    Bytes context;
    for (auto const* key : {&enc, &recipient, &sender}) append(context, *key);
    auto const extracted = labeled_extract(kem_suite, {}, "eae_prk", both.view());
    return labeled_expand(kem_suite, extracted.view(), "shared_secret", context, 32);
}

struct MessageKey {
    Key256 key;
    SecretBytes nonce;
};

// RFC 9180 5.1, KeySchedule in mode_auth; the first message of a context uses base_nonce itself.
MessageKey key_schedule(SecretBytes const& secret, BytesView info) {
    Bytes context{mode_auth};
    append(context, labeled_extract(hpke_suite, {}, "psk_id_hash", {}).view());
    append(context, labeled_extract(hpke_suite, {}, "info_hash", info).view());
    auto const extracted = labeled_extract(hpke_suite, secret.view(), "secret", {});
    return {Key256{labeled_expand(hpke_suite, extracted.view(), "key", context, 32).view()},
            labeled_expand(hpke_suite, extracted.view(), "base_nonce", context, Aes256Gcm::nonce_bytes)};
}

}  // namespace

HpkePrivateKey::HpkePrivateKey(Key256 key) : key_(std::move(key)), public_key_(public_key_of(key_)) {}

Bytes hpke_seal_with(HpkePrivateKey const& ephemeral, HpkePublicKey const& recipient,
                     HpkePrivateKey const& sender, BytesView info, BytesView associated_data,
                     BytesView plain) {
    auto const first = diffie_hellman(ephemeral.key(), recipient);
    auto const second = diffie_hellman(sender.key(), recipient);
    require(first && second, "the other side's public key is a good one");
    auto const secret =
        shared_secret(*first, *second, ephemeral.public_key(), recipient, sender.public_key());
    auto const message = key_schedule(secret, info);
    Bytes sealed(public_bytes + plain.size() + Aes256Gcm::tag_bytes);
    std::copy(ephemeral.public_key().begin(), ephemeral.public_key().end(), sealed.begin());
    Aes256Gcm{message.key}.seal(message.nonce.view(), associated_data, plain,
                                BytesSpan{sealed}.subspan(public_bytes));
    return sealed;
}

Bytes hpke_seal(HpkePublicKey const& recipient, HpkePrivateKey const& sender, BytesView info,
                BytesView associated_data, BytesView plain, Random& random) {
    return hpke_seal_with(HpkePrivateKey::random(random), recipient, sender, info, associated_data, plain);
}

std::expected<SecretBytes, OpenError> hpke_open(HpkePrivateKey const& recipient, HpkePublicKey const& sender,
                                                BytesView info, BytesView associated_data, BytesView sealed) {
    if (sealed.size() < public_bytes + Aes256Gcm::tag_bytes) return std::unexpected(OpenError::malformed);
    HpkePublicKey enc{};
    std::copy_n(sealed.begin(), enc.size(), enc.begin());
    auto const first = diffie_hellman(recipient.key(), enc);
    auto const second = diffie_hellman(recipient.key(), sender);
    if (!first || !second) return std::unexpected(OpenError::altered);
    auto const secret = shared_secret(*first, *second, enc, recipient.public_key(), sender);
    auto const message = key_schedule(secret, info);
    auto const cipher_text = sealed.subspan(public_bytes);
    SecretBytes plain{cipher_text.size() - Aes256Gcm::tag_bytes};
    if (!Aes256Gcm{message.key}.open(message.nonce.view(), associated_data, cipher_text, plain.span())) {
        return std::unexpected(OpenError::altered);
    }
    return plain;
}

}  // namespace klout7::crypto
