#pragma once

#include <openssl/x509.h>

#include <expected>
#include <filesystem>
#include <memory>

#include "transport/client_certificate.h"

namespace klout7::transport {

/// Which client certificates hold: those that a CA of the file issued itself, and that its revocation list
/// does not name. Source: RFC 5280.
class ClientTrust {
public:
    /// `revocations` may be empty: then nothing is revoked. Nothing if a file cannot be read, a CA is none, a
    /// list is not of one of them, or one of them has no list.
    static std::shared_ptr<ClientTrust const> load(std::filesystem::path const& authorities,
                                                   std::filesystem::path const& revocations);

    std::expected<ClientCertificate, CertificateFault> check(X509* shown) const;
    /// The names of the CAs, so that a browser which has no certificate of theirs asks nobody for one.
    STACK_OF(X509_NAME) * names() const;  ///< the caller's

private:
    struct Deleter {
        void operator()(X509_STORE* store) const { X509_STORE_free(store); }
    };
    explicit ClientTrust(X509_STORE* store) : store_(store) {}
    /// Whether one of the CAs signed it.
    bool is_ours(X509* shown) const;
    std::unique_ptr<X509_STORE, Deleter> store_;
};

}  // namespace klout7::transport
