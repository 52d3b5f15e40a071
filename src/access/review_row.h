#pragma once

#include <map>

#include "access/accounts.h"
#include "access/frame.h"

namespace klout7::access {

/// Somebody looked at the rights of this account and left them as they are: the actor, now.
template <class Zone>
void insert_review(Unit<Zone>& unit, UserId user);

/// When these accounts, from the first to the last by id, were last looked at. A row that carries another tag
/// ends the work (broken).
template <class Zone>
std::map<UserId, Instant> load_newest_reviews(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                                              UserId first, UserId last);

}  // namespace klout7::access
