#include "aead.h"

#include <openssl/evp.h>

#include <algorithm>

#include "base/secret_bytes.h"
#include "openssl_error.h"

namespace klout7::crypto {
namespace {

EVP_CIPHER const* method() {
    static EVP_CIPHER* const fetched = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
    return fetched;
}

constexpr std::uint8_t nothing = 0;
std::uint8_t const* data_of(BytesView bytes) { return bytes.empty() ? &nothing : bytes.data(); }

}  // namespace

void Aes256Gcm::Free::operator()(evp_cipher_ctx_st* context) const noexcept { EVP_CIPHER_CTX_free(context); }

Aes256Gcm::Aes256Gcm(Key256 const& key) : sealing_(EVP_CIPHER_CTX_new()), opening_(EVP_CIPHER_CTX_new()) {
    must(EVP_EncryptInit_ex2(sealing_.get(), method(), key.view().data(), nullptr, nullptr),
         "AES-256-GCM seals");
    must(EVP_DecryptInit_ex2(opening_.get(), method(), key.view().data(), nullptr, nullptr),
         "AES-256-GCM opens");
}

void Aes256Gcm::seal(BytesView nonce, BytesView associated_data, BytesView plain, BytesSpan out) const {
    require(nonce.size() == nonce_bytes && out.size() == plain.size() + tag_bytes,
            "room for ciphertext and tag");
    auto* const context = sealing_.get();
    int size = 0;
    must(EVP_EncryptInit_ex2(context, nullptr, nullptr, nonce.data(), nullptr), "a nonce is set");
    must(EVP_EncryptUpdate(context, nullptr, &size, data_of(associated_data),
                           static_cast<int>(associated_data.size())),
         "associated data is taken");
    must(EVP_EncryptUpdate(context, out.data(), &size, data_of(plain), static_cast<int>(plain.size())),
         "a text is sealed");
    must(EVP_EncryptFinal_ex(context, out.data() + plain.size(), &size), "sealing ends");
    must(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, tag_bytes, out.data() + plain.size()),
         "a tag is made");
}

bool Aes256Gcm::open(BytesView nonce, BytesView associated_data, BytesView sealed, BytesSpan out) const {
    if (nonce.size() != nonce_bytes || sealed.size() < tag_bytes || out.size() != sealed.size() - tag_bytes)
        return false;
    auto* const context = opening_.get();
    auto const cipher_text = sealed.first(out.size());
    std::array<std::uint8_t, tag_bytes> tag{};
    std::copy_n(sealed.data() + out.size(), tag_bytes, tag.data());
    std::uint8_t spare = 0;
    auto* const into = out.empty() ? &spare : out.data();
    int size = 0;
    auto const opened = EVP_DecryptInit_ex2(context, nullptr, nullptr, nonce.data(), nullptr) == 1 &&
                        EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, tag_bytes, tag.data()) == 1 &&
                        EVP_DecryptUpdate(context, nullptr, &size, data_of(associated_data),
                                          static_cast<int>(associated_data.size())) == 1 &&
                        EVP_DecryptUpdate(context, into, &size, data_of(cipher_text),
                                          static_cast<int>(cipher_text.size())) == 1 &&
                        EVP_DecryptFinal_ex(context, into + out.size(), &size) == 1;
    if (!opened) wipe(out);
    return opened;
}

}  // namespace klout7::crypto
