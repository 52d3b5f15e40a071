#pragma once

#include <optional>
#include <string>

#include "access/authorisation.h"
#include "access/tasks.h"
#include "base/id.h"
#include "base/instant.h"

namespace klout7::access {

/// Who asks: an account that signed in completely, or a machine with its certificate, as it stands at this
/// request.
struct Actor {
    UserId user;
    Side side;
    Role role;
    std::optional<PersonId> person;      ///< whom a client is
    std::optional<EmployerId> employer;  ///< for whom an employer's account works
    std::optional<UserId> responsible;   ///< the doctor for whom delegated staff works
    SessionId session;                   ///< none (zero) of a machine
    std::string source;  ///< network address: personal, goes only into the sealed detail of the log
    Instant signed_in_at;
    Instant fresh_at = {};  ///< when a second factor was last shown
    /// Came in with a code that stands in for a second factor, and has none yet.
    bool must_add_factor = false;
};

/// How long after a second factor was shown a session is fresh. Who has none yet cannot show one again: then
/// the session, which opens nothing but the making of one, stays fresh.
inline constexpr Duration fresh_lasts = Duration::minutes(10);
constexpr bool is_fresh(Actor const& actor, Instant now) {
    return actor.must_add_factor || now - actor.fresh_at <= fresh_lasts;
}

/// What is asked for, as the program knows it from its own tables, never from the request.
struct ObjectFacts {
    Resource resource;
    std::optional<CaseId> case_id = {};
    std::optional<PersonId> person = {};       ///< the subject
    std::optional<EmployerId> employer = {};   ///< of the subject
    std::optional<UserId> assigned_user = {};  ///< case manager (office) or doctor (medical) of the case
    bool awaits_assignment = false;   ///< of the case: nobody works on it yet; for lists: those cases
    std::optional<UserId> user = {};  ///< an account, session, proposal or mandate: whose
    /// By `assigned_user` to the actor, today: for these tasks.
    std::optional<Tasks> handed_over = {};
    bool is_emergency = false;  ///< of the case: the actor opened it in an emergency within the hour
};

/// How this actor stands to this thing. Each role can stand in few relations only: an employer never is
/// `assigned`, whatever the facts say. Pure.
Relation relation_of(Actor const& actor, ObjectFacts const& facts);

}  // namespace klout7::access
