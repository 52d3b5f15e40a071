#pragma once

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <memory>

#include "base/bytes.h"
#include "base/check.h"

namespace klout7::bench {

/// Seconds that `work` took.
template <class Work>
double seconds(Work&& work) {
    auto const start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// The fastest of several rounds: what the code can do, least disturbed by what else runs here.
struct Fastest {
    double seconds = 1e9;
    void take(double round) { seconds = std::min(seconds, round); }
};

/// AES-256-GCM through the crypto library and nothing else: what our numbers are compared with.
class RawCipher {
public:
    RawCipher() : sealing_(EVP_CIPHER_CTX_new()), opening_(EVP_CIPHER_CTX_new()) {
        std::unique_ptr<EVP_CIPHER, decltype(&EVP_CIPHER_free)> const method{
            EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr), &EVP_CIPHER_free};
        std::array<std::uint8_t, 32> const key{1, 2, 3};
        require(EVP_EncryptInit_ex2(sealing_.get(), method.get(), key.data(), nullptr, nullptr) == 1,
                "seals");
        require(EVP_DecryptInit_ex2(opening_.get(), method.get(), key.data(), nullptr, nullptr) == 1,
                "opens");
    }
    /// One message: `out` gets the ciphertext, `tag` the tag.
    void seal(BytesView nonce, BytesView plain, BytesSpan out, BytesSpan tag) {
        int size = 0;
        auto* const context = sealing_.get();
        auto const sealed = EVP_EncryptInit_ex2(context, nullptr, nullptr, nonce.data(), nullptr) == 1 &&
                            EVP_EncryptUpdate(context, out.data(), &size, plain.data(),
                                              static_cast<int>(plain.size())) == 1 &&
                            EVP_EncryptFinal_ex(context, out.data() + plain.size(), &size) == 1 &&
                            EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, 16, tag.data()) == 1;
        require(sealed, "the bare cipher seals");
    }
    void open(BytesView nonce, BytesView sealed, BytesSpan tag, BytesSpan out) {
        int size = 0;
        auto* const context = opening_.get();
        auto const opened = EVP_DecryptInit_ex2(context, nullptr, nullptr, nonce.data(), nullptr) == 1 &&
                            EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, 16, tag.data()) == 1 &&
                            EVP_DecryptUpdate(context, out.data(), &size, sealed.data(),
                                              static_cast<int>(sealed.size())) == 1 &&
                            EVP_DecryptFinal_ex(context, out.data() + sealed.size(), &size) == 1;
        require(opened, "the bare cipher opens");
    }

private:
    struct Free {
        void operator()(EVP_CIPHER_CTX* context) const noexcept { EVP_CIPHER_CTX_free(context); }
    };
    std::unique_ptr<EVP_CIPHER_CTX, Free> sealing_;
    std::unique_ptr<EVP_CIPHER_CTX, Free> opening_;
};

}  // namespace klout7::bench
