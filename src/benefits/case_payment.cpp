#include "benefits/case_payment.h"

#include <algorithm>
#include <map>

#include "base/embedded_text.h"
#include "case_record.h"
#include "tables.h"

namespace klout7::benefits {
namespace {

constexpr std::uint64_t format = 1;

/// Whether what was reckoned before still stands, so that only later weeks have to be looked at.
bool stands(Settled const& settled, std::int64_t facts_number, LocalDate last_sick_day) {
    return settled.until && settled.facts_number == facts_number && settled.law == law_version() &&
           settled.last_sick_day == last_sick_day;
}

TaxTable table_of(CaseFacts const& facts, LocalDate pay_day) {
    bool const is_employed = !facts.job.last_day || *facts.job.last_day >= pay_day;
    return facts.table.value_or(usual_table({.is_employed = is_employed}));
}

/// What each week is worth now, from the Monday on from which something can have changed.
std::expected<std::map<LocalDate, Money>, CaseFault> weeks_due(EntitlementFacts const& facts, LocalDate from,
                                                               LocalDate until,
                                                               Parameters const& parameters) {
    std::map<LocalDate, Money> due;
    auto const last = std::min(until, facts.incapacity.back().last);
    if (from == calendar_week(facts.first_sick_day).first) {
        auto const weeks = benefit_until(facts, last, parameters);
        if (!weeks) return std::unexpected(CaseFault{name_of(weeks.error())});
        for (auto const& week : *weeks) due[week.week.first] = week.payable;
        return due;
    }
    for (auto monday = from; monday <= last; monday = monday.plus_weeks(1)) {
        auto const week = benefit_of_week(facts, monday, parameters);
        if (!week) return std::unexpected(CaseFault{name_of(week.error())});
        due[monday] = week->payable;
    }
    return due;
}

}  // namespace

std::expected<CasePayment, CaseFault> payment_of(CaseFacts const& facts, std::int64_t facts_number,
                                                 CaseCourse const& course, Settled const& settled,
                                                 PayUntil const& until, Parameters const& parameters,
                                                 TaxYears const& years) {
    auto const entitlement = entitlement_of(facts, course, parameters);
    if (!entitlement) return std::unexpected(entitlement.error());
    auto const year_number = static_cast<int>(until.pay_day.ymd().year());
    auto const* year = years.of(year_number);
    if (year == nullptr) return std::unexpected(CaseFault{"tax_year_missing"});

    CasePayment payment;
    payment.table = table_of(facts, until.pay_day);
    payment.has_declared_credit = facts.has_declared_credit;
    payment.settled = settled;
    auto& now = payment.settled;

    auto const last_sick_day = entitlement->incapacity.back().last;
    auto const last_week = calendar_week(until.week);
    bool const is_continued = stands(settled, facts_number, last_sick_day);
    auto const from =
        is_continued ? settled.until->plus_days(1) : calendar_week(entitlement->first_sick_day).first;
    // Weeks that were reckoned once are reckoned again, whatever this run was asked for.
    auto const to = std::max(last_week.last, settled.until.value_or(last_week.last));
    auto due = weeks_due(*entitlement, from, to, parameters);
    if (!due) return std::unexpected(due.error());

    std::map<LocalDate, Money> before;
    for (auto const& week : settled.weeks) before[week.monday] = week.gross;
    if (!is_continued)
        for (auto const& [monday, gross] : before) due->try_emplace(monday);  // worth nothing any more
    auto const tax_of = [&](Money gross) {
        return wage_tax(gross, payment.table, facts.has_declared_credit, *year).withheld;
    };
    for (auto const& [monday, gross] : *due) {
        auto& reckoned = before[monday];
        if (gross == reckoned) continue;
        WeekLine const line{monday, reckoned, gross, tax_of(reckoned), tax_of(gross)};
        payment.lines.push_back(line);
        reckoned = gross;
        if (line.due > line.before) {
            payment.gross += line.due - line.before;
            payment.tax += line.tax_due - line.tax_before;
        } else {
            payment.claim_gross += line.before - line.due;
            payment.claim_tax += line.tax_before - line.tax_due;
        }
    }
    now.weeks.clear();
    for (auto const& [monday, gross] : before)
        if (gross != Money{}) now.weeks.push_back({monday, gross});
    now.facts_number = facts_number;
    now.law = law_version();
    now.last_sick_day = last_sick_day;
    now.until = to;
    if (now.zvw_year != year_number) {
        now.zvw_year = year_number;
        now.zvw_wage = {};
    }
    payment.zvw = zvw_levy(payment.gross, now.zvw_wage, *year);
    now.zvw_wage += payment.gross;
    return payment;
}

std::uint64_t law_version() {
    // FNV-1a.
    static std::uint64_t const version = [] {
        std::uint64_t hash = 0xcbf29ce484222325;
        for (auto const name :
             {"maximum_dagloon.tsv", "indexation.tsv", "benefit.tsv", "wage_tax.tsv", "sanctions.tsv"}) {
            for (auto const sign : law_text(name)) {
                hash ^= static_cast<unsigned char>(sign);
                hash *= 0x100000001b3;
            }
        }
        return hash;
    }();
    return version;
}

Bytes encode(CasePayment const& payment) {
    CborWriter w;
    w.array(10).uint(format);
    w.uint(static_cast<std::uint64_t>(payment.table));
    w.boolean(payment.has_declared_credit);
    w.array(payment.lines.size());
    for (auto const& line : payment.lines) {
        w.array(5);
        write(w, line.monday);
        for (auto const amount : {line.before, line.due, line.tax_before, line.tax_due}) write(w, amount);
    }
    for (auto const amount :
         {payment.gross, payment.tax, payment.claim_gross, payment.claim_tax, payment.zvw})
        write(w, amount);
    auto const& settled = payment.settled;
    w.array(7).integer(settled.facts_number).uint(settled.law);
    write(w, settled.last_sick_day);
    write(w, settled.until);
    w.array(settled.weeks.size() * 2);
    for (auto const& week : settled.weeks) {
        write(w, week.monday);
        write(w, week.gross);
    }
    w.integer(settled.zvw_year);
    write(w, settled.zvw_wage);
    return w.finish();
}

std::expected<CasePayment, CborError> decode_case_payment(BytesView bytes) {
    return decode_record<CasePayment>(bytes, format, 10, [](RecordReader& in, CasePayment& payment) {
        payment.table = in.choice(TaxTable::anonymous);
        payment.has_declared_credit = in.boolean();
        in.each(5, [&](RecordReader& line) {
            auto const monday = line.date();
            auto const before = line.money(), due = line.money(), tax_before = line.money();
            payment.lines.push_back({monday, before, due, tax_before, line.money()});
        });
        for (auto* amount :
             {&payment.gross, &payment.tax, &payment.claim_gross, &payment.claim_tax, &payment.zvw})
            *amount = in.money();
        in.part(7, [&](RecordReader& settled) {
            auto& found = payment.settled;
            found.facts_number = settled.integer();
            found.law = settled.uint();
            found.last_sick_day = settled.optional_date();
            found.until = settled.optional_date();
            settled.items([&](RecordReader& week) {
                auto const monday = week.date();
                found.weeks.push_back({monday, week.money()});
            });
            found.zvw_year = static_cast<int>(settled.integer());
            found.zvw_wage = settled.money();
        });
    });
}

}  // namespace klout7::benefits
