#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/random.h"
#include "crypto/keyring.h"
#include "store/database.h"

namespace klout7::people {

/// A self-insured employer. The code is what files and forms say; it is no personal data.
struct Employer {
    EmployerId id;
    std::string code;
    std::optional<UserId> case_manager;  ///< who gets its new cases
};

/// Letters, digits, dot and hyphen, 1 to 40.
bool is_employer_code(std::string_view text);

EmployerId add_employer(store::Transaction& tx, crypto::Keyring<OfficeZone> const& keyring,
                        std::string_view code, std::string_view name, Instant now, Random& random);
void set_case_manager(store::Transaction& tx, EmployerId employer, UserId case_manager);
std::optional<Employer> find_employer(store::Transaction& tx, std::string_view code);
std::optional<Employer> find_employer(store::Transaction& tx, EmployerId id);
std::vector<Employer> all_employers(store::Transaction& tx);

}  // namespace klout7::people
