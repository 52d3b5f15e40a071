#pragma once

#include <expected>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "access/actor.h"
#include "access/failure.h"
#include "audit/event.h"

namespace klout7::access {

/// Proof that this reader was cleared for this subject by the table, and that the line about it is written or
/// will be before the answer leaves. Only the gate makes one; it cannot be copied.
class Access {
public:
    Access(Access&&) = default;
    Access& operator=(Access&&) = default;
    Access(Access const&) = delete;
    Access& operator=(Access const&) = delete;

    Resource resource() const { return resource_; }
    Action action() const { return action_; }
    bool covers(CaseId case_id) const { return case_id_ == case_id; }
    bool covers(PersonId person) const { return person_ == person; }

private:
    friend class AccessGate;  // defined in this header too, so that nothing can pose as it
    Access(Resource resource, Action action, std::optional<CaseId> case_id, std::optional<PersonId> person)
        : resource_(resource), action_(action), case_id_(case_id), person_(person) {}
    Resource resource_;
    Action action_;
    std::optional<CaseId> case_id_;
    std::optional<PersonId> person_;
};

/// Decides about each thing that one request of one actor asks for, and remembers a line for each decision.
class AccessGate {
public:
    /// `complete` adds to the facts about a thing what is known of this actor (facts.h).
    using Complete = std::function<void(ObjectFacts&)>;
    AccessGate(
        Actor const& actor, Instant now, Complete complete = [](ObjectFacts&) {})
        : actor_(&actor), now_(now), complete_(std::move(complete)) {}

    /// `object` is what was asked for, also when it does not exist; `search` is what was searched.
    /// Errors: not_found, not_allowed, not_fresh.
    std::expected<Access, Failure> ask(Action action, ObjectFacts facts, std::optional<Uuid> object = {},
                                       std::string_view search = {});

    /// Whether this would be granted, without a line: of each of many things of which one was asked for.
    bool may(Action action, ObjectFacts facts) const;

    /// The lines so far.
    std::span<audit::Event const> events() const { return events_; }
    /// Completes the last line: what was granted made this thing, about this person if about anybody.
    void about(Uuid object, std::optional<PersonId> person = {});
    /// What was granted did not happen after all.
    void mark_failed();
    void forget() { events_.clear(); }

private:
    Actor const* actor_;
    Instant now_;
    Complete complete_;
    std::vector<audit::Event> events_;
};

}  // namespace klout7::access
