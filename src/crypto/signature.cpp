#include "crypto/signature.h"

#include <openssl/evp.h>

#include "openssl_error.h"

namespace klout7::crypto {
namespace {

struct FreeKey {
    void operator()(EVP_PKEY* key) const noexcept { EVP_PKEY_free(key); }
};
struct FreeContext {
    void operator()(EVP_MD_CTX* context) const noexcept { EVP_MD_CTX_free(context); }
};
using Key = std::unique_ptr<EVP_PKEY, FreeKey>;
using Context = std::unique_ptr<EVP_MD_CTX, FreeContext>;

Key private_key(BytesView seed) {
    Key key{EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(), seed.size())};
    require(key != nullptr, "Ed25519 is there");
    return key;
}

Ed25519PublicKey public_key_of(BytesView seed) {
    Ed25519PublicKey bytes{};
    auto size = bytes.size();
    must(EVP_PKEY_get_raw_public_key(private_key(seed).get(), bytes.data(), &size), "a public key");
    return bytes;
}

}  // namespace

SigningKey::SigningKey(Key256 seed) : seed_(std::move(seed)), public_key_(public_key_of(seed_.view())) {}

Ed25519Signature SigningKey::sign(BytesView message) const {
    auto const key = private_key(seed_.view());
    Context const context{EVP_MD_CTX_new()};
    must(EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()), "signing starts");
    Ed25519Signature signature{};
    auto size = signature.size();
    must(EVP_DigestSign(context.get(), signature.data(), &size, message.data(), message.size()),
         "a signature");
    return signature;
}

bool verify(Ed25519PublicKey const& public_key, BytesView message, Ed25519Signature const& signature) {
    Key const key{
        EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, public_key.data(), public_key.size())};
    if (!key) return false;
    Context const context{EVP_MD_CTX_new()};
    return EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
           EVP_DigestVerify(context.get(), signature.data(), signature.size(), message.data(),
                            message.size()) == 1;
}

}  // namespace klout7::crypto
