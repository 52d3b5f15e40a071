#include "crypto/hash.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/kdf.h>

#include <utility>

#include "openssl_error.h"

namespace klout7::crypto {
namespace {

EVP_MD const* sha256_method() {
    static EVP_MD* const method = EVP_MD_fetch(nullptr, "SHA2-256", nullptr);
    return method;
}

EVP_MD_CTX* context_of(void* context) { return static_cast<EVP_MD_CTX*>(context); }

enum class HkdfStep { extract, expand };

SecretBytes hkdf(char const* digest, HkdfStep step, BytesView key, BytesView salt, BytesView info,
                 std::size_t size) {
    static EVP_KDF* const method = EVP_KDF_fetch(nullptr, "HKDF", nullptr);
    auto* const context = EVP_KDF_CTX_new(method);
    require(context != nullptr, "HKDF is there");
    int mode = step == HkdfStep::extract ? EVP_KDF_HKDF_MODE_EXTRACT_ONLY : EVP_KDF_HKDF_MODE_EXPAND_ONLY;
    static std::uint8_t nothing = 0;
    auto const octets = [](char const* name, BytesView bytes) {
        return OSSL_PARAM_construct_octet_string(
            name, bytes.empty() ? &nothing : const_cast<std::uint8_t*>(bytes.data()), bytes.size());
    };
    OSSL_PARAM const parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, const_cast<char*>(digest), 0),
        OSSL_PARAM_construct_int(OSSL_KDF_PARAM_MODE, &mode), octets(OSSL_KDF_PARAM_KEY, key),
        step == HkdfStep::extract ? octets(OSSL_KDF_PARAM_SALT, salt) : octets(OSSL_KDF_PARAM_INFO, info),
        OSSL_PARAM_construct_end()};
    SecretBytes derived{size};
    must(EVP_KDF_derive(context, derived.span().data(), size, parameters), "HKDF derives");
    EVP_KDF_CTX_free(context);
    return derived;
}

}  // namespace

Sha256 sha256(BytesView data) {
    Sha256 digest{};
    must(EVP_Digest(data.data(), data.size(), digest.data(), nullptr, sha256_method(), nullptr),
         "SHA-256 is there");
    return digest;
}

std::array<std::uint8_t, 20> sha1(BytesView data) {
    std::array<std::uint8_t, 20> digest{};
    must(EVP_Digest(data.data(), data.size(), digest.data(), nullptr, EVP_sha1(), nullptr), "SHA-1 is there");
    return digest;
}

Sha256Stream::Sha256Stream() : context_(EVP_MD_CTX_new()) {
    must(EVP_DigestInit_ex2(context_of(context_), sha256_method(), nullptr), "SHA-256 starts");
}
Sha256Stream::~Sha256Stream() { EVP_MD_CTX_free(context_of(context_)); }
Sha256Stream::Sha256Stream(Sha256Stream&& other) noexcept
    : context_(std::exchange(other.context_, nullptr)) {}
Sha256Stream& Sha256Stream::operator=(Sha256Stream&& other) noexcept {
    std::swap(context_, other.context_);
    return *this;
}
void Sha256Stream::add(BytesView data) {
    must(EVP_DigestUpdate(context_of(context_), data.data(), data.size()), "SHA-256 goes on");
}
Sha256 Sha256Stream::finish() {
    Sha256 digest{};
    must(EVP_DigestFinal_ex(context_of(context_), digest.data(), nullptr), "SHA-256 ends");
    return digest;
}

Sha256 hmac_sha256(BytesView key, BytesView data) {
    Sha256 tag{};
    unsigned size = 0;
    require(HMAC(sha256_method(), key.data(), static_cast<int>(key.size()), data.data(), data.size(),
                 tag.data(), &size) != nullptr,
            "HMAC is there");
    return tag;
}

std::array<std::uint8_t, 20> hmac_sha1(BytesView key, BytesView data) {
    std::array<std::uint8_t, 20> tag{};
    unsigned size = 0;
    require(HMAC(EVP_sha1(), key.data(), static_cast<int>(key.size()), data.data(), data.size(), tag.data(),
                 &size) != nullptr,
            "HMAC is there");
    return tag;
}

SecretBytes hkdf_sha256_extract(BytesView salt, BytesView input_key) {
    // Extract is one HMAC (RFC 5869 2.2); an empty salt stands for zeros, which HMAC pads with anyway.
    static constexpr Sha256 zeros{};
    auto const tag = hmac_sha256(salt.empty() ? BytesView{zeros} : salt, input_key);
    return SecretBytes{tag};
}
SecretBytes hkdf_sha256_expand(BytesView pseudo_random_key, BytesView info, std::size_t size) {
    return hkdf("SHA2-256", HkdfStep::expand, pseudo_random_key, {}, info, size);
}
SecretBytes hkdf_sha512_expand(BytesView pseudo_random_key, BytesView info, std::size_t size) {
    return hkdf("SHA2-512", HkdfStep::expand, pseudo_random_key, {}, info, size);
}

}  // namespace klout7::crypto
