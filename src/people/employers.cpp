#include "people/employers.h"

#include <algorithm>

#include "base/check.h"

namespace klout7::people {
namespace {

using EmployerRow = store::Row<EmployerId, std::string, std::optional<UserId>>;

Employer employer_of(EmployerRow const& row) {
    auto const& [id, code, manager] = row;
    return {id, code, manager};
}

}  // namespace

bool is_employer_code(std::string_view text) {
    auto const fits = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
               c == '-';
    };
    return !text.empty() && text.size() <= 40 && std::all_of(text.begin(), text.end(), fits);
}

EmployerId add_employer(store::Transaction& tx, crypto::Keyring<OfficeZone> const& keyring,
                        std::string_view code, std::string_view name, Instant now, Random& random) {
    require(is_employer_code(code), "an employer's code was checked");
    auto const id = EmployerId::make(now, random);
    tx.execute("INSERT INTO employer (id, code, name, created_at) VALUES (?, ?, ?, ?)", id, code,
               keyring.cells().seal({"employer", "name", id.uuid()}, name, random), now);
    return id;
}

void set_case_manager(store::Transaction& tx, EmployerId employer, UserId case_manager) {
    tx.execute("UPDATE employer SET case_manager_id = ? WHERE id = ?", case_manager, employer);
}

std::optional<Employer> find_employer(store::Transaction& tx, std::string_view code) {
    auto const row = tx.row<EmployerId, std::string, std::optional<UserId>>(
        "SELECT id, code, case_manager_id FROM employer WHERE code = ?", code);
    return row ? std::optional{employer_of(*row)} : std::nullopt;
}

std::optional<Employer> find_employer(store::Transaction& tx, EmployerId id) {
    auto const row = tx.row<EmployerId, std::string, std::optional<UserId>>(
        "SELECT id, code, case_manager_id FROM employer WHERE id = ?", id);
    return row ? std::optional{employer_of(*row)} : std::nullopt;
}

std::vector<Employer> all_employers(store::Transaction& tx) {
    std::vector<Employer> employers;
    for (auto const& row : tx.rows<EmployerId, std::string, std::optional<UserId>>(
             "SELECT id, code, case_manager_id FROM employer ORDER BY code")) {
        employers.push_back(employer_of(row));
    }
    return employers;
}

}  // namespace klout7::people
