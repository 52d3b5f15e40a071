#pragma once

#include <string_view>

#include "crypto/keyring.h"

namespace klout7::audit {

/// Where the sealed detail of an event stands. The row id is made of what names the event.
struct DetailPlace {
    Uuid row;
    explicit DetailPlace(std::string_view program, std::int64_t number);
    crypto::CellPlace cell() const { return {"audit_event", "detail", row}; }
};

}  // namespace klout7::audit
