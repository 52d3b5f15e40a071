#include "benefits/case_facts.h"

#include <algorithm>

#include "case_record.h"

namespace klout7::benefits {
namespace {

constexpr std::uint64_t format = 1;
constexpr int days_that_join = 28;  // fewer between two parts make one absence

/// Where the parts before this case are not parts of one absence with it.
bool are_parts_unclear(std::vector<Period> const& earlier, LocalDate first_sick_day) {
    for (std::size_t i = 0; i < earlier.size(); ++i) {
        auto const next = i + 1 < earlier.size() ? earlier[i + 1].first : first_sick_day;
        if (is_empty(earlier[i]) || next <= earlier[i].last ||
            days_between(earlier[i].last, next) > days_that_join)
            return true;
    }
    return false;
}

/// To the last day on which there is a right: all parts together last no longer than the law says.
std::vector<Period> incapacity_of(CaseFacts const& facts, CaseCourse const& course) {
    auto parts = facts.earlier;
    auto const open_end = course.first_sick_day.plus_days(days_of_entitlement);
    parts.push_back(
        {course.first_sick_day, course.first_fit_day ? course.first_fit_day->plus_days(-1) : open_end});
    auto left = days_of_entitlement;
    std::vector<Period> found;
    for (auto part : parts) {
        if (left == 0 || is_empty(part)) break;
        part.last = std::min(part.last, part.first.plus_days(left - 1));
        left -= part.days();
        found.push_back(part);
    }
    return found;
}

}  // namespace

std::expected<EntitlementFacts, CaseFault> entitlement_of(CaseFacts const& facts, CaseCourse const& course,
                                                          Parameters const& parameters) {
    if (are_parts_unclear(facts.earlier, course.first_sick_day))
        return std::unexpected(CaseFault{"earlier_periods_unclear"});
    auto incapacity = incapacity_of(facts, course);
    if (incapacity.empty()) return std::unexpected(CaseFault{name_of(BenefitFault::incapacity_unclear)});
    auto const first = incapacity.front().first;
    auto dagloon = dagloon_of(facts.job, first, course.is_after_insurance, parameters);
    if (!dagloon) return std::unexpected(CaseFault{name_of(dagloon.error())});
    return EntitlementFacts{.dagloon = std::move(*dagloon),
                            .first_sick_day = first,
                            .incapacity = std::move(incapacity),
                            .employment_end = course.employment_end,
                            .weekend_work = facts.weekend_work,
                            .income = facts.income,
                            .sanctions = facts.sanctions};
}

Bytes encode(CaseFacts const& facts) {
    CborWriter w;
    w.array(8).uint(format);
    auto const& job = facts.job;
    w.array(5);
    write(w, job.first_day);
    write(w, job.last_day);
    w.uint(static_cast<std::uint64_t>(job.returns));
    write(w, job.agreed_wage);
    w.array(job.wages.size());
    for (auto const& wage : job.wages) {
        w.array(6);
        write(w, wage.period.first);
        write(w, wage.period.last);
        write(w, wage.sv_wage);
        write(w, wage.holiday_paid);
        write(w, wage.holiday_accrued);
        w.uint(static_cast<std::uint64_t>(wage.less));
    }
    w.array(facts.earlier.size());
    for (auto const& part : facts.earlier) {
        w.array(2);
        write(w, part.first);
        write(w, part.last);
    }
    w.array(facts.weekend_work.size());
    for (auto const day : facts.weekend_work) write(w, day);
    w.array(facts.income.size());
    for (auto const& income : facts.income) {
        w.array(4);
        write(w, income.period.first);
        write(w, income.period.last);
        write(w, income.amount);
        w.uint(static_cast<std::uint64_t>(income.per));
    }
    w.array(facts.sanctions.size());
    for (auto const& sanction : facts.sanctions) {
        w.array(6);
        write(w, sanction.period.first);
        write(w, sanction.period.last);
        w.integer(sanction.share.numerator);
        w.integer(sanction.share.denominator);
        w.text(sanction.decision);
        write(w, sanction.decided_on);
    }
    w.boolean(facts.has_declared_credit);
    if (facts.table)
        w.uint(static_cast<std::uint64_t>(*facts.table));
    else
        w.null();
    return w.finish();
}

std::expected<CaseFacts, CborError> decode_case_facts(BytesView bytes) {
    return decode_record<CaseFacts>(bytes, format, 8, [](RecordReader& in, CaseFacts& facts) {
        in.part(5, [&](RecordReader& job) {
            facts.job.first_day = job.date();
            facts.job.last_day = job.optional_date();
            facts.job.returns = job.choice(WageReturns::four_weekly);
            facts.job.agreed_wage = job.optional_money();
            job.each(6, [&](RecordReader& wage) {
                Period const period{wage.date(), wage.date()};
                auto const sv_wage = wage.money(), paid = wage.money(), accrued = wage.money();
                facts.job.wages.push_back({period, sv_wage, paid, accrued, wage.choice(LessWage::sickness)});
            });
        });
        in.each(2, [&](RecordReader& part) { facts.earlier.push_back({part.date(), part.date()}); });
        in.items([&](RecordReader& day) { facts.weekend_work.push_back(day.date()); });
        in.each(4, [&](RecordReader& income) {
            Period const period{income.date(), income.date()};
            auto const amount = income.money();
            facts.income.push_back({period, amount, income.choice(IncomePer::year)});
        });
        in.each(6, [&](RecordReader& sanction) {
            Period const period{sanction.date(), sanction.date()};
            Fraction const share{sanction.integer(), sanction.integer()};
            auto decision = sanction.text();
            facts.sanctions.push_back({period, share, std::move(decision), sanction.date()});
        });
        facts.has_declared_credit = in.boolean();
        facts.table = in.optional_choice(TaxTable::anonymous);
    });
}

}  // namespace klout7::benefits
