#pragma once

#include <expected>
#include <optional>
#include <string>

#include "base/local_date.h"
#include "base/settings.h"

namespace klout7::program {

/// /.well-known/security.txt from `security.contact` and `security.expires`: where to report a hole. Nothing
/// when neither is set, and when it expired: nobody should trust it then, which the log says.
/// Errors: one of them is missing, or is not what it must be. Source: RFC 9116.
std::expected<std::optional<std::string>, SettingsError> security_text(Settings const& settings,
                                                                       LocalDate today);

}  // namespace klout7::program
