#include "benefit_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "api/json_rows.h"
#include "base/text.h"

namespace klout7::office {
namespace {

namespace json = api::json;
using access::Failure;
using access::FailureKind;
using access::Given;
using api::JsonInput;
using api::to_json;
using namespace benefits;

constexpr std::size_t most_rows = 400;

// -- codes ----------------------------------------------------------------------------------------

template <class Choice>
struct Named {
    std::string_view name;
    Choice choice;
};
constexpr std::array all_returns{Named{"monthly", WageReturns::monthly},
                                 Named{"four_weekly", WageReturns::four_weekly}};
constexpr std::array all_less{Named{"no", LessWage::no}, Named{"leave", LessWage::leave},
                              Named{"strike", LessWage::strike}, Named{"sickness", LessWage::sickness}};
constexpr std::array all_per{Named{"day", IncomePer::day}, Named{"week", IncomePer::week},
                             Named{"four_weeks", IncomePer::four_weeks}, Named{"month", IncomePer::month},
                             Named{"year", IncomePer::year}};
constexpr std::array all_tables{Named{"white", TaxTable::white}, Named{"green", TaxTable::green},
                                Named{"anonymous", TaxTable::anonymous}};

template <class Choice, std::size_t n>
std::string_view code_of(std::array<Named<Choice>, n> const& all, Choice choice) {
    return std::ranges::find(all, choice, &Named<Choice>::choice)->name;
}

// -- reading --------------------------------------------------------------------------------------

/// Takes fields of a row. Once one is wrong, its fault stays.
class Taker {
public:
    Taker(JsonInput const& row, std::string_view list, std::optional<access::FieldFault>& fault)
        : row_(row), list_(list), fault_(fault) {}

    LocalDate day(std::string_view field) {
        auto const found = LocalDate::parse_iso(row_.text(field));
        if (!found) fail(field, "not_a_date", "Dit is geen datum.", "This is not a date.");
        return found.value_or(LocalDate{});
    }
    std::optional<LocalDate> optional_day(std::string_view field) {
        return row_.text(field).empty() ? std::nullopt : std::optional{day(field)};
    }
    Money money(std::string_view field) {
        auto const text = row_.text(field);
        auto const found = text.empty() ? std::optional{Money{}} : Money::parse(text);
        // Nobody earns more; sums of forty stay far from what fits.
        constexpr auto most = Money::euros(100'000'000);
        if (!found || *found > most || *found < -most)
            fail(field, "not_an_amount", "Dit is geen bedrag.", "This is not an amount.");
        return found.value_or(Money{});
    }
    Money needed_money(std::string_view field) {
        if (row_.text(field).empty())
            fail(field, "missing", "Vul een bedrag in, ook als het 0 is.",
                 "Fill in an amount, also when it is 0.");
        return money(field);
    }
    std::optional<Money> optional_money(std::string_view field) {
        return row_.text(field).empty() ? std::nullopt : std::optional{money(field)};
    }
    template <class Choice, std::size_t n>
    Choice choice(std::string_view field, std::array<Named<Choice>, n> const& all) {
        auto const text = row_.text(field);
        auto const* const found =
            text.empty() ? all.begin() : std::ranges::find(all, text, &Named<Choice>::name);
        if (found == all.end()) {
            fail(field, "unknown_choice", "Deze keuze is er niet.", "There is no such choice.");
            return all.front().choice;
        }
        return found->choice;
    }
    /// "37.5": of a hundred.
    Fraction percentage(std::string_view field) {
        auto const found = Money::parse(row_.text(field));
        if (!found) fail(field, "not_a_percentage", "Dit is geen percentage.", "This is not a percentage.");
        return {found.value_or(Money{}).in_cents(), 10'000};
    }
    std::string text(std::string_view field) { return row_.text(field); }
    bool yes(std::string_view field) { return row_.text(field) == "true"; }

private:
    /// Of a row, the list is named: which of its rows is for the page to find.
    void fail(std::string_view field, std::string_view code, std::string_view dutch,
              std::string_view english) {
        if (!fault_) fault_ = access::FieldFault{list_.empty() ? field : list_, code, dutch, english};
    }
    JsonInput const& row_;
    std::string_view list_;
    std::optional<access::FieldFault>& fault_;
};

constexpr std::array<std::string_view, 7> plain_fields{"job_first_day", "job_last_day", "wage_returns",
                                                       "agreed_wage",   "wages_total",  "has_declared_credit",
                                                       "tax_table"};
std::vector<api::RowsField> const& row_fields() {
    static std::vector<api::RowsField> const fields{
        {"wages", {"first", "last", "sv_wage", "holiday_paid", "holiday_accrued", "less"}},
        {"earlier", {"first", "last"}},
        {"weekend_work", {"day"}},
        {"income", {"first", "last", "amount", "per"}},
        {"sanctions", {"first", "last", "percentage", "decision", "decided_on"}}};
    return fields;
}

// -- telling --------------------------------------------------------------------------------------

json::array steps_json(Explanation const& steps) {
    json::array shown;
    for (auto const& step : steps) {
        json::array figures;
        for (auto const& figure : step.figures)
            figures.push_back(json::object{{"name", figure.name}, {"value", figure.value}});
        shown.push_back(json::object{{"code", step.code},
                                     {"article", step.article},
                                     {"certainty", name_of(step.certainty)},
                                     {"figures", std::move(figures)}});
    }
    return shown;
}

json::object period_json(Period const& period) {
    return {{"first", to_json(period.first)}, {"last", to_json(period.last)}};
}

json::value week_json(actions::Benefit const& benefit, std::optional<LocalDate> asked) {
    if (!asked) return nullptr;
    auto const monday = calendar_week(*asked).first;
    auto const week =
        std::ranges::find(benefit.weeks, monday, [](WeekBenefit const& one) { return one.week.first; });
    if (week == benefit.weeks.end()) return nullptr;
    json::array days;
    for (auto const& day : week->days)
        days.push_back(json::object{{"day", to_json(day.day)},
                                    {"before_income_cents", day.before_income.in_cents()},
                                    {"benefit_cents", day.benefit.in_cents()},
                                    {"withheld_cents", day.withheld.in_cents()}});
    return json::object{{"monday", to_json(monday)},
                        {"days", std::move(days)},
                        {"sanction_rest_cents", week->sanction_rest.in_cents()},
                        {"payable_cents", week->payable.in_cents()},
                        {"steps", steps_json(week->explanation)}};
}

/// Where a payment stands, in the words of who waits for it.
std::string_view state_of(actions::PaymentOfCase const& one) {
    using payments::PayableState;
    switch (one.payable.state) {
        case PayableState::open:
            return "open";
        case PayableState::batched:
            return one.way && one.way->state == payments::BatchState::released ? "asked" : "in_batch";
        case PayableState::held:
            return "held";
        case PayableState::nothing:
            return "nothing";
    }
    return "open";
}

}  // namespace

Given<actions::NewFacts> facts_of(api::Call<OfficeZone> const& call) {
    if (!call.body) return std::unexpected(call.body.error());
    auto const seen = call.seen_version();
    if (!seen) return std::unexpected(seen.error());
    auto const input = api::JsonRows::parse(call.body->text, plain_fields, row_fields(), most_rows);
    if (!input) return std::unexpected(input.error());

    std::optional<access::FieldFault> fault;
    Taker plain{input->plain(), {}, fault};
    actions::NewFacts given;
    given.seen_number = *seen;
    auto& facts = given.facts;
    facts.job.first_day = plain.day("job_first_day");
    facts.job.last_day = plain.optional_day("job_last_day");
    facts.job.returns = plain.choice("wage_returns", all_returns);
    facts.job.agreed_wage = plain.optional_money("agreed_wage");
    given.wages_total = plain.optional_money("wages_total");
    facts.has_declared_credit = plain.yes("has_declared_credit");
    if (!plain.text("tax_table").empty()) facts.table = plain.choice("tax_table", all_tables);
    auto const each = [&](std::string_view list, auto take) {
        for (auto const& row : input->rows(list)) {
            Taker taker{row, list, fault};
            take(taker);
        }
    };
    each("wages", [&](Taker& row) {
        Period const period{row.day("first"), row.day("last")};
        // No wage is said with zero: what was left out would count as a period without.
        auto const sv_wage = row.needed_money("sv_wage"), paid = row.money("holiday_paid"),
                   accrued = row.money("holiday_accrued");
        facts.job.wages.push_back({period, sv_wage, paid, accrued, row.choice("less", all_less)});
    });
    each("earlier", [&](Taker& row) { facts.earlier.push_back({row.day("first"), row.day("last")}); });
    each("weekend_work", [&](Taker& row) { facts.weekend_work.push_back(row.day("day")); });
    each("income", [&](Taker& row) {
        Period const period{row.day("first"), row.day("last")};
        auto const amount = row.needed_money("amount");
        facts.income.push_back({period, amount, row.choice("per", all_per)});
    });
    each("sanctions", [&](Taker& row) {
        Period const period{row.day("first"), row.day("last")};
        auto const share = row.percentage("percentage");
        auto decision = row.text("decision");
        auto const decided_on = row.optional_day("decided_on").value_or(LocalDate{});
        facts.sanctions.push_back({period, share, std::move(decision), decided_on});
    });
    if (fault) return std::unexpected(Failure{FailureKind::invalid, {*fault}});
    return given;
}

json::object facts_json(CaseFacts const& facts) {
    auto const& job = facts.job;
    json::array wages, earlier, weekend, income, sanctions;
    for (auto const& wage : job.wages) {
        auto row = period_json(wage.period);
        row["sv_wage"] = wage.sv_wage.to_string();
        row["holiday_paid"] = wage.holiday_paid.to_string();
        row["holiday_accrued"] = wage.holiday_accrued.to_string();
        row["less"] = code_of(all_less, wage.less);
        wages.push_back(std::move(row));
    }
    for (auto const& part : facts.earlier) earlier.push_back(period_json(part));
    for (auto const day : facts.weekend_work) weekend.push_back(json::object{{"day", to_json(day)}});
    for (auto const& one : facts.income) {
        auto row = period_json(one.period);
        row["amount"] = one.amount.to_string();
        row["per"] = code_of(all_per, one.per);
        income.push_back(std::move(row));
    }
    for (auto const& one : facts.sanctions) {
        auto row = period_json(one.period);
        row["percentage"] = Money::cents(one.share.numerator * 10'000 / one.share.denominator).to_string();
        row["decision"] = one.decision;
        row["decided_on"] = to_json(one.decided_on);
        sanctions.push_back(std::move(row));
    }
    return {
        {"job_first_day", to_json(job.first_day)},
        {"job_last_day", to_json(job.last_day)},
        {"wage_returns", code_of(all_returns, job.returns)},
        {"agreed_wage", job.agreed_wage ? json::value(job.agreed_wage->to_string()) : json::value(nullptr)},
        {"has_declared_credit", facts.has_declared_credit},
        {"tax_table", facts.table ? json::value(code_of(all_tables, *facts.table)) : json::value(nullptr)},
        {"wages", std::move(wages)},
        {"earlier", std::move(earlier)},
        {"weekend_work", std::move(weekend)},
        {"income", std::move(income)},
        {"sanctions", std::move(sanctions)}};
}

json::object benefit_json(actions::Benefit const& benefit, std::optional<LocalDate> week) {
    json::array weeks;
    for (auto const& one : benefit.weeks)
        weeks.push_back(json::object{{"monday", to_json(one.week.first)},
                                     {"days", one.days.size()},
                                     {"payable_cents", one.payable.in_cents()}});
    json::value dagloon = nullptr;
    if (benefit.entitlement) {
        auto const& found = benefit.entitlement->dagloon;
        dagloon = json::object{{"per_day_cents", found.per_day.in_cents()},
                               {"capped_cents", found.capped.in_cents()},
                               {"reference", period_json(found.reference)},
                               {"first_sick_day", to_json(benefit.entitlement->first_sick_day)},
                               {"steps", steps_json(found.explanation)}};
    }
    return {{"facts_number", benefit.facts_number},
            {"obstacle", benefit.obstacle.empty() ? json::value(nullptr) : json::value(benefit.obstacle)},
            {"dagloon", std::move(dagloon)},
            {"weeks", std::move(weeks)},
            {"week", week_json(benefit, week)}};
}

json::object payment_json(actions::PaymentOfCase const& one) {
    auto const& payment = one.payable.payment;
    json::array lines;
    for (auto const& line : payment.lines)
        lines.push_back(json::object{{"monday", to_json(line.monday)},
                                     {"before_cents", line.before.in_cents()},
                                     {"due_cents", line.due.in_cents()},
                                     {"tax_cents", (line.tax_due - line.tax_before).in_cents()}});
    return {{"payment", to_json(one.payable.id)},
            {"number", one.payable.number},
            {"pay_day", to_json(one.way && !one.way->is_ended() ? one.way->execution_day : one.pay_day)},
            {"state", state_of(one)},
            {"reason", one.way ? one.way->reason : std::string{}},
            {"gross_cents", payment.gross.in_cents()},
            {"tax_cents", payment.tax.in_cents()},
            {"net_cents", payment.net().in_cents()},
            {"claim_cents", payment.claim_gross.in_cents()},
            {"tax_table", name_of(payment.table)},
            {"has_declared_credit", payment.has_declared_credit},
            {"lines", std::move(lines)}};
}

}  // namespace klout7::office
