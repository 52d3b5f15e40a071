#include "signatures.h"

#include <fido.h>
#include <fido/eddsa.h>
#include <fido/es256.h>
#include <fido/rs256.h>

#include <memory>
#include <utility>

#include "base/check.h"

namespace klout7::passkeys {
namespace {

struct Free {
    void operator()(fido_cred_t* credential) const { fido_cred_free(&credential); }
    void operator()(fido_assert_t* assertion) const { fido_assert_free(&assertion); }
    void operator()(es256_pk_t* key) const { es256_pk_free(&key); }
    void operator()(eddsa_pk_t* key) const { eddsa_pk_free(&key); }
    void operator()(rs256_pk_t* key) const { rs256_pk_free(&key); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

template <class T>
Owned<T> owned(T* made) {
    require(made != nullptr, "memory for a passkey");
    return Owned<T>{made};
}

int cose_number(Algorithm algorithm) { return std::to_underlying(algorithm); }

/// The sizes in which libfido2 holds keys.
std::size_t key_size(Algorithm algorithm) {
    switch (algorithm) {
        case Algorithm::es256:
            return 64;
        case Algorithm::ed25519:
            return 32;
        case Algorithm::rs256:
            return 259;
    }
    std::unreachable();
}

/// Runs `use` with the key, or not at all when it is no valid one: of ES256, that the point is on the curve.
template <class Use>
bool with_key(Algorithm algorithm, BytesView bytes, Use use) {
    if (bytes.size() != key_size(algorithm)) return false;
    auto const run = [&](auto key, auto read) {
        return read(key.get(), bytes.data(), bytes.size()) == FIDO_OK && use(key.get());
    };
    switch (algorithm) {
        case Algorithm::es256:
            return run(owned(es256_pk_new()), es256_pk_from_ptr);
        case Algorithm::ed25519:
            return run(owned(eddsa_pk_new()), eddsa_pk_from_ptr);
        case Algorithm::rs256:
            return run(owned(rs256_pk_new()), rs256_pk_from_ptr);
    }
    std::unreachable();
}

Owned<fido_cred_t> credential_of(Made const& made) {
    auto credential = owned(fido_cred_new());
    bool const is_read = fido_cred_set_type(credential.get(), cose_number(made.algorithm)) == FIDO_OK &&
                         fido_cred_set_rp(credential.get(), made.relying_party.c_str(), nullptr) == FIDO_OK &&
                         fido_cred_set_clientdata(credential.get(), made.client_data.data(),
                                                  made.client_data.size()) == FIDO_OK &&
                         fido_cred_set_uv(credential.get(), FIDO_OPT_TRUE) == FIDO_OK &&
                         fido_cred_set_prot(credential.get(), made.protection) == FIDO_OK &&
                         fido_cred_set_authdata_raw(credential.get(), made.authenticator_data.data(),
                                                    made.authenticator_data.size()) == FIDO_OK;
    if (!is_read) return {};
    return credential;
}

}  // namespace

std::optional<Bytes> public_key_of(Made const& made) {
    auto const credential = credential_of(made);
    if (!credential) return std::nullopt;
    auto const* const start = fido_cred_pubkey_ptr(credential.get());
    Bytes key{start, start + fido_cred_pubkey_len(credential.get())};
    if (!with_key(made.algorithm, key, [](auto const*) { return true; })) return std::nullopt;
    return key;
}

bool is_attested(Made const& made, BytesView statement, bool with_certificate) {
    auto const credential = credential_of(made);
    if (!credential || fido_cred_set_fmt(credential.get(), "packed") != FIDO_OK ||
        fido_cred_set_attstmt(credential.get(), statement.data(), statement.size()) != FIDO_OK)
        return false;
    return (with_certificate ? fido_cred_verify(credential.get())
                             : fido_cred_verify_self(credential.get())) == FIDO_OK;
}

bool is_signed(std::string const& relying_party, Passkey const& passkey, Assertion const& used) {
    auto const assertion = owned(fido_assert_new());
    bool const is_read =
        fido_assert_set_rp(assertion.get(), relying_party.c_str()) == FIDO_OK &&
        fido_assert_set_clientdata(assertion.get(), used.client_data.data(), used.client_data.size()) ==
            FIDO_OK &&
        fido_assert_set_up(assertion.get(), FIDO_OPT_TRUE) == FIDO_OK &&
        fido_assert_set_uv(assertion.get(), FIDO_OPT_TRUE) == FIDO_OK &&
        fido_assert_set_count(assertion.get(), 1) == FIDO_OK &&
        fido_assert_set_authdata_raw(assertion.get(), 0, used.authenticator_data.data(),
                                     used.authenticator_data.size()) == FIDO_OK &&
        fido_assert_set_sig(assertion.get(), 0, used.signature.data(), used.signature.size()) == FIDO_OK;
    return is_read && with_key(passkey.algorithm, passkey.public_key, [&](auto const* key) {
               return fido_assert_verify(assertion.get(), 0, cose_number(passkey.algorithm), key) == FIDO_OK;
           });
}

}  // namespace klout7::passkeys
