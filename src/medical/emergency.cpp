#include "emergency.h"

#include "access/accounts.h"
#include "reason.h"

namespace klout7::medical {
namespace {

using access::Action;
using access::EmergencyId;
using access::FailureKind;
using access::Resource;

constexpr access::FieldFault no_reason{
    "reason", "out_of_range",
    "Schrijf in 20 tot 1.000 tekens leesbare tekst waarom u dit dossier nu nodig hebt.",
    "Say in 20 to 1,000 characters of readable text why you need this file now."};

std::unexpected<Failure> failure(FailureKind kind) { return std::unexpected(Failure{kind}); }

}  // namespace

std::expected<Instant, Failure> open_in_emergency(Practice const& practice, Actor const& actor,
                                                  CaseId case_id, Given<std::string> const& reason) {
    return access::change(practice.frame, actor, [&](Unit& unit) -> std::expected<Instant, Failure> {
        auto const row = find_case(unit.tx, unit.keyring(), case_id);
        auto const access =
            unit.gate.ask(Action::create, facts_of(Resource::emergency_access, row), case_id.uuid());
        if (!access) return std::unexpected(access.error());
        // The reason before the case: that a case is there is told by an emergency only, of which others
        // hear.
        if (!reason) return std::unexpected(reason.error());
        auto const checked = checked_reason(*reason);
        if (!checked) return std::unexpected(Failure{FailureKind::invalid, {no_reason}});
        if (!row) return failure(FailureKind::not_found);
        if (row->doctor == actor.user ||
            access::has_overdue_emergency(unit.tx, unit.keyring(), actor.user, unit.now))
            return failure(FailureKind::not_now);
        access::insert_emergency(unit.tx, unit.keyring(),
                                 {.id = EmergencyId::make(unit.now, unit.frame.random),
                                  .user = actor.user,
                                  .case_id = case_id,
                                  .opened_at = unit.now},
                                 *checked, unit.frame.random);
        return unit.now + access::emergency_lasts;
    });
}

std::expected<std::vector<EmergencyView>, Failure> list_emergencies(Practice const& practice,
                                                                    Actor const& actor) {
    return access::look(
        practice.frame, actor, [&](Unit& unit) -> std::expected<std::vector<EmergencyView>, Failure> {
            auto const access = unit.gate.ask(Action::list, {.resource = Resource::emergency_access});
            if (!access) return std::unexpected(access.error());
            std::vector<EmergencyView> views;
            for (auto& one : access::unreviewed_emergencies(unit.tx, unit.keyring())) {
                auto const doctor = access::find_account(unit.tx, unit.keyring(), one.access.user);
                auto const until = one.access.opened_at + access::emergency_reviewed_within;
                views.push_back({std::move(one), doctor ? doctor->display_name : std::string{}, until});
            }
            return views;
        });
}

std::expected<void, Failure> review_emergency(Practice const& practice, Actor const& actor, EmergencyId id,
                                              Given<bool> const& is_justified) {
    return access::change(practice.frame, actor, [&](Unit& unit) -> std::expected<void, Failure> {
        auto const found = access::find_emergency(unit.tx, unit.keyring(), id);
        auto const row = found ? find_case(unit.tx, unit.keyring(), found->case_id) : std::nullopt;
        auto const access =
            unit.gate.ask(Action::change, facts_of(Resource::emergency_access, row), id.uuid());
        if (!access) return std::unexpected(access.error());
        if (!found) return failure(FailureKind::not_found);
        if (!is_justified) return std::unexpected(is_justified.error());
        if (!access::review_emergency(unit.tx, unit.keyring(), *found, actor.user, *is_justified, unit.now))
            return failure(FailureKind::not_now);
        return {};
    });
}

}  // namespace klout7::medical
