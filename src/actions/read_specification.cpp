// g++ 12 believes that the failure in an answer frees what was never allocated; clang and g++ 13 do not.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wfree-nonheap-object"
#endif

#include "actions/read_specification.h"

#include <algorithm>
#include <map>

#include "case_course.h"
#include "payments/pay_runs.h"
#include "people/payee_accounts.h"

namespace klout7::actions {
namespace {

using access::FailureKind;

std::unexpected<Failure> failed(FailureKind kind) { return std::unexpected(Failure{kind}); }

struct OpenedCase {
    cases::Course course;
    cases::Key key;
    people::Identity client;
};
/// `asked` is what was asked for: the case, or a payment of it.
std::expected<OpenedCase, Failure> open(Unit& unit, CaseId id, Uuid asked) {
    auto of = course_of(unit, access::Resource::payment, access::Action::list, id, asked);
    if (!of) return std::unexpected(of.error());
    auto client = people::identity_of(unit.tx, of->key, of->course.row.person, of->access);
    if (!client) return std::unexpected(client.error());
    return OpenedCase{of->course, std::move(of->key), std::move(*client)};
}

std::vector<std::optional<int>> days_of(Unit& unit, OpenedCase const& of, payments::Payable const& payable) {
    std::vector<std::optional<int>> days(payable.payment.lines.size());
    auto const facts = payments::facts_of(unit.tx, unit.keyring(), of.key, payable.case_id,
                                          payable.payment.settled.facts_number);
    if (!facts || !*facts) return days;
    auto const& law = benefits::law_parameters();
    auto const entitlement = benefits::entitlement_of((*facts)->facts, payments::course_of(of.course), law);
    if (!entitlement) return days;
    for (std::size_t i = 0; i < days.size(); ++i) {
        auto const& line = payable.payment.lines[i];
        auto const week = benefits::benefit_of_week(*entitlement, line.monday, law);
        if (week && week->payable == line.due) days[i] = static_cast<int>(week->days.size());
    }
    return days;
}

/// To which account a payment went, by its newest transfer, or would go now.
std::expected<std::optional<Iban>, Failure> account_of(Unit& unit, OpenedCase const& of,
                                                       std::vector<payments::OnItsWay> const& way) {
    if (!way.empty() && !way.front().is_ended()) {
        auto const sent = payments::find_sent(unit.tx, unit.frame.keys, way.front().transfer);
        if (sent) return sent->transfer.content.iban;
    }
    auto const approved =
        people::approved_payee_accounts(unit.tx, unit.keyring(), std::array{of.course.row.person});
    if (approved.empty()) return std::nullopt;
    auto const account = people::open_payee_account(approved.front(), of.key);
    if (!account) return std::unexpected(account.error());
    return account->iban;
}

std::expected<Specification, Failure> specification_of(Unit& unit, payments::PayableId payment) {
    auto const row = payments::find_payable(unit.tx, unit.keyring(), payment);
    auto const of = open(unit, row ? row->case_id : CaseId{}, payment.uuid());
    if (!of) return std::unexpected(of.error());
    if (!row) return failed(FailureKind::not_found);
    auto payable = payments::open_payable(*row, of->key);
    auto const run = payments::find_run(unit.tx, unit.keyring(), row->run);
    if (!payable || !run) return failed(FailureKind::unavailable);
    auto const way = payments::on_their_way(unit.tx, unit.keyring(), std::array{payment});
    auto account = account_of(unit, *of, way);
    if (!account) return std::unexpected(account.error());
    auto const pay_day = !way.empty() && !way.front().is_ended() ? way.front().execution_day : run->pay_day;
    auto days = days_of(unit, *of, *payable);
    return Specification{of->client, std::move(*payable), pay_day, std::move(*account), std::move(days)};
}

std::expected<YearOfPayments, Failure> year_of(Unit& unit, CaseId id, Given<int> const& year) {
    auto const of = open(unit, id, id.uuid());
    if (!of) return std::unexpected(of.error());
    if (!year) return std::unexpected(year.error());
    YearOfPayments found{of->client, *year, {}, {}, {}, {}};
    auto const* figures = benefits::law_tax_years().of(*year);
    std::map<LocalDate, bool> credits;
    for (auto const& one : cases::reported_days(unit.tx, std::array{of->course.row.person})) {
        auto const rows = payments::payables_of(unit.tx, unit.keyring(), one.case_id);
        std::vector<payments::PayableId> ids;
        for (auto const& row : rows) ids.push_back(row.id);
        auto const ways = payments::on_their_way(unit.tx, unit.keyring(), ids);
        for (auto const& row : rows) {
            auto const way = std::ranges::find(ways, row.id, &payments::OnItsWay::payable);
            if (way == ways.end() || way->state != payments::BatchState::released || way->end ||
                static_cast<int>(way->execution_day.ymd().year()) != *year)
                continue;
            auto const payable = payments::open_payable(row, of->key);
            if (!payable || figures == nullptr) return failed(FailureKind::unavailable);
            auto const& payment = payable->payment;
            found.wage += payment.gross;
            found.tax += payment.tax;
            credits.emplace(way->execution_day, payment.has_declared_credit);
            auto const credit_of = [&](Money gross) {
                return benefits::wage_tax(gross, payment.table, payment.has_declared_credit, *figures)
                    .labour_credit;
            };
            for (auto const& line : payment.lines)
                if (line.due > line.before)
                    found.labour_credit += credit_of(line.due) - credit_of(line.before);
        }
    }
    if (credits.empty()) return failed(FailureKind::not_now);
    for (auto const& [from, is_applied] : credits)
        if (found.credits.empty() || found.credits.back().is_applied != is_applied)
            found.credits.push_back({from, is_applied});
    return found;
}

}  // namespace

std::expected<Specification, Failure> read_specification(Office const& office, Actor const& actor,
                                                         payments::PayableId payment) {
    return access::look(office.frame, actor, [&](Unit& unit) { return specification_of(unit, payment); });
}

std::expected<YearOfPayments, Failure> read_year_of_payments(Office const& office, Actor const& actor,
                                                             CaseId id, Given<int> const& year) {
    return access::look(office.frame, actor, [&](Unit& unit) { return year_of(unit, id, year); });
}

}  // namespace klout7::actions
