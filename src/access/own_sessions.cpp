#include "access/accounts.h"
#include "access/own_sign_in.h"
#include "session_row.h"

namespace klout7::access {

template <class Zone>
std::expected<OwnState, store::StoreError> OwnSignIn<Zone>::state(Actor const& actor) const {
    return frame_.database.transact([&](store::Transaction& tx) {
        auto const account = find_account(tx, frame_.keys.keyring(), actor.user);
        auto const limits = session_limits(actor.role);
        return OwnState{
            .display_name = account ? account->display_name : std::string{},
            .unseen_notices = std::get<0>(*tx.row<std::int64_t>(
                "SELECT COUNT(*) FROM user_notice WHERE user_id = ? AND seen_at IS NULL", actor.user)),
            .idle = limits.idle,
            .ends_at = actor.signed_in_at + limits.longest};
    });
}

template <class Zone>
std::expected<void, Failure> OwnSignIn<Zone>::end(Actor const& actor) const {
    return change(frame_, actor, [&](Unit<Zone>& unit) -> std::expected<void, Failure> {
        auto const access = unit.gate.ask(
            Action::end, {.resource = Resource::own_session, .user = actor.user}, actor.session.uuid());
        if (!access) return std::unexpected(access.error());
        unit.tx.execute("UPDATE user_session SET ended_at = ? WHERE id = ? AND ended_at IS NULL", unit.now,
                        actor.session);
        return {};
    });
}

template <class Zone>
std::expected<std::vector<SessionView>, Failure> OwnSignIn<Zone>::sessions(Actor const& actor) const {
    return look(frame_, actor, [&](Unit<Zone>& unit) -> std::expected<std::vector<SessionView>, Failure> {
        auto const access = unit.gate.ask(
            Action::read, {.resource = Resource::own_session, .user = actor.user}, actor.user.uuid());
        if (!access) return std::unexpected(access.error());
        std::vector<SessionView> views;
        store::Transaction& tx = unit.tx;
        for (auto const& [session, source, created, seen, ended] :
             tx.rows<SessionId, std::optional<Bytes>, Instant, Instant, std::optional<Instant>>(
                 "SELECT id, source, created_at, last_seen_at, ended_at FROM user_session WHERE user_id = ? "
                 "ORDER BY created_at DESC OFFSET 0 ROWS FETCH NEXT ? ROWS ONLY",
                 actor.user, std::int64_t{sessions_shown})) {
            auto const plain = source ? unit.keyring().cells().open(source_cell(session), *source)
                                      : std::unexpected(crypto::OpenError::altered);
            views.push_back({.session = session,
                             .source = plain ? std::string{plain->text()} : std::string{},
                             .created_at = created,
                             .last_seen_at = seen,
                             .is_open = !ended && is_within_limits(actor.role, created, seen, unit.now)});
        }
        return views;
    });
}

template <class Zone>
std::expected<void, Failure> OwnSignIn<Zone>::end(Actor const& actor, SessionId session) const {
    return change(frame_, actor, [&](Unit<Zone>& unit) -> std::expected<void, Failure> {
        auto const access = unit.gate.ask(
            Action::end, {.resource = Resource::own_session, .user = actor.user}, session.uuid());
        if (!access) return std::unexpected(access.error());
        if (!is_fresh(actor, unit.now)) return std::unexpected(Failure{FailureKind::not_fresh});
        auto const ended = unit.tx.execute(
            "UPDATE user_session SET ended_at = ? WHERE id = ? AND user_id = ? AND ended_at IS NULL",
            unit.now, session, actor.user);
        if (ended == 0) return std::unexpected(Failure{FailureKind::not_found});
        return {};
    });
}

template <class Zone>
std::expected<void, Failure> OwnSignIn<Zone>::end_others(Actor const& actor) const {
    return change(frame_, actor, [&](Unit<Zone>& unit) -> std::expected<void, Failure> {
        auto const access =
            unit.gate.ask(Action::end, {.resource = Resource::own_session, .user = actor.user},
                          actor.user.uuid(), "others");
        if (!access) return std::unexpected(access.error());
        if (!is_fresh(actor, unit.now)) return std::unexpected(Failure{FailureKind::not_fresh});
        end_other_sessions(unit.tx, actor, unit.now);
        return {};
    });
}

#define KLOUT7_FOR(Zone)                                                                                     \
    template std::expected<OwnState, store::StoreError> OwnSignIn<Zone>::state(Actor const&) const;          \
    template std::expected<void, Failure> OwnSignIn<Zone>::end(Actor const&) const;                          \
    template std::expected<std::vector<SessionView>, Failure> OwnSignIn<Zone>::sessions(Actor const&) const; \
    template std::expected<void, Failure> OwnSignIn<Zone>::end(Actor const&, SessionId) const;               \
    template std::expected<void, Failure> OwnSignIn<Zone>::end_others(Actor const&) const;
KLOUT7_FOR(OfficeZone)
KLOUT7_FOR(MedicalZone)
#undef KLOUT7_FOR

}  // namespace klout7::access
