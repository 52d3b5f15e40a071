#pragma once

#include "actions/pay_runs.h"

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

/// What came of a step. Somebody else who was first is no failure: the next one goes on behind it.
inline RunStep step_of(std::expected<RunStep, Failure> const& done) {
    using access::FailureKind;
    if (done) return *done;
    bool const is_raced =
        done.error().kind == FailureKind::not_now || done.error().kind == FailureKind::already_there;
    return is_raced ? RunStep::raced : RunStep::failed;
}

}  // namespace klout7::actions
