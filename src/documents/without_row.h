#pragma once

#include <vector>

#include "crypto/keyring.h"
#include "documents/store.h"
#include "store/database.h"

namespace klout7::documents {

/// The names among `files`, which are in order, that no row of the table is for. What was moved to another
/// case has none.
template <class Zone>
std::vector<StoreName> names_without_row(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                                         std::vector<StoreName> const& files);

extern template std::vector<StoreName> names_without_row(store::Transaction&,
                                                         crypto::Keyring<OfficeZone> const&,
                                                         std::vector<StoreName> const&);
extern template std::vector<StoreName> names_without_row(store::Transaction&,
                                                         crypto::Keyring<MedicalZone> const&,
                                                         std::vector<StoreName> const&);

}  // namespace klout7::documents
