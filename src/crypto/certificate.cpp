#include "crypto/certificate.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <memory>

#include "base/check.h"

namespace klout7::crypto {
namespace {

struct Deleter {
    void operator()(BIO* bio) const { BIO_free(bio); }
    void operator()(X509* certificate) const { X509_free(certificate); }
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
template <class T>
using Owned = std::unique_ptr<T, Deleter>;

Owned<X509> first_of(std::filesystem::path const& file) {
    Owned<BIO> const in{BIO_new_file(file.c_str(), "r")};
    Owned<X509> found;
    if (in) found.reset(PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr));
    ERR_clear_error();
    return found;
}

/// As MariaDB's REQUIRE SUBJECT and REQUIRE ISSUER compare names.
std::string one_line(X509_NAME const* name) {
    std::unique_ptr<char, decltype([](char* text) { OPENSSL_free(text); })> const text{
        X509_NAME_oneline(name, nullptr, 0)};
    return text ? text.get() : std::string{};
}

std::string common_name_of(X509_NAME* name) {
    auto const at = X509_NAME_get_index_by_NID(name, NID_commonName, -1);
    if (at < 0 || X509_NAME_get_index_by_NID(name, NID_commonName, at) >= 0) return {};
    unsigned char* text = nullptr;
    auto const size = ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at)));
    std::string found;
    if (size > 0) found.assign(reinterpret_cast<char const*>(text), static_cast<std::size_t>(size));
    OPENSSL_free(text);
    return found;
}

Instant instant_of(ASN1_TIME const* time) {
    int days = 0;
    int seconds = 0;
    std::unique_ptr<ASN1_TIME, decltype([](ASN1_TIME* one) { ASN1_TIME_free(one); })> const epoch{
        ASN1_TIME_set(nullptr, 0)};
    // A time that cannot be read is long ago: the certificate has run out.
    if (ASN1_TIME_diff(&days, &seconds, epoch.get(), time) != 1) return Instant::from_microseconds(0);
    return Instant::from_microseconds((std::int64_t{days} * 86'400 + seconds) * 1'000'000);
}

/// A key behind a passphrase is refused, not asked for.
int no_passphrase(char*, int, int, void*) { return -1; }

}  // namespace

std::expected<CertificateText, CertificateError> read_certificate(std::filesystem::path const& file) {
    auto const certificate = first_of(file);
    if (!certificate) return std::unexpected(CertificateError::unreadable);
    auto* const subject = X509_get_subject_name(certificate.get());
    return CertificateText{.subject = one_line(subject),
                           .issuer = one_line(X509_get_issuer_name(certificate.get())),
                           .common_name = common_name_of(subject),
                           .not_before = instant_of(X509_get0_notBefore(certificate.get())),
                           .not_after = instant_of(X509_get0_notAfter(certificate.get()))};
}

std::expected<void, CertificateError> belong_together(std::filesystem::path const& certificate,
                                                      BytesView private_key_pem) {
    auto const read = first_of(certificate);
    if (!read) return std::unexpected(CertificateError::unreadable);
    Owned<BIO> const in{BIO_new_mem_buf(private_key_pem.data(), static_cast<int>(private_key_pem.size()))};
    require(in != nullptr, "OpenSSL reads from memory");
    Owned<EVP_PKEY> const key{PEM_read_bio_PrivateKey(in.get(), nullptr, no_passphrase, nullptr)};
    ERR_clear_error();
    if (!key) return std::unexpected(CertificateError::no_key);
    bool const same = X509_check_private_key(read.get(), key.get()) == 1;
    ERR_clear_error();
    if (!same) return std::unexpected(CertificateError::other_key);
    return {};
}

}  // namespace klout7::crypto
