#pragma once

#include <expected>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"
#include "base/side.h"
#include "store/migrations.h"

namespace klout7::store {

/// The accounts of the programs on the server: one that works, one that reads the log, of each side.
struct ProgramAccount {
    Side side;
    bool of_log;
    std::string_view name;
};
inline constexpr ProgramAccount program_accounts[] = {{Side::office, false, "k7_office"},
                                                      {Side::office, true, "k7_office_log"},
                                                      {Side::medical, false, "k7_medical"},
                                                      {Side::medical, true, "k7_medical_log"}};
ProgramAccount const& program_account(Side side, bool of_log);

/// A new password of such an account: 192 random bits, hexadecimal.
std::string new_account_password(Random& random);

/// What an account may do, by what it may do it to: "klout7_office.person" holds SELECT, INSERT, UPDATE;
/// "FUNCTION klout7_office.plain_tablespaces" holds EXECUTE.
using Rights = std::map<std::string, std::set<std::string>>;

/// What the changes of the schema give an account. Nothing besides is its right.
Rights rights_of(std::string_view account, std::span<SchemaChange const> changes,
                 std::string_view schema_prefix = "klout7");

/// An account as the server tells of it in answer to SHOW GRANTS, with what everybody has and with its roles.
struct AccountOnServer {
    Rights rights;
    std::string host;         ///< from where it comes, a pattern
    std::string requirement;  ///< behind REQUIRE; empty when it asks for nothing
};
AccountOnServer read_grants(std::span<std::string const> lines, std::string_view account);

/// The names that the certificate of an account has to have.
struct CertificateNames {
    std::string subject;  ///< "/O=Example/CN=k7_office"
    std::string issuer;
    /// As it stands behind REQUIRE, in the order in which the server tells it.
    std::string requirement() const;
};

/// How an account of the programs signs in.
struct AccountTerms {
    std::string name;
    std::vector<std::string> passwords;  ///< hexadecimal; any of them; two while they are renewed
    std::optional<CertificateNames> certificate;
};
/// Makes the account from each of these hosts, or gives the existing one these terms. Passwords stand in it
/// as hashes.
std::vector<std::string> account_statements(AccountTerms const& terms, std::span<std::string const> hosts);

/// Makes the account k7_check, as which nobody can sign in: it may ask which tablespaces are encrypted, and
/// does so for the others (schema/0019_database_check).
std::vector<std::string> check_account_statements();

/// Gives an account these rights from each of these hosts.
std::vector<std::string> grant_statements(std::string_view account, Rights const& rights,
                                          std::span<std::string const> hosts);

}  // namespace klout7::store
