#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/log.h"
#include "store/database.h"
#include "store/rights.h"

namespace klout7::store {

/// What of a server, or of an account on it, is not what was agreed.
enum class ServerFault {
    unreachable,         ///< nothing answers, or not in time
    no_tls,              ///< the server speaks no TLS
    server_certificate,  ///< not signed by the CA of the settings, run out, or of another host
    own_certificate,     ///< the server does not take ours
    host,                ///< no account may come from this machine
    account,             ///< the server refuses the account: password, subject, issuer or host
    tls,                 ///< another version than TLS 1.3, or the server takes connections without
    requirement,         ///< the account may sign in with less than was agreed
    encryption,          ///< a file of the server is not encrypted, or need not be
    rights,              ///< the account has a right too many, or lacks one
    schema,              ///< the database has other changes than this program
    silent,              ///< the server does not answer one of these questions
};
std::string_view name_of(ServerFault fault);

/// One difference. The sentence is for the operator and tells what to do; it names accounts, tables, hosts,
/// certificates and settings of the server, never data.
struct ServerDifference {
    ServerFault fault;
    std::string sentence;
};

/// What was agreed of a server and of one account on it.
struct ServerTerms {
    ProgramAccount account;
    std::span<SchemaChange const> changes;  ///< those this program was made with
    /// Over TLS, with this certificate; nothing: the private server, over its socket.
    std::optional<CertificateNames> certificate;
};

/// Connects anew, asks the server about itself and about the account, and tells every difference, the gravest
/// first; empty when all is as agreed. What keeps it from connecting is the only difference then.
std::vector<ServerDifference> differences(Logins const& logins, ServerTerms const& terms);

}  // namespace klout7::store

template <>
inline constexpr bool klout7::may_be_logged<klout7::store::ServerFault> = true;
