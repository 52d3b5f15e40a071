#include "people/employers.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "store/row_tag.h"

namespace klout7::people {
namespace {

/// Who gets its new cases decides who sees them. Without a list of networks it is the tag of before there
/// were lists, so that no row of then has to be written again.
crypto::Sha256 tag_of(Keyring const& keyring, Employer const& row) {
    std::vector<store::Value> values{row.id, row.code, row.case_manager};
    if (row.networks) values.emplace_back(row.networks->text());
    return store::row_tag(keyring, "employer", values);
}

/// The employers that a statement finds.
std::vector<Employer> employers_where(store::Transaction& tx, Keyring const& keyring, store::Sql sql,
                                      auto const&... parameters) {
    std::vector<Employer> employers;
    for (auto const& [id, code, manager, networks_text, tag] :
         tx.rows<EmployerId, std::string, std::optional<UserId>, std::optional<std::string>, crypto::Sha256>(
             sql, parameters...)) {
        auto networks = networks_text ? access::Networks::parse(*networks_text) : std::nullopt;
        if (networks_text && !networks) store::unexpected_cell();
        Employer employer{id, code, manager, std::move(networks)};
        store::require_row_tag(tag, tag_of(keyring, employer));
        employers.push_back(std::move(employer));
    }
    return employers;
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
    Employer const employer{EmployerId::make(now, random), std::string{code}, {}, {}};
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

void set_networks(store::Transaction& tx, Keyring const& keyring, EmployerId employer,
                  std::optional<access::Networks> networks) {
    require(!networks || networks->text().size() <= employer_networks_longest, "networks within their limit");
    auto changed = find_employer(tx, keyring, employer);
    require(changed.has_value(), "the employer of a list of networks is there");
    changed->networks = std::move(networks);
    tx.execute("UPDATE employer SET networks = ?, tag = ? WHERE id = ?",
               changed->networks ? std::optional{changed->networks->text()} : std::nullopt,
               tag_of(keyring, *changed), changed->id);
}

std::optional<Employer> find_employer(store::Transaction& tx, Keyring const& keyring, std::string_view code) {
    auto found = employers_where(
        tx, keyring, "SELECT id, code, case_manager_id, networks, tag FROM employer WHERE code = ?", code);
    return found.empty() ? std::nullopt : std::optional{std::move(found.front())};
}

std::optional<Employer> find_employer(store::Transaction& tx, Keyring const& keyring, EmployerId id) {
    auto found = employers_where(
        tx, keyring, "SELECT id, code, case_manager_id, networks, tag FROM employer WHERE id = ?", id);
    return found.empty() ? std::nullopt : std::optional{std::move(found.front())};
}

std::vector<Employer> list_employers(store::Transaction& tx, Keyring const& keyring) {
    return employers_where(tx, keyring,
                           "SELECT id, code, case_manager_id, networks, tag FROM employer ORDER BY code");
}

std::string name_of_employer(store::Transaction& tx, Keyring const& keyring, EmployerId employer) {
    auto const row = tx.row<Bytes>("SELECT name FROM employer WHERE id = ?", employer);
    if (!row) return {};
    auto const name = keyring.cells().open({"employer", "name", employer.uuid()}, std::get<0>(*row));
    return name ? std::string{name->text()} : std::string{};
}

bool may_come_from(store::Transaction& tx, Keyring const& keyring, EmployerId employer,
                   std::string_view address) {
    auto const found = find_employer(tx, keyring, employer);
    return found && (!found->networks || found->networks->contains(address));
}

}  // namespace klout7::people
