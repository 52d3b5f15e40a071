#include "session_row.h"

#include "access/own_sign_in.h"
#include "store/row_tag.h"

namespace klout7::access {

std::string new_token(Random& random) {
    constexpr std::size_t token_bytes = 32;
    std::array<std::uint8_t, token_bytes> bytes{};
    random.fill(bytes);
    return to_hex(bytes);
}

template <class Zone>
crypto::Sha256 tag_of(crypto::Keyring<Zone> const& keyring, SessionRow const& row) {
    return store::row_tag(keyring, "user_session",
                          {row.session, row.token_hash, row.user, row.must_change_password, row.created_at,
                           row.fresh_at, row.must_add_factor});
}

SessionLimits session_limits(Role role) {
    switch (role) {
        case Role::functional_administrator:
        case Role::medical_account_manager:
            return {Duration::minutes(15), Duration::hours(8)};
        case Role::client:
        case Role::employer:
            return {Duration::minutes(20), Duration::hours(4)};
        case Role::case_manager:
        case Role::benefit_specialist:
        case Role::payments:
        case Role::security_officer:
        case Role::auditor:
        case Role::privacy_officer:
        case Role::company_doctor:
        case Role::insurance_doctor:
        case Role::delegated_staff:
        case Role::doctor_auditor:
            return {Duration::minutes(30), Duration::hours(12)};
        case Role::employer_system:
            return {Duration{}, Duration{}};  // it has none
    }
    std::unreachable();
}

bool is_within_limits(Role role, Instant created, Instant seen, Instant now) {
    auto const limits = session_limits(role);
    return now - seen <= limits.idle && now - created <= limits.longest;
}

void end_sessions(store::Transaction& tx, UserId user, Instant now) {
    tx.execute("UPDATE user_session SET ended_at = ? WHERE user_id = ? AND ended_at IS NULL", now, user);
}

void end_other_sessions(store::Transaction& tx, Actor const& actor, Instant now) {
    tx.execute("UPDATE user_session SET ended_at = ? WHERE user_id = ? AND id <> ? AND ended_at IS NULL", now,
               actor.user, actor.session);
}

template <class Zone>
std::string renew_session(Unit<Zone>& unit, Instant fresh_at) {
    auto token = new_token(unit.frame.random);
    auto const& actor = unit.actor;
    SessionRow const session{actor.session, hash_of_token(token), actor.user, false, actor.signed_in_at,
                             fresh_at,      actor.must_add_factor};
    unit.tx.execute(
        "UPDATE user_session SET token_hash = ?, must_change_password = ?, fresh_at = ?, tag = ? WHERE id = "
        "?",
        session.token_hash, session.must_change_password, session.fresh_at, tag_of(unit.keyring(), session),
        session.session);
    return token;
}

#define KLOUT7_FOR(Zone)                                                             \
    template crypto::Sha256 tag_of(crypto::Keyring<Zone> const&, SessionRow const&); \
    template std::string renew_session(Unit<Zone>&, Instant);
KLOUT7_FOR(OfficeZone)
KLOUT7_FOR(MedicalZone)
#undef KLOUT7_FOR

}  // namespace klout7::access
