#pragma once

#include <optional>
#include <string>
#include <vector>

#include "access/networks.h"
#include "base/random.h"
#include "crypto/keyring.h"
#include "store/database.h"

namespace klout7::people {

using Keyring = crypto::Keyring<OfficeZone>;

/// A self-insured employer. The code is what files and forms say; it is no personal data.
struct Employer {
    EmployerId id;
    std::string code;
    std::optional<UserId> case_manager;  ///< who gets its new cases
    /// From where its users may come; none is from everywhere.
    std::optional<access::Networks> networks = {};
};
inline constexpr std::size_t employer_networks_longest = 800;

/// Letters, digits, dot and hyphen, 1 to 40.
bool is_employer_code(std::string_view text);

/// The rows carry a tag; one that was not written by a program with this keyring ends the work (broken).
EmployerId add_employer(store::Transaction& tx, Keyring const& keyring, std::string_view code,
                        std::string_view name, Instant now, Random& random);
void set_case_manager(store::Transaction& tx, Keyring const& keyring, EmployerId employer,
                      UserId case_manager);
/// From the next request on: at most `employer_networks_longest` bytes, or none.
void set_networks(store::Transaction& tx, Keyring const& keyring, EmployerId employer,
                  std::optional<access::Networks> networks);
std::optional<Employer> find_employer(store::Transaction& tx, Keyring const& keyring, std::string_view code);
std::optional<Employer> find_employer(store::Transaction& tx, Keyring const& keyring, EmployerId id);
/// By code.
std::vector<Employer> list_employers(store::Transaction& tx, Keyring const& keyring);

/// How it is called; empty when it is not there.
std::string name_of_employer(store::Transaction& tx, Keyring const& keyring, EmployerId employer);

/// Whether users of this employer may come from this address; those of an employer who is not there may not.
bool may_come_from(store::Transaction& tx, Keyring const& keyring, EmployerId employer,
                   std::string_view address);

}  // namespace klout7::people
