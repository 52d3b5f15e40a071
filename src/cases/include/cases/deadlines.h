#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/local_date.h"
#include "cases/ground.h"

/// What the law asks of a case of a self-insured employer, and when. Weeks are counted in calendar days
/// from the first sick day: n weeks = 7n days. In a composed absence they are counted in days of
/// incapacity, and what is fixed from the end is counted back from the end.
namespace klout7::cases {

enum class DeadlineKind {
    sick_report_by_client,
    recovery_report_by_client,
    sick_report_to_uwv,
    recovery_report_to_uwv,
    problem_analysis,
    action_plan,
    evaluation,
    early_wia_request,      // a chance (IVA), no duty
    first_year_invitation,  // UWV invites for the first-year assessment (EZWB)
    first_year_evaluation,  // at the end of the first sick year (opschudmoment)
    first_year_criterion,   // from this day the criterion of 65% holds (EZWB)
    current_opinion,        // of the company doctor, with the final evaluation
    wia_notice_by_uwv,
    reintegration_report,  // RIV
    wia_application,
    extension_decision,  // UWV, on too little effort for reintegration
    last_day_of_entitlement,
    wia_start,
};

/// The stable code: "problem_analysis".
std::string_view name_of(DeadlineKind kind);
std::optional<DeadlineKind> parse_deadline_kind(std::string_view name);

/// Who has to act.
enum class Party { client, administrator, company_doctor, uwv };
std::string_view name_of(Party party);
Party party_of(DeadlineKind kind);

/// How sure the rule is. What is not `current_text` shows that mark to the people who work with it.
enum class Certainty {
    current_text,  // the text in force in 2026 was read
    older_text,    // only the text of 2015 was read: check it
    practice,      // habit of UWV and administrators, not law
    assumed,       // a fact is not known yet, and a stand-in was used
};
std::string_view name_of(Certainty certainty);

struct Deadline {
    DeadlineKind kind;
    LocalDate due;            // on or before this day; not moved for weekends or holidays
    std::string_view source;  // article
    Certainty certainty;
    Party party;
    std::optional<LocalDate> from;  // the first day on which it makes sense, if the rule has one
    friend bool operator==(Deadline const&, Deadline const&) = default;
};

struct DeadlineFacts {
    Ground ground = Ground::fictitious_employment;
    /// Of the whole composed absence.
    LocalDate first_sick_day;
    /// The days between its parts, in order: see `Absence`.
    std::vector<Period> interruptions;
    /// The last day of employment. Without it the report to UWV of grounds a and c is counted from the
    /// first sick day, marked `assumed`.
    std::optional<LocalDate> employment_end;
    std::optional<LocalDate> problem_analysis_made;
    std::optional<LocalDate> first_fit_day;
    /// When the client told of the recovery.
    std::optional<LocalDate> recovery_reported;
    std::optional<LocalDate> reported_to_uwv;
    /// The day on which the client reaches state pension age.
    std::optional<LocalDate> state_pension_day;
    /// By which UWV extended the entitlement.
    int extension_days = 0;
    /// The law says "periodically"; six weeks is practice.
    int evaluation_every_weeks = 6;
};

/// All deadlines that follow from the facts, ordered by date. Duties that only an ongoing illness brings
/// end with the recovery, the entitlement or the state pension; reports that were due stay.
/// Source: per deadline, in `source`.
std::vector<Deadline> deadlines_of(DeadlineFacts const& facts);

/// A stretch of incapacity with its interruptions.
struct Absence {
    LocalDate first_sick_day;
    LocalDate last_sick_day;
    std::vector<Period> interruptions;
    friend bool operator==(Absence const&, Absence const&) = default;
};

/// The last absence among spells of incapacity given in order, none touching or overlapping the next;
/// at least one. Spells are added up when less than four weeks lie between them (27 days or fewer), or
/// when the days between them are among `linked`: those a decision has added up although they are more,
/// which is all that is known of them here. Source: ZW art. 29(5), 63d.
Absence latest_absence(std::span<Period const> spells, std::span<Period const> linked = {});

/// The day on which this many days of incapacity lie behind: day 0 is the first sick day.
LocalDate day_of_incapacity(LocalDate first_sick_day, std::span<Period const> interruptions, int day);

/// Whether a client's sick report of this day came after the second day of illness.
/// Source: ZW art. 38a(1), 38ab.
bool is_late_report(LocalDate first_sick_day, LocalDate received);

/// The day for a reminder: the deadline, or the working day before when it is a Saturday, Sunday or
/// holiday. Source: Algemene termijnenwet (BWBR0002448) art. 3 for the holidays.
LocalDate reminder_day(LocalDate due);

}  // namespace klout7::cases
