#pragma once

#include "base/check.h"
#include "crypto/keyring.h"
#include "documents/store.h"

namespace klout7::documents {

/// What the file of a document is called in the store. A document has one version today.
template <class Zone>
StoreName store_name(crypto::Keyring<Zone> const& keyring, DocumentId document) {
    auto const name = StoreName::parse(keyring.document_name(document, 1));
    require(name.has_value(), "the keyring makes names of the store");
    return *name;
}

}  // namespace klout7::documents
