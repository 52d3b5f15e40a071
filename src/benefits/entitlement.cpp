#include "benefits/entitlement.h"

#include <algorithm>
#include <map>

#include "benefits/exact.h"

namespace klout7::benefits {
namespace {

constexpr int most_days_of_a_week = 5;

Fraction per_day(IncomePer per) {
    switch (per) {
        case IncomePer::day:
            return {1, 1};
        case IncomePer::week:
            return {1, 5};
        case IncomePer::four_weeks:
            return {1, 20};
        case IncomePer::month:
            return {100, 2175};
        case IncomePer::year:
            return {1, 261};
    }
    return {1, 1};
}

std::optional<BenefitFault> fault_in(EntitlementFacts const& facts) {
    if (facts.incapacity.empty() || facts.incapacity.front().first != facts.first_sick_day)
        return BenefitFault::incapacity_unclear;
    for (std::size_t i = 0; i < facts.incapacity.size(); ++i) {
        if (is_empty(facts.incapacity[i]) ||
            (i > 0 && facts.incapacity[i].first <= facts.incapacity[i - 1].last))
            return BenefitFault::incapacity_unclear;
    }
    for (auto const& income : facts.income) {
        if (is_empty(income.period)) return BenefitFault::income_period_backwards;
    }
    for (auto const& sanction : facts.sanctions) {
        if (sanction.decision.empty() || sanction.decided_on == LocalDate{})
            return BenefitFault::sanction_without_decision;
        if (is_empty(sanction.period) || sanction.share.numerator <= 0 ||
            sanction.share.numerator > sanction.share.denominator)
            return BenefitFault::sanction_unclear;
    }
    return std::nullopt;
}

bool is_incapacitated(EntitlementFacts const& facts, LocalDate day) {
    return std::ranges::any_of(facts.incapacity, [&](auto const& period) { return period.contains(day); });
}

/// The day of incapacity behind so many: they are calendar days, worked or not, counted over all parts of a
/// composed absence. Nothing while there were no more than that.
std::optional<LocalDate> first_day_behind(EntitlementFacts const& facts, int waiting_days) {
    for (auto const& period : facts.incapacity) {
        if (waiting_days < period.days()) return period.first.plus_days(waiting_days);
        waiting_days -= period.days();
    }
    return std::nullopt;
}

/// One case with the parameters that hold for it.
class Calculation {
public:
    static std::expected<Calculation, BenefitFault> of(EntitlementFacts const& facts, LocalDate last,
                                                       Parameters const& parameters) {
        if (auto const fault = fault_in(facts)) return std::unexpected(*fault);
        auto const* waiting = parameters.waiting_days.at(facts.first_sick_day);
        auto const* floor = parameters.sanction_minimum.at(facts.first_sick_day);
        // Behind the last day of incapacity nothing has to be known.
        auto daglonen = indexed(facts.dagloon, facts.first_sick_day,
                                std::min(last, facts.incapacity.back().last), parameters);
        if (!waiting || !floor || !daglonen) return std::unexpected(BenefitFault::parameter_missing);
        Calculation made{facts, parameters, std::move(*daglonen)};
        made.sanction_floor_ = floor->value;
        made.first_paid_ =
            first_day_behind(facts, facts.other_terms ? facts.other_terms->waiting_days : waiting->value);
        return made;
    }

    std::expected<WeekBenefit, BenefitFault> week(Period const& week) const {
        WeekBenefit found{week, {}, {}, {}, {}};
        for (auto const day : paid_days(week)) {
            auto const benefit = benefit_of(day);
            if (!benefit) return std::unexpected(benefit.error());
            found.days.push_back(*benefit);
            found.payable += benefit->payable();
        }
        auto const rest = sanction_rest(week);
        if (!rest) return std::unexpected(rest.error());
        found.sanction_rest = std::min(*rest, found.payable);
        found.payable -= found.sanction_rest;
        tell(found);
        return found;
    }

private:
    Calculation(EntitlementFacts const& facts, Parameters const& parameters,
                std::vector<IndexedDagloon> daglonen)
        : facts_(&facts), parameters_(&parameters), daglonen_(std::move(daglonen)) {}

    bool is_payable(LocalDate day) const {
        return first_paid_ && day >= *first_paid_ && is_incapacitated(*facts_, day) &&
               (!facts_->employment_end || day > *facts_->employment_end);
    }
    std::vector<LocalDate> paid_days(Period const& week) const {
        bool const is_first = week.contains(facts_->first_sick_day);
        std::vector<LocalDate> days;
        for (auto day = week.first; day <= week.last && std::ssize(days) < most_days_of_a_week;
             day = day.plus_days(1)) {
            bool const is_working_day =
                is_dagloon_day(day) ||
                (is_first && std::ranges::find(facts_->weekend_work, day) != facts_->weekend_work.end());
            if (is_working_day && is_payable(day)) days.push_back(day);
        }
        return days;
    }

    IndexedDagloon const& dagloon_at(LocalDate day) const {
        return *std::prev(std::ranges::upper_bound(daglonen_, day, {}, &IndexedDagloon::from));
    }
    Exact income_at(LocalDate day) const {
        Exact sum;
        for (auto const& income : facts_->income) {
            if (income.period.contains(day))
                sum = sum + Exact::of(std::max(income.amount, Money{}), per_day(income.per));
        }
        return sum;
    }
    /// Of overlapping ones the highest.
    std::optional<Fraction> sanction_at(LocalDate day) const {
        std::optional<Fraction> highest;
        for (auto const& sanction : facts_->sanctions) {
            if (!sanction.period.contains(day)) continue;
            if (!highest || highest->numerator * sanction.share.denominator <
                                sanction.share.numerator * highest->denominator)
                highest = sanction.share;
        }
        return highest;
    }

    std::expected<DayBenefit, BenefitFault> benefit_of(LocalDate day) const {
        auto const* dated = parameters_->benefit_share.at(day);
        if (!dated) return std::unexpected(BenefitFault::parameter_missing);
        auto const part = facts_->other_terms ? facts_->other_terms->share : dated->value;
        auto const& dagloon = dagloon_at(day);
        auto const whole = Exact::of(dagloon.capped, part);
        DayBenefit found{day, whole.rounded(Rounding::half_up), {}, {}};
        // p x A x B/C: of who has a capped dagloon, as much of the income counts as the cap left of the
        // dagloon.
        auto deduction = income_at(day) * part;
        if (dagloon.per_day > Money{})
            deduction = deduction * Fraction{dagloon.capped.in_cents(), dagloon.per_day.in_cents()};
        found.benefit = std::max(whole - deduction, Exact{}).rounded(Rounding::half_up);
        if (auto const sanction = sanction_at(day))
            found.withheld = share(found.benefit, *sanction, Rounding::half_up);
        return found;
    }

    /// What each sanction that ends in this week falls short of the least that one may be, all its days
    /// together.
    std::expected<Money, BenefitFault> sanction_rest(Period const& week) const {
        Money rest;
        for (auto const& sanction : facts_->sanctions) {
            if (!week.contains(sanction.period.last)) continue;
            Money withheld;
            for (auto at = calendar_week(sanction.period.first); at.first <= week.first;
                 at = calendar_week(at.last.plus_days(1))) {
                for (auto const day : paid_days(at)) {
                    if (!sanction.period.contains(day)) continue;
                    auto const benefit = benefit_of(day);
                    if (!benefit) return std::unexpected(benefit.error());
                    withheld += benefit->withheld;
                }
            }
            rest += std::max(sanction_floor_ - withheld, Money{});
        }
        return rest;
    }

    void tell(WeekBenefit& week) const {
        for (auto const& day : week.days) {
            auto const& dagloon = dagloon_at(day.day);
            week.explanation.push_back({"day",
                                        "ZW 29(2), 29(7)",
                                        Certainty::sourced,
                                        {{"day", text_of(day.day)},
                                         {"dagloon", text_of(dagloon.capped)},
                                         {"benefit", text_of(day.before_income)}}});
            if (day.benefit != day.before_income)
                week.explanation.push_back(
                    {"income",
                     "ZW 31(2)",
                     Certainty::sourced,
                     {{"income", text_of(income_at(day.day).rounded(Rounding::half_up))},
                      {"benefit", text_of(day.benefit)}}});
            if (day.withheld > Money{})
                week.explanation.push_back(
                    {"sanction",
                     "ZW 45, Maatregelenbesluit",
                     Certainty::sourced,
                     {{"share", text_of(*sanction_at(day.day))}, {"withheld", text_of(day.withheld)}}});
        }
        if (week.sanction_rest > Money{})
            week.explanation.push_back(
                {"sanction_minimum",
                 "Maatregelenbesluit",
                 Certainty::sourced,
                 {{"minimum", text_of(sanction_floor_)}, {"withheld", text_of(week.sanction_rest)}}});
        week.explanation.push_back(
            {"week",
             "ZW 29(2)",
             Certainty::reading,
             {{"days", text_of(static_cast<int>(week.days.size()))}, {"payable", text_of(week.payable)}}});
    }

    EntitlementFacts const* facts_;
    Parameters const* parameters_;
    std::vector<IndexedDagloon> daglonen_;
    std::optional<LocalDate> first_paid_;
    Money sanction_floor_;
};

}  // namespace

std::string_view name_of(BenefitFault fault) {
    switch (fault) {
        case BenefitFault::incapacity_unclear:
            return "incapacity_unclear";
        case BenefitFault::income_period_backwards:
            return "income_period_backwards";
        case BenefitFault::sanction_without_decision:
            return "sanction_without_decision";
        case BenefitFault::sanction_unclear:
            return "sanction_unclear";
        case BenefitFault::parameter_missing:
            return "parameter_missing";
    }
    return "";
}

std::expected<WeekBenefit, BenefitFault> benefit_of_week(EntitlementFacts const& facts, LocalDate week,
                                                         Parameters const& parameters) {
    auto const days = calendar_week(week);
    auto const calculation = Calculation::of(facts, days.last, parameters);
    if (!calculation) return std::unexpected(calculation.error());
    return calculation->week(days);
}

std::expected<std::vector<WeekBenefit>, BenefitFault> benefit_until(EntitlementFacts const& facts,
                                                                    LocalDate last,
                                                                    Parameters const& parameters) {
    auto const calculation = Calculation::of(facts, calendar_week(last).last, parameters);
    if (!calculation) return std::unexpected(calculation.error());
    std::vector<WeekBenefit> weeks;
    for (auto at = calendar_week(facts.first_sick_day); at.first <= last;
         at = calendar_week(at.last.plus_days(1))) {
        auto week = calculation->week(at);
        if (!week) return std::unexpected(week.error());
        weeks.push_back(std::move(*week));
    }
    return weeks;
}

std::vector<WeekDifference> differences(std::vector<WeekBenefit> const& due,
                                        std::vector<PaidWeek> const& paid) {
    std::map<LocalDate, WeekDifference> weeks;
    auto const at = [&](LocalDate monday) -> WeekDifference& {
        return weeks.try_emplace(monday, WeekDifference{monday, {}, {}}).first->second;
    };
    for (auto const& week : due) at(week.week.first).due += week.payable;
    for (auto const& week : paid) at(week.monday).paid += week.payable;
    std::vector<WeekDifference> found;
    for (auto const& [monday, week] : weeks) {
        if (week.difference() != Money{}) found.push_back(week);
    }
    return found;
}

}  // namespace klout7::benefits
