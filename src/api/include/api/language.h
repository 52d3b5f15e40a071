#pragma once

#include "transport/http.h"

namespace klout7::api {

enum class Language { dutch, english };

/// Dutch, unless Accept-Language prefers English. Source: RFC 9110, 12.5.4.
Language language_of(transport::Headers const& headers);

}  // namespace klout7::api
