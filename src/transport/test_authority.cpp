#include "test_authority.h"

#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include <cstdio>

#include "base/check.h"

namespace klout7::transport::testing {

namespace {

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

File open_to_write(std::filesystem::path const& path) {
    File file{std::fopen(path.c_str(), "w"), &std::fclose};
    require(file != nullptr, "a test file can be written");
    return file;
}

void extend(X509* certificate, int kind, std::string const& value) {
    if (value.empty()) return;
    auto* const extension = X509V3_EXT_conf_nid(nullptr, nullptr, kind, value.c_str());
    require(extension != nullptr, "an extension can be written");
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

void name(X509_NAME* subject, std::string const& common_name) {
    auto const add = [&](char const* field, std::string const& value) {
        X509_NAME_add_entry_by_txt(subject, field, MBSTRING_UTF8,
                                   reinterpret_cast<unsigned char const*>(value.data()),
                                   static_cast<int>(value.size()), -1, 0);
    };
    add("O", "Klout7 test");
    add("CN", common_name);
}

/// Without an issuer and a signature.
Certificate draft(CertificateText const& text, EVP_PKEY* key, long serial) {
    Certificate made{X509_new(), &X509_free};
    X509_set_version(made.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(made.get()), serial);
    X509_gmtime_adj(X509_getm_notBefore(made.get()), text.begins.count());
    X509_gmtime_adj(X509_getm_notAfter(made.get()), text.ends.count());
    X509_set_pubkey(made.get(), key);
    name(X509_get_subject_name(made.get()), text.common_name);
    extend(made.get(), NID_basic_constraints, text.basic_constraints);
    extend(made.get(), NID_ext_key_usage, text.extended_key_usage);
    extend(made.get(), NID_key_usage, text.key_usage);
    return made;
}

void sign(X509* certificate, X509* issuer, EVP_PKEY* key) {
    X509_set_issuer_name(certificate, X509_get_subject_name(issuer));
    require(X509_sign(certificate, key, EVP_sha256()) > 0, "a test certificate can be signed");
}

}  // namespace

Key make_key(KeyStrength strength) {
    auto* const key = strength == KeyStrength::strong ? EVP_EC_gen("P-256") : EVP_RSA_gen(1024);
    return {key, &EVP_PKEY_free};
}

TestAuthority::TestAuthority(std::filesystem::path folder, std::string name, CertificateText const& own)
    : folder_(std::move(folder)),
      name_(std::move(name)),
      key_(make_key()),
      certificate_(draft(own, key_.get(), 1)) {
    sign(certificate_.get(), certificate_.get(), key_.get());
    PEM_write_X509(open_to_write(certificate()).get(), certificate_.get());
}

IssuedFiles TestAuthority::issue(std::string const& name, CertificateText const& text, KeyStrength strength) {
    IssuedFiles issued{folder_ / (name + ".pem"), folder_ / (name + ".key"), ++last_serial_};
    auto const key = make_key(strength);
    auto const made = draft(text, key.get(), issued.serial);
    sign(made.get(), certificate_.get(), key_.get());
    PEM_write_X509(open_to_write(issued.certificate).get(), made.get());
    PEM_write_PrivateKey(open_to_write(issued.key).get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    return issued;
}

void TestAuthority::write_revocations(std::vector<long> const& serials, std::chrono::seconds ends) const {
    std::unique_ptr<X509_CRL, decltype(&X509_CRL_free)> const list{X509_CRL_new(), &X509_CRL_free};
    X509_CRL_set_version(list.get(), 1);
    X509_CRL_set_issuer_name(list.get(), X509_get_subject_name(certificate_.get()));
    std::unique_ptr<ASN1_TIME, decltype(&ASN1_TIME_free)> const at{ASN1_TIME_new(), &ASN1_TIME_free};
    X509_gmtime_adj(at.get(), -3600);
    X509_CRL_set1_lastUpdate(list.get(), at.get());
    for (auto const serial : serials) {
        X509_REVOKED* const revoked = X509_REVOKED_new();
        std::unique_ptr<ASN1_INTEGER, decltype(&ASN1_INTEGER_free)> const number{ASN1_INTEGER_new(),
                                                                                 &ASN1_INTEGER_free};
        ASN1_INTEGER_set(number.get(), serial);
        X509_REVOKED_set_serialNumber(revoked, number.get());
        X509_REVOKED_set_revocationDate(revoked, at.get());
        X509_CRL_add0_revoked(list.get(), revoked);
    }
    X509_gmtime_adj(at.get(), ends.count());
    X509_CRL_set1_nextUpdate(list.get(), at.get());
    require(X509_CRL_sign(list.get(), key_.get(), EVP_sha256()) > 0, "a test list can be signed");
    // In one step, as whoever renews a list should.
    auto const fresh = folder_ / (name_ + ".crl.new");
    PEM_write_X509_CRL(open_to_write(fresh).get(), list.get());
    std::filesystem::rename(fresh, revocations());
}

}  // namespace klout7::transport::testing
