#pragma once

#include <optional>
#include <string>
#include <vector>

#include "access/service_account_life.h"
#include "crypto/keyring.h"
#include "store/database.h"

namespace klout7::access {

/// A proposed service account as its row says it: all of it stands under a tag. The subject is a sealed cell.
struct ServiceProposalRow {
    UserId account;  ///< that it would be: also the id of the row
    EmployerId employer;
    std::string subject;
    Networks networks;
    UserId proposed_by;
    Instant proposed_at;
    std::optional<UserId> decided_by = {};
    std::optional<Instant> decided_at = {};
    bool is_approved = false;

    bool is_open(Instant now) const { return !decided_at && now - proposed_at <= service_proposal_lasts; }
};

void insert_service_proposal(store::Transaction& tx, crypto::Keyring<OfficeZone> const& keyring,
                             ServiceProposalRow const& row, Random& random);
/// A row that carries another tag, or was altered, ends the work (broken). So for all of these.
std::optional<ServiceProposalRow> load_service_proposal(store::Transaction& tx,
                                                        crypto::Keyring<OfficeZone> const& keyring,
                                                        UserId account);
/// Those that nobody decided yet and that were made after this moment, oldest first.
std::vector<ServiceProposalRow> load_open_service_proposals(store::Transaction& tx,
                                                            crypto::Keyring<OfficeZone> const& keyring,
                                                            Instant after);
/// False when somebody decided it meanwhile.
bool decide(store::Transaction& tx, crypto::Keyring<OfficeZone> const& keyring, ServiceProposalRow row,
            UserId by, bool is_approved, Instant now);

}  // namespace klout7::access
