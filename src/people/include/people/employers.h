#pragma once

#include <optional>
#include <string>
#include <vector>

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
};

/// Letters, digits, dot and hyphen, 1 to 40.
bool is_employer_code(std::string_view text);

/// The rows carry a tag; one that was not written by a program with this keyring ends the work (broken).
EmployerId add_employer(store::Transaction& tx, Keyring const& keyring, std::string_view code,
                        std::string_view name, Instant now, Random& random);
void set_case_manager(store::Transaction& tx, Keyring const& keyring, EmployerId employer,
                      UserId case_manager);
std::optional<Employer> find_employer(store::Transaction& tx, Keyring const& keyring, std::string_view code);
std::optional<Employer> find_employer(store::Transaction& tx, Keyring const& keyring, EmployerId id);

}  // namespace klout7::people
