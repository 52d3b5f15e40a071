#include "people/employers.h"

#include <algorithm>

#include "base/check.h"
#include "store/row_tag.h"

namespace klout7::people {
namespace {

using EmployerRow = store::Row<EmployerId, std::string, std::optional<UserId>, crypto::Sha256>;

/// Who gets its new cases decides who sees them.
crypto::Sha256 tag_of(Keyring const& keyring, Employer const& row) {
    return store::row_tag(keyring, "employer", {row.id, row.code, row.case_manager});
}

Employer employer_of(Keyring const& keyring, EmployerRow const& row) {
    auto const& [id, code, manager, tag] = row;
    Employer employer{id, code, manager};
    store::require_row_tag(tag, tag_of(keyring, employer));
    return employer;
}

}  // namespace

bool is_employer_code(std::string_view text) {
    auto const fits = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
               c == '-';
    };
    return !text.empty() && text.size() <= 40 && std::all_of(text.begin(), text.end(), fits);
}

EmployerId add_employer(store::Transaction& tx, Keyring const& keyring, std::string_view code,
                        std::string_view name, Instant now, Random& random) {
    require(is_employer_code(code), "an employer's code was checked");
    Employer const employer{EmployerId::make(now, random), std::string{code}, {}};
    tx.execute("INSERT INTO employer (id, code, name, created_at, tag) VALUES (?, ?, ?, ?, ?)", employer.id,
               employer.code, keyring.cells().seal({"employer", "name", employer.id.uuid()}, name, random),
               now, tag_of(keyring, employer));
    return employer.id;
}

void set_case_manager(store::Transaction& tx, Keyring const& keyring, EmployerId employer,
                      UserId case_manager) {
    auto changed = find_employer(tx, keyring, employer);
    require(changed.has_value(), "the employer of a case manager is there");
    changed->case_manager = case_manager;
    tx.execute("UPDATE employer SET case_manager_id = ?, tag = ? WHERE id = ?", changed->case_manager,
               tag_of(keyring, *changed), changed->id);
}

std::optional<Employer> find_employer(store::Transaction& tx, Keyring const& keyring, std::string_view code) {
    auto const row = tx.row<EmployerId, std::string, std::optional<UserId>, crypto::Sha256>(
        "SELECT id, code, case_manager_id, tag FROM employer WHERE code = ?", code);
    return row ? std::optional{employer_of(keyring, *row)} : std::nullopt;
}

std::optional<Employer> find_employer(store::Transaction& tx, Keyring const& keyring, EmployerId id) {
    auto const row = tx.row<EmployerId, std::string, std::optional<UserId>, crypto::Sha256>(
        "SELECT id, code, case_manager_id, tag FROM employer WHERE id = ?", id);
    return row ? std::optional{employer_of(keyring, *row)} : std::nullopt;
}

}  // namespace klout7::people
