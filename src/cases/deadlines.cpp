#include "cases/deadlines.h"

#include <algorithm>
#include <chrono>
#include <tuple>

#include "base/check.h"

namespace klout7::cases {
namespace {

constexpr int days_of_entitlement = 104 * 7;
constexpr int days_above_pension_age = 6 * 7;
constexpr int days_of_gap_added_up = 4 * 7 - 1;

struct Rule {
    DeadlineKind kind;
    std::string_view name;
    std::string_view source;
    Certainty certainty;
    Party party;
};

constexpr Rule rules[] = {
    {DeadlineKind::sick_report_by_client, "sick_report_by_client", "ZW 38ab", Certainty::current_text,
     Party::client},
    {DeadlineKind::recovery_report_by_client, "recovery_report_by_client", "ZW 38a(4)",
     Certainty::current_text, Party::client},
    {DeadlineKind::sick_report_to_uwv, "sick_report_to_uwv", "ZW 38aa(1)", Certainty::current_text,
     Party::administrator},
    {DeadlineKind::recovery_report_to_uwv, "recovery_report_to_uwv", "ZW 38aa(2)", Certainty::current_text,
     Party::administrator},
    {DeadlineKind::problem_analysis, "problem_analysis",
     "Regeling procesgang eerste en tweede ziektejaar 2; WIA 26(2)", Certainty::older_text,
     Party::company_doctor},
    {DeadlineKind::action_plan, "action_plan", "Regeling procesgang eerste en tweede ziektejaar 4",
     Certainty::older_text, Party::administrator},
    {DeadlineKind::evaluation, "evaluation", "Regeling procesgang eerste en tweede ziektejaar 4",
     Certainty::practice, Party::administrator},
    {DeadlineKind::early_wia_request, "early_wia_request", "WIA 23(6)", Certainty::older_text, Party::client},
    {DeadlineKind::first_year_invitation, "first_year_invitation", "ZW 63a(6); UWV", Certainty::practice,
     Party::uwv},
    {DeadlineKind::first_year_evaluation, "first_year_evaluation",
     "Regeling procesgang eerste en tweede ziektejaar", Certainty::older_text, Party::administrator},
    {DeadlineKind::first_year_criterion, "first_year_criterion", "ZW 19aa", Certainty::older_text,
     Party::uwv},
    {DeadlineKind::current_opinion, "current_opinion", "Regeling procesgang eerste en tweede ziektejaar",
     Certainty::practice, Party::company_doctor},
    {DeadlineKind::wia_notice_by_uwv, "wia_notice_by_uwv", "WIA 64(2)", Certainty::older_text, Party::uwv},
    {DeadlineKind::reintegration_report, "reintegration_report", "WIA 25(3), 26(2)", Certainty::older_text,
     Party::administrator},
    {DeadlineKind::wia_application, "wia_application", "WIA 64(3)", Certainty::older_text, Party::client},
    {DeadlineKind::extension_decision, "extension_decision", "WIA 25(10), 26(2)", Certainty::older_text,
     Party::uwv},
    {DeadlineKind::last_day_of_entitlement, "last_day_of_entitlement", "ZW 29(5)", Certainty::current_text,
     Party::administrator},
    {DeadlineKind::wia_start, "wia_start", "ZW 29(5)", Certainty::current_text, Party::uwv},
};

constexpr bool rules_stand_in_order() {
    std::size_t index = 0;
    for (auto const& rule : rules)
        if (static_cast<std::size_t>(rule.kind) != index++) return false;
    return index == static_cast<std::size_t>(DeadlineKind::wia_start) + 1;
}
static_assert(rules_stand_in_order());

Rule const& rule_of(DeadlineKind kind) { return rules[static_cast<std::size_t>(kind)]; }

Deadline deadline(DeadlineKind kind, LocalDate due, std::optional<LocalDate> from = std::nullopt) {
    auto const& rule = rule_of(kind);
    return {kind, due, rule.source, rule.certainty, rule.party, from};
}

/// When the entitlement ends, and whether WIA follows.
struct Ending {
    LocalDate counted_end;  // the day behind 104 weeks, from which weeks are counted back
    LocalDate last_day;
    bool is_by_pension = false;
};

Ending ending_of(DeadlineFacts const& facts) {
    auto const day = [&](int number) {
        return day_of_incapacity(facts.first_sick_day, facts.interruptions, number);
    };
    // ZW 29(5): at most 104 weeks; the day behind the last one, even if an interruption starts there.
    auto const counted_end = day(days_of_entitlement - 1).plus_days(1);
    Ending ending{counted_end, counted_end.plus_days(facts.extension_days - 1)};
    if (!facts.state_pension_day) return ending;
    // ZW 29(4): ill on or after reaching the age: six weeks. 29(5): ill before: until reaching it.
    bool const above_age = *facts.state_pension_day <= facts.first_sick_day;
    auto const last = above_age ? day(days_above_pension_age - 1) : facts.state_pension_day->plus_days(-1);
    if (last < ending.last_day) {
        ending.last_day = last;
        ending.is_by_pension = true;
    }
    return ending;
}

/// What is due whatever becomes of the illness.
void add_reports(std::vector<Deadline>& list, DeadlineFacts const& facts) {
    using enum DeadlineKind;
    // ZW 38ab: on the second day of illness.
    list.push_back(deadline(sick_report_by_client, facts.first_sick_day.plus_days(1)));
    // ZW 38aa(1): six weeks after the last day of employment (a, c) or after the first sick day (b). A
    // duty about the first report, so an interruption does not put it off.
    bool const from_sick_day = facts.ground == Ground::after_insurance || !facts.employment_end;
    auto to_uwv = deadline(sick_report_to_uwv,
                           (from_sick_day ? facts.first_sick_day : *facts.employment_end).plus_weeks(6));
    if (from_sick_day && facts.ground != Ground::after_insurance) to_uwv.certainty = Certainty::assumed;
    list.push_back(to_uwv);
    // ZW 38a(4): on the second day of fitness.
    if (facts.first_fit_day)
        list.push_back(deadline(recovery_report_by_client, facts.first_fit_day->plus_days(1)));
    // ZW 38aa(2): on the second day after the client's report, but not before the report of the illness;
    // while that was not made, both on that second day is the careful reading.
    if (facts.recovery_reported) {
        auto to_tell = deadline(recovery_report_to_uwv, facts.recovery_reported->plus_days(2));
        if (facts.reported_to_uwv) {
            to_tell.due = std::max(to_tell.due, *facts.reported_to_uwv);
        } else {
            to_tell.certainty = Certainty::assumed;
        }
        list.push_back(to_tell);
    }
}

/// What only an ongoing illness asks, up to the end of the first sick year and its evaluations.
void add_first_year(std::vector<Deadline>& list, DeadlineFacts const& facts) {
    using enum DeadlineKind;
    auto const week = [&](int number) {
        return day_of_incapacity(facts.first_sick_day, facts.interruptions, 7 * number);
    };
    list.push_back(deadline(problem_analysis, week(6)));
    // Two weeks after the analysis, so by week 8: an analysis that came late does not put it off.
    auto const plan =
        facts.problem_analysis_made ? std::min(week(8), facts.problem_analysis_made->plus_weeks(2)) : week(8);
    list.push_back(deadline(action_plan, plan));
    auto const every = facts.evaluation_every_weeks;
    for (int at = 8 + every; at < 87; at += every) list.push_back(deadline(evaluation, week(at)));
    // A waiting period of 13 to 78 weeks, asked for ten weeks before its end.
    list.push_back(deadline(early_wia_request, week(68), week(3)));
    list.push_back(deadline(first_year_invitation, week(44), week(44)));
    list.push_back(deadline(first_year_evaluation, week(52), week(46)));
    list.push_back(deadline(first_year_criterion, week(52), week(52)));
}

/// What is counted back from the end, with the week it is in an absence without interruptions.
void add_towards_wia(std::vector<Deadline>& list, LocalDate end) {
    using enum DeadlineKind;
    auto const week = [&](int number) { return end.plus_weeks(number - 104); };
    list.push_back(deadline(current_opinion, week(88), week(87)));
    list.push_back(deadline(wia_notice_by_uwv, week(89)));
    list.push_back(deadline(reintegration_report, week(91)));
    list.push_back(deadline(wia_application, week(93)));
    list.push_back(deadline(extension_decision, week(98)));
}

/// Source: Meeus, Astronomical Algorithms, ch. 8 (Gregorian).
LocalDate easter_sunday(int year) {
    int const a = year % 19, b = year / 100, c = year % 100;
    int const h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    int const l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    int const m = (a + 11 * h + 22 * l) / 451;
    int const n = h + l - 7 * m + 114;
    return LocalDate::from(year, static_cast<unsigned>(n / 31), static_cast<unsigned>(n % 31 + 1)).value();
}

bool is_holiday(LocalDate day) {
    auto const ymd = day.ymd();
    auto const number = static_cast<unsigned>(ymd.month()) * 100 + static_cast<unsigned>(ymd.day());
    if (number == 101 || number == 505 || number == 1225 || number == 1226) return true;
    if (number == 427) return true;  // the King's birthday; when a Sunday, the Saturday before
    // Good Friday, Easter Monday, Ascension Day, Whit Monday.
    auto const behind_easter = days_between(easter_sunday(static_cast<int>(ymd.year())), day);
    return behind_easter == -2 || behind_easter == 1 || behind_easter == 39 || behind_easter == 50;
}

}  // namespace

std::string_view name_of(DeadlineKind kind) { return rule_of(kind).name; }

std::optional<DeadlineKind> parse_deadline_kind(std::string_view name) {
    for (auto const& rule : rules)
        if (rule.name == name) return rule.kind;
    return std::nullopt;
}

std::string_view name_of(Party party) {
    switch (party) {
        case Party::client:
            return "client";
        case Party::administrator:
            return "administrator";
        case Party::company_doctor:
            return "company_doctor";
        case Party::uwv:
            return "uwv";
    }
    return {};
}

Party party_of(DeadlineKind kind) { return rule_of(kind).party; }

std::string_view name_of(Certainty certainty) {
    switch (certainty) {
        case Certainty::current_text:
            return "current_text";
        case Certainty::older_text:
            return "older_text";
        case Certainty::practice:
            return "practice";
        case Certainty::assumed:
            return "assumed";
    }
    return {};
}

std::vector<Deadline> deadlines_of(DeadlineFacts const& facts) {
    require(facts.evaluation_every_weeks > 0, "evaluations at least a week apart");
    require(0 <= facts.extension_days && facts.extension_days <= 52 * 7, "an extension of at most 52 weeks");
    auto const ending = ending_of(facts);

    std::vector<Deadline> list;
    add_first_year(list, facts);
    add_towards_wia(list, ending.counted_end);
    // Nobody has to work towards a day that the illness or the right does not reach.
    auto const last_day =
        facts.first_fit_day ? std::min(ending.last_day, facts.first_fit_day->plus_days(-1)) : ending.last_day;
    std::erase_if(list, [&](Deadline const& each) { return each.due > last_day; });
    if (ending.is_by_pension) {
        auto const is_towards_wia = [](Deadline const& each) {
            return each.kind == DeadlineKind::early_wia_request || each.kind >= DeadlineKind::current_opinion;
        };
        std::erase_if(list, is_towards_wia);
    }
    if (last_day == ending.last_day) {
        list.push_back(deadline(DeadlineKind::last_day_of_entitlement, ending.last_day));
        if (!ending.is_by_pension)
            list.push_back(deadline(DeadlineKind::wia_start, ending.last_day.plus_days(1),
                                    ending.last_day.plus_days(1)));
    }
    add_reports(list, facts);
    std::ranges::sort(list, {}, [](Deadline const& each) { return std::tuple{each.due, each.kind}; });
    return list;
}

Absence latest_absence(std::span<Period const> spells, std::span<Period const> linked) {
    require(!spells.empty(), "an absence has at least one spell");
    Absence absence{spells.front().first, spells.front().last, {}};
    for (auto const& spell : spells.subspan(1)) {
        Period const between{absence.last_sick_day.plus_days(1), spell.first.plus_days(-1)};
        require(between.days() > 0, "spells stand in order and apart");
        bool const added_up =
            between.days() <= days_of_gap_added_up || std::ranges::find(linked, between) != linked.end();
        if (added_up) {
            absence.interruptions.push_back(between);
        } else {
            absence = {spell.first, spell.last, {}};
        }
        absence.last_sick_day = spell.last;
    }
    return absence;
}

LocalDate day_of_incapacity(LocalDate first_sick_day, std::span<Period const> interruptions, int day) {
    auto at = first_sick_day.plus_days(day);
    for (auto const& interruption : interruptions)
        if (interruption.first <= at) at = at.plus_days(interruption.days());
    return at;
}

bool is_late_report(LocalDate first_sick_day, LocalDate received) {
    return days_between(first_sick_day, received) > 1;
}

LocalDate reminder_day(LocalDate due) {
    auto day = due;
    while (day.weekday() == std::chrono::Saturday || day.weekday() == std::chrono::Sunday || is_holiday(day))
        day = day.plus_days(-1);
    return day;
}

}  // namespace klout7::cases
