#pragma once

#include "crypto/hpke.h"

namespace klout7::crypto {

/// hpke_seal with a chosen ephemeral key, so that the vectors of the standard can be repeated. Never
/// use one key twice.
Bytes hpke_seal_with(HpkePrivateKey const& ephemeral, HpkePublicKey const& recipient,
                     HpkePrivateKey const& sender, BytesView info, BytesView associated_data,
                     BytesView plain);

}  // namespace klout7::crypto
