#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "benefits/dagloon.h"

namespace klout7::benefits {

/// Over which time an income was earned, and so how it is spread over the days (Algemeen inkomensbesluit
/// 4:1).
enum class IncomePer {
    day,         ///< all of it on the one day of its period
    week,        ///< / 5, also in a week with fewer paid days
    four_weeks,  ///< / 20
    month,       ///< / 21.75
    year,        ///< / 261
};
/// What was earned beside the benefit, of each such time within the period. What is less than nothing counts
/// as nothing.
struct Income {
    Period period;
    Money amount;
    IncomePer per = IncomePer::week;
};

/// A sanction as UWV decided it: without a decision there is none.
struct Sanction {
    Period period;
    Fraction share;  ///< of the day's benefit, at most all of it
    std::string decision;
    LocalDate decided_on;
};

/// Other terms than those of the Ziektewet for an employer that bears its own risk: what UWV would pay, for
/// comparison.
struct Terms {
    Fraction share;
    int waiting_days = 0;
};

/// What is known of somebody's right, as far as it decides about amounts.
struct EntitlementFacts {
    Dagloon dagloon;
    LocalDate first_sick_day;
    /// The days of incapacity of the composed absence, in order, to the last that is known.
    std::vector<Period> incapacity;
    /// Whose contract ended while ill (ground c) is paid from the day after.
    std::optional<LocalDate> employment_end = {};
    /// Saturdays and Sundays of the first calendar week that were provably working days.
    std::vector<LocalDate> weekend_work = {};
    std::vector<Income> income = {};
    std::vector<Sanction> sanctions = {};
    std::optional<Terms> other_terms = {};
};

enum class BenefitFault {
    incapacity_unclear,  ///< periods that overlap, are not in order, end first, or do not begin with the
                         ///< first sick day
    income_period_backwards,
    sanction_without_decision,
    sanction_unclear,   ///< its period ends first, or its share is none or more than all
    parameter_missing,  ///< for a day that matters
};
std::string_view name_of(BenefitFault fault);

/// One day that is paid, or was until something was deducted.
struct DayBenefit {
    LocalDate day;
    Money before_income;  ///< share of the dagloon
    Money benefit;        ///< less what was earned, rounded half up once
    Money withheld;       ///< by a sanction, rounded half up
    Money payable() const { return benefit - withheld; }
    friend bool operator==(DayBenefit const&, DayBenefit const&) = default;
};

/// The benefit of a calendar week: Monday to Friday within the incapacity, behind the waiting days, at most
/// five; in the first calendar week also Saturdays and Sundays that were working days. Never below zero,
/// whatever was earned. Source: ZW 29(1), (2), (7), 31(2); Maatregelenbesluit. Readings: domain rules 3.14.
struct WeekBenefit {
    Period week;
    std::vector<DayBenefit> days;
    /// What a sanction that ends in this week withholds more, so that it is the least that one may be.
    Money sanction_rest;
    Money payable;
    Explanation explanation;
};
std::expected<WeekBenefit, BenefitFault> benefit_of_week(EntitlementFacts const& facts, LocalDate week,
                                                         Parameters const& parameters);

/// All weeks from the one of the first sick day to the one of `last`.
std::expected<std::vector<WeekBenefit>, BenefitFault> benefit_until(EntitlementFacts const& facts,
                                                                    LocalDate last,
                                                                    Parameters const& parameters);

/// A week that was paid otherwise than it should have been: more is due, or (below zero) too much was paid.
struct WeekDifference {
    LocalDate monday;
    Money paid;
    Money due;
    Money difference() const { return due - paid; }
    friend bool operator==(WeekDifference const&, WeekDifference const&) = default;
};
struct PaidWeek {
    LocalDate monday;
    Money payable;
};
/// What a recalculation changes, in order; nothing for a week that stays as it is. What was paid stays as it
/// was written. A week may have been paid in parts; a week that is not due any more was paid for nothing.
/// Source: ZW 33.
std::vector<WeekDifference> differences(std::vector<WeekBenefit> const& due,
                                        std::vector<PaidWeek> const& paid);

}  // namespace klout7::benefits
