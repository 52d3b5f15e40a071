#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace klout7::server {

/// The files of TLS that a data folder begins with, made by the command `openssl`. False when one cannot be
/// made. Keys are for their owner alone.

/// A CA of this installation, and of each side a certificate for localhost: ca, office, medical.
bool make_server_certificates(std::filesystem::path const& tls);
/// A CA for machines and its empty revocation list, for made-up worlds: machines-ca.pem, machines.crl. To
/// revoke one: `openssl ca -config machines.cnf -revoke ...`, then `-gencrl -out machines.crl`.
bool make_machine_ca(std::filesystem::path const& tls);
/// Of that CA, for a machine: NAME.pem and NAME.key. `subject` is as openssl takes it, "/O=Example/CN=hr".
bool make_machine_certificate(std::filesystem::path const& tls, std::string const& name,
                              std::string const& subject);

/// Writes a file that only its owner reads.
bool write_private(std::filesystem::path const& file, std::string_view content);

}  // namespace klout7::server
