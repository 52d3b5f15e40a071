#pragma once

#include <expected>
#include <filesystem>
#include <string>

#include "base/bytes.h"
#include "base/instant.h"

namespace klout7::crypto {

/// What an X.509 certificate says of itself. Nothing of it is checked here.
struct CertificateText {
    std::string subject;      ///< as a database server compares it: "/O=Example/CN=k7_office"
    std::string issuer;       ///< the same way
    std::string common_name;  ///< of the subject; empty when it has none, or more than one
    Instant not_before;
    Instant not_after;
};

enum class CertificateError {
    unreadable,  ///< missing, not ours to read, or no certificate in PEM
    other_key,   ///< the private key is not the one of this certificate
    no_key,      ///< no private key in PEM, or one behind a passphrase
};

/// The first certificate of a PEM file. Errors: unreadable.
std::expected<CertificateText, CertificateError> read_certificate(std::filesystem::path const& file);

/// Whether a private key (PEM, not behind a passphrase) is the one of the first certificate of a file.
std::expected<void, CertificateError> belong_together(std::filesystem::path const& certificate,
                                                      BytesView private_key_pem);

}  // namespace klout7::crypto
