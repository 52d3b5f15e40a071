#include "access/service_accounts.h"

#include <utility>

#include "base/check.h"
#include "base/log.h"
#include "store/row_tag.h"

namespace klout7::access {
namespace {

using Keyring = crypto::Keyring<OfficeZone>;

crypto::BlindIndex index_of(Keyring const& keyring, std::string_view subject) {
    return keyring.blind_index(crypto::IndexColumn::certificate_subject, subject);
}

/// The index is the column's and not made again from the subject: a certificate is led to its row by it.
crypto::Sha256 tag_of(Keyring const& keyring, crypto::BlindIndex const& index, ServiceAccount const& row) {
    return store::row_tag(keyring, "service_account",
                          {row.id, index, row.employer, row.networks.text(), row.created_at, row.closed_at});
}

crypto::CellPlace subject_cell(UserId id) { return {"service_account", "subject", id.uuid()}; }

/// The accounts that a statement finds.
std::vector<ServiceAccount> accounts_where(store::Transaction& tx, Keyring const& keyring, store::Sql sql,
                                           auto const&... parameters) {
    std::vector<ServiceAccount> accounts;
    for (auto const& [id, index, subject, employer, networks_text, created, closed, tag] :
         tx.rows<UserId, crypto::BlindIndex, Bytes, EmployerId, std::string, Instant, std::optional<Instant>,
                 crypto::Sha256>(sql, parameters...)) {
        auto const plain = keyring.cells().open(subject_cell(id), subject);
        auto networks = Networks::parse(networks_text);
        if (!plain || !networks) store::unexpected_cell();
        ServiceAccount row{id, employer, std::string{plain->text()}, std::move(*networks), created, closed};
        store::require_row_tag(tag, tag_of(keyring, index, row));
        accounts.push_back(std::move(row));
    }
    return accounts;
}

/// The open account of this subject; else one that was closed.
std::optional<ServiceAccount> find_by_subject(store::Transaction& tx, Keyring const& keyring,
                                              std::string_view subject) {
    auto found = accounts_where(
        tx, keyring,
        "SELECT id, subject_index, subject, employer_id, networks, created_at, closed_at, tag FROM "
        "service_account WHERE subject_index = ? ORDER BY id",
        index_of(keyring, subject));
    std::optional<ServiceAccount> best;
    for (auto& one : found) {
        if (!best || !one.closed_at) best = std::move(one);
    }
    return best;
}

std::optional<MachineRefusal> refusal_of(std::optional<ServiceAccount> const& account,
                                         std::string_view source) {
    if (!account) return MachineRefusal::unknown_account;
    if (account->closed_at) return MachineRefusal::closed_account;
    if (!account->networks.contains(source)) return MachineRefusal::other_network;
    return std::nullopt;
}

}  // namespace

std::string_view name_of(MachineRefusal refusal) {
    switch (refusal) {
        case MachineRefusal::unknown_account:
            return "unknown_account";
        case MachineRefusal::closed_account:
            return "closed_account";
        case MachineRefusal::other_network:
            return "other_network";
        case MachineRefusal::route_of_people:
            return "route_of_people";
    }
    std::unreachable();
}

std::optional<UserId> add_service_account(store::Transaction& tx, Keyring const& keyring,
                                          NewServiceAccount const& account, Instant now, Random& random) {
    auto const id = UserId::make(now, random);
    return add_service_account(tx, keyring, id, account, now, random) ? std::optional{id} : std::nullopt;
}

bool has_open_service_account(store::Transaction& tx, Keyring const& keyring, std::string_view subject) {
    auto const known = find_by_subject(tx, keyring, subject);
    return known && !known->closed_at;
}

bool add_service_account(store::Transaction& tx, Keyring const& keyring, UserId id,
                         NewServiceAccount const& account, Instant now, Random& random) {
    require(!account.subject.empty() && account.subject.size() <= subject_longest &&
                account.networks.text().size() <= networks_longest,
            "a subject and networks within their limits");
    if (has_open_service_account(tx, keyring, account.subject)) return false;
    ServiceAccount const row{id, account.employer, account.subject, account.networks, now, {}};
    auto const index = index_of(keyring, row.subject);
    tx.execute(
        "INSERT INTO service_account (id, subject_index, subject, employer_id, networks, created_at, "
        "closed_at, tag) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        row.id, index, keyring.cells().seal(subject_cell(row.id), bytes_of(row.subject), random),
        row.employer, row.networks.text(), row.created_at, row.closed_at, tag_of(keyring, index, row));
    return true;
}

std::optional<ServiceAccount> find_service_account(store::Transaction& tx, Keyring const& keyring,
                                                   UserId id) {
    auto found = accounts_where(
        tx, keyring,
        "SELECT id, subject_index, subject, employer_id, networks, created_at, closed_at, tag FROM "
        "service_account WHERE id = ?",
        id);
    return found.empty() ? std::nullopt : std::optional{std::move(found.front())};
}

bool close_service_account(store::Transaction& tx, Keyring const& keyring, UserId id, Instant now) {
    auto row = find_service_account(tx, keyring, id);
    if (!row || row->closed_at) return false;
    row->closed_at = now;
    tx.execute("UPDATE service_account SET closed_at = ?, tag = ? WHERE id = ?", row->closed_at,
               tag_of(keyring, index_of(keyring, row->subject), *row), row->id);
    return true;
}

std::vector<ServiceAccount> list_service_accounts(store::Transaction& tx, Keyring const& keyring) {
    return accounts_where(
        tx, keyring,
        "SELECT id, subject_index, subject, employer_id, networks, created_at, closed_at, tag FROM "
        "service_account ORDER BY id");
}

std::expected<std::optional<Actor>, store::StoreError> Machines::enter(
    std::expected<std::string_view, std::string_view> shown, std::string_view source) const {
    auto const turned_away = [](std::expected<void, store::StoreError> const& written)
        -> std::expected<std::optional<Actor>, store::StoreError> {
        if (!written) return std::unexpected(written.error());
        return std::nullopt;
    };
    if (!shown) return turned_away(write_refusal(std::nullopt, shown.error(), source));
    auto const now = frame_.clock.now();
    auto const found = frame_.database.transact(
        [&](store::Transaction& tx) { return find_by_subject(tx, frame_.keys.keyring(), *shown); });
    if (!found) return std::unexpected(found.error());
    auto const& account = *found;
    if (auto const refusal = refusal_of(account, source)) {
        if (!account)
            write_log(LogLevel::warning, "a machine that has no account was refused",
                      field("reason", *refusal));
        else
            write_log(LogLevel::warning, "a machine was refused", field("reason", *refusal),
                      field("account", account->id));
        return turned_away(
            write_refusal(account ? std::optional{account->id} : std::nullopt, name_of(*refusal), source));
    }
    return Actor{.user = account->id,
                 .side = OfficeZone::side,
                 .role = Role::employer_system,
                 .person = {},
                 .employer = account->employer,
                 .responsible = {},
                 .session = {},
                 .source = std::string{source},
                 .signed_in_at = now};
}

std::expected<void, store::StoreError> Machines::turn_away(Actor const& machine) const {
    write_log(LogLevel::warning, "a machine was refused", field("reason", MachineRefusal::route_of_people),
              field("account", machine.user));
    return write_refusal(machine.user, name_of(MachineRefusal::route_of_people), machine.source);
}

std::expected<void, store::StoreError> Machines::write_refusal(std::optional<UserId> account,
                                                               std::string_view why,
                                                               std::string_view source) const {
    audit::Event line;
    line.at = frame_.clock.now();
    line.action = "sign_in";
    line.object_class = "service_account";
    line.user = account;
    line.role = account ? name_of(Role::employer_system) : std::string_view{};
    line.outcome = audit::Outcome::refused;
    line.detail = std::string{source}.append("\n").append(why);
    return frame_.reads.record({&line, 1});
}

}  // namespace klout7::access
