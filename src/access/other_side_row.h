#pragma once

#include <vector>

#include "access/roles.h"
#include "base/id.h"
#include "crypto/keyring.h"
#include "store/database.h"

namespace klout7::access {

/// What this side knows of an account of the other one. Of the address it keeps nothing but the index that
/// its own accounts have as well.
struct OtherSideRow {
    UserId user;
    crypto::BlindIndex e_mail_index;
    Role role;
    bool is_open = true;
};

/// In the place of what was known of it.
template <class Zone>
void keep_other_side_row(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                         OtherSideRow const& row);
/// The open ones with this address. A row that carries another tag ends the work (broken).
template <class Zone>
std::vector<OtherSideRow> load_other_side_rows(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                                               crypto::BlindIndex const& e_mail_index);

}  // namespace klout7::access
