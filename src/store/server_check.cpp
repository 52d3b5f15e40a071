#include "store/server_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/protection.h"

namespace klout7::store {

std::string_view name_of(ServerFault fault) {
    switch (fault) {
        case ServerFault::unreachable:
            return "unreachable";
        case ServerFault::no_tls:
            return "no_tls";
        case ServerFault::server_certificate:
            return "server_certificate";
        case ServerFault::own_certificate:
            return "own_certificate";
        case ServerFault::host:
            return "host";
        case ServerFault::account:
            return "account";
        case ServerFault::tls:
            return "tls";
        case ServerFault::requirement:
            return "requirement";
        case ServerFault::encryption:
            return "encryption";
        case ServerFault::rights:
            return "rights";
        case ServerFault::schema:
            return "schema";
        case ServerFault::silent:
            return "silent";
    }
    std::unreachable();
}

namespace {

using Differences = std::vector<ServerDifference>;

bool contains_any(std::string_view text, std::initializer_list<std::string_view> parts) {
    return std::ranges::any_of(parts, [&](auto part) { return text.find(part) != std::string_view::npos; });
}

/// The driver has one number for all of TLS; which of it failed stands in its words.
ServerDifference tls_failed(std::string const& said) {
    if (contains_any(said, {"SSL is required", "does not support"})) {
        return {ServerFault::no_tls,
                fmt::format("the server speaks no TLS; set ssl_cert and ssl_key there: {}", said)};
    }
    if (contains_any(said, {"protocol version", "unsupported protocol"})) {
        return {ServerFault::tls,
                fmt::format("the server does not speak TLS 1.3; set tls_version=TLSv1.3 there: {}", said)};
    }
    if (contains_any(said, {"alert", "Lost connection"})) {
        return {ServerFault::own_certificate,
                fmt::format("the server does not trust the certificate of this account; its ssl_ca has to be "
                            "the CA that issued it: {}",
                            said)};
    }
    return {ServerFault::server_certificate,
            fmt::format("the certificate of the server is not trusted: not signed by database.ca, out of its "
                        "time, or not of the name database.host: {}",
                        said)};
}

ServerDifference not_reached(ConnectFault const& fault, ServerTerms const& terms) {
    // Told before TLS begins, and then under a number of the driver.
    if (contains_any(fault.said, {"is not allowed to connect", "is blocked"})) {
        return {ServerFault::host,
                fmt::format("the server lets no account in from this machine; name its address in `klout7 "
                            "database bundle --hosts`: {}",
                            fault.said)};
    }
    constexpr int tls_error = 2026;
    constexpr int lost_while_signing_in = 2013;
    switch (fault.native_code) {
        case tls_error:
            return tls_failed(fault.said);
        case lost_while_signing_in:
            // In TLS 1.3 the server looks at our certificate when we already wait for its first word.
            if (terms.certificate && !contains_any(fault.said, {"initial communication packet"}))
                return tls_failed(fault.said);
            break;
        default:
            break;
    }
    if (fault.error == StoreError::refused) {
        return {
            ServerFault::account,
            fmt::format("the server refuses account {}: its password, host{} differs from what was agreed; "
                        "run install.sql of `klout7 database bundle` there again: {}",
                        terms.account.name, terms.certificate ? ", subject or issuer of certificate" : "",
                        fault.said)};
    }
    return {ServerFault::unreachable, fmt::format("the database does not answer: {}", fault.said)};
}

/// The first cell of the answer; nothing when there is none.
std::optional<std::string> ask(ServerOperator& server, std::string const& question, std::size_t column = 0) {
    auto const rows = server.query(question);
    if (!rows || rows->empty() || rows->front().size() <= column) return std::nullopt;
    return rows->front()[column];
}

void check_tls(ServerOperator& server, Differences& found) {
    auto const version = ask(server, "SHOW SESSION STATUS LIKE 'Ssl_version'", 1).value_or("");
    if (version != "TLSv1.3") {
        found.push_back(
            {ServerFault::tls, fmt::format("the connection is {}, not TLSv1.3; set tls_version there",
                                           version.empty() ? "not over TLS" : version)});
    }
    if (ask(server, "SELECT @@GLOBAL.require_secure_transport") != "1") {
        found.push_back({ServerFault::tls,
                         "the server takes connections without TLS; set require_secure_transport=ON there"});
    }
}

void check_encryption(ServerOperator& server, ServerTerms const& terms, Differences& found) {
    auto const plain = not_encrypted(server, fmt::format("klout7_{}", name_of(terms.account.side)));
    if (!plain) {
        found.push_back({ServerFault::silent, "the server does not tell whether it encrypts its files"});
        return;
    }
    for (auto const& what : *plain) {
        found.push_back(
            {ServerFault::encryption, fmt::format("the database is not encrypted as it must be: {}", what)});
    }
}

/// What of `these` is not in `those`.
std::vector<std::string> lacking(Rights const& these, Rights const& those) {
    std::vector<std::string> missing;
    for (auto const& [object, privileges] : these) {
        auto const at = those.find(object);
        for (auto const& privilege : privileges) {
            if (at == those.end() || !at->second.contains(privilege))
                missing.push_back(fmt::format("{} on {}", privilege, object));
        }
    }
    return missing;
}

void check_account(ServerOperator& server, ServerTerms const& terms, Differences& found) {
    auto const rows = server.query("SHOW GRANTS");
    if (!rows || rows->empty()) {
        found.push_back({ServerFault::silent,
                         fmt::format("the server does not tell the rights of {}", terms.account.name)});
        return;
    }
    std::vector<std::string> lines;
    for (auto const& row : *rows) lines.push_back(row[0]);
    auto const account = read_grants(lines, terms.account.name);
    if (account.host.find_first_of("%_") != std::string::npos || account.host.empty()) {
        found.push_back(
            {ServerFault::requirement, fmt::format("account {}@{} is not bound to one host; drop it",
                                                   terms.account.name, account.host)});
    }
    if (terms.certificate && account.requirement != terms.certificate->requirement()) {
        found.push_back(
            {ServerFault::requirement,
             fmt::format("account {}@{} requires {}, and should require {}", terms.account.name, account.host,
                         account.requirement.empty() ? "no certificate" : account.requirement,
                         terms.certificate->requirement())});
    }
    auto const agreed = rights_of(terms.account.name, terms.changes);
    for (auto const& right : lacking(account.rights, agreed)) {
        found.push_back({ServerFault::rights, fmt::format("account {}@{} has a right too many: {}; revoke it",
                                                          terms.account.name, account.host, right)});
    }
    for (auto const& right : lacking(agreed, account.rights)) {
        found.push_back({ServerFault::rights, fmt::format("account {}@{} lacks a right: {}; grant it",
                                                          terms.account.name, account.host, right)});
    }
}

void check_schema(ServerOperator& server, ServerTerms const& terms, Differences& found) {
    auto const missing = pending(server, terms.changes, {&terms.account.side, 1});
    if (!missing) {
        found.push_back({ServerFault::schema, missing.error().sentence});
    } else if (*missing > 0) {
        found.push_back(
            {ServerFault::schema,
             fmt::format("klout7_{} lacks {} of the {} changes of this program; the administrator of the "
                         "database runs what `klout7 database bundle --since N` writes",
                         name_of(terms.account.side), *missing, terms.changes.size())});
    }
}

}  // namespace

std::vector<ServerDifference> differences(Logins const& logins, ServerTerms const& terms) {
    auto server = ServerOperator::connect(std::string{terms.account.name}, logins);
    if (!server) return {not_reached(server.error(), terms)};
    Differences found;
    if (terms.certificate) check_tls(*server, found);
    check_account(*server, terms, found);
    // The account that reads the log sees neither.
    if (terms.account.of_log) return found;
    check_schema(*server, terms, found);
    if constexpr (is_protected) check_encryption(*server, terms, found);
    return found;
}

}  // namespace klout7::store
