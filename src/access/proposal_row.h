#pragma once

#include <optional>
#include <string>
#include <vector>

#include "access/account_life.h"
#include "crypto/keyring.h"
#include "store/database.h"

namespace klout7::access {

/// What an account would be, or stays.
struct ProposedAccount {
    std::string user_name;
    std::string display_name;
    Role role;
    std::optional<PersonId> person = {};
    std::optional<EmployerId> employer = {};
    std::optional<UserId> responsible = {};
    std::optional<EMail> e_mail = {};
};

/// A proposal as its row says it. Who proposed what about whom, and what came of it, stands under a tag; what
/// the account would be, and the secrets until they are handed out, are sealed cells.
struct ProposalRow {
    ProposalId proposal;
    ProposalKind kind;
    UserId user;
    ProposedAccount account;
    UserId proposed_by;
    Instant proposed_at;
    std::optional<UserId> decided_by = {};
    std::optional<Instant> decided_at = {};
    bool is_approved = false;

    bool is_open(Instant now) const { return !decided_at && now - proposed_at <= proposal_lasts; }
};

/// What is kept between the proposal and its approval, and no longer.
struct ProposalSecret {
    std::string password_hash;  ///< of an invitation: Argon2id
    SecretBytes half_code;
};

template <class Zone>
void insert_proposal(store::Transaction& tx, crypto::Keyring<Zone> const& keyring, ProposalRow const& row,
                     ProposalSecret const& secret, Random& random);
/// A row that carries another tag, or was altered, ends the work (broken). So for all of these.
template <class Zone>
std::optional<ProposalRow> load_proposal(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                                         ProposalId proposal);
/// Those that nobody decided yet and that were made after this moment, oldest first.
template <class Zone>
std::vector<ProposalRow> load_open_proposals(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                                             Instant after);
/// Of a proposal that is open.
template <class Zone>
ProposalSecret load_secret(store::Transaction& tx, crypto::Keyring<Zone> const& keyring, ProposalId proposal);
/// False when somebody decided it meanwhile. The secret is gone afterwards.
template <class Zone>
bool decide(store::Transaction& tx, crypto::Keyring<Zone> const& keyring, ProposalRow row, UserId by,
            bool is_approved, Instant now);

}  // namespace klout7::access
