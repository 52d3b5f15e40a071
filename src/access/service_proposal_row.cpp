#include "service_proposal_row.h"

#include <utility>

#include "store/row_tag.h"

namespace klout7::access {
namespace {

using Keyring = crypto::Keyring<OfficeZone>;

/// The subject itself, and not its cell: the cell is not bound to what else the row says.
crypto::Sha256 tag_of(Keyring const& keyring, ServiceProposalRow const& row) {
    return store::row_tag(keyring, "service_account_proposal",
                          {row.account, row.subject, row.employer, row.networks.text(), row.proposed_by,
                           row.proposed_at, row.decided_by, row.decided_at, row.is_approved});
}

crypto::CellPlace subject_cell(UserId account) {
    return {"service_account_proposal", "subject", account.uuid()};
}

/// The proposals that a statement finds.
std::vector<ServiceProposalRow> proposals_where(store::Transaction& tx, Keyring const& keyring,
                                                store::Sql sql, auto const&... parameters) {
    std::vector<ServiceProposalRow> proposals;
    for (auto const& [account, subject, employer, networks_text, by, at, decided_by, decided_at, is_approved,
                      tag] :
         tx.rows<UserId, Bytes, EmployerId, std::string, UserId, Instant, std::optional<UserId>,
                 std::optional<Instant>, bool, crypto::Sha256>(sql, parameters...)) {
        auto const plain = keyring.cells().open(subject_cell(account), subject);
        auto networks = Networks::parse(networks_text);
        if (!plain || !networks) store::unexpected_cell();
        ServiceProposalRow row{
            account,    employer,   std::string{plain->text()}, std::move(*networks), by, at, decided_by,
            decided_at, is_approved};
        store::require_row_tag(tag, tag_of(keyring, row));
        proposals.push_back(std::move(row));
    }
    return proposals;
}

}  // namespace

void insert_service_proposal(store::Transaction& tx, Keyring const& keyring, ServiceProposalRow const& row,
                             Random& random) {
    tx.execute(
        "INSERT INTO service_account_proposal (id, subject, employer_id, networks, proposed_by, proposed_at, "
        "decided_by, decided_at, is_approved, tag) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        row.account, keyring.cells().seal(subject_cell(row.account), bytes_of(row.subject), random),
        row.employer, row.networks.text(), row.proposed_by, row.proposed_at, row.decided_by, row.decided_at,
        row.is_approved, tag_of(keyring, row));
}

std::optional<ServiceProposalRow> load_service_proposal(store::Transaction& tx, Keyring const& keyring,
                                                        UserId account) {
    auto found = proposals_where(
        tx, keyring,
        "SELECT id, subject, employer_id, networks, proposed_by, proposed_at, decided_by, decided_at, "
        "is_approved, tag FROM service_account_proposal WHERE id = ?",
        account);
    return found.empty() ? std::nullopt : std::optional{std::move(found.front())};
}

std::vector<ServiceProposalRow> load_open_service_proposals(store::Transaction& tx, Keyring const& keyring,
                                                            Instant after) {
    return proposals_where(
        tx, keyring,
        "SELECT id, subject, employer_id, networks, proposed_by, proposed_at, decided_by, decided_at, "
        "is_approved, tag FROM service_account_proposal WHERE decided_at IS NULL AND proposed_at >= ? "
        "ORDER BY proposed_at, id",
        after);
}

bool decide(store::Transaction& tx, Keyring const& keyring, ServiceProposalRow row, UserId by,
            bool is_approved, Instant now) {
    row.decided_by = by;
    row.decided_at = now;
    row.is_approved = is_approved;
    return tx.execute(
               "UPDATE service_account_proposal SET decided_by = ?, decided_at = ?, is_approved = ?, tag = ? "
               "WHERE id = ? AND decided_at IS NULL",
               row.decided_by, row.decided_at, row.is_approved, tag_of(keyring, row), row.account) == 1;
}

}  // namespace klout7::access
