#pragma once

#include <expected>
#include <string_view>

#include "passkeys/passkeys.h"

namespace klout7::passkeys {

/// What the browser says it was asked, by whom. `type` is "webauthn.create" or "webauthn.get".
/// Source: WebAuthn level 2, section 5.8.1; crossOrigin and topOrigin: level 3.
std::expected<void, Fault> check_client_data(RelyingParty const& party, std::string_view type,
                                             BytesView challenge, BytesView client_data);

}  // namespace klout7::passkeys
