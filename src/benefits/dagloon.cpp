#include "benefits/dagloon.h"

#include <algorithm>
#include <set>

#include "benefits/exact.h"

namespace klout7::benefits {
namespace {

constexpr int days_of_a_year = 261;
/// Of a month, as 12e(6) reckons it.
constexpr Fraction per_day_of_a_month{100, 2175};

/// A, B and C together, which is all that the formula makes of them.
Money total_of(WagePeriod const& wage) { return wage.sv_wage - wage.holiday_paid + wage.holiday_accrued; }

Period job_period(Job const& job) {
    return {job.first_day, job.last_day.value_or(LocalDate::from(2199, 12, 31).value())};
}

Period second_period_before(LocalDate day, WageReturns returns) {
    auto const first_before =
        wage_return_period(wage_return_period(day, returns).first.plus_days(-1), returns);
    return wage_return_period(first_before.first.plus_days(-1), returns);
}

std::optional<DagloonFault> fault_in(Job const& job) {
    if (job.last_day && *job.last_day < job.first_day) return DagloonFault::job_ends_first;
    std::set<LocalDate> seen;
    for (auto const& wage : job.wages) {
        if (wage_return_period(wage.period.first, job.returns) != wage.period)
            return DagloonFault::not_a_wage_period;
        if (!seen.insert(wage.period.first).second) return DagloonFault::overlapping_wages;
        if (wage.sv_wage < Money{} || wage.holiday_paid < Money{} || wage.holiday_accrued < Money{})
            return DagloonFault::negative_amount;
    }
    if (job.agreed_wage && *job.agreed_wage < Money{}) return DagloonFault::negative_amount;
    return std::nullopt;
}

/// The wages of a job over the days that count.
class Wages {
public:
    Wages(Job const& job, Period const& counted) : job_(job), counted_(counted) {
        for (auto const& wage : job.wages) {
            if (days_counted(wage) > 0) wages_.push_back(&wage);
        }
        std::ranges::sort(wages_, {}, [](auto const* wage) { return wage->period.first; });
    }

    /// Every day that counts is in a return.
    bool are_complete() const {
        int days = 0;
        for (auto const* wage : wages_) days += days_counted(*wage);
        return days == dagloon_days(counted_);
    }
    Exact total() const {
        Exact sum;
        for (auto const* wage : wages_) sum = sum + Exact::of(total_of(*wage), part_of(*wage));
        return std::max(sum, Exact{});  // where more holiday allowance was paid than wage
    }
    /// With what was usual in the place of what leave, a strike or sickness made less (12f). Nothing when
    /// none was less, or when it is not known what was usual.
    std::optional<Exact> usual_total() const {
        Exact sum;
        bool is_any_less = false;
        for (auto const* wage : wages_) {
            if (wage->less == LessWage::no) {
                sum = sum + Exact::of(total_of(*wage), part_of(*wage));
                continue;
            }
            auto const usual = usual_instead_of(*wage);
            if (!usual) return std::nullopt;
            // What is usual is that of a whole period.
            sum = sum + Exact::of(*usual, {days_counted(*wage), dagloon_days(wage->period)});
            is_any_less = true;
        }
        if (!is_any_less) return std::nullopt;
        return sum;
    }
    /// Whether there are periods without wage that nothing explains (12e(3)).
    bool has_empty() const { return std::ranges::any_of(wages_, is_empty_one); }
    int days_without_empty() const {
        int days = 0;
        for (auto const* wage : wages_) days += is_empty_one(wage) ? 0 : days_counted(*wage);
        return days;
    }

private:
    static bool is_empty_one(WagePeriod const* wage) {
        return wage->sv_wage == Money{} && wage->less == LessWage::no;
    }
    int days_counted(WagePeriod const& wage) const { return dagloon_days(overlap(wage.period, counted_)); }
    /// Y/Z, of a period that is cut by the edge of what counts.
    Fraction part_of(WagePeriod const& wage) const {
        return {days_counted(wage), dagloon_days(overlap(wage.period, job_period(job_)))};
    }
    bool is_full_and_usual(WagePeriod const& wage) const {
        return wage.less == LessWage::no && overlap(wage.period, counted_) == wage.period;
    }
    std::optional<Money> usual_instead_of(WagePeriod const& less) const {
        WagePeriod const* before = nullptr;
        WagePeriod const* after = nullptr;
        for (auto const* wage : wages_) {
            if (!is_full_and_usual(*wage)) continue;
            if (wage->period.first < less.period.first) before = wage;
            if (wage->period.first > less.period.first && !after) after = wage;
        }
        if (before) return total_of(*before);
        if (after) return total_of(*after);
        return job_.agreed_wage;
    }

    Job const& job_;
    Period counted_;
    std::vector<WagePeriod const*> wages_;
};

/// 12e(6): where no day counts, the agreed wage.
std::expected<Money, DagloonFault> from_agreed_wage(Job const& job, LocalDate first_sick_day,
                                                    Explanation& told) {
    if (!job.agreed_wage) return std::unexpected(DagloonFault::no_agreed_wage);
    auto const days = dagloon_days(wage_return_period(first_sick_day, job.returns));
    auto const share = job.returns == WageReturns::monthly ? per_day_of_a_month : Fraction{1, days};
    auto const per_day = Exact::of(*job.agreed_wage, share).rounded(Rounding::half_up);
    told.push_back(
        {"agreed_wage",
         "Dagloonbesluit 12e(6)",
         Certainty::sourced,
         {{"wage", text_of(*job.agreed_wage)}, {"share", text_of(share)}, {"per_day", text_of(per_day)}}});
    return per_day;
}

/// What counts and by how many days it is divided.
struct Basis {
    Period counted;
    int days;
    std::string_view code;
    std::string_view article;
};

Basis basis_of(Job const& job, Period const& reference, LocalDate first_sick_day) {
    auto const whole = job_period(job);
    if (job.first_day > reference.last) {
        auto const counted = overlap(whole, {job.first_day, first_sick_day.plus_days(-1)});
        return {counted, dagloon_days(counted), "days_since_start", "Dagloonbesluit 12e(4)"};
    }
    auto const counted = overlap(whole, reference);
    Wages const wages{job, counted};
    if (wages.has_empty())
        return {counted, wages.days_without_empty(), "days_with_wage", "Dagloonbesluit 12e(3)"};
    if (job.first_day > reference.first)
        return {counted, dagloon_days({job.first_day, reference.last}), "days_from_start",
                "Dagloonbesluit 12e(2)"};
    return {counted, days_of_a_year, "days_of_a_year", "Dagloonbesluit 12e(1)"};
}

std::expected<Money, DagloonFault> per_day_of(Job const& job, Basis const& basis, LocalDate first_sick_day,
                                              Explanation& told) {
    if (basis.days == 0) return from_agreed_wage(job, first_sick_day, told);
    Wages const wages{job, basis.counted};
    if (!wages.are_complete()) return std::unexpected(DagloonFault::wages_missing);
    auto const per_day = (wages.total() / basis.days).rounded(Rounding::half_up);
    told.push_back({"dagloon",
                    "Dagloonbesluit 12e(1)",
                    Certainty::sourced,
                    {{"total", text_of(wages.total().rounded(Rounding::half_up))},
                     {"days", text_of(basis.days)},
                     {"per_day", text_of(per_day)}}});
    auto const usual = wages.usual_total();
    if (!usual) return per_day;
    auto const usual_per_day = (*usual / basis.days).rounded(Rounding::half_up);
    told.push_back({"usual_wage",
                    "Dagloonbesluit 12f",
                    Certainty::reading,
                    {{"total", text_of(usual->rounded(Rounding::half_up))},
                     {"days", text_of(basis.days)},
                     {"per_day", text_of(usual_per_day)}}});
    return std::max(per_day, usual_per_day);
}

}  // namespace

std::string_view name_of(DagloonFault fault) {
    switch (fault) {
        case DagloonFault::formula_unknown:
            return "formula_unknown";
        case DagloonFault::no_maximum:
            return "no_maximum";
        case DagloonFault::sick_before_job:
            return "sick_before_job";
        case DagloonFault::job_ends_first:
            return "job_ends_first";
        case DagloonFault::not_a_wage_period:
            return "not_a_wage_period";
        case DagloonFault::overlapping_wages:
            return "overlapping_wages";
        case DagloonFault::wages_missing:
            return "wages_missing";
        case DagloonFault::negative_amount:
            return "negative_amount";
        case DagloonFault::no_agreed_wage:
            return "no_agreed_wage";
    }
    return "";
}

Period reference_period(LocalDate first_sick_day, WageReturns returns, std::optional<LocalDate> job_end,
                        bool is_after_insurance) {
    auto last = second_period_before(first_sick_day, returns).last;
    if (job_end && (is_after_insurance || *job_end < last))
        last = second_period_before(*job_end, returns).last;
    return {years_earlier(last.plus_days(1), 1), last};
}

std::expected<Dagloon, DagloonFault> dagloon_of(Job const& job, LocalDate first_sick_day,
                                                bool is_after_insurance, Parameters const& parameters) {
    if (auto const fault = fault_in(job)) return std::unexpected(*fault);
    if (first_sick_day < job.first_day) return std::unexpected(DagloonFault::sick_before_job);
    if (!parameters.dagloon_formula.at(first_sick_day)) return std::unexpected(DagloonFault::formula_unknown);
    auto const* maximum = parameters.maximum_dagloon.at(first_sick_day);
    if (!maximum) return std::unexpected(DagloonFault::no_maximum);

    Explanation told;
    auto const reference = reference_period(first_sick_day, job.returns, job.last_day, is_after_insurance);
    told.push_back({"reference_period",
                    "Dagloonbesluit 12b",
                    Certainty::sourced,
                    {{"first", text_of(reference.first)}, {"last", text_of(reference.last)}}});
    auto const basis = basis_of(job, reference, first_sick_day);
    told.push_back({basis.code,
                    basis.article,
                    Certainty::sourced,
                    {{"first", text_of(basis.counted.first)},
                     {"last", text_of(basis.counted.last)},
                     {"days", text_of(basis.days)}}});
    auto const per_day = per_day_of(job, basis, first_sick_day, told);
    if (!per_day) return std::unexpected(per_day.error());
    auto const capped = std::min(*per_day, maximum->value);
    told.push_back({"maximum",
                    "ZW 15, Wfsv 17",
                    maximum->certainty,
                    {{"maximum", text_of(maximum->value)},
                     {"from", text_of(maximum->from)},
                     {"per_day", text_of(capped)}}});
    return Dagloon{reference, *per_day, capped, std::move(told)};
}

std::optional<std::vector<IndexedDagloon>> indexed(Dagloon const& dagloon, LocalDate first_sick_day,
                                                   LocalDate until, Parameters const& parameters) {
    std::vector<IndexedDagloon> found{{first_sick_day, dagloon.per_day, dagloon.capped}};
    for (auto day = next_half_year(first_sick_day); day <= until; day = next_half_year(day)) {
        auto const* factor = parameters.indexation.at(day);
        auto const* maximum = parameters.maximum_dagloon.at(day);
        if (!factor || !maximum) return std::nullopt;
        auto const per_day = share(found.back().per_day, factor->value, Rounding::half_up);
        found.push_back({day, per_day, std::min(per_day, maximum->value)});
    }
    return found;
}

}  // namespace klout7::benefits
