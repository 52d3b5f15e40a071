#include "store/rights.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/check.h"
#include "base/text.h"
#include "crypto/hash.h"

namespace klout7::store {
namespace {

/// "SELECT, INSERT (a, b), UPDATE" in its parts: a comma between parentheses divides nothing.
std::set<std::string> privileges_in(std::string_view text) {
    std::set<std::string> found;
    int depth = 0;
    std::string current;
    for (char const c : text) {
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        if (c != ',' || depth > 0) {
            current += c;
            continue;
        }
        found.emplace(trim(std::exchange(current, {})));
    }
    found.emplace(trim(current));
    return found;
}

struct Grant {
    std::set<std::string> privileges;
    std::string object;   ///< as written; empty when a role is given
    std::string grantee;  ///< and what follows
};

/// Nothing when it is no GRANT.
std::optional<Grant> parse_grant(std::string_view statement) {
    constexpr std::string_view begin = "GRANT ";
    if (!statement.starts_with(begin)) return std::nullopt;
    statement.remove_prefix(begin.size());
    auto const on = statement.find(" ON ");
    auto const to = statement.find(" TO ", on == std::string_view::npos ? 0 : on);
    require(to != std::string_view::npos, "a GRANT names to whom");
    Grant grant;
    grant.grantee = statement.substr(to + 4);
    if (on == std::string_view::npos || on > to) {
        grant.privileges = {std::string{statement.substr(0, to)}};
        return grant;
    }
    grant.privileges = privileges_in(statement.substr(0, on));
    grant.object = statement.substr(on + 4, to - on - 4);
    return grant;
}

std::string without(std::string text, char left_out) {
    std::erase(text, left_out);
    return text;
}

/// "person" of schema klout7_office is klout7_office.person; a name with its schema stays as it is.
std::string with_schema(std::string_view object, std::string const& schema) {
    constexpr std::string_view function = "FUNCTION ";
    bool const is_function = object.starts_with(function);
    if (is_function) object.remove_prefix(function.size());
    return fmt::format("{}{}{}", is_function ? function : "",
                       object.find('.') == std::string_view::npos ? schema + "." : "", object);
}

void give(Rights& rights, std::string const& object, std::set<std::string> privileges) {
    privileges.erase("USAGE");  // is to be there, and no right
    if (!privileges.empty()) rights[object].merge(privileges);
}

/// '*' and SHA-1 of SHA-1, as the server keeps a password. Source: MariaDB, mysql_native_password.
std::string native_hash(std::string_view password) {
    auto hash = to_hex(crypto::sha1(crypto::sha1(bytes_of(password))));
    std::ranges::transform(hash, hash.begin(), [](char c) { return c >= 'a' ? char(c - 'a' + 'A') : c; });
    return "*" + hash;
}

std::string quoted(std::string_view text) {
    require(text.find_first_of("'\\\n") == std::string_view::npos, "what stands between quotes has none");
    return fmt::format("'{}'", text);
}

}  // namespace

ProgramAccount const& program_account(Side side, bool of_log) {
    return *std::ranges::find_if(program_accounts, [&](auto const& account) {
        return account.side == side && account.of_log == of_log;
    });
}

std::string new_account_password(Random& random) {
    std::array<std::uint8_t, 24> bytes{};
    random.fill(bytes);
    return to_hex(bytes);
}

Rights rights_of(std::string_view account, std::span<SchemaChange const> changes, std::string_view prefix) {
    Rights rights;
    for (auto const& change : changes) {
        for (auto const side : change.sides) {
            for (auto const& statement : statements_on(change, side, prefix, {})) {
                auto const grant = parse_grant(statement);
                if (!grant || grant->grantee != account) continue;
                auto const schema = fmt::format("{}_{}", prefix, name_of(side));
                give(rights, with_schema(grant->object, schema), grant->privileges);
            }
        }
    }
    return rights;
}

AccountOnServer read_grants(std::span<std::string const> lines, std::string_view account) {
    AccountOnServer found;
    for (auto const& line : lines) {
        auto const grant = parse_grant(line);
        if (!grant) continue;  // SET DEFAULT ROLE: that it has the role stands in another line
        auto const object = grant->object.empty() ? std::string{"role"} : without(grant->object, '`');
        auto privileges = grant->privileges;
        if (grant->grantee.ends_with(" WITH GRANT OPTION")) privileges.insert("GRANT OPTION");
        if (grant->object.empty()) {
            privileges = {without(*grant->privileges.begin(), '`')};
        }
        give(found.rights, object, std::move(privileges));
        auto const own = fmt::format("`{}`@`", account);
        if (object != "*.*" || !grant->grantee.starts_with(own)) continue;
        std::string_view rest{grant->grantee};
        rest.remove_prefix(own.size());
        found.host = rest.substr(0, rest.find('`'));
        constexpr std::string_view require_begins = " REQUIRE ";
        auto const at = rest.find(require_begins);
        if (at != std::string_view::npos) {
            rest.remove_prefix(at + require_begins.size());
            found.requirement = rest.substr(0, rest.find(" WITH "));
        }
    }
    return found;
}

std::string CertificateNames::requirement() const {
    return fmt::format("ISSUER {} SUBJECT {}", quoted(issuer), quoted(subject));
}

std::vector<std::string> account_statements(AccountTerms const& terms, std::span<std::string const> hosts) {
    require(!terms.passwords.empty(), "an account has a password");
    std::string how;
    for (auto const& password : terms.passwords) {
        how += fmt::format("{} mysql_native_password USING {}", how.empty() ? "IDENTIFIED VIA" : " OR",
                           quoted(native_hash(password)));
    }
    if (terms.certificate) {
        how += fmt::format(" REQUIRE SUBJECT {} AND ISSUER {}", quoted(terms.certificate->subject),
                           quoted(terms.certificate->issuer));
    }
    std::vector<std::string> statements;
    for (auto const& host : hosts) {
        statements.push_back(
            fmt::format("CREATE USER IF NOT EXISTS {}@{} {}", terms.name, quoted(host), how));
        statements.push_back(fmt::format("ALTER USER {}@{} {}", terms.name, quoted(host), how));
    }
    return statements;
}

std::vector<std::string> check_account_statements() {
    return {"CREATE USER IF NOT EXISTS k7_check@localhost ACCOUNT LOCK",
            "GRANT PROCESS ON *.* TO k7_check@localhost"};
}

std::vector<std::string> grant_statements(std::string_view account, Rights const& rights,
                                          std::span<std::string const> hosts) {
    std::vector<std::string> statements;
    for (auto const& [object, privileges] : rights) {
        for (auto const& host : hosts) {
            statements.push_back(fmt::format("GRANT {} ON {} TO {}@{}", fmt::join(privileges, ", "), object,
                                             account, quoted(host)));
        }
    }
    return statements;
}

}  // namespace klout7::store
