#include "paper_routes.h"

#include <fmt/format.h>

#include <charconv>

#include "actions/read_specification.h"
#include "api/attachment.h"
#include "papers/weekly_specification.h"
#include "papers/yearly_statement.h"

namespace klout7::office {
namespace {

using access::Action;
using access::Failure;
using access::FailureKind;
using access::Resource;
using actions::Office;
using api::Result;
using transport::Method;
using Call = api::Call<OfficeZone>;

papers::Language language_of(Call const& call) {
    return call.language == api::Language::dutch ? papers::Language::dutch : papers::Language::english;
}

papers::WageTaxTable table_of(benefits::TaxTable table) {
    switch (table) {
        case benefits::TaxTable::white:
            return papers::WageTaxTable::white;
        case benefits::TaxTable::green:
            return papers::WageTaxTable::green;
        case benefits::TaxTable::anonymous:
            return papers::WageTaxTable::anonymous;
    }
    return papers::WageTaxTable::green;
}

std::string name_of(people::Identity const& client) {
    return fmt::format("{} {}{}{}", client.initials, client.prefix, client.prefix.empty() ? "" : " ",
                       client.last_name);
}

papers::Sender payer_of(Office const& office) {
    return {.name = office.bank ? office.bank->debtor.name : ""};
}

Result pdf_answer(std::expected<std::string, papers::PaperFault>&& pdf, std::string_view name) {
    // A name of letters that the paper does not have: somebody must look at it.
    if (!pdf) return std::unexpected(Failure{FailureKind::unavailable});
    return transport::Answer{
        .status = 200,
        .headers = {{"Content-Type", "application/pdf"},
                    {"Content-Disposition", api::attachment_called(fmt::format("{}.pdf", name))}},
        .body = std::move(*pdf)};
}

Result specification(Office const& office, Call& call) {
    auto const found =
        actions::read_specification(office, call.actor, call.id<payments::PayableId>("payment"));
    if (!found) return std::unexpected(found.error());
    auto const& payment = found->payable.payment;
    // What was paid for nothing is a claim, and no paper of a payment.
    if (payment.net() <= Money{} || !found->account || !office.bank)
        return std::unexpected(Failure{FailureKind::not_now});
    bool const is_dutch = call.language == api::Language::dutch;
    papers::WeeklySpecification paper{
        .payer = payer_of(office),
        .client = {.name = name_of(found->client)},
        .date = LocalDate::in_the_netherlands(call.frame.clock.now()),
        .reference =
            fmt::format("{}-{}", found->payable.case_id.to_string().substr(24), found->payable.number),
        .weeks = {},
        .table = table_of(payment.table),
        .has_tax_credit = payment.has_declared_credit,
        .wage_tax = payment.tax,
        .net = payment.net(),
        .account = *found->account,
        .paid_on = found->pay_day};
    for (std::size_t i = 0; i < payment.lines.size(); ++i) {
        auto const& line = payment.lines[i];
        if (line.due < line.before) continue;
        if (line.before == Money{} && found->days[i])
            paper.weeks.push_back({line.monday, *found->days[i], line.due});
        else
            paper.corrections.push_back({line.monday, line.before, line.due});
    }
    paper.why.emplace_back(
        is_dutch ? "In uw dossier leest u per week hoe het bedrag is berekend en op welke regels dat rust."
                 : "In your file you can read for each week how the amount was reckoned and on which "
                   "rules that rests.");
    if (payment.claim_gross > Money{})
        paper.why.emplace_back(
            is_dutch ? fmt::format("Over andere weken is € {} te veel betaald. Dat is niet van deze betaling "
                                   "afgehaald: UWV beslist daarover.",
                                   payment.claim_gross.in_dutch())
                     : fmt::format(
                           "For other weeks € {} was paid too much. That was not taken off this payment: UWV "
                           "decides about it.",
                           payment.claim_gross.to_string()));
    return pdf_answer(
        papers::to_pdf(paper, language_of(call)),
        fmt::format("{}-{}", is_dutch ? "specificatie" : "specification", found->payable.number));
}

Result yearly_statement(Office const& office, Call& call) {
    auto const text = call.head.query_value("year").value_or(std::string_view{});
    int number = 0;
    auto const [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    access::Given<int> year = number;
    if (fault != std::errc{} || end != text.data() + text.size() || number < 2000 || number > 2199)
        year = std::unexpected(
            Failure{FailureKind::invalid,
                    {{"year", "not_a_number", "Geef een jaar, zoals 2026.", "Give a year, such as 2026."}}});
    auto const found = actions::read_year_of_payments(office, call.actor, call.id<CaseId>("case"), year);
    if (!found) return std::unexpected(found.error());
    if (office.wage_tax_number.empty() || !office.bank) return std::unexpected(Failure{FailureKind::not_now});
    papers::YearlyStatement paper{.payer = payer_of(office),
                                  .wage_tax_number = office.wage_tax_number,
                                  .client = {.name = name_of(found->client)},
                                  .bsn = found->client.bsn,
                                  .date = LocalDate::in_the_netherlands(call.frame.clock.now()),
                                  .year = found->year,
                                  .wage = found->wage,
                                  .supplement = {},
                                  .wage_tax = found->tax,
                                  .labour_credit = found->labour_credit,
                                  .tax_credit = {},
                                  .zvw_wage = found->wage,
                                  .zvw_withheld = {}};
    for (auto const& credit : found->credits) paper.tax_credit.push_back({credit.from, credit.is_applied});
    bool const is_dutch = call.language == api::Language::dutch;
    return pdf_answer(papers::to_pdf(paper, language_of(call)),
                      fmt::format("{}-{}", is_dutch ? "jaaropgaaf" : "yearly-statement", found->year));
}

}  // namespace

std::vector<api::Route<OfficeZone>> paper_routes(Office const& office) {
    return {{Method::get, "/api/v1/payments/{payment}/specification", Resource::payment, Action::list,
             [&office](Call& call) { return specification(office, call); }},
            {Method::get, "/api/v1/cases/{case}/yearly-statement", Resource::payment, Action::list,
             [&office](Call& call) { return yearly_statement(office, call); }}};
}

}  // namespace klout7::office
