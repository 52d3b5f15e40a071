#pragma once

#include "documents/documents.h"

namespace klout7::documents {

/// A document as it lies in the store, whatever the scanner said: for the scanner itself. Who reads it for
/// somebody asks `open_document`. Nothing when row, file and key do not belong together.
template <class Zone>
std::optional<OpenDocument<Zone>> open_stored(store::Transaction& tx, Store const& store,
                                              crypto::Keyring<Zone> const& keyring,
                                              typename vault::PersonKeys<Zone>::Key&& key,
                                              DocumentRow const& row);

extern template std::optional<OpenDocument<OfficeZone>> open_stored(store::Transaction&, Store const&,
                                                                    crypto::Keyring<OfficeZone> const&,
                                                                    vault::PersonKeys<OfficeZone>::Key&&,
                                                                    DocumentRow const&);
extern template std::optional<OpenDocument<MedicalZone>> open_stored(store::Transaction&, Store const&,
                                                                     crypto::Keyring<MedicalZone> const&,
                                                                     vault::PersonKeys<MedicalZone>::Key&&,
                                                                     DocumentRow const&);

}  // namespace klout7::documents
