// Careers that nobody had: random jobs, wages, spells of incapacity, incomes and sanctions. What must hold
// for every one of them.
#include <fmt/core.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <map>
#include <mutex>
#include <random>
#include <string>
#include <string_view>
#include <thread>

#include "benefits/entitlement.h"

using namespace klout7;
using namespace klout7::benefits;

namespace {

LocalDate date(int year, unsigned month, unsigned day) { return LocalDate::from(year, month, day).value(); }

class Dice {
public:
    explicit Dice(std::uint64_t seed) : numbers_(seed) {}
    /// From `low` to `high`, both included.
    int between(int low, int high) {
        return low + static_cast<int>(numbers_() % static_cast<std::uint64_t>(high - low + 1));
    }
    bool one_in(int count) { return between(1, count) == 1; }
    Money money(int low_cents, int high_cents) { return Money::cents(between(low_cents, high_cents)); }

private:
    std::mt19937_64 numbers_;
};

struct Career {
    Job job;
    LocalDate first_sick_day;
    bool is_after_insurance = false;
    EntitlementFacts facts;  ///< but the dagloon
};

WagePeriod random_wage(Dice& dice, Period const& period, Money usual) {
    WagePeriod wage{period, usual, {}, Money::cents(usual.in_cents() * 8 / 100), LessWage::no};
    if (dice.one_in(3)) wage.sv_wage += dice.money(0, 50'000);
    if (dice.one_in(12)) wage.holiday_paid = dice.money(0, 300'000);
    if (dice.one_in(12)) {
        wage.sv_wage = dice.money(0, static_cast<int>(usual.in_cents()));
        wage.less = static_cast<LessWage>(dice.between(1, 3));
    }
    if (dice.one_in(25)) wage = {period, {}, {}, {}, LessWage::no};
    return wage;
}

Job random_job(Dice& dice, LocalDate first_sick_day) {
    Job job{.first_day = first_sick_day,
            .last_day = {},
            .returns = dice.one_in(4) ? WageReturns::four_weekly : WageReturns::monthly,
            .wages = {},
            .agreed_wage = {}};
    auto const ago = dice.one_in(20)  ? 0
                     : dice.one_in(4) ? dice.between(1, 80)
                     : dice.one_in(3) ? dice.between(80, 460)
                                      : dice.between(460, 4000);
    job.first_day = first_sick_day.plus_days(-ago);
    if (dice.one_in(3))
        job.last_day = std::max(job.first_day, first_sick_day.plus_days(dice.between(-27, 200)));
    auto const usual = dice.money(20'000, dice.one_in(6) ? 1'200'000 : 400'000);
    job.agreed_wage = usual;
    // More than the longest reference period, and never before the job.
    for (auto at = std::max(job.first_day, first_sick_day.plus_days(-560)); at <= first_sick_day;) {
        auto const period = wage_return_period(at, job.returns);
        job.wages.push_back(random_wage(dice, period, usual));
        at = period.last.plus_days(1);
    }
    return job;
}

Career random_career(std::uint64_t seed) {
    Dice dice{seed};
    Career career;
    auto const days = days_between(date(2024, 1, 1), date(2026, 11, 1));
    career.first_sick_day = date(2024, 1, 1).plus_days(dice.between(0, days));
    career.job = random_job(dice, career.first_sick_day);
    career.is_after_insurance = career.job.last_day && *career.job.last_day < career.first_sick_day;
    auto& facts = career.facts;
    facts.first_sick_day = career.first_sick_day;
    auto const longest = dice.one_in(100) ? 300 : 25;
    for (auto first = career.first_sick_day; facts.incapacity.size() < 3;) {
        auto const last = std::min(first.plus_days(dice.between(0, longest)), date(2026, 12, 31));
        if (last < first) break;
        facts.incapacity.push_back({first, last});
        if (!dice.one_in(4)) break;
        first = last.plus_days(dice.between(1, 27) + 1);
    }
    auto const last = facts.incapacity.back().last;
    auto const length = days_between(career.first_sick_day, last);
    auto const some_period = [&] {
        auto const first = career.first_sick_day.plus_days(dice.between(0, length));
        return Period{first, first.plus_days(dice.between(0, 40))};
    };
    if (career.job.last_day && *career.job.last_day >= career.first_sick_day)
        facts.employment_end = career.job.last_day;
    for (auto day = career.first_sick_day; day <= calendar_week(career.first_sick_day).last;
         day = day.plus_days(1)) {
        if (!is_dagloon_day(day) && dice.one_in(3)) facts.weekend_work.push_back(day);
    }
    for (int i = dice.between(0, 2); i > 0; --i)
        facts.income.push_back(
            {some_period(), dice.money(-5'000, 60'000), static_cast<IncomePer>(dice.between(1, 4))});
    if (dice.one_in(3))
        facts.sanctions.push_back({some_period(), {dice.between(1, 100), 100}, "UWV", date(2024, 1, 1)});
    return career;
}

struct Outcome {
    Dagloon dagloon;
    std::vector<WeekBenefit> weeks;
};
/// Nothing when it could not be reckoned, which must not be.
std::optional<Outcome> reckoned(Career career, LocalDate last) {
    auto const dagloon =
        dagloon_of(career.job, career.first_sick_day, career.is_after_insurance, law_parameters());
    if (!dagloon) return std::nullopt;
    career.facts.dagloon = *dagloon;
    auto weeks = benefit_until(career.facts, last, law_parameters());
    if (!weeks) return std::nullopt;
    return Outcome{*dagloon, std::move(*weeks)};
}

Money highest_day(LocalDate day) {
    return share(law_parameters().maximum_dagloon.at(day)->value,
                 law_parameters().benefit_share.at(day)->value, Rounding::half_up);
}
Money sum_of(std::vector<WeekBenefit> const& weeks) {
    Money sum;
    for (auto const& week : weeks) sum += week.payable;
    return sum;
}

/// Something that comes to be known late: the same whatever else came to be known before it.
void change(Career& career, Career const& at_first, int kind, std::uint64_t seed) {
    Dice dice{seed};
    auto& facts = career.facts;
    auto const& last_part = at_first.facts.incapacity.back();
    auto const some_day = at_first.first_sick_day.plus_days(
        dice.between(0, days_between(at_first.first_sick_day, last_part.last)));
    if (kind == 0)
        facts.income.push_back({{some_day, some_day.plus_days(10)}, dice.money(0, 40'000), IncomePer::week});
    if (kind == 1)
        facts.sanctions.push_back(
            {{some_day, some_day.plus_days(20)}, {dice.between(5, 50), 100}, "UWV late", date(2024, 1, 1)});
    if (kind == 2)
        facts.incapacity.back().last = std::min(
            facts.incapacity.back().last, last_part.first.plus_days(dice.between(0, last_part.days() - 1)));
    if (kind == 3 && !career.job.wages.empty()) career.job.wages.front().sv_wage += dice.money(1, 90'000);
}

/// Pays what is due now beside what was paid before.
bool settle(Career const& career, LocalDate last, std::vector<PaidWeek>& paid) {
    auto const now = reckoned(career, last);
    if (!now) return false;
    for (auto const& week : differences(now->weeks, paid)) paid.push_back({week.monday, week.difference()});
    return differences(now->weeks, paid).empty();
}
std::map<LocalDate, Money> by_week(std::vector<PaidWeek> const& paid) {
    std::map<LocalDate, Money> sums;
    for (auto const& week : paid) sums[week.monday] += week.payable;
    return sums;
}

/// The first promise that does not hold for this career; empty when all do.
std::string_view broken_promise(std::uint64_t seed) {
    auto const career = random_career(seed);
    auto const last = career.facts.incapacity.back().last;
    auto const now = reckoned(career, last);
    if (!now) return "a career that can be reckoned";

    // Never negative, never above 70 % of the maximum.
    if (now->dagloon.per_day < Money{} || now->dagloon.capped > now->dagloon.per_day)
        return "a dagloon within its bounds";
    if (now->dagloon.capped > law_parameters().maximum_dagloon.at(career.first_sick_day)->value)
        return "a dagloon below the maximum";
    for (auto const& week : now->weeks) {
        Money sum;
        if (week.payable < Money{} || std::ssize(week.days) > 5)
            return "a week that is not negative, of five days at most";
        for (auto const& day : week.days) {
            if (day.benefit < Money{} || day.withheld < Money{} || day.payable() < Money{})
                return "a day that is not negative";
            if (day.before_income > highest_day(day.day) || day.benefit > day.before_income)
                return "a day below 70 % of the maximum";
            sum += day.payable();
        }
        if (sum - week.sanction_rest != week.payable) return "a week that is the sum of its days";
    }
    // The sum of the weeks, each reckoned alone, is the whole.
    auto facts = career.facts;
    facts.dagloon = now->dagloon;
    Money alone;
    for (auto at = calendar_week(career.first_sick_day); at.first <= last;
         at = calendar_week(at.last.plus_days(1)))
        alone += benefit_of_week(facts, at.first, law_parameters())->payable;
    if (alone != sum_of(now->weeks)) return "weeks that are the whole";

    // More wage is never less benefit. A period without any wage does not count in the days, so it has to
    // have some.
    Dice dice{seed ^ 0x5eed};
    if (!career.job.wages.empty()) {
        auto more = career;
        auto& wage = more.job.wages[static_cast<std::size_t>(
            dice.between(0, static_cast<int>(more.job.wages.size()) - 1))];
        bool const counts_in_days = wage.sv_wage == Money{} && wage.less == LessWage::no;
        wage.sv_wage += dice.money(1, 200'000);
        auto const then = reckoned(more, last);
        if (!then) return "a career with more wage";
        if (!counts_in_days && then->dagloon.per_day < now->dagloon.per_day)
            return "a dagloon that is no lower by more wage";
        if (!counts_in_days && career.facts.sanctions.empty() && sum_of(then->weeks) < sum_of(now->weeks))
            return "a benefit that is no lower by more wage";
    }

    // Reckoned again it is the same; and two late changes come to the same in whatever order.
    std::vector<PaidWeek> paid;
    for (auto const& week : now->weeks) paid.push_back({week.week.first, week.payable});
    if (!differences(now->weeks, paid).empty()) return "no difference of an unchanged case";
    std::pair const kinds{dice.between(0, 3), dice.between(0, 3)};
    std::map<LocalDate, Money> sums[2];
    for (bool const is_turned : {false, true}) {
        auto later = career;
        auto so_far = paid;
        for (bool const is_first : {!is_turned, is_turned}) {
            change(later, career, is_first ? kinds.first : kinds.second, seed + (is_first ? 1 : 2));
            if (!settle(later, last, so_far)) return "a late change that can be settled";
        }
        sums[is_turned ? 1 : 0] = by_week(so_far);
    }
    if (sums[0] != sums[1]) return "an order of late changes that does not matter";
    return {};
}

}  // namespace

int main(int argc, char** argv) {
    std::uint64_t const count = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1'000'000;
    std::atomic<std::uint64_t> next{0};
    std::atomic<std::uint64_t> broken{0};
    std::mutex printing;
    auto const work = [&] {
        for (auto seed = next++; seed < count; seed = next++) {
            if (seed % 100'000 == 0 && seed > 0) {
                std::lock_guard const lock{printing};
                fmt::print("{} careers\n", seed);
                std::fflush(stdout);
            }
            auto const promise = broken_promise(seed);
            if (promise.empty()) continue;
            std::lock_guard const lock{printing};
            if (++broken <= 20) fmt::print("career {}: not {}\n", seed, promise);
        }
    };
    {
        std::vector<std::jthread> threads;
        for (unsigned i = 0; i < std::max(1U, std::thread::hardware_concurrency()); ++i)
            threads.emplace_back(work);
    }
    fmt::print("{} of {} careers break a promise\nscript/proof careers: {}\n", broken.load(), count,
               broken == 0 ? "holds" : "DOES NOT HOLD");
    return broken == 0 ? 0 : 1;
}
