#pragma once

#include "actions/office.h"

namespace klout7::actions {

/// Who began something that the program goes on with: it acts in that name, without a session, and can do
/// what the role can that began it.
inline Actor by_program(UserId user, access::Role role, Instant now) {
    return {.user = user,
            .side = Side::office,
            .role = role,
            .person = {},
            .employer = {},
            .responsible = {},
            .session = {},
            .source = {},
            .signed_in_at = now};
}

}  // namespace klout7::actions
