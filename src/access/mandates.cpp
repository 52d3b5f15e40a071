#include "access/mandates.h"

#include <algorithm>

#include "account_row.h"
#include "mandate_row.h"

namespace klout7::access {
namespace {

constexpr FieldFault unknown_colleague{"given_to", "unknown", "Kies iemand uit de lijst van collega's.",
                                       "Choose somebody of the list of colleagues."};
constexpr FieldFault no_tasks{"tasks", "missing", "Kies ten minste een taak die u overdraagt.",
                              "Choose at least one task that you hand over."};
constexpr FieldFault unknown_task{"tasks", "not_a_choice", "Kies uit consults, documents en letters.",
                                  "Choose from consults, documents and letters."};
constexpr FieldFault tasks_not_for_role{"tasks", "not_for_role",
                                        "Laat dit leeg: een collega neemt alles van u waar.",
                                        "Leave this empty: a colleague takes over all of yours."};
constexpr FieldFault no_first_day{"starts_on", "not_a_date", "Schrijf de eerste dag als 2026-11-30.",
                                  "Write the first day as 2026-11-30."};
constexpr FieldFault no_last_day{"ends_on", "not_a_date", "Schrijf de laatste dag als 2026-12-31.",
                                 "Write the last day as 2026-12-31."};
constexpr FieldFault last_day_out_of_range{
    "ends_on", "out_of_range",
    "Kies een laatste dag die nog komt, niet voor de eerste, en binnen een jaar daarna.",
    "Choose a last day that is still to come, not before the first, and within a year of it."};

ObjectFacts own(Actor const& actor) { return {.resource = Resource::mandate, .user = actor.user}; }

/// Whether this one can act for the actor: a colleague of the same role, or the own delegated staff.
bool can_be_given_to(Actor const& actor, AccountRow const& account) {
    if (account.closed_at || account.user == actor.user) return false;
    if (account.role == Role::delegated_staff) return account.responsible == actor.user;
    return account.role == actor.role;
}

/// Those who can.
template <class Zone>
std::vector<Colleague> colleagues(Unit<Zone>& unit) {
    std::vector<Colleague> found;
    // Whoever receives only, gives nothing on.
    if (unit.actor.role == Role::delegated_staff) return found;
    for (auto const role : {unit.actor.role, Role::delegated_staff}) {
        for (auto const& account : load_accounts(unit.tx, unit.keyring(), role)) {
            if (can_be_given_to(unit.actor, account))
                found.push_back({account.user, view_of(unit.keyring(), account).display_name, account.role});
        }
    }
    return found;
}

template <class Zone>
std::string name_of_user(Unit<Zone>& unit, UserId user) {
    auto const account = find_account(unit.tx, unit.keyring(), user);
    return account ? account->display_name : std::string{};
}

/// What was typed, as a mandate.
template <class Zone>
std::expected<Mandate, Failure> checked(Unit<Zone>& unit, NewMandate const& given) {
    std::vector<FieldFault> faults;
    auto const to = UserId::parse(given.given_to);
    auto const account = to ? load_account(unit.tx, unit.keyring(), *to) : std::nullopt;
    bool const is_known = account && can_be_given_to(unit.actor, *account);
    if (!is_known) faults.push_back(unknown_colleague);
    auto const tasks = Tasks::parse(given.tasks);
    bool const is_delegation = is_known && account->role == Role::delegated_staff;
    if (!tasks) faults.push_back(unknown_task);
    if (tasks && is_delegation && tasks->empty()) faults.push_back(no_tasks);
    if (tasks && is_known && !is_delegation && !tasks->empty()) faults.push_back(tasks_not_for_role);
    auto const today = unit.today();
    auto const first = given.starts_on.empty() ? std::optional{today} : LocalDate::parse_iso(given.starts_on);
    auto const last = LocalDate::parse_iso(given.ends_on);
    if (!first) faults.push_back(no_first_day);
    if (!last) faults.push_back(no_last_day);
    if (first && last &&
        (*last < today || *last < *first || *last > first->plus_days(mandate_longest_days - 1)))
        faults.push_back(last_day_out_of_range);
    if (!faults.empty()) return std::unexpected(Failure{FailureKind::invalid, std::move(faults)});
    return Mandate{unit.actor.user, *to, *tasks, *first, *last};
}

}  // namespace

template <class Zone>
std::expected<OwnMandates, Failure> Mandates<Zone>::list(Actor const& actor) const {
    return look(frame_, actor, [&](Unit<Zone>& unit) -> std::expected<OwnMandates, Failure> {
        auto const access = unit.gate.ask(Action::list, own(actor), actor.user.uuid());
        if (!access) return std::unexpected(access.error());
        OwnMandates found{.mandates = {}, .can_be_given_to = colleagues(unit)};
        for (auto const& row : load_mandates_of(unit.tx, unit.keyring(), actor.user, unit.today())) {
            found.mandates.push_back({row.mandate, row.what, name_of_user(unit, row.what.given_by),
                                      name_of_user(unit, row.what.given_to)});
        }
        return found;
    });
}

template <class Zone>
std::expected<MandateId, Failure> Mandates<Zone>::give(Actor const& actor,
                                                       Given<NewMandate> const& given) const {
    return change(frame_, actor, [&](Unit<Zone>& unit) -> std::expected<MandateId, Failure> {
        auto const access = unit.gate.ask(Action::create, own(actor), {},
                                          given ? std::string_view{given->given_to} : std::string_view{});
        if (!access) return std::unexpected(access.error());
        if (!given) return std::unexpected(given.error());
        auto const mandate = checked(unit, *given);
        if (!mandate) return std::unexpected(mandate.error());
        auto const id = add_mandate(unit.tx, unit.keyring(), *mandate, unit.now, unit.frame.random);
        unit.gate.about(id.uuid());
        return id;
    });
}

template <class Zone>
std::expected<void, Failure> Mandates<Zone>::end(Actor const& actor, MandateId mandate) const {
    return change(frame_, actor, [&](Unit<Zone>& unit) -> std::expected<void, Failure> {
        auto const row = load_mandate(unit.tx, unit.keyring(), mandate);
        auto const access = unit.gate.ask(
            Action::end,
            {.resource = Resource::mandate, .user = row ? std::optional{row->what.given_by} : std::nullopt},
            mandate.uuid());
        if (!access) return std::unexpected(access.error());
        if (row->ended_at) return std::unexpected(Failure{FailureKind::not_found});
        end_mandate(unit.tx, unit.keyring(), *row, unit.now);
        return {};
    });
}

template class Mandates<OfficeZone>;
template class Mandates<MedicalZone>;

}  // namespace klout7::access
