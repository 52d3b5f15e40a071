#include "access/facts.h"

#include "access/emergency.h"
#include "mandate_row.h"

namespace klout7::access {
namespace {

bool may_receive_mandates(Role role) {
    return role == Role::case_manager || role == Role::delegated_staff || may_have_cases(role);
}

}  // namespace

template <class Zone>
void complete(store::Transaction& tx, crypto::Keyring<Zone> const& keyring, Actor const& actor, Instant now,
              ObjectFacts& facts) {
    bool const is_of_another = facts.assigned_user && *facts.assigned_user != actor.user;
    if (is_of_another && may_receive_mandates(actor.role))
        facts.handed_over =
            find_mandate(tx, keyring, *facts.assigned_user, actor.user, LocalDate::in_the_netherlands(now));
    // The office has no such table, nor any case that would be opened so.
    if constexpr (Zone::side == Side::medical) {
        bool const is_own = facts.assigned_user == actor.user || facts.handed_over;
        if (facts.case_id && !is_own && may_have_cases(actor.role))
            facts.is_emergency = is_open_in_emergency(tx, keyring, actor.user, *facts.case_id, now);
    }
}

template void complete(store::Transaction&, crypto::Keyring<OfficeZone> const&, Actor const&, Instant,
                       ObjectFacts&);
template void complete(store::Transaction&, crypto::Keyring<MedicalZone> const&, Actor const&, Instant,
                       ObjectFacts&);

}  // namespace klout7::access
