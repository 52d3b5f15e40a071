#pragma once

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

/// For the tests of this module: a CA, and what it issues and takes back.
namespace klout7::transport::testing {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;

enum class KeyStrength { strong, weak };
/// P-256, or RSA of 1024 bits.
Key make_key(KeyStrength strength = KeyStrength::strong);

/// What a certificate says.
struct CertificateText {
    std::string common_name = "hr.example.nl";
    std::chrono::seconds begins{-3600};  ///< from now
    std::chrono::seconds ends{3600};
    std::string basic_constraints = "CA:FALSE";
    std::string extended_key_usage = "clientAuth";  ///< empty: it does not say
    std::string key_usage = {};                     ///< empty: it does not say
};

/// A certificate and its key in two files of a folder.
struct IssuedFiles {
    std::filesystem::path certificate;
    std::filesystem::path key;
    long serial = 0;
};

class TestAuthority {
public:
    /// Writes its own certificate into `folder`/`name`.pem.
    TestAuthority(std::filesystem::path folder, std::string name, CertificateText const& own = authority());
    std::filesystem::path certificate() const { return folder_ / (name_ + ".pem"); }
    std::filesystem::path revocations() const { return folder_ / (name_ + ".crl.pem"); }

    /// Into `folder`/`name`.pem and .key. Each has a key of its own.
    IssuedFiles issue(std::string const& name, CertificateText const& text = {},
                      KeyStrength strength = KeyStrength::strong);
    /// Writes a list that names these, as of an hour ago.
    void write_revocations(std::vector<long> const& serials,
                           std::chrono::seconds ends = std::chrono::hours{1}) const;
    static CertificateText authority() {
        return {.common_name = "Test CA", .basic_constraints = "critical,CA:TRUE", .extended_key_usage = {}};
    }

private:
    std::filesystem::path folder_;
    std::string name_;
    Key key_;
    Certificate certificate_;
    long last_serial_ = 1;
};

}  // namespace klout7::transport::testing
