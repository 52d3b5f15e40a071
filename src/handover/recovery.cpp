#include "handover/recovery.h"

#include <utility>

namespace klout7::handover {

RecoveryFault check_recovery(RecoveryNow const& now, RecoveryBy by, std::optional<LocalDate> first_fit_day) {
    using enum RecoveryFault;
    if (first_fit_day && *first_fit_day <= now.first_sick_day) return not_after_the_illness;
    if (first_fit_day && *first_fit_day > now.today.plus_days(recovery_days_ahead)) return too_far_ahead;
    if (now.times >= recovery_most_reports) return too_often;
    if (!now.first_fit_day) return first_fit_day ? none : nothing_to_take_back;
    if (first_fit_day == now.first_fit_day) return reported_already;
    if (by == RecoveryBy::company_doctor) return none;
    if (now.by == RecoveryBy::company_doctor) return of_the_doctor;
    return now.today <= client_changes_until(now) ? none : too_late;
}

std::optional<LocalDate> client_changes_until(RecoveryNow const& now) {
    if (!now.first_fit_day || !now.reported_on || now.by == RecoveryBy::company_doctor) return std::nullopt;
    return now.reported_on->plus_days(recovery_days_to_change);
}

RecoveryWords words_of(RecoveryFault fault) {
    switch (fault) {
        case RecoveryFault::none:
            return {};
        case RecoveryFault::not_after_the_illness:
            return {"not_after_the_illness", "Kies een dag na de eerste ziektedag.",
                    "Choose a day after the first sick day."};
        case RecoveryFault::too_far_ahead:
            return {"too_far_ahead", "Kies een dag tot en met overmorgen.",
                    "Choose a day up to the day after tomorrow."};
        case RecoveryFault::nothing_to_take_back:
            return {"nothing_to_take_back", "Er is geen herstelmelding om in te trekken. Vul een datum in.",
                    "There is no report of a recovery to take back. Fill in a date."};
        case RecoveryFault::reported_already:
            return {"reported_already", "Deze dag is al gemeld.", "This day was reported already."};
        case RecoveryFault::too_late:
            return {"too_late",
                    "Dit is langer dan 7 dagen geleden gemeld. Vraag de bedrijfsarts om het te wijzigen.",
                    "This was reported more than 7 days ago. Ask the company doctor to change it."};
        case RecoveryFault::of_the_doctor:
            return {"of_the_doctor",
                    "De bedrijfsarts heeft dit gemeld. Alleen de bedrijfsarts kan het wijzigen.",
                    "The company doctor reported this. Only the company doctor can change it."};
        case RecoveryFault::too_often:
            return {"too_often", "Dit is al te vaak gewijzigd. Bel uw casemanager.",
                    "This was changed too often. Call your case manager."};
    }
    std::unreachable();
}

}  // namespace klout7::handover
