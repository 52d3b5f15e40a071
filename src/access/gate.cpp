#include "access/gate.h"

namespace klout7::access {

std::expected<Access, Failure> AccessGate::ask(Action action, ObjectFacts facts, std::optional<Uuid> object,
                                               std::string_view search) {
    complete_(facts);
    auto const relation = relation_of(*actor_, facts);
    bool const granted = decide(actor_->side, actor_->role, facts.resource, action, relation);
    bool const is_fresh_enough = !needs_fresh_session(facts.resource, action) || is_fresh(*actor_, now_);

    audit::Event line;
    line.at = now_;
    line.action = name_of(action);
    line.object_class = name_of(facts.resource);
    line.object = object ? object : facts.case_id ? std::optional{facts.case_id->uuid()} : std::nullopt;
    line.person = facts.person;
    line.user = actor_->user;
    line.role = name_of(actor_->role);
    line.responsible = relation == Relation::standing_in ? facts.assigned_user : actor_->responsible;
    line.organisation = actor_->employer;
    line.ground = name_of(relation);
    line.outcome = granted && is_fresh_enough ? audit::Outcome::done : audit::Outcome::refused;
    if (actor_->session != SessionId{}) line.session = actor_->session;
    line.detail = actor_->source;
    if (!search.empty()) line.detail.append("\n").append(search.substr(0, 500));
    events_.push_back(std::move(line));

    if (granted && !is_fresh_enough) return std::unexpected(Failure{FailureKind::not_fresh});
    if (granted) return Access{facts.resource, action, facts.case_id, facts.person};
    auto const refusal = refusal_for(actor_->side, actor_->role, facts.resource, relation);
    return std::unexpected(
        Failure{refusal == Refusal::not_found ? FailureKind::not_found : FailureKind::not_allowed});
}

bool AccessGate::may(Action action, ObjectFacts facts) const {
    complete_(facts);
    return decide(actor_->side, actor_->role, facts.resource, action, relation_of(*actor_, facts));
}

void AccessGate::about(Uuid object, std::optional<PersonId> person) {
    events_.back().object = object;
    events_.back().person = person;
}

void AccessGate::mark_failed() {
    for (auto& event : events_) {
        if (event.outcome == audit::Outcome::done) event.outcome = audit::Outcome::failed;
    }
}

}  // namespace klout7::access
