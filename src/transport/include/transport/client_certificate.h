#pragma once

#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/log.h"

namespace klout7::transport {

/// Why the certificate that a client shows is not taken. For the log; the client is never told which.
enum class CertificateFault {
    expired,
    not_yet_valid,
    revoked,
    other_ca,       ///< not issued by one of the configured ones
    wrong_purpose,  ///< not for clients (extended key usage clientAuth), or a certificate of a CA
    weak,           ///< too short a key or too old a hash
    ca_expired,     ///< the configured CA itself is out of its time
    list_expired,   ///< the revocation list is older than it says it may be: who is revoked is not known
    old_tls,        ///< shown in TLS 1.2, which sends certificates in the clear
    unusable,       ///< anything else: no subject, a critical extension that nobody knows
};
/// The code of a fault in the log. Never changes.
std::string_view name_of(CertificateFault fault);

/// A certificate that was checked: issued by a configured CA, in its time, for clients, not revoked; and who
/// shows it has its key.
struct ClientCertificate {
    /// Whom it names, as RFC 4514 writes it ("CN=hr.example.nl,O=Example"). The name and not the key, so that
    /// who renews a certificate can make a new key for it; a single certificate is taken back by revoking it.
    std::string subject;
};

/// What a client showed in TLS of who it is: nothing, a certificate that holds, or one that does not.
using ShownCertificate = std::optional<std::expected<ClientCertificate, CertificateFault>>;

/// The subject of the certificate in a PEM file, as ClientCertificate has it. Nothing if there is none.
std::optional<std::string> subject_of(std::filesystem::path const& certificate);
/// The same of the text of such a file.
std::optional<std::string> subject_in(std::string_view pem);

}  // namespace klout7::transport

template <>
inline constexpr bool klout7::may_be_logged<klout7::transport::CertificateFault> = true;
